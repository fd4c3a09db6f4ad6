"""Limits and certificates as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.values import Certificate, Limit

numbers = st.integers(-10_000, 10_000).map(lambda n: n / 10)


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("背隙≤1角分", Limit("背隙", None, 1, "角分")),
        ("背隙 <= 1 角分", Limit("背隙", None, 1, "角分")),
        ("外径60~300mm", Limit("外径", 60, 300, "mm")),
        ("外径：60-300 mm", Limit("外径", 60, 300, "mm")),
        ("温度-40~85℃", Limit("温度", -40, 85, "°C")),
        ("月产≥８００台", Limit("月产", 800, None, "台")),
        ("模数=2.5", Limit("模数", 2.5, 2.5, "")),
        ("硬度不低于58HRC", Limit("硬度", 58, None, "HRC")),
        ("按图纸", None),
        ("", None),
        ("≤1", None),
    ],
)
def test_limit(text: str, limit: Limit | None) -> None:
    assert Limit.parse(text) == limit


@given(st.sampled_from(["背隙", "外径", "表面粗糙度Ra"]), numbers, numbers, st.sampled_from(["mm", "角分", ""]))
def test_a_written_limit_reads_back(name: str, one: float, other: float, unit: str) -> None:
    low, high = sorted((one, other))
    for limit in (Limit(name, low, high, unit), Limit(name, None, high, unit), Limit(name, low, None, unit)):
        assert Limit.parse(str(limit)) == limit


@pytest.mark.parametrize(
    ("text", "name", "until"),
    [
        ("IATF 16949 至 2027-03-31", "IATF 16949", date(2027, 3, 31)),
        ("ISO 9001", "ISO 9001", None),
        ("CNAS 有效期至2026-12-31", "CNAS", date(2026, 12, 31)),
    ],
)
def test_certificate(text: str, name: str, until: date | None) -> None:
    assert Certificate.parse(text) == Certificate(name, until)
