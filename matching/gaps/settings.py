"""Thresholds and weights as users set them: for all chains, and for single ones; checked as a whole."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

from graph.messages import Listed, Message
from matching.gaps.errors import SettingOutOfRange, SettingsOrder, SettingsSum, SettingUnknown
from matching.gaps.fairness import check_open_entry
from matching.gaps.thresholds import ORDERED, WHOLES, Kind, Thresholds, Weights

ALL = "all"
"""The scope that holds for every chain without settings of its own."""

_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Setting:
    """One figure a user may change: its key, Chinese title, kind, default and the group it belongs to."""

    key: str
    title: str
    kind: Kind
    default: float
    weight: bool


SETTINGS: dict[str, Setting] = {
    key: Setting(key, entry.metadata["title"], entry.metadata["kind"], vars(group())[key], group is Weights)
    for group in (Thresholds, Weights)
    for key, entry in ((entry.name, entry) for entry in fields(group))
}


def _fits(kind: Kind, value: float) -> bool:
    if not math.isfinite(value) or value < 0:
        return False
    if kind is Kind.COUNT:
        return value >= 1 and float(value).is_integer() and value <= 100_000
    return value <= 1 if kind is Kind.SHARE else value <= 1_000


def check(values: Mapping[str, float]) -> None:
    """Refuse values, complete or not, that a scope must not have; what is left out has its default.

    Raises:
        UnfairRule: when there is no such setting, and it would speak of place of registration or ownership.
        SettingUnknown: when there is no such setting.
        SettingOutOfRange: when a value is none of its kind.
        SettingsOrder: when two thresholds contradict each other.
        SettingsSum: when weights of one whole do not sum to one.
    """
    for key, value in values.items():
        if key not in SETTINGS:
            check_open_entry(key)
            raise SettingUnknown(where=key, key=key, known=Listed(SETTINGS))
        if not _fits(SETTINGS[key].kind, value):
            raise SettingOutOfRange.of(SETTINGS[key].kind, where=key, title=Message(SETTINGS[key].title), value=value)
    full = {key: values.get(key, setting.default) for key, setting in SETTINGS.items()}
    for low, high in ORDERED:
        if full[low] > full[high]:
            named = {"low": Message(SETTINGS[low].title), "high": Message(SETTINGS[high].title)}
            raise SettingsOrder(where=low, **named, low_value=full[low], high_value=full[high])
    for title, whole in WHOLES.items():
        total = sum(full[key] for key in whole)
        if abs(total - 1) > _TOLERANCE:
            raise SettingsSum(where=whole[0], title=Message(title), total=round(total, 6))


@dataclass(frozen=True)
class Tuned:
    """The thresholds and weights that hold somewhere."""

    thresholds: Thresholds = field(default_factory=Thresholds)
    weights: Weights = field(default_factory=Weights)

    @classmethod
    def of(cls, values: Mapping[str, float]) -> Tuned:
        """Defaults with ``values`` put in their place."""
        check(values)
        found: dict[bool, dict[str, Any]] = {False: {}, True: {}}
        for key, value in values.items():
            setting = SETTINGS[key]
            found[setting.weight][key] = round(value) if setting.kind is Kind.COUNT else float(value)
        return cls(Thresholds(**found[False]), Weights(**found[True]))

    @property
    def values(self) -> dict[str, float]:
        """All figures by key."""
        return {**vars(self.thresholds), **vars(self.weights)}


@dataclass(frozen=True)
class Settings:
    """What users set: ``own`` by scope (``ALL`` or a chain) and key. A chain inherits what it does not set itself."""

    own: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    @cached_property
    def scopes(self) -> dict[str, Tuned]:
        """The figures of every scope that has any of its own, and of ``ALL``."""
        common = self.own.get(ALL, {})
        found = {ALL: Tuned.of(common)}
        return found | {scope: Tuned.of({**common, **own}) for scope, own in self.own.items() if own and scope != ALL}

    def scope_of(self, chains: Iterable[str]) -> str:
        """The scope a segment of ``chains`` is judged by: the first of them with settings of its own, else ``ALL``."""
        return next((chain for chain in chains if chain in self.scopes), ALL)

    def of(self, chains: Iterable[str]) -> Tuned:
        """The figures a segment of ``chains`` is judged by."""
        return self.scopes[self.scope_of(chains)]
