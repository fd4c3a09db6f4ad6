"""Limits, certificates, spans of time and halls as people write them, read into values that can be compared."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Self

_NUMBER = r"[-+]?\d+(?:\.\d+)?"
_RANGE = re.compile(rf"^(?P<name>.+?)(?P<low>{_NUMBER})(?:~|-|—|至|到)(?P<high>{_NUMBER})(?P<unit>\D*)$")
_OPERATOR = "<=|>=|<|>|=|≤|≥|不超过|不低于|不小于|不大于"
_ONE_SIDED = re.compile(rf"^(?P<name>.+?)(?P<op>{_OPERATOR})(?P<number>{_NUMBER})(?P<unit>\D*)$")
_AT_MOST = {"<=", "<", "≤", "不超过", "不大于"}
_AT_LEAST = {">=", ">", "≥", "不低于", "不小于"}
_CLOCK = r"(?P<{0}h>\d{{1,2}})[:：](?P<{0}m>\d{{2}})"
_SPAN = re.compile(rf"^{_CLOCK.format('a')}(?:~|-|—|至|到){_CLOCK.format('b')}$")
_TIME = re.compile(rf"^{_CLOCK.format('a')}(?::00)?$")
_HALL = re.compile(r"^(?P<name>.*?)[=:：×*](?P<tables>\d{1,4})(?:张|桌)?$")
_WAY = re.compile(r"^(?P<a>.+?)(?:-|—|~|到|至)(?P<b>.+?)[=:](?P<minutes>\d{1,3})(?:分钟|分)?$")
_CERTIFICATE = re.compile(r"^(?P<name>.+?)(?:\s*(?:至|到|有效期至)\s*(?P<until>\d{4}-\d{2}-\d{2}))?$")


@dataclass(frozen=True)
class Limit:
    """A closed interval for one named quantity; a side without bound is None."""

    name: str
    low: float | None
    high: float | None
    unit: str

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read ``背隙≤1角分`` or ``外径60~300mm``; None when it is not of that form."""
        plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
        if found := _RANGE.match(plain):
            return cls(found["name"].rstrip(":="), float(found["low"]), float(found["high"]), found["unit"])
        if not (found := _ONE_SIDED.match(plain)):
            return None
        number, op = float(found["number"]), found["op"]
        low = None if op in _AT_MOST else number
        high = None if op in _AT_LEAST else number
        return cls(found["name"], low, high, found["unit"])

    def __str__(self) -> str:
        """Write it back as a person would."""
        if self.low is not None and self.high is not None:
            span = f"={self.low:g}" if self.low == self.high else f" {self.low:g}~{self.high:g}"
        else:
            span = f"≤{self.high:g}" if self.low is None else f"≥{self.low:g}"
        return f"{self.name}{span}{self.unit}"


@dataclass(frozen=True)
class Certificate:
    """A certificate and the last day it is valid; ``until`` is None when that day is unknown."""

    name: str
    until: date | None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``IATF 16949 至 2027-03-31`` or a bare name."""
        found = _CERTIFICATE.match(unicodedata.normalize("NFKC", text).strip())
        if found is None:
            return cls(text.strip(), None)
        return cls(found["name"].strip(), date.fromisoformat(found["until"]) if found["until"] else None)


def parse_clock(text: str) -> int | None:
    """Minutes since midnight of ``9:05``; None when it is no time of day."""
    found = _TIME.match(_folded(text))
    return _minutes(found["ah"], found["am"]) if found else None


def clock(minutes: int) -> str:
    """Write minutes since midnight as ``09:05``."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def parse_span(text: str) -> tuple[int, int] | None:
    """Minutes since midnight of both ends of ``10:20-10:40``; None when it is no span of a day."""
    found = _SPAN.match(_folded(text))
    if not found:
        return None
    start, end = _minutes(found["ah"], found["am"]), _minutes(found["bh"], found["bm"])
    return (start, end) if start is not None and end is not None and start < end else None


def parse_hall(text: str) -> tuple[str, int] | None:
    """Name and number of tables of ``A厅=12``; None when it is not of that form."""
    found = _HALL.match(_folded(text))
    return (found["name"], int(found["tables"])) if found and int(found["tables"]) else None


def parse_way(text: str) -> tuple[str, str, int] | None:
    """Two halls and the minutes between them of ``A厅-B厅=10``; None when it is not of that form."""
    found = _WAY.match(_folded(text))
    return (found["a"], found["b"], int(found["minutes"])) if found and found["a"] != found["b"] else None


def _folded(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _minutes(hour: str, minute: str) -> int | None:
    total = int(hour) * 60 + int(minute)
    return total if int(minute) < 60 and total <= 24 * 60 else None
