"""What people type into cells: tables of cases, and properties that hold for every number, date and share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from graph.model import FirmStatus, Grade, LinkState, ListingState
from loaders.workbook.cells import (
    LABELS,
    BadCell,
    Raw,
    Reading,
    check_formula,
    choice_of,
    doubt_limits,
    doubt_month,
    doubt_uscc,
    plain,
    read_certificates,
    read_code,
    read_date,
    read_flag,
    read_number,
    read_phone,
    read_share,
    read_text,
    read_uscc,
    read_whole,
    read_words,
)
from loaders.workbook.sample.codes import FICTITIOUS, fictitious_codes


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        (1200, 1200.0),
        (0.5, 0.5),
        ("1200", 1200.0),
        ("1,200", 1200.0),
        ("1，200.5", 1200.5),
        ("１２００", 1200.0),
        (" 3.5 万", 35_000.0),
        ("1.2亿元", 120_000_000.0),
        ("-3", -3.0),
    ],
)
def test_number(typed: Raw, value: float) -> None:
    assert read_number(typed) == value


@pytest.mark.parametrize(
    "typed",
    [
        "约三千",
        "1,20",
        "12,34,567",
        "35%",
        "1.2.3",
        "",
        "1e5",
        "٣",
        True,
        date(2026, 1, 1),
        time(3),
        float("nan"),
        "10台",
    ],
)
def test_not_a_number(typed: Raw) -> None:
    with pytest.raises(BadCell) as caught:
        read_number(typed)
    assert "数字" in str(caught.value.what)
    assert "请" in str(caught.value.cure)


@pytest.mark.parametrize(("typed", "value"), [(3, 3), ("3,000 万元", 30_000_000), (12.0, 12), ("1.23万", 12_300)])
def test_whole(typed: Raw, value: int) -> None:
    assert read_whole(typed) == value


def test_half_is_not_whole() -> None:
    with pytest.raises(BadCell, match="不是整数"):
        read_whole("2.5")


@pytest.mark.parametrize(
    ("typed", "value"),
    [(0, 0.0), (1, 1.0), (0.35, 0.35), ("35%", 0.35), ("３５％", 0.35), ("0.35", 0.35), ("0.5%", 0.005), ("100%", 1.0)],
)
def test_share(typed: Raw, value: float) -> None:
    assert read_share(typed) == value


@pytest.mark.parametrize("typed", [3.7, 35, "35", "120%", -0.1, "三成", True, float("inf")])
def test_not_a_share(typed: Raw) -> None:
    with pytest.raises(BadCell) as caught:
        read_share(typed)
    assert plain(typed) in str(caught.value.what)
    assert str(caught.value.cure) == "请填 0.35 或 35%"


@pytest.mark.parametrize(
    "typed",
    [
        date(2026, 11, 2),
        datetime(2026, 11, 2),
        datetime(2026, 11, 2, 15, 30),
        "2026-11-02",
        "2026/11/2",
        "2026.11.2",
        "2026年11月2日",
        "２０２６－１１－０２",
        "20261102",
        20261102,
        "2026-11-02 00:00:00",
        46328,
        46328.75,
        "46328",
    ],
)
def test_date(typed: Raw) -> None:
    assert read_date(typed) == date(2026, 11, 2)


@pytest.mark.parametrize(
    "typed", ["2026-13-45", "2026-02-30", "去年春天", "2026", 3, 0.35, True, timedelta(1), "2026-11-02x", 99999999]
)
def test_not_a_date(typed: Raw) -> None:
    with pytest.raises(BadCell, match="不是日期"):
        read_date(typed)


@pytest.mark.parametrize(("typed", "value"), [("是", True), ("√", True), (True, True), (1, True), ("Y", True)])
def test_yes(typed: Raw, value: bool) -> None:
    assert read_flag(typed) is value


@pytest.mark.parametrize("typed", ["否", "×", False, 0, "No"])
def test_no(typed: Raw) -> None:
    assert read_flag(typed) is False


def test_maybe_is_no_flag() -> None:
    with pytest.raises(BadCell, match="不是“是”或“否”"):
        read_flag("也许")


def test_words() -> None:
    assert read_words(" RV减速器；谐波减速器;\nRV减速器；； ") == ["RV减速器", "谐波减速器"]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("  a\u200bb\u3000", "ab"),
        (320412.0, "320412"),
        (12, "12"),
        (datetime(2026, 1, 2), "2026-01-02"),
        ("（甲）", "（甲）"),
    ],
)
def test_text(typed: Raw, value: str) -> None:
    assert read_text(typed) == value


@pytest.mark.parametrize("typed", [9.1320412e17, 10**16, True, time(8)])
def test_not_text(typed: Raw) -> None:
    with pytest.raises(BadCell):
        read_text(typed)


@pytest.mark.parametrize("typed", ["=1+1", " =A1&B1", "＝SUM(A:A)", "#REF!", "#N/A"])
def test_formulas_and_error_values_are_refused(typed: str) -> None:
    with pytest.raises(BadCell):
        check_formula(typed)


@pytest.mark.parametrize("typed", ["a=b", "≤1", 3, None, "#1 产线"])
def test_other_text_is_no_formula(typed: Raw) -> None:
    check_formula(typed)


@pytest.mark.parametrize("kind", [FirmStatus, ListingState, LinkState, Grade])
def test_every_choice_has_a_label(kind: type[FirmStatus]) -> None:
    read = choice_of(kind)
    assert {read(label) for label in LABELS[kind]} == set(kind)
    with pytest.raises(BadCell, match="不在可选项中"):
        read("应该有吧")


def test_uscc_form_and_check_digit() -> None:
    good = next(fictitious_codes())
    assert read_uscc(f" {good.lower()} ") == good
    assert doubt_uscc(good) is None
    wrong = good[:-1] + ("0" if good[-1] != "0" else "1")
    assert read_uscc(wrong) == wrong
    assert doubt_uscc(wrong) is not None
    for typed in (good[:-1], good + "1", "O" * 18, 9.1e17):
        with pytest.raises(BadCell):
            read_uscc(typed)


def test_sample_codes_check_and_stay_in_the_fictitious_range() -> None:
    codes = [code for code, _ in zip(fictitious_codes(), range(300), strict=False)]
    assert len(set(codes)) == 300
    assert all(uscc.is_valid(code) and code.startswith(FICTITIOUS) for code in codes)


def test_certificates() -> None:
    assert read_certificates("IATF 16949 至 2027-03-31；ISO 9001") == ["IATF 16949 至 2027-03-31", "ISO 9001"]
    with pytest.raises(BadCell, match="有效期不是日期"):
        read_certificates("IATF 16949 至 2027-13-31")


def test_limits_that_cannot_be_compared_are_doubted() -> None:
    assert doubt_limits(["背隙≤1角分", "外径60~300mm"]) is None
    doubt = doubt_limits(["背隙≤1角分", "精度高"])
    assert doubt is not None
    assert "精度高" in str(doubt.what)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=3, allow_nan=False))
def test_numbers_come_back_however_they_are_written(number: object) -> None:
    written = [
        str(number),
        f"{number:,}",
        str(number).translate(str.maketrans("0123456789.-", "０１２３４５６７８９．－")),
    ]
    assert {read_number(text) for text in written} == {float(str(number))}


@given(st.integers(min_value=0, max_value=10_000))
def test_shares_come_back_as_fraction_and_percent(hundredths: int) -> None:
    fraction = hundredths / 10_000
    assert read_share(fraction) == read_share(str(fraction) if fraction >= 0.001 else fraction) == fraction
    assert read_share(f"{hundredths / 100:.2f}%") == pytest.approx(fraction)


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2099, 12, 31)))
def test_dates_come_back_however_they_are_written(day: date) -> None:
    written: list[Raw] = [
        day,
        day.isoformat(),
        f"{day:%Y%m%d}",
        int(f"{day:%Y%m%d}"),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}/{day.month}/{day.day}",
        (day - date(1899, 12, 30)).days,
    ]
    assert {read_date(value) for value in written} == {day}


@given(
    st.one_of(
        st.text(), st.integers(), st.floats(), st.booleans(), st.datetimes(), st.dates(), st.times(), st.timedeltas()
    ),
    st.sampled_from(
        [read_text, read_number, read_whole, read_share, read_date, read_flag, read_words, read_certificates, read_uscc]
    ),
)
def test_any_cell_is_read_or_refused_with_a_cure(value: Raw, read: object) -> None:
    assert callable(read)
    refused = None
    try:
        read(value)
    except BadCell as bad:
        refused = bad
    assert refused is None or (str(refused.what) and str(refused.cure).startswith("请"))


@given(st.lists(st.text(alphabet="甲乙丙丁abc12", min_size=1, max_size=5), unique=True, max_size=6))
def test_lists_come_back(words: list[str]) -> None:
    assert read_words("；".join(words)) == words


WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")


@given(
    st.integers(min_value=0, max_value=10**8), st.sampled_from([("万", 10**4), ("亿", 10**8), ("千", 10**3), ("", 1)])
)
def test_money_comes_back_in_whatever_unit_it_is_written(amount: int, unit: tuple[str, int]) -> None:
    word, scale = unit
    for number in (str(amount), f"{amount:,}", f"{amount:,}".translate(WIDE), f"{amount}.0"):
        for text in (f"{number}{word}元", f"{number} {word}元", f"￥{number}{word}", f"{number}{word}人民币元"):
            assert read_whole(text) == amount * scale


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2099, 12, 31)))
def test_a_month_is_its_first_day_and_doubted(day: date) -> None:
    for text in (f"{day.year}年{day.month}月", f"{day:%Y-%m}", f"{day:%Y}/{day.month}", f"{day:%Y%m}", f"{day:%Y.%m}"):
        for written in (text, text.translate(WIDE), f" {text} "):
            assert read_date(written) == day.replace(day=1)
            assert doubt_month(written) is not None


@given(
    st.sampled_from([("是", True), ("√", True), ("Y", True), ("有", True), ("否", False), ("×", False), ("N", False)]),
    st.sampled_from([str, str.lower, "　{} ".format, "\u200b{}\ufeff".format, lambda text: text.replace("Y", "Ｙ")]),
)
def test_yes_and_no_come_back_however_they_are_ticked(said: tuple[str, bool], write: Callable[[str], str]) -> None:
    word, meant = said
    assert read_flag(write(word)) is meant


@pytest.mark.parametrize(
    ("read", "typed", "value"),
    [
        (read_code, "600000.0", "600000"),
        (read_code, 600000.0, "600000"),
        (read_code, "1.0", "000001"),
        (read_phone, "13812345678.0", "13812345678"),
        (read_phone, "1.3812345678E+10", "13812345678"),
        (read_date, "20200301.0", date(2020, 3, 1)),
        (read_date, "45000.0", date(2023, 3, 15)),
    ],
)
def test_digits_that_a_program_took_for_a_number(read: Reading, typed: Raw, value: object) -> None:
    assert read(typed) == value


def test_a_credit_code_that_lost_its_last_digits_is_not_taken() -> None:
    for typed in (913204121372500000.0, "9.13204E+17"):
        with pytest.raises(BadCell):
            read_uscc(typed)
