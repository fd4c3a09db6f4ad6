"""Ids: the same key gives the same id however it is typed, different keys different ids."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.ids import as_digits, exchange_code, make_id, normalise
from graph.model import Enterprise, Node, Product

names = st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1)


@given(names)
def test_width_case_and_outer_spaces_do_not_matter(name: str) -> None:
    assert make_id("product", f"  {name.upper().lower()} ") == make_id("product", normalise(name.upper().lower()))


@given(names, names)
def test_different_names_get_different_ids(one: str, other: str) -> None:
    assert (make_id("product", one) == make_id("product", other)) == (normalise(one) == normalise(other))


@given(st.lists(names, min_size=1, max_size=3), st.lists(names, min_size=1, max_size=3))
def test_parts_of_a_key_do_not_run_together(one: list[str], other: list[str]) -> None:
    same = [normalise(part) for part in one] == [normalise(part) for part in other]
    assert (make_id("x", *one) == make_id("x", *other)) == same


@pytest.mark.parametrize("key", [(), ("",), ("  ",), ("a", " ")])
def test_an_empty_key_is_refused(key: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="empty key"):
        make_id("product", *key)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("688268.SH", "688268"),
        ("600000.0", "600000"),
        ("6.00688E+5", "600688"),
        ("301079", "301079"),
        ("002594.sz", "002594"),
        ("６８８２６８", "688268"),
        ("12345", None),
        ("688268.HK", None),
        ("", None),
    ],
)
def test_exchange_code(text: str, code: str | None) -> None:
    assert exchange_code(text) == code


def test_one_firm_from_two_sources_is_one_node() -> None:
    listed = Enterprise(name="江苏恒立液压股份有限公司", exchange_code="601100.SH")
    assert listed.id == Enterprise(name="恒立", exchange_code="601100").id
    assert Enterprise(name="示例公司", uscc="91320412MA00000000").id != Enterprise(name="示例公司").id


def test_a_node_without_key_or_id_is_refused() -> None:
    with pytest.raises(ValueError, match="needs an id"):
        Node.model_validate({"name": "无编号"})


def test_labels_go_from_general_to_special() -> None:
    assert Enterprise.labels() == ["Organisation", "Enterprise"]
    assert Product.labels() == ["Product"]


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("600000.0", "600000"),
        ("13812345678.00", "13812345678"),
        ("1.3812345678E+10", "13812345678"),
        ("000001", "000001"),
        ("9.1320412E+17", "9.1320412E+17"),
        ("1.5E+0", "1.5E+0"),
        ("V3.0", "V3.0"),
        ("0519-86161803", "0519-86161803"),
        ("12345E67-8", "12345E67-8"),
        ("1E+99", "1E+99"),
    ],
)
def test_a_number_that_a_program_made_of_digits_is_digits_again(text: str, digits: str) -> None:
    assert as_digits(text) == digits
