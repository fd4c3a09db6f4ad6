"""Tricky pairs, one by one: what they must come out as when nothing else is known."""

from __future__ import annotations

import pytest
from stdnum.cn import uscc

from loaders.resolution import Firm, Zone, resolve
from loaders.resolution.codes import Code, CodeKind, read_code
from loaders.resolution.names import parse, parse_all
from loaders.resolution.records import read_phone

SAME, ASK, DIFFERENT = Zone.SAME, Zone.ASK, Zone.DIFFERENT
CODE = "91320412MA1MC5NY5"
CODE += uscc.calc_check_digit(CODE)
SLIP = CODE[:8] + "NA" + CODE[10:]
OTHER = "91320412137189442"
OTHER += uscc.calc_check_digit(OTHER)


def zone(left: Firm, right: Firm) -> Zone:
    decisions = resolve([left], [right]).decisions
    return decisions[0].zone if decisions else DIFFERENT


NAMES = [
    # the same name, written another way
    ("常州示例机械有限公司", "常州示例机械有限公司", {SAME}),
    ("常州示例机械有限公司", "常州市示例机械有限公司", {SAME}),
    ("常州示例机械有限公司", "常州市示例机械股份有限公司", {SAME}),
    ("常州示例机械有限公司", "江苏省常州市示例机械有限责任公司", {SAME}),
    ("江苏恒立液压股份有限公司", "江苏恒立液压有限公司", {SAME}),
    ("江苏恒立液压股份有限公司", "江苏恒立液压", {SAME}),
    ("江苏恒立液压股份有限公司", "江蘇恆立液壓股份有限公司", {SAME}),
    ("江苏恒立液压股份有限公司", "江苏恒立液压股份有限公囗", {SAME}),
    ("江苏恒立液压股份有限公司", "江苏恒立液压股分有限公司", {SAME}),
    ("江苏恒立液压股份有限公司", " 江苏 恒立·液压股份有限公司 ", {SAME}),
    ("量子高科(中国)生物股份有限公司", "量子高科（中国）生物股份有限公司", {SAME}),
    ("常州戚墅堰机车车辆厂", "常州市戚墅堰机车车辆厂", {SAME}),
    ("中车戚墅堰机车车辆工艺研究所有限公司", "中车戚墅堰机车车辆工艺研究所股份有限公司", {SAME}),
    ("ABC机械(常州)有限公司", "ＡＢＣ机械（常州）有限公司", {SAME}),
    ("常州新名精机有限公司（原常州旧址液压有限公司）", "常州旧址液压有限公司", {SAME}),
    ("常州新名精机有限公司；曾用名：常州旧址液压有限公司", "常州旧址液压有限公司", {SAME}),
    # one slip
    ("常州光洋轴承股份有限公司", "常州光羊轴承股份有限公司", {SAME, ASK}),
    ("常州碳元新材科技有限公司", "常州碳元新材料科技有限公司", {SAME}),
    ("常州碳元新材科技有限公司", "常州元碳新材科技有限公司", {SAME, ASK}),
    ("无锡市太极实业股份有限公司", "无锡市太级实业股份有限公司", {SAME, ASK}),
    ("山东金城医药集团股份有限公司", "山冬金城医药集团股份有限公司", {SAME, ASK}),
    # short names
    ("江苏恒立液压股份有限公司", "恒立液压", {SAME, ASK}),
    ("常州强力先端电子材料有限公司", "强力先端", {SAME, ASK}),
    ("中车戚墅堰机车车辆工艺研究所有限公司", "戚墅堰所", {ASK, DIFFERENT}),
    ("苏州金螳螂建筑装饰股份有限公司", "金螳螂", {SAME, ASK}),
    ("邵阳维克液压股份有限公司", "邵阳液压", {ASK, DIFFERENT}),
    ("武汉当代明诚文化体育集团股份有限公司", "*ST明诚", {SAME, ASK}),
    ("山东石大胜华化工集团股份有限公司", "石大胜华", {SAME, ASK}),
    # another place
    ("常州示例机械有限公司", "苏州示例机械有限公司", {ASK, DIFFERENT}),
    ("江苏示例机械有限公司", "浙江示例机械有限公司", {ASK, DIFFERENT}),
    ("常州天宁示例机械有限公司", "常州武进示例机械有限公司", {ASK, DIFFERENT}),
    ("南京新城房产有限公司", "常州新城房产有限公司", {ASK, DIFFERENT}),
    # another trade
    ("常州示例机械有限公司", "常州示例电子有限公司", {ASK, DIFFERENT}),
    ("常州示例化工有限公司", "常州示例餐饮管理有限公司", {ASK, DIFFERENT}),
    ("海尔智家股份有限公司", "海尔生物医疗股份有限公司", {ASK, DIFFERENT}),
    # another brand, which looks or sounds alike
    ("常州恒力机械有限公司", "常州恒立机械有限公司", {ASK}),
    ("常州宏达电子有限公司", "常州鸿达电子有限公司", {ASK}),
    ("常州华新化工有限公司", "常州新华化工有限公司", {ASK, DIFFERENT}),
    ("常州天和机械有限公司", "常州天合光能有限公司", {ASK, DIFFERENT}),
    ("常州星宇车灯股份有限公司", "常州腾龙汽车零部件股份有限公司", {DIFFERENT}),
    ("常州科技有限公司", "常州示例科技有限公司", {ASK, DIFFERENT}),
    # numbers
    ("示例一厂", "示例二厂", {DIFFERENT}),
    ("常州第一电机厂", "常州第二电机厂", {DIFFERENT}),
    ("常州第1电机厂", "常州第一电机厂", {SAME, ASK}),
    ("常州电机厂", "常州第二电机厂", {ASK, DIFFERENT}),
    ("常州示例第三建筑工程公司", "常州示例第四建筑工程公司", {DIFFERENT}),
    # group and subsidiary
    ("江苏示例(集团)有限公司", "江苏示例有限公司", {ASK}),
    ("江苏示例集团有限公司", "江苏示例机械有限公司", {ASK, DIFFERENT}),
    ("江苏示例（集团）股份有限公司", "江苏示例集团股份有限公司", {SAME}),
    ("上海示例精密机械有限公司", "上海示例精密机械(常州)有限公司", {ASK, DIFFERENT}),
    ("示例精密机械(昆山)有限公司", "示例精密机械(常州)有限公司", {ASK, DIFFERENT}),
    ("快克智能装备股份有限公司", "快克智能装备(芜湖)有限公司", {ASK, DIFFERENT}),
    ("成都雷电微力科技股份有限公司", "成都雷电微力科技无锡有限公司", {ASK, DIFFERENT}),
    ("江苏恒立液压股份有限公司", "江苏恒立液压科技有限公司", {ASK}),
    ("贵州钢绳股份有限公司", "贵州钢绳检测技术有限公司", {ASK, DIFFERENT}),
    ("天合光能股份有限公司", "扬州天合光能有限公司", {ASK, DIFFERENT}),
    ("博通集成电路(上海)股份有限公司", "博通集成电路(上海)(扬州)有限公司", {ASK, DIFFERENT}),
    ("南京威尔药业股份有限公司", "南京威尔药业(南京)有限公司", {ASK, DIFFERENT}),
    ("中国电器科学研究院股份有限公司", "苏州电器科学研究院股份有限公司", {ASK, DIFFERENT}),
    # a slip in the legal form or at the brackets
    ("广东四通集团股份有限公司", "广东四通集团份股有限公司", {SAME, ASK}),
    ("成都彩虹电器(集团)股份有限公司", "成都彩虹电(器集团)股份有限公司", {SAME}),
    ("郑州煤矿机械集团股份有限公司", "郑州煤矿机械团集股份有限公司", {SAME}),
    # branches and plants are sites of their parent
    ("常州示例机械有限公司", "常州示例机械有限公司武进分公司", {DIFFERENT}),
    ("常州示例机械有限公司", "常州示例机械有限公司第二工厂", {DIFFERENT}),
    ("常州示例机械有限公司", "常州示例机械有限公司（湖塘厂区）", {DIFFERENT}),
    ("中国银行股份有限公司", "中国银行股份有限公司常州分行", {DIFFERENT}),
    ("示例银行股份有限公司(简称:示例银行)", "示例银行股份有限公司(简称:示例银行)常州分行", {DIFFERENT}),
    ("常州示例机械有限公司", "常州示例机械驻上海办事处", {DIFFERENT}),
    ("示例有限公司南京分公司", "示例有限公司常州分公司", {DIFFERENT}),
    ("示例精密机械有限公司常州分公司", "示例精密机械有限公司常州分公司", {SAME}),
    ("常州示例集团有限公司一分厂", "常州示例集团有限公司二分厂", {DIFFERENT}),
    ("示例机械有限公司", "示例机械常州分公司", {DIFFERENT}),
    ("示例机械有限公司", "示例机械有限公司常州公司", {DIFFERENT}),
    ("示例机械有限公司", "示例机械有限公司（常州）分公司", {DIFFERENT}),
    # plants, works, institutes behind a whole name, or behind a brand and a place
    ("示例机械有限公司", "示例机械有限公司二厂", {DIFFERENT}),
    ("示例机械有限公司", "示例机械有限公司2厂", {DIFFERENT}),
    ("示例机械有限公司", "示例机械有限公司 二厂", {DIFFERENT}),
    ("示例机械有限公司", "示例机械有限公司（二厂）", {DIFFERENT}),
    ("示例机械有限公司", "示例机械有限公司工厂", {DIFFERENT}),
    ("示例机械有限公司", "示例机械有限公司新厂", {DIFFERENT}),
    ("示例机械有限公司", "示例机械有限公司武进厂", {DIFFERENT}),
    ("示例机械有限公司", "示例机械有限公司（常州）工厂", {DIFFERENT}),
    ("示例机械有限公司", "示例机械有限公司2号厂房", {DIFFERENT}),
    ("示例机械有限公司", "示例机械有限公司二期", {DIFFERENT}),
    ("示例机械有限公司", "示例机械有限公司东区", {DIFFERENT}),
    ("示例机械有限公司", "示例机械有限公司研究院", {DIFFERENT}),
    ("示例机械有限公司", "示例机械有限公司常州研发中心", {DIFFERENT}),
    ("示例机械有限公司", "示例机械常州工厂", {DIFFERENT}),
    ("示例机械有限公司", "示例机械武进基地", {DIFFERENT}),
    ("示例机械有限公司武进厂区", "示例机械有限公司常州厂区", {DIFFERENT}),
    # works that may be a plant of the firm, or what it was before it became a company
    ("示例机械有限公司", "示例机械工厂", {ASK}),
    ("常州示例机械有限公司", "常州示例机械厂", {ASK}),
    ("示例机械有限公司", "示例机械二厂", {ASK}),
    ("示例机械厂", "示例机械二厂", {ASK}),
    ("常州示例机械厂", "常州示例机械第二厂", {ASK}),
    # a group's short name is no subsidiary's; a short name may leave 集团 out
    ("江苏示例集团", "江苏示例集团股份有限公司", {SAME}),
    ("示例集团股份", "示例集团股份有限公司", {SAME}),
    ("示例机械集团有限公司", "示例机械", {SAME}),
    ("示例集团", "示例股份有限公司", {ASK}),
    ("示例企业集团", "示例有限公司", {ASK, DIFFERENT}),
    ("恒立集团", "江苏恒立液压股份有限公司", {ASK, DIFFERENT}),
    ("恒立集团", "恒立液压", {ASK, DIFFERENT}),
    ("江苏示例机械集团", "江苏示例机械有限公司", {ASK}),
    ("示例控股集团有限公司", "示例集团有限公司", {ASK}),
    ("示例集团常州公司", "示例集团有限公司", {ASK, DIFFERENT}),
    # nothing to go by
    ("有限公司", "有限公司", {SAME, ASK, DIFFERENT}),
    ("常州", "苏州", {DIFFERENT}),
    ("", "", {DIFFERENT}),
    ("", "常州示例机械有限公司", {DIFFERENT}),
    ("？？？", "——", {DIFFERENT}),
]


