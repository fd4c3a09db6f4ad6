"""What people type into a cell, read into a value, or refused with what is wrong and how to put it right.

Every reading is a pure function from an Excel value to a Python value. Formulas are never evaluated; a number keeps
its digits; nothing is guessed: what can be meant in two ways comes back.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum

from openpyxl.utils.datetime import from_excel
from stdnum.cn import uscc

from graph.ids import as_digits
from graph.messages import N_, Listed, Message
from graph.model import EventRole, FirmStatus, Grade, Gradient, LinkState, ListingState, SignalKind
from graph.values import Certificate, Limit, clock, parse_clock, parse_hall, parse_span, parse_way

Raw = str | int | float | bool | datetime | date | time | timedelta | None
Reading = Callable[[Raw], object]

LABELS: dict[type[StrEnum], dict[str, StrEnum]] = {
    FirmStatus: {
        N_("正常"): FirmStatus.ACTIVE,
        N_("经营异常"): FirmStatus.ABNORMAL,
        N_("搬迁中"): FirmStatus.MOVING,
        N_("注销"): FirmStatus.CLOSED,
    },
    ListingState: {N_("有效"): ListingState.OPEN, N_("关闭"): ListingState.CLOSED},
    LinkState: {
        N_("已确认"): LinkState.CONFIRMED,
        N_("待核实"): LinkState.UNCERTAIN,
        N_("已排除"): LinkState.REJECTED,
    },
    Grade: {N_("强"): Grade.STRONG, N_("中"): Grade.MEDIUM, N_("弱"): Grade.WEAK},
    Gradient: {
        N_("创新型中小企业"): Gradient.INNOVATIVE,
        N_("专精特新中小企业"): Gradient.SPECIALISED,
        N_("专精特新小巨人"): Gradient.LITTLE_GIANT,
        N_("制造业单项冠军"): Gradient.CHAMPION,
    },
    EventRole: {
        N_("链主"): EventRole.LEADER,
        N_("中小企业"): EventRole.SME,
        N_("高校院所"): EventRole.INSTITUTE,
        N_("金融机构"): EventRole.FINANCE,
    },
    SignalKind: {
        N_("选址搬迁"): SignalKind.SITING,
        N_("新建厂区"): SignalKind.NEW_SITE,
        N_("扩大产能"): SignalKind.CAPACITY,
        N_("融资增资"): SignalKind.FUNDING,
        N_("重大订单"): SignalKind.ORDER,
        N_("批量招聘"): SignalKind.HIRING,
    },
}

FORMULA = N_("“{value}”是公式，不会被计算")
FORMULA_CURE = N_("请复制该单元格，用“选择性粘贴—数值”换成值本身；若是文字，请去掉开头的等号")
ERROR_VALUE = N_("“{value}”是 Excel 的出错值")
ERROR_VALUE_CURE = N_("请修正引起出错的公式，并填入值本身")
NOT_NUMBER = N_("“{value}”不是数字")
NOT_NUMBER_CURE = N_("请只填数字，例如 1200 或 3.5 万；单位写在“计量单位”列")
NOT_WHOLE = N_("“{value}”不是整数")
NOT_WHOLE_CURE = N_("请填整数，例如 1200")
NOT_SHARE = N_("“{value}”不是 0 到 1 之间的占比")
NOT_SHARE_CURE = N_("请填 0.35 或 35%")
NOT_DATE = N_("“{value}”不是日期")
NOT_DATE_CURE = N_("请填到日，例如 2026-11-02")
NOT_FLAG = N_("“{value}”不是“是”或“否”")
NOT_FLAG_CURE = N_("请填“是”或“否”，不清楚就留空")
NOT_CHOICE = N_("“{value}”不在可选项中")
NOT_CHOICE_CURE = N_("请从“{options}”中选一个")
DIGITS_LOST = N_("数字 {value} 超过 15 位，Excel 已丢失末几位")
DIGITS_LOST_CURE = N_("请先把该列设为“文本”格式，再重新填写")
NO_ADDRESS = N_("“{value}”里有斜线，不能作为编号")
NO_ADDRESS_CURE = N_("请用短横线代替，例如 2026-12-03")
NOT_TEXT = N_("“{value}”不是文字")
NOT_TEXT_CURE = N_("请填文字")
NOT_USCC = N_("“{value}”不是 18 位统一社会信用代码")
NOT_USCC_CURE = N_("请照营业执照填写 18 位代码，字母中没有 I、O、S、V、Z")
USCC_CHECK = N_("统一社会信用代码“{value}”的校验位不对，已照填的保留")
USCC_CHECK_CURE = N_("请与营业执照核对")
BAD_CERTIFICATE = N_("证书“{value}”的有效期不是日期")
BAD_CERTIFICATE_CURE = N_("请写成“IATF 16949 至 2027-03-31”，多个证书用“；”隔开")
MONTH_ONLY = N_("“{value}”只写到月，按当月 1 日记")
MONTH_ONLY_CURE = N_("请填到日，例如 2026-11-02")
UNREADABLE_LIMIT = N_("技术指标“{value}”无法比较大小，已照填的保留")
UNREADABLE_LIMIT_CURE = N_("请写成“背隙≤1角分”或“外径60~300mm”，多项用“；”隔开")
NOT_CLOCK = N_("“{value}”不是时刻")
NOT_CLOCK_CURE = N_("请写成 09:00")
NOT_SPAN = N_("“{value}”不是起止时间")
NOT_SPAN_CURE = N_("请写成“10:20-10:40”，多段用“；”隔开")
NOT_WAY = N_("“{value}”看不出两个会场和分钟数")
NOT_WAY_CURE = N_("请写成“A厅-B厅=10”，多条用“；”隔开；会场须在“会场桌数”中")
NOT_HALL = N_("“{value}”看不出会场和桌数")
NOT_HALL_CURE = N_("请写成“A厅=12；B厅=8”")

_INVISIBLE = re.compile(r"[\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b-\x1f\x7f]")
_NUMBER = re.compile(
    r"^[¥￥]?\s*([-+]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?)\s*([千万亿]?)\s*(?:(?:人民币)?元|人|名|天|日|个)?$",
    re.ASCII,
)
_PERCENT = re.compile(r"^(\d+(?:\.\d+)?)\s*%$", re.ASCII)
_DATE = re.compile(r"^(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?(?:\s+00:00(?::00)?)?$", re.ASCII)
_MONTH = re.compile(r"^(\d{4})(?:-|/|\.|年)(\d{1,2})月?$|^(\d{4})(\d{2})$", re.ASCII)
_COMPACT_DATE = re.compile(r"^(\d{4})(\d{2})(\d{2})$", re.ASCII)
_USCC = re.compile(r"^[0-9]{8}[0-9A-HJ-NPQRTUWXY]{10}$")
_SCALE = {"": 1, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_SERIALS = range(18_264, 73_051)
"""Excel's day numbers of the years 1950 to 2099; any other number is not taken for a date."""
_YES = {"是", "有", "对", "true", "yes", "y", "t", "1", "√", "✓", "✔", "☑", "●"}
_NO = {"否", "无", "没有", "非", "不是", "false", "no", "n", "f", "0", "×", "✗", "✘", "x", "☐", "/", "-", "—"}
BLANKS = frozenset({"", "/", "\\", "-", "--", "—", "——", "无", "暂无", "不详", "未知", "n/a", "N/A"})
"""What people write into a cell to say that there is nothing to write; in a yes-or-no column some of them mean no."""
_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
_SEPARATORS = re.compile(r"[;\n]")


