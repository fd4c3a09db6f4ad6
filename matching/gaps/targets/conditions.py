"""Conditions a user sets for the list: what is not met excludes with the reason, what is not known is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from graph.errors import InputError
from graph.messages import N_, Listed, Message
from matching.gaps.fairness import check_open_entry
from matching.gaps.targets.prospect import Prospect
from matching.gaps.view import View

TITLES = {
    "revenue": N_("年营业收入（元）"),
    "gradient": N_("梯度培育等级"),
    "certificate": N_("有效证书"),
    "signals": N_("扩张信号（条）"),
}


class ConditionUnclear(InputError):
    """A condition that cannot be read."""

    message = N_("条件“{rule}”看不懂")
    cure = N_("写成 field 加 at_least 或 one_of；可用的 field：{known}，例如 field: revenue, at_least: 100000000")


@dataclass(frozen=True, slots=True)
class Condition:
    """A field and what it must be: at least a number, or one of some words."""

    field: str
    at_least: float | None = None
    one_of: tuple[str, ...] = ()

    @property
    def said(self) -> Message:
        """The condition in words."""
        title = Message(TITLES[self.field])
        if self.at_least is not None:
            return Message(N_("{title}不低于 {bound:,.0f}"), {"title": title, "bound": self.at_least})
        return Message(N_("{title}为{words}之一"), {"title": title, "words": Listed(self.one_of)})

    def met(self, view: View, prospect: Prospect) -> bool | None:
        """Whether a firm meets it; None when that is not on record."""
        known = _FIELDS[self.field](view, prospect)
        if known is None:
            return None
        if isinstance(known, frozenset):
            return bool(known & set(self.one_of))
        return self.at_least is None or known >= self.at_least


def _certificates(view: View, prospect: Prospect) -> frozenset[str] | None:
    stated = prospect.certificates
    return frozenset(one.name for one in stated if one.until and one.until >= view.today) if stated else None


def _gradient(_: View, prospect: Prospect) -> frozenset[str] | None:
    level = prospect.firm.gradient
    return frozenset({str(level)}) if level else None


_FIELDS: Mapping[str, Callable[[View, Prospect], float | frozenset[str] | None]] = {
    "revenue": lambda _, prospect: prospect.firm.revenue,
    "gradient": _gradient,
    "certificate": _certificates,
    "signals": lambda _, prospect: len(prospect.signals) or None,
}
_WORDS = {"gradient", "certificate"}


def read_conditions(proposal: object) -> tuple[Condition, ...]:
    """Read ``{"conditions": [{"field": …, "at_least": …} | {"field": …, "one_of": […]}]}``; fairness is checked first.

    Raises:
        UnfairRule: when the proposal speaks of place or ownership.
        ConditionUnclear: when a condition cannot be read.
    """
    check_open_entry(proposal)
    known = Listed(_FIELDS)
    if (
        not isinstance(proposal, Mapping)
        or set(proposal) != {"conditions"}
        or not isinstance(proposal["conditions"], Sequence)
    ):
        raise ConditionUnclear(rule=str(proposal)[:80], known=known)
    return tuple(_read(entry, known) for entry in proposal["conditions"])


def _read(entry: object, known: str) -> Condition:
    """One condition."""
    if isinstance(entry, Mapping) and entry.get("field") in _FIELDS:
        field, rest = str(entry["field"]), {key: value for key, value in entry.items() if key != "field"}
        bound, words = rest.get("at_least"), rest.get("one_of")
        if field in _WORDS and set(rest) == {"one_of"} and isinstance(words, list) and words:
            return Condition(field, one_of=tuple(map(str, words)))
        if field not in _WORDS and set(rest) == {"at_least"} and isinstance(bound, int | float) and bound >= 0:
            return Condition(field, at_least=float(bound))
    raise ConditionUnclear(rule=str(entry)[:80], known=known)