@pytest.mark.parametrize(("left", "right", "allowed"), NAMES)
def test_names_alone(left: str, right: str, allowed: set[Zone]) -> None:
    assert zone(Firm("L", left), Firm("R", right)) in allowed
    assert zone(Firm("L", right), Firm("R", left)) in allowed


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("示例机械有限公司", "示例机械有限公司二厂"),
        ("示例机械有限公司", "示例机械二厂"),
        ("示例机械有限公司", "示例机械工厂"),
        ("示例机械有限公司", "示例机械有限公司常州分公司"),
        ("示例有限公司", "示例集团有限公司"),
        ("示例股份有限公司", "示例集团"),
    ],
)
def test_a_group_or_a_plant_is_not_the_firm_though_town_and_phone_are_the_same(left: str, right: str) -> None:
    cells = ("", "湖塘镇", "0519-81234567")
    assert zone(Firm("L", left, *cells), Firm("R", right, *cells)) is not SAME


CELLS = [
    # code against name
    (Firm("L", "常州示例机械有限公司", CODE), Firm("R", "常州示例机械有限公司", OTHER), {ASK}),
    (Firm("L", "常州示例机械有限公司", CODE), Firm("R", "常州示例机械有限公司", SLIP), {SAME}),
    (Firm("L", "常州示例机械有限公司", CODE), Firm("R", "示例机械", CODE), {SAME}),
    (Firm("L", "常州示例机械有限公司", CODE), Firm("R", "江苏远方新材料有限公司", CODE), {SAME, ASK}),
    (Firm("L", "常州示例机械有限公司", CODE), Firm("R", "常州示例机械有限公司武进分公司", CODE), {ASK}),
    (Firm("L", "江苏示例集团有限公司", CODE), Firm("R", "江苏示例有限公司", CODE), {SAME}),
    (Firm("L", "示例一厂", CODE), Firm("R", "示例二厂", CODE), {ASK}),
    (Firm("L", "苏州示例机械有限公司", CODE), Firm("R", "常州示例机械有限公司", OTHER), {ASK, DIFFERENT}),
    (Firm("L", "贤丰控股股份有限公司", "002141"), Firm("R", "广东蓉胜超微线材股份有限公司", "002141.SZ"), {SAME, ASK}),
    (Firm("L", "厦门日上集团股份有限公司", "002593"), Firm("R", "金杯电工", "002593"), {ASK}),
    (Firm("L", "常柴股份有限公司", f"000570;{CODE}"), Firm("R", "苏常柴", CODE), {SAME}),
    (Firm("L", "", CODE), Firm("R", "", CODE), {SAME}),
    (Firm("L", "", CODE), Firm("R", "", SLIP), {ASK, SAME}),
    (Firm("L", "", CODE), Firm("R", "", "137189442"), {DIFFERENT}),
    (Firm("L", "", OTHER), Firm("R", "", "13718944-2"), {SAME}),
    (Firm("L", "常州示例机械有限公司", "000000"), Firm("R", "常州星宇车灯有限公司", "000000"), {DIFFERENT}),
    (Firm("L", "常柴股份有限公司", "000570"), Firm("R", "苏常柴A", "570"), {SAME}),
    # town and phone
    (Firm("L", "示例机械", "", "湖塘镇", "0519-81234567"), Firm("R", "示例机械", "", "湖塘镇", "81234567"), {SAME}),
    (Firm("L", "恒力机械", "", "湖塘镇"), Firm("R", "恒立机械", "", "洛阳镇"), {ASK, DIFFERENT}),
    (Firm("L", "", "", "湖塘镇"), Firm("R", "", "", "湖塘镇"), {DIFFERENT}),
]