class BadCell(Exception):
    """A value that cannot be taken: what is wrong with it, and the cure."""

    def __init__(self, what: Message, cure: Message) -> None:
        super().__init__(str(what))
        self.what = what
        self.cure = cure


def refuse(what: str, cure: str, value: object, **more: object) -> BadCell:
    """Make the refusal of ``value`` from two marked templates."""
    return BadCell(Message(what, {"value": value}), Message(cure, more))


def plain(value: Raw) -> str:
    """The text of a cell with width folded, invisible characters and outer spaces gone; empty for an empty cell."""
    if value is None or value == "":
        return ""
    if isinstance(value, str) and value.isprintable() and unicodedata.is_normalized("NFKC", value):
        return value.strip()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", str(value))).strip()


def check_formula(value: Raw) -> None:
    """Refuse a formula or one of Excel's error values.

    Raises:
        BadCell: when the cell holds either.
    """
    if not isinstance(value, str) or not any(mark in value for mark in "=＝﹦#＃"):
        return
    text = plain(value)
    if text.startswith("="):
        raise refuse(FORMULA, FORMULA_CURE, text)
    if text in _ERRORS:
        raise refuse(ERROR_VALUE, ERROR_VALUE_CURE, text)


def read_text(value: Raw) -> str:
    """Text as typed, without invisible characters; a number in a text column keeps its digits."""
    if isinstance(value, (bool, time, timedelta)):
        raise refuse(NOT_TEXT, NOT_TEXT_CURE, value)
    if isinstance(value, (int, float)) and abs(value) >= 10**15:
        raise refuse(DIGITS_LOST, DIGITS_LOST_CURE, f"{value:.0f}")
    if isinstance(value, str):
        return value.strip() if value.isprintable() else _INVISIBLE.sub("", value).strip()
    return plain(value)


