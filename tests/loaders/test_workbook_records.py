"""Rows become facts, or come back naming file, sheet, cell, what is wrong and the cure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import model
from graph.model import Enterprise, Grade
from loaders.provenance import Drop, Row
from loaders.workbook import SHEETS, known_from_catalog, open_workbook, read, records
from loaders.workbook.columns import Column
from loaders.workbook.reader import Table, Workbook
from loaders.workbook.sample.codes import fictitious_codes
from tests.loaders.test_workbook_reader import write_book

KNOWN = known_from_catalog()
ONE, OTHER = "示例甲有限公司", "示例乙有限公司"
CODE = next(fictitious_codes())
FIRMS: list[list[object]] = [["名称", "统一社会信用代码"], [ONE, CODE], [OTHER, None]]
Sheets = dict[str, Sequence[Sequence[object]]]
F = TypeVar("F", bound=model.Node | model.Relationship)


def taken(tmp_path: Path, sheets: Sheets) -> list[Row | Drop]:
    """Rows of a workbook that has two firms beside the given sheets."""
    path = write_book(tmp_path / "填报.xlsx", {"企业": FIRMS} | sheets)
    return list(records(read(path), KNOWN))


def of(rows: list[Row | Drop], sheet: str) -> Row | Drop:
    """The last row of a sheet."""
    return [row for row in rows if row.where.startswith(f"{sheet}!")][-1]


def row_of(rows: list[Row | Drop], sheet: str) -> Row:
    row = of(rows, sheet)
    assert isinstance(row, Row), str(row.reason)
    return row


def drop_of(rows: list[Row | Drop], sheet: str) -> str:
    row = of(rows, sheet)
    assert isinstance(row, Drop)
    return str(row.reason)


def fact(row: Row, kind: type[F]) -> F:
    (found,) = [fact for fact in row.facts if isinstance(fact, kind)]
    return found


def test_the_same_number_of_two_posters_is_two_needs_but_once_in_a_workbook(tmp_path: Path) -> None:
    header = ["编号", "名称", "发布单位"]
    (mine,), (theirs,) = (
        [fact(row_of(taken(tmp_path, {"需求": [header, ["N-001", "轴承", firm]]}), "需求"), model.Need)]
        for firm in (ONE, OTHER)
    )
    assert mine.id != theirs.id
    both = taken(tmp_path, {"需求": [header, ["N-001", "轴承", ONE], ["N-001", "轴承", OTHER]]})
    assert "需求!2" in drop_of(both, "需求")


def test_firm_with_group_and_place(tmp_path: Path) -> None:
    header = ["名称", "统一社会信用代码", "经营状态", "所在地区", "集团", "年营业收入", "主要产品"]
    cells = ["示例丙有限公司", CODE, "正常", "湖塘", "示例集团", "3,000万元", "RV减速器；轴承"]
    row = row_of(taken(tmp_path, {"企业": [header, cells]}), "企业")
    firm = fact(row, Enterprise)
    assert firm.id == Enterprise.identify(uscc=CODE)
    assert (firm.revenue, firm.main_products, firm.sample) == (30_000_000, ["RV减速器", "轴承"], None)
    assert fact(row, model.ControlledBy).start == firm.id
    assert fact(row, model.In).end == "place-320412100"
    assert row.cleaned == ()


def test_purchase(tmp_path: Path) -> None:
    header = ["企业", "产品", "年采购额", "进口占比", "填报日期"]
    row = row_of(taken(tmp_path, {"采购": [header, [ONE, "RV减速器", 500, "35%", "2026年3月1日"]]}), "采购")
    bought = fact(row, model.Buys)
    assert (bought.start, bought.amount, bought.import_share) == (Enterprise.identify(uscc=CODE), 500, 0.35)
    assert bought.end == model.Product(name="RV减速器").id
    assert fact(row, model.Covers).start == "robotics.rv-reducer"
    assert (row.where, row.observed_on, row.grade) == ("采购!2", date(2026, 3, 1), None)


def test_firm_by_code_or_name(tmp_path: Path) -> None:
    header = ["供方企业", "需方企业", "产品", "合格供应商"]
    row = row_of(taken(tmp_path, {"供应关系": [header, [CODE.lower(), OTHER, "轴承", "是"]]}), "供应关系")
    supply = fact(row, model.SuppliesTo)
    assert (supply.start, supply.end) == (Enterprise.identify(uscc=CODE), Enterprise.identify(name=OTHER))
    assert supply.qualified is True


@pytest.mark.parametrize("named", ["机器人/RV减速器", "robotics.rv-reducer", "RV减速器", "机器人／ＲＶ减速器"])
def test_segment_by_path_id_or_name(tmp_path: Path, named: str) -> None:
    header = ["企业", "环节", "挂链状态", "证据", "产能占比", "核查日期", "证据等级"]
    row = row_of(taken(tmp_path, {"挂链": [header, [ONE, named, "已确认", "走访", 0.4, 46328, "中"]]}), "挂链")
    link = fact(row, model.LinkedTo)
    assert (link.end, link.state, link.capacity_share) == ("robotics.rv-reducer", "confirmed", 0.4)
    assert (row.observed_on, row.grade) == (date(2026, 11, 2), Grade.MEDIUM)


def test_need_with_everything(tmp_path: Path) -> None:
    header = ["编号", "名称", "发布单位", "环节", "产品", "技术指标", "证书", "月需求量", "要求第二供应商", "截止日期"]
    cells = [
        "N-1",
        "精密行星减速器",
        ONE,
        "精密行星减速器；RV减速器",
        "行星减速机；齿轮",
        "背隙≤1角分",
        "IATF 16949 至 2027-03-31",
        "８００",
        "是",
        datetime(2027, 4, 30),
    ]
    row = row_of(taken(tmp_path, {"需求": [header, cells]}), "需求")
    need = fact(row, model.Need)
    assert (need.quantity, need.second_source, need.expires_on) == (800, True, date(2027, 4, 30))
    assert need.limits == ["背隙≤1角分"]
    about = {fact.end for fact in row.facts if isinstance(fact, model.About)}
    assert {"robotics.planetary-reducer", "robotics.rv-reducer", model.Product(name="齿轮").id} <= about
    assert fact(row, model.On).end == "platform-supply-demand"
    assert fact(row, model.Posts).start == Enterprise.identify(uscc=CODE)


def test_capability_with_machine_and_institute(tmp_path: Path) -> None:
    rows = taken(
        tmp_path,
        {
            "设备": [["能力编号", "名称", "型号"], ["C-1", "三坐标测量机", "X"]],
            "加工与检测能力": [["编号", "名称", "发布单位"], ["C-1", "三坐标测量", "示例测试院"]],
            "机构": [["类别", "名称"], ["高校院所", "示例测试院"]],
        },
    )
    assert not [row for row in rows if isinstance(row, Drop)]
    assert fact(row_of(rows, "设备"), model.Uses).start == fact(row_of(rows, "加工与检测能力"), model.Capability).id


def test_achievement_bounds(tmp_path: Path) -> None:
    header = ["编号", "名称", "发布单位", "技术成熟度", "专利"]
    row = row_of(taken(tmp_path, {"科技成果": [header, ["A-1", "新工艺", ONE, 12, "甲；乙"]]}), "科技成果")
    achievement = fact(row, model.Achievement)
    assert (achievement.readiness, achievement.patents) == (None, ["甲", "乙"])
    (cleaned,) = row.cleaned
    assert str(cleaned) == "填报.xlsx 科技成果!D2：“12”大于允许的最大值。请填不大于 9 的数"


def test_nodes_come_before_what_refers_to_them(tmp_path: Path) -> None:
    sheets: Sheets = {
        "采购": [["企业", "产品"], [ONE, "轴承"]],
        "厂区": [["企业", "名称", "所在镇街"], [ONE, "一", "高新区"]],
    }
    path = tmp_path / "倒序.xlsx"
    rows = list(records(read(write_book(path, sheets | {"企业": FIRMS})), KNOWN))
    seen: set[str] = set()
    for row in rows:
        assert isinstance(row, Row)
        seen |= {fact.id for fact in row.facts if isinstance(fact, model.Node)}
        ends = {end for f in row.facts if isinstance(f, model.Relationship) for end in (f.start, f.end)}
        assert {end for end in ends if end.startswith(("enterprise-", "site-", "product-"))} <= seen


@dataclass(frozen=True)
class Case:
    """A row of one sheet, the cell that is wrong, and words of what is said about it."""

    sheet: str
    header: str
    cells: tuple[object, ...]
    cell: str
    said: tuple[str, ...]

    def rows(self) -> list[list[object]]:
        return [list(self.header.split()), list(self.cells)]


LINK, PLANT = "企业 环节 挂链状态 证据", "企业 名称 所在镇街"
STRANGER = "示例无此有限公司"
BAD = [
    Case("企业", "简称 名称", ("甲", None), "B2", ("缺少“名称”", "必填")),
    Case("采购", "企业 产品", (STRANGER, "轴承"), "A2", (f"没有名为“{STRANGER}”的企业", "统一社会信用代码")),
    Case("采购", "企业 产品", (ONE, '="轴"&"承"'), "B2", ("是公式，不会被计算", "选择性粘贴")),
    Case("采购", "企业 产品", ("=A1", "轴承"), "A2", ("是公式", "选择性粘贴")),
    Case("采购", "企业", (ONE,), "A2", ("缺少“产品”", "必填")),
    Case("厂区", PLANT, (ONE, "一号", "示例镇"), "C2", ("没有名为“示例镇”的地区", "湖塘镇")),
    Case("挂链", LINK, (ONE, "机器人/九维", "已确认", "x"), "B2", ("没有名为“机器人/九维”的环节", "链名/环节名")),
    Case("挂链", LINK, (ONE, "RV减速器", "大概", "x"), "C2", ("不在可选项中", "已确认、待核实、已排除")),
    Case("链主", "企业 产业链", (ONE, "造船"), "B2", ("没有名为“造船”的产业链", "机器人")),
    Case("需求", "编号 名称 发布单位 环节", ("N-1", "x", ONE, "RV减速器；九维"), "D2", ("没有名为“九维”的环节",)),
    Case("设备", "能力编号 名称", ("C-9", "车床"), "A2", ("没有编号为“C-9”的加工与检测能力", "编号")),
    Case("机构", "类别 名称", ("公司", "x"), "A2", ("不是机构类别", "高校院所")),
    Case("供应关系", "供方企业 需方企业", (ONE, CODE), "A2", ("两端是同一家企业", "改正")),
    Case("采购", "企业 产品 进口占比", (STRANGER, "轴承", 3.7), "C2", ("不是 0 到 1 之间的占比",)),
]


@pytest.mark.parametrize("case", BAD, ids=lambda case: f"{case.sheet}-{case.cell}-{case.said[0]}")
def test_bad_row_comes_back(tmp_path: Path, case: Case) -> None:
    reason = drop_of(taken(tmp_path, {case.sheet: case.rows()}), case.sheet)
    assert f"填报.xlsx {case.sheet}!{case.cell}：" in reason
    assert all(words in reason for words in case.said)


SEARCH: list[object] = ["排查单位", "环节", "发现企业数", "排查方式", "查询的来源", "排查日期"]


@pytest.mark.parametrize("day", ["2026-13-45", "去年", 3])
def test_bad_required_date_comes_back(tmp_path: Path, day: object) -> None:
    reason = drop_of(taken(tmp_path, {"排查": [SEARCH, [ONE, "RV减速器", 0, "走访", "名录", day]]}), "排查")
    assert reason.startswith("填报.xlsx 排查!F2：")


def test_all_problems_of_a_row_are_named(tmp_path: Path) -> None:
    reason = drop_of(taken(tmp_path, {"排查": [SEARCH, ["无", "无", -1, None, None, "昨天"]]}), "排查")
    assert all(f"排查!{column}2：" in reason for column in "ABCDEF")


CLEANED = [
    Case("采购", "企业 产品 进口占比", (ONE, "轴承", 3.7), "C2", ("“3.7”不是 0 到 1 之间的占比。请填 0.35 或 35%",)),
    Case("采购", "企业 产品 年采购额", (ONE, "轴承", "=1+1"), "C2", ("是公式",)),
    Case("采购", "企业 产品 年采购额", (ONE, "轴承", -5), "C2", ("小于允许的最小值",)),
    Case("企业", "名称 年营业收入", ("示例丁有限公司", "约三千万"), "B2", ("不是数字",)),
    Case("企业", "名称 统一社会信用代码", ("示例丁有限公司", "123"), "B2", ("不是 18 位",)),
    Case("企业", "名称 统一社会信用代码", ("示例丁有限公司", CODE[:-1] + "Y"), "B2", ("已照填的保留",)),
    Case("供给", "编号 名称 发布单位 技术指标", ("O-1", "x", ONE, "质量好"), "D2", ("无法比较大小",)),
    Case("供给", "编号 名称 发布单位 状态", ("O-1", "x", ONE, "在售"), "D2", ("有效、关闭",)),
]


@pytest.mark.parametrize("case", CLEANED, ids=lambda case: f"{case.sheet}-{case.cell}-{case.said[0]}")
def test_bad_optional_cell_is_left_out_and_said(tmp_path: Path, case: Case) -> None:
    (message,) = row_of(taken(tmp_path, {case.sheet: case.rows()}), case.sheet).cleaned
    assert str(message).startswith(f"填报.xlsx {case.sheet}!{case.cell}：")
    assert all(words in str(message) for words in case.said)


def test_same_row_twice_says_the_same(tmp_path: Path) -> None:
    rows = taken(tmp_path, {"采购": [["企业", "产品"], [ONE, "轴承"], [ONE, "轴承"]]})
    first, second = [row for row in rows if row.where.startswith("采购")]
    assert isinstance(first, Row)
    assert isinstance(second, Row)
    assert first.facts == second.facts


@pytest.mark.parametrize(
    ("sheet", "rows"),
    [
        ("需求", [["编号", "名称", "发布单位"], ["N-1", "x", ONE], ["N-1", "y", ONE]]),
        ("采购", [["企业", "产品", "年采购额"], [ONE, "轴承", 1], [ONE, "轴承", 2]]),
    ],
)
def test_second_row_on_the_same_thing_comes_back(tmp_path: Path, sheet: str, rows: list[list[object]]) -> None:
    reason = drop_of(taken(tmp_path, {sheet: rows}), sheet)
    assert f"{sheet}!A3" in reason
    assert f"与 {sheet}!2 行说的是同一件事" in reason


def test_two_firms_of_one_name_need_the_code(tmp_path: Path) -> None:
    firms: list[list[object]] = [["名称", "统一社会信用代码"], [ONE, CODE], [ONE, None]]
    sheets: Sheets = {"企业": firms, "产品": [["企业", "产品"], [ONE, "轴承"]]}
    assert "“示例甲有限公司”不止一个" in drop_of(taken(tmp_path, sheets), "产品")
    sheets["产品"] = [["企业", "产品"], [CODE, "轴承"]]
    assert fact(row_of(taken(tmp_path, sheets), "产品"), model.Makes).start == Enterprise.identify(uscc=CODE)


def test_firms_already_in_the_graph_can_be_named(tmp_path: Path) -> None:
    known = known_from_catalog({"示例旧友有限公司": frozenset({"enterprise-1"}), ONE: frozenset({"enterprise-2"})})
    path = write_book(
        tmp_path / "旧.xlsx", {"企业": FIRMS, "产品": [["企业", "产品"], ["示例旧友有限公司", "轴承"], [ONE, "轴承"]]}
    )
    old, own = [row for row in records(read(path), known) if row.where.startswith("产品")]
    assert isinstance(old, Row)
    assert isinstance(own, Row)
    assert fact(old, model.Makes).start == "enterprise-1"
    assert fact(own, model.Makes).start == Enterprise.identify(uscc=CODE)


def test_sample_marks_what_is_made_up_and_no_words(tmp_path: Path) -> None:
    sheets: Sheets = {
        "企业": [["样例数据，均为虚构"], *FIRMS],
        "产品": [["样例数据，均为虚构"], ["企业", "产品"], [ONE, "RV减速器"]],
    }
    rows = taken(tmp_path, sheets)
    assert fact(row_of(rows, "企业"), Enterprise).sample is True
    assert fact(row_of(rows, "产品"), model.Product).sample is None


def test_job_counts_rows_and_knows_its_input(tmp_path: Path) -> None:
    path = write_book(tmp_path / "填报.xlsx", {"企业": FIRMS})
    job = open_workbook(path, KNOWN)
    assert (job.total, len(list(job.rows)), job.source.id) == (2, 2, "workbook:填报")
    assert open_workbook(path, KNOWN).fingerprint == job.fingerprint
    assert open_workbook(path, known_from_catalog({"x": frozenset({"y"})})).fingerprint != job.fingerprint


def _columns() -> list[tuple[str, Column]]:
    return [(sheet.name, column) for sheet in SHEETS for column in sheet.columns]


@pytest.mark.parametrize(
    ("sheet", "column"), _columns(), ids=lambda value: value if isinstance(value, str) else value.title
)
def test_every_column_is_named_and_refuses_formulas(tmp_path: Path, sheet: str, column: Column) -> None:
    assert column.title.strip()
    row = of(taken(tmp_path, {sheet: [[column.title], ["=1+1"]]}), sheet)
    said = str(row.reason) if isinstance(row, Drop) else "".join(map(str, row.cleaned))
    assert f"{sheet}!A2：“=1+1”是公式" in said


TYPED = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.sampled_from([ONE, OTHER, CODE, "RV减速器", "机器人", "湖塘镇", "已确认", "高校院所", "是", "35%", "=1", "C-1"]),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_whatever_is_typed_every_row_is_taken_or_returned(data: st.DataObject) -> None:
    tables = []
    for sheet in SHEETS:
        width = len(sheet.columns)
        lines = data.draw(st.lists(st.lists(TYPED, max_size=width + 1), max_size=2), label=sheet.name)
        titles = tuple(column.title for column in sheet.columns)
        places = {title: index for index, title in enumerate(titles)}
        tables.append(Table(sheet, sheet.name, titles, places, lines, range(2, 2 + len(lines))))
    raw = Workbook(Path("任意.xlsx"), sample=False, made_on=date(2026, 11, 5), tables=tuple(tables), notes=())
    rows = list(records(raw, KNOWN))
    assert len(rows) == raw.total
    assert all(str(row.reason) for row in rows if isinstance(row, Drop))
