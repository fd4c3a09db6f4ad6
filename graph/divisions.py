"""Administrative divisions of the country (GB/T 2260) by code and name, and the place a person means by a text.

The table is that of python-stdnum, which takes it from the published lists: provinces, cities and counties, no towns.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

from graph.ids import normalise
from graph.model import Place, PlaceLevel

MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
_DATED = re.compile(r"^\[(?P<since>\d*)-(?P<until>\d*)\]")
_NO_NAMES = re.compile(r"^(?:市辖区|县|.*直辖县级行政.*)$")
_ENDS = re.compile(r"(?:壮族自治区|回族自治区|维吾尔自治区|特别行政区|自治区|街道|[省市区县镇])$")
_LEVEL = re.compile(r"[省市区县州镇]")
_LONGEST = 16


@dataclass(frozen=True)
class Division:
    """A division: its code of two, four or six digits, its name and level."""

    code: str
    name: str
    level: PlaceLevel

    @property
    def id(self) -> str:
        """The id its place has in the graph."""
        return f"{Place.PREFIX}-{self.code}"


def city_code(code: str) -> str:
    """The code of the city a division lies in: a municipality is its own, a county without a city stands alone."""
    if code[:2] in MUNICIPALITIES:
        return code[:2]
    return code[:6] if code[2:4] == "90" else code[:4]


@cache
def divisions() -> Mapping[str, Division]:
    """Every division there is today, by code."""
    from stdnum import numdb

    found: dict[str, Division] = {}
    for _, province, _, said, below in numdb.get("cn/loc").prefixes:
        found[province] = Division(province, said["province"], PlaceLevel.PROVINCE)
        for _, rest, _, named, _ in below:
            dated = _DATED.match(named["county"])
            name = _DATED.sub("", named["county"])
            if rest == "0000" or _NO_NAMES.match(name) or (dated and dated["until"]):
                continue
            code = province + (rest[:2] if rest.endswith("00") else rest)
            found[code] = Division(code, name, PlaceLevel.CITY if len(code) == 4 else PlaceLevel.DISTRICT)
    return found


def above(code: str) -> tuple[Division, ...]:
    """The divisions a code lies in, the province first, with its own when it is in the table."""
    known = divisions()
    return tuple(known[code[:length]] for length in (2, 4, 6) if len(code) >= length and code[:length] in known)


def full_name(code: str, name: str = "") -> str:
    """A division with those above it: 江苏省常州市武进区; ``name`` is its own where the table does not have it."""
    named = [one for one in above(code) if one.code != code]
    own = divisions().get(code)
    return "".join([*(one.name for one in named), name or (own.name if own else code)])


def words_for(name: str) -> frozenset[str]:
    """What a division is called: its name, with and without 市, 区 and the like."""
    short = _ENDS.sub("", name)
    return frozenset({name, short} if len(short) > 1 else {name})


@cache
def _national() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for one in divisions().values():
        for word in (one.code, *words_for(one.name)):
            found.setdefault(normalise(word), set()).add(one.code)
    return {word: frozenset(codes) for word, codes in found.items()}


@dataclass(frozen=True)
class Gazetteer:
    """Finds the division a text means. ``places`` are codes by word beside those of the country, ``home`` the own one.

    Of several of one name the one nearest home is meant, when there is one nearest; towns and zones of other cities,
    which are called alike everywhere, are not meant by their bare name.
    """

    home: str
    places: Mapping[str, frozenset[str]] = field(default_factory=dict)
    _found: dict[str, str | None] = field(default_factory=dict, compare=False)

    @cached_property
    def _rings(self) -> tuple[str, ...]:
        return self.home, city_code(self.home), self.home[:2]

    def find(self, text: str) -> str | None:
        """The code of the division a text names, whole or level by level (``江苏省常州市武进区湖塘镇``).

        Of an address the last level that is known; below one that is unknown nothing is looked for, since districts of
        different cities share their names. None when nothing is known, or several are and none is nearest.
        """
        word = normalise(text)
        if word not in self._found:
            self._found[word] = self._nearest(self._codes(word)) or self._by_level(word)
        return self._found[word]

    def _by_level(self, word: str) -> str | None:
        found: str | None = None
        rest = word.replace(" ", "")
        while rest:
            sizes = (size for size in range(min(_LONGEST, len(rest)), 1, -1) if not _LEVEL.match(rest, size))
            step = next((step for size in sizes if (step := self._step(rest[:size], found))), None)
            if step is None:
                return found
            found, length = step
            rest = rest[length:]
        return found

    def _step(self, word: str, within: str | None) -> tuple[str, int] | None:
        if within is None:
            one = self._nearest(self._codes(word))
        else:
            inside = {code for code in self._codes(word) if code.startswith(within)}
            one = inside.pop() if len(inside) == 1 else None
        return (one, len(word)) if one else None

    def _codes(self, word: str) -> frozenset[str]:
        return self.places.get(word, frozenset()) | _national().get(word, frozenset())

    def _nearest(self, codes: frozenset[str]) -> str | None:
        for ring in self._rings:
            inside = {code for code in codes if code.startswith(ring)}
            if len(inside) == 1:
                return inside.pop()
        alone = next(iter(codes)) if len(codes) == 1 else None
        return alone if alone and len(alone) <= 6 else None