def read_address(value: Raw) -> str:
    """A text that is part of the address of a page: no slash, and not one of the names of folders."""
    text = read_text(value)
    if "/" in text or "\\" in text or text in {".", ".."}:
        raise refuse(NO_ADDRESS, NO_ADDRESS_CURE, text)
    return text


def _decimal(value: Raw) -> Decimal:
    if not isinstance(value, (bool, datetime, date, time, timedelta)):
        if isinstance(value, (int, float)) and math.isfinite(value):
            return Decimal(str(value))
        if found := _NUMBER.match(plain(value)):
            return Decimal(found[1].replace(",", "")) * _SCALE[found[2]]
    raise refuse(NOT_NUMBER, NOT_NUMBER_CURE, plain(value))


def read_number(value: Raw) -> float:
    """A number: ``1200``, ``1,200``, ``１２００``, ``1.2 万``."""
    if type(value) is float and math.isfinite(value):
        return value
    return float(_decimal(value))


def read_whole(value: Raw) -> int:
    """A whole number; money in CNY may be written ``3,000 万元``."""
    if type(value) is float and value.is_integer():
        return int(value)
    number = _decimal(value)
    if number != number.to_integral_value():
        raise refuse(NOT_WHOLE, NOT_WHOLE_CURE, plain(value))
    return int(number)


def read_share(value: Raw) -> float:
    """A share: ``0.35`` or ``35%``. A bare ``35`` is refused: nobody knows whether it means 35%."""
    if isinstance(value, str) and (found := _PERCENT.match(plain(value))):
        share = Decimal(found[1]) / 100
    else:
        try:
            share = _decimal(value)
        except BadCell:
            raise refuse(NOT_SHARE, NOT_SHARE_CURE, plain(value)) from None
    if not 0 <= share <= 1:
        raise refuse(NOT_SHARE, NOT_SHARE_CURE, plain(value))
    return float(share)


