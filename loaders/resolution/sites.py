"""Where a firm sits, as compared: road and number without the divisions above them and the rooms below."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_NOT_WORD = re.compile(r"[^0-9A-Z\u3400-\u9fff-]")
_SEVERAL = re.compile(r"[;\n|]")
_SIGN = r"[\u3400-\u9fff]"
_NO_ROAD = re.compile(r"(?!大道|[东南西北中]?路|街|大街)").pattern
_ABOVE = re.compile(
    rf"^(?:中国)?(?:{_SIGN}{{2,8}}?(?:省|自治区))?(?:{_SIGN}{{2,7}}?(?:自治州|市){_NO_ROAD})?"
    rf"(?:{_SIGN}{{1,8}}?(?:区|县|市){_NO_ROAD}){{0,2}}(?:{_SIGN}{{1,6}}?(?:街道|镇|乡){_NO_ROAD})?"
)
_ROAD = re.compile(rf"(?P<road>{_SIGN}{{1,10}}?(?:大道|公路|路|大街|街|巷|弄))(?P<number>\d+(?:-\d+)?)(?:号|$)")
MIN_SIGNS = 4
"""Less than this names no place."""


class Site(NamedTuple):
    """An address: ``road`` is empty where none is named, ``number`` is then all that is left of the text."""

    road: str
    number: str


def read_sites(text: str) -> tuple[Site, ...]:
    """The addresses in a cell, each once; what names no place is left out."""
    found = (_read(part) for part in _SEVERAL.split(unicodedata.normalize("NFKC", text).upper()))
    return tuple(dict.fromkeys(site for site in found if site))


def _read(text: str) -> Site | None:
    plain = _NOT_WORD.sub("", text)
    rest = _ABOVE.sub("", plain)
    if match := _ROAD.search(rest):
        return Site(match["road"], match["number"])
    return Site("", rest) if len(rest) >= MIN_SIGNS else None
