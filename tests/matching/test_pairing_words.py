from __future__ import annotations

import pytest

from graph.errors import EmptyQuery
from matching.pairing.listings import Wanted, read_certificate, read_limits
from matching.pairing.subject import is_modifier, subject, subjects, things
from matching.pairing.units import DIMENSIONS, factor


@pytest.mark.parametrize(
    ("title", "cores"),
    [
        ("高精度行星减速器，背隙 ≤1′，月 800 台", ["行星减速器"]),
        ("供应ＲＶ减速器（月产1200台）", ["rv减速器"]),
        ("采购减速器壳体铸件", ["减速器壳体铸件"]),
        ("正极材料烧结用匣钵", ["正极材料烧结用匣钵"]),
        ("行星减速器、谐波减速器", ["行星减速器", "谐波减速器"]),
        ("热处理加工", ["热处理"]),
        ("热处理炉", ["热处理炉"]),
        ("高镍三元正极材料NCM811", ["高镍三元正极材料"]),
        ("减速器RV-40E", ["减速器"]),
        ("NCM811", ["ncm811"]),
        ("协作机器人配套", ["协作机器人"]),
        ("寻益生元供应商", ["益生元"]),
        ("磷酸铁锂粉体，压实密度≥2.5g/cm3", ["磷酸铁锂"]),
        ("轴", []),
        ("", []),
    ],
)
def test_subjects(title: str, cores: list[str]) -> None:
    assert [item.core for item in subjects(title)] == cores


def test_service_words_are_told_from_things() -> None:
    service, thing = subject("热处理加工服务"), subject("热处理炉")
    assert service is not None
    assert thing is not None
    assert (service.core, service.service, thing.service) == ("热处理", True, False)


@pytest.mark.parametrize(
    ("product", "title", "expected"),
    [
        ("减速器", "减速器壳体铸件", True),
        ("正极材料", "正极材料烧结用匣钵", True),
        ("正极材料", "匣钵（正极材料烧结用）", True),
        ("三元正极材料", "NCM811（三元正极材料）", False),
        ("减速器", "减速器，月产800台", False),
        ("减速器", "减速器RV-40E", False),
        ("减速器", "行星减速器采购", False),
        ("热处理", "热处理加工", False),
        ("磷酸铁锂", "磷酸铁锂粉体", False),
        ("热处理", "热处理炉", True),
        ("轴承", "减速器", False),
        ("减速器", "减速器、减速器壳体", False),
    ],
)
def test_is_modifier(product: str, title: str, expected: bool) -> None:
    assert is_modifier(product, title) is expected


def test_a_tag_that_is_only_a_modifier_gives_way_to_the_title() -> None:
    assert [item.core for item in things("减速器壳体铸件", ("减速器",))] == ["减速器壳体铸件"]
    assert [item.core for item in things("NCM811", ("三元正极材料",))] == ["三元正极材料"]


@pytest.mark.parametrize(
    ("unit", "into", "expected"),
    [
        ("mm", "mm", 1), ("cm", "毫米", 10), ("吨", "kg", 1000), ("角秒", "′", 1 / 60), ("ＭＰａ", "MPa", 1),
        ("MW", "kW", 1000), ("mW", "MW", 1e-9), ("Nm", "N·m", 1), ("nm", "N·m", None), ("台/月", "台", 1),
        ("台", "吨", None), ("目", "目", 1), ("目", "mm", None), (None, None, 1), (None, "台", None),
        ("℃", "摄氏度", 1),
    ],
)  # fmt: skip
def test_units(unit: str | None, into: str | None, expected: float | None) -> None:
    assert factor(unit, into) == (None if expected is None else pytest.approx(expected))


def test_no_unit_stands_in_two_dimensions() -> None:
    units = [unit for line in DIMENSIONS.values() for unit in line.split()[::2]]
    assert len(units) == len(set(units))


def test_free_text_is_read_into_what_gates_compare() -> None:
    need = Wanted.from_text("高精度行星减速器，背隙 ≤1′，月 800 台，交期≤30天，IATF 16949")
    assert need.name == "高精度行星减速器"
    assert [str(limit) for limit in need.limits] == ["背隙≤1′"]
    assert (need.quantity, need.unit, need.lead_time_days) == (800, "台", 30)
    assert [certificate.name for certificate in need.certificates] == ["IATF 16949"]
    assert need.party is None
    assert (need.id, need.number) == ("", None)


@pytest.mark.parametrize("text", ["", "  ", "，。", "？！", "---"])
def test_a_question_without_a_word_is_refused(text: str) -> None:
    with pytest.raises(EmptyQuery, match="没有写明要找什么"):
        Wanted.from_text(text)


def test_limits_and_certificates_that_cannot_be_read_are_kept_as_words() -> None:
    limits, unread = read_limits(["背隙≤1角分", "表面无划痕"])
    assert [str(limit) for limit in limits] == ["背隙≤1角分"]
    assert unread == ("表面无划痕",)
    assert read_certificate("ISO 9001 至 2027-02-30").until is None
