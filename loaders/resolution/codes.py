"""Codes that name a firm: unified social credit code, organisation code, exchange code; anything else is opaque.

The check digit of a social credit code is told, never trusted alone: some genuine codes fail it (GB 32100).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import OSA
from stdnum.cn import uscc

from graph.ids import as_digits

_SIGNS = re.compile(r"[^0-9A-Z]")
_LISTED = re.compile(r"^(?:(?:SH|SZ|BJ)\.?(\d{6})|(\d{6})\.?(?:SH|SZ|BJ|SS)?|(\d{3,5}))$")
_USCC = re.compile(r"^[0-9A-Z]{17,19}$")
_USCC_EXACT = re.compile(r"^[0-9A-HJ-NPQRTUW-Y]{18}$")
_ORGANISATION = re.compile(r"^[0-9A-Z]{8}-?[0-9X]$")
_SEVERAL = re.compile(r"[;；、|]")
_EMPTY = re.compile(r"^(?:0+|X+|N/?A|NULL|NONE|NAN|无|-+)$")


class CodeKind(StrEnum):
    """What sort of code it is; codes of two kinds say nothing of one another."""

    USCC = "uscc"
    ORGANISATION = "organisation"
    LISTED = "listed"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Code:
    """A code as compared; ``valid`` is true for a social credit code whose check digit is right."""

    kind: CodeKind
    value: str
    valid: bool = False

    @property
    def telling(self) -> bool:
        """Whether two firms hardly have it both: it is no filler and no slip of another."""
        return self.valid or self.kind is CodeKind.LISTED


class CodeLevel(StrEnum):
    """How two codes stand to each other."""

    EQUAL = "equal"
    ONE_OFF = "one_off"
    TWO_OFF = "two_off"
    DIFFERENT = "different"
    MISSING = "missing"


def read_code(text: str) -> Code | None:
    """Read a cell; None when it is empty or a filler such as ``000000``."""
    plain = as_digits(unicodedata.normalize("NFKC", text).strip().upper())
    signs = _SIGNS.sub("", plain)
    if not signs or _EMPTY.match(plain) or len(set(signs)) == 1:
        return None
    if found := _LISTED.match(plain):
        return Code(CodeKind.LISTED, next(group for group in found.groups() if group).zfill(6))
    if _ORGANISATION.match(plain) and len(signs) == 9:
        return Code(CodeKind.ORGANISATION, signs)
    if _USCC.match(signs):
        valid = bool(_USCC_EXACT.match(signs)) and uscc.is_valid(signs)
        return Code(CodeKind.USCC, signs, valid)
    return Code(CodeKind.OTHER, signs)


def read_codes(text: str) -> tuple[Code, ...]:
    """Read a cell that may hold several codes: a firm can have a social credit code and an exchange code."""
    found = (read_code(piece) for piece in _SEVERAL.split(text))
    return tuple(dict.fromkeys(code for code in found if code))


def compare_codes(one: Code | None, other: Code | None) -> CodeLevel:
    """The level of two codes; a social credit code contains the organisation code."""
    if one is None or other is None:
        return CodeLevel.MISSING
    left, right = one.value, other.value
    if one.kind != other.kind:
        if {one.kind, other.kind} != {CodeKind.USCC, CodeKind.ORGANISATION}:
            return CodeLevel.MISSING
        left, right = organisation(one), organisation(other)
    if left == right:
        return CodeLevel.EQUAL
    slips = OSA.distance(left, right, score_cutoff=2)
    return {1: CodeLevel.ONE_OFF, 2: CodeLevel.TWO_OFF}.get(slips, CodeLevel.DIFFERENT)


ORDER = (CodeLevel.EQUAL, CodeLevel.ONE_OFF, CodeLevel.TWO_OFF, CodeLevel.DIFFERENT)


NearestCodes = tuple[CodeLevel, Code, Code]


def nearest_codes(left: tuple[Code, ...], right: tuple[Code, ...]) -> NearestCodes | None:
    """The codes of two firms that are nearest to each other, and how near; None when none can be compared."""
    if not left or not right:
        return None
    levels = ((compare_codes(one, other), one, other) for one in left for other in right)
    found = [compared for compared in levels if compared[0] is not CodeLevel.MISSING]
    return min(found, key=lambda compared: ORDER.index(compared[0]), default=None)


def organisation(code: Code) -> str:
    """The organisation code in a code: signs 9 to 17 of a social credit code, counted from its end."""
    return code.value[-10:-1] if code.kind == CodeKind.USCC else code.value