def read_date(value: Raw) -> date:
    """A day: an Excel date, its day number, or text such as ``2026-11-02``, ``2026年11月2日``, ``20261102``.

    A month alone (``2026年11月``, ``2026-11``, ``202611``) is read as its first day; ``doubt_month`` says so.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = as_digits(plain(value))
    if isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value):
        if int(value) in _SERIALS:
            return _day_of_serial(int(value))
    elif text.isascii() and text.isdigit() and len(text) == 5 and int(text) in _SERIALS:
        return _day_of_serial(int(text))
    if found := _DATE.match(text) or _COMPACT_DATE.match(text):
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            pass
    if month := _month(value):
        return month
    raise refuse(NOT_DATE, NOT_DATE_CURE, text)


def _month(value: Raw) -> date | None:
    """The first day of a month that is written without a day."""
    if not (found := _MONTH.match("" if isinstance(value, bool) else plain(value))):
        return None
    year, month = int(found[1] or found[3]), int(found[2] or found[4])
    return date(year, month, 1) if 1950 <= year <= 2099 and 1 <= month <= 12 else None


def doubt_month(value: Raw) -> BadCell | None:
    """What is doubtful about a date of which only the month is given."""
    bare = not isinstance(value, (datetime, date)) and _month(value) is not None
    return refuse(MONTH_ONLY, MONTH_ONLY_CURE, plain(value)) if bare else None


def _day_of_serial(serial: int) -> date:
    day = from_excel(serial)
    assert isinstance(day, datetime)
    return day.date()


def read_flag(value: Raw) -> bool:
    """``是`` or ``否``."""
    text = plain(value).casefold()
    if text in _YES or text in _NO:
        return text in _YES
    raise refuse(NOT_FLAG, NOT_FLAG_CURE, plain(value))


def read_words(value: Raw) -> list[str]:
    """A list separated by ``；``, ``;`` or line breaks, each word once, in order."""
    text = read_text(value).replace("；", ";")
    return list(dict.fromkeys(word for part in _SEPARATORS.split(text) if (word := part.strip())))


def read_code(value: Raw) -> str:
    """An exchange code; one that Excel took for a number gets its leading zeros back."""
    text = as_digits(read_text(value))
    return text.zfill(6) if text.isascii() and text.isdigit() else text


def read_phone(value: Raw) -> str:
    """A telephone number as typed; one that a program took for a number gets its digits back."""
    return as_digits(read_text(value))


def read_certificates(value: Raw) -> list[str]:
    """Certificates with an optional last day, refused when that day does not exist."""
    words = read_words(value)
    for word in words:
        try:
            Certificate.parse(word)
        except ValueError:
            raise refuse(BAD_CERTIFICATE, BAD_CERTIFICATE_CURE, word) from None
    return words


def choice_of(kind: type[StrEnum]) -> Reading:
    """Return a reading for the Chinese labels of an enumeration."""
    labels = LABELS[kind]

    def read_choice(value: Raw) -> StrEnum:
        text = plain(value)
        if text in labels:
            return labels[text]
        raise refuse(NOT_CHOICE, NOT_CHOICE_CURE, text, options=Listed(labels))

    return read_choice


def read_uscc(value: Raw) -> str:
    """A unified social credit code in the form of GB 32100; a wrong check digit is kept (see ``doubt_uscc``)."""
    text = as_digits(plain(read_text(value)).upper())
    if not _USCC.match(text):
        text = uscc.compact(text)
    if not _USCC.match(text):
        raise refuse(NOT_USCC, NOT_USCC_CURE, text)
    return text


def doubt_uscc(value: object) -> BadCell | None:
    """What is doubtful about a code that is kept: some genuine codes fail the check digit."""
    return None if uscc.is_valid(str(value)) else refuse(USCC_CHECK, USCC_CHECK_CURE, value)


def doubt_limits(value: object) -> BadCell | None:
    """What is doubtful about limits that are kept: words without a bound cannot be compared."""
    vague = [word for word in value if Limit.parse(word) is None] if isinstance(value, list) else []
    return refuse(UNREADABLE_LIMIT, UNREADABLE_LIMIT_CURE, "；".join(vague)) if vague else None


def read_clock(value: Raw) -> str:
    """A time of day, as Excel keeps it or as ``9:05``; written ``09:05``."""
    text = f"{value:%H:%M}" if isinstance(value, time) else plain(value)
    if isinstance(value, timedelta):
        text = clock(int(value.total_seconds()) // 60)
    if isinstance(value, float) and 0 <= value < 1:
        text = clock(round(value * 1440))
    found = parse_clock(text)
    if found is None:
        raise refuse(NOT_CLOCK, NOT_CLOCK_CURE, text)
    return clock(found)


def read_spans(value: Raw) -> list[str]:
    """Spans of a day: ``10:20-10:40；12:00-13:30``."""
    spans = []
    for word in read_words(value):
        if (found := parse_span(word)) is None:
            raise refuse(NOT_SPAN, NOT_SPAN_CURE, word)
        spans.append(f"{clock(found[0])}-{clock(found[1])}")
    return spans


def read_ways(value: Raw) -> list[str]:
    """Minutes between halls: ``A厅-B厅=10；A厅-C厅=15``."""
    ways = []
    for word in read_words(value):
        if (found := parse_way(word)) is None:
            raise refuse(NOT_WAY, NOT_WAY_CURE, word)
        ways.append(f"{found[0]}-{found[1]}={found[2]}")
    return ways


def read_halls(value: Raw) -> list[str]:
    """Halls with their numbers of tables: ``A厅=12；B厅=8``, or one number for a single hall."""
    text = read_text(value)
    if text.isascii() and text.isdigit():
        text = f"={text}"
    halls = []
    for word in read_words(text):
        if (found := parse_hall(word)) is None:
            raise refuse(NOT_HALL, NOT_HALL_CURE, word)
        halls.append(f"{found[0]}={found[1]}")
    return halls