@pytest.mark.parametrize(("left", "right", "allowed"), CELLS)
def test_names_with_other_cells(left: Firm, right: Firm, allowed: set[Zone]) -> None:
    assert zone(left, right) in allowed


def test_reasons_are_told() -> None:
    left = Firm("L", "常州示例机械有限公司", CODE)
    (decision,) = resolve([left], [Firm("R", "常州示例机械有限公司", OTHER)]).decisions
    assert CODE in str(decision.scored.vetoes[0].reason)
    (decision,) = resolve([Firm("L", "江苏示例(集团)有限公司")], [Firm("R", "江苏示例有限公司")]).decisions
    assert "集团" in str(decision.scored.vetoes[0].reason)


@pytest.mark.parametrize(
    ("text", "places", "brand", "trade", "form"),
    [
        ("常州市示例机械股份有限公司", ("常州",), "示例", "机械", "joint"),
        ("江苏省常州市武进区示例五金厂", ("江苏", "常州", "武进"), "示例", "五金", "works"),
        ("内蒙古自治区呼和浩特市某某乳业有限责任公司", ("内蒙古", "呼和浩特"), "某某", "乳业", "limited"),
        ("中国石油化工股份有限公司", (), "", "石油化工", "joint"),
        ("恒立液压", (), "恒立", "液压", ""),
        ("恒林股份", (), "恒林", "", ""),
        ("新城市科技有限公司", (), "新城市", "科技", "limited"),
        ("S*ST精密", (), "", "精密", ""),
    ],
)
def test_names_are_taken_apart(text: str, places: tuple[str, ...], brand: str, trade: str, form: str) -> None:
    name = parse(text)
    assert (name.places, name.brand, name.trade, name.form) == (places, brand, trade, form)


def test_several_names_in_one_cell() -> None:
    names = parse_all("常州新名有限公司（原常州旧名有限公司）")
    assert [name.text for name in names] == ["常州新名有限公司", "常州旧名有限公司"]
    assert parse_all("江苏示例（集团）有限公司")[0].group


def test_a_listed_code_or_phone_that_a_program_took_for_a_number_is_the_same() -> None:
    for written in ("600000.0", "600000", "600000.SH", "6E+05"):
        assert read_code(written) == Code(CodeKind.LISTED, "600000"), written
    assert read_code("600.0") == read_code("600") == Code(CodeKind.LISTED, "000600")
    assert read_phone("13812345678.0") == read_phone("1.3812345678E+10") == "13812345678"
