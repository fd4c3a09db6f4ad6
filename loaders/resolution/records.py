"""A firm as a list states it, and the same made ready to be compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from graph.ids import as_digits
from loaders.resolution.codes import Code, read_codes
from loaders.resolution.names import Name, parse_all
from loaders.resolution.sites import Site, read_sites

_NOT_WORD = re.compile(r"[^0-9A-Z\u3400-\u9fff]")
_NOT_DIGIT = re.compile(r"\D")
_EXTENSION = re.compile(r"(?:转|EXT|-)\s*\d{1,5}$")
_EMPTY_TOWNS = {"", "-", "NULL", "NONE", "NAN"}
MIN_DIGITS = 7


@dataclass(frozen=True, slots=True)
class Firm:
    """One row of a list; an empty cell is an empty string.

    ``name``, ``code`` and ``site`` (addresses) may hold several, set apart by semicolons; ``phone`` may be a number or
    a digest of one.
    """

    id: str
    name: str = ""
    code: str = ""
    town: str = ""
    phone: str = ""
    site: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A firm ready to be compared; what is empty or cannot be read is empty, and says nothing."""

    firm: Firm
    names: tuple[Name, ...]
    codes: tuple[Code, ...]
    town: str
    phone: str
    sites: tuple[Site, ...]


def prepare(firm: Firm) -> Prepared:
    """Read all cells of a firm."""
    return Prepared(
        firm,
        parse_all(firm.name),
        read_codes(firm.code),
        read_town(firm.town),
        read_phone(firm.phone),
        read_sites(firm.site),
    )


def prepare_all(firms: Iterable[Firm]) -> list[Prepared]:
    """Read a whole list."""
    return [prepare(firm) for firm in firms]


def read_town(text: str) -> str:
    """A place as compared."""
    plain = _NOT_WORD.sub("", unicodedata.normalize("NFKC", text).upper())
    return "" if plain in _EMPTY_TOWNS else plain


def read_phone(text: str) -> str:
    """The digits of a number without country code, extension and leading zero; a digest stays as it is."""
    plain = as_digits(unicodedata.normalize("NFKC", text).strip().upper())
    if re.search(r"[A-F]", plain) and len(_NOT_WORD.sub("", plain)) >= 16:
        return _NOT_WORD.sub("", plain)
    first = re.split(r"[;,/、 ]{1,3}(?=\d{7,})", plain)[0]
    digits = _NOT_DIGIT.sub("", _EXTENSION.sub("", first) if len(_NOT_DIGIT.sub("", first)) > 12 else first)
    digits = digits.removeprefix("0086")
    digits = digits.removeprefix("86") if len(digits) > 11 else digits
    digits = digits.lstrip("0")
    return digits if len(digits) >= MIN_DIGITS and len(set(digits)) > 2 else ""
