"""The words firm names are made of: places, legal forms, trades, signs typed for one another (``words.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

import yaml

COMMON_SHARE = 0.03
RARE_SHARE = 0.003
"""Share of firms whose name has a given trade word, where the lists at hand say nothing: two classes are enough."""


@dataclass(frozen=True)
class Lexicon:
    """The words, ready to be looked up; ``parents`` leads from a place to the one it lies in."""

    parents: Mapping[str, str]
    place_ends: tuple[str, ...]
    country: str
    forms: Mapping[str, str]
    short_forms: Mapping[str, str]
    group: str
    notes: tuple[str, ...]
    departments: tuple[str, ...]
    sites: tuple[str, ...]
    plants: tuple[str, ...]
    trades: Mapping[str, float]
    affiliates: tuple[str, ...]
    alike: Mapping[str, frozenset[int]]
    simplified: Mapping[int, str]

    @cached_property
    def shops(self) -> frozenset[str]:
        """Legal forms of small traders, which also end the names of branches."""
        return frozenset(form for form, kind in self.forms.items() if kind == "shop")

    @cached_property
    def longest_trade(self) -> int:
        """Signs of the longest trade word."""
        return max(map(len, self.trades))

    def sounds_or_looks_alike(self, one: str, other: str) -> bool:
        """Whether two signs are known to be typed for one another."""
        return not self.alike.get(one, frozenset()).isdisjoint(self.alike.get(other, frozenset()))

    def within(self, place: str) -> tuple[str, ...]:
        """The place and those it lies in, from the smallest to the largest."""
        chain = [place]
        while parent := self.parents.get(chain[-1]):
            chain.append(parent)
        return tuple(chain)


@cache
def lexicon() -> Lexicon:
    """The one lexicon, read once."""
    raw = yaml.safe_load((files("loaders.resolution") / "words.yaml").read_text("utf-8"))
    alike: dict[str, set[int]] = {}
    for number, group in enumerate(raw["alike"].split()):
        for sign in group:
            alike.setdefault(sign, set()).add(number)
    trades = dict.fromkeys(raw["trades"].split(), RARE_SHARE) | dict.fromkeys(
        raw["common_trades"].split(), COMMON_SHARE
    )
    return Lexicon(
        parents=_parents(raw["places"]),
        place_ends=tuple(raw["place_ends"].split()),
        country=raw["country"],
        forms=raw["forms"],
        short_forms=raw["short_forms"],
        group=raw["group"],
        notes=tuple(raw["notes"].split()),
        departments=tuple(raw["departments"].split()),
        sites=tuple(raw["sites"].split()),
        plants=tuple(raw["plants"].split()),
        trades=trades,
        affiliates=tuple(raw["affiliates"].split()),
        alike={sign: frozenset(numbers) for sign, numbers in alike.items()},
        simplified={ord(pair[0]): pair[1] for pair in raw["traditional"].split()},
    )


def _parents(places: Mapping[str, str]) -> dict[str, str]:
    """Place → the place it lies in; provinces lead to the empty string."""
    parents: dict[str, str] = {}
    for province, cities in places.items():
        parents[province] = ""
        for city, counties in re.findall(r"([^\s()]+)(?:\(([^)]*)\))?", cities):
            parents.setdefault(city, province)
            parents.update((county, city) for county in counties.split() if county not in parents)
    return parents
