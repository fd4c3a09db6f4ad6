"""The order of one list: by score, but who would stand in everyone's list, or beside one of its group, goes back.

A pair's score stays what it is, the sum of its parts; only the place changes, and what moved says why. How many other
listings a found one would answer is told from the indices of those that ask beside this one, without scoring them
(``crowd.py``), and only for what is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graph.messages import N_, Message
from matching.pairing.exposure import harmonic, share
from matching.pairing.rank import recount

if TYPE_CHECKING:
    from matching.pairing.crowd import View
    from matching.pairing.market import Market
    from matching.pairing.result import Candidate, Result

RESERVE = 5
"""So many more are looked at than shown where somebody goes back behind the last."""

CROWDED = N_("另有 {count} 条更对口或登记在先的可列入该单位，超出每家 {most} 条的上限，后移 {points} 分；得分不变")
SAME_GROUP = N_("同属{group}的单位已在前面，后移 {points} 分；得分不变")
ORDER = N_("按得分排列；已列入较多名单的、同一集团的单位后移，并注明原因；得分不变")


@dataclass(frozen=True)
class Rules:
    """In how many lists one firm may stand, and by how many hundredths who goes back does so."""

    most: int = 10
    crowded: int = 10
    group: int = 5


def arrange(
    ask: Callable[[int], Result], market: Market, beside: Market, limit: int, rules: Rules | None = None
) -> Result:
    """The first ``limit`` in their order, out of what ``ask`` finds in ``market`` for as many places as it is told.

    ``beside`` holds all listings that ask as this one does. Each candidate is told what it is worth to both sides: the
    harmonic mean of its score's share of the best here and of this listing's share of the best the found one could
    answer. More than ``limit`` are looked for only where somebody goes back so far that another might come first.
    """
    rules = rules or Rules()
    found = ask(limit)
    placed, lowest = _arranged(found, market, beside, rules)
    if len(placed) < limit or lowest >= found.candidates[-1].points:
        return replace(found, candidates=tuple(placed))
    found = ask(limit + RESERVE)
    placed, _ = _arranged(found, market, beside, rules)
    return recount(found, placed, limit)


def _arranged(result: Result, market: Market, beside: Market, rules: Rules) -> tuple[list[Candidate], int]:
    """The candidates in their order, and the fewest points left to one of them."""
    points = [one.points for one in result.candidates]
    best, standing = max(points, default=0), beside.crowd.standing(result.wanted)
    told = []
    for one, own in zip(result.candidates, points, strict=True):
        meaning = market.meanings[market.positions[one.found.id]]
        view = beside.crowd.view(one.found, meaning, standing, _identity(one))
        mutual = round(harmonic(share(own, best), view.share), 2)
        told.append(replace(one, mutual=mutual, moved=_crowded(view, rules)))
    return _placed(told, points, rules)


def _identity(one: Candidate) -> float:
    return next((part.value for part in one.parts if part.name == "identity"), None) or 0.0


def _placed(told: list[Candidate], points: list[int], rules: Rules) -> tuple[list[Candidate], int]:
    """One after the other, each time who has most points when what puts it back is taken off."""
    named = list(filter(None, map(_group, told)))
    if len(set(named)) == len(named) and not any(one.moved for one in told):
        return told, min(points, default=0)
    rest, placed, groups = list(told), [], Counter[str]()
    worth = [own - rules.crowded * bool(one.moved) for one, own in zip(told, points, strict=True)]
    lowest = min(worth)
    while rest:
        left = [value - rules.group * groups[_group(one)] for value, one in zip(worth, rest, strict=True)]
        at = left.index(max(left))
        lowest = min(lowest, left[at])
        worth.pop(at)
        placed.append(_grouped(rest.pop(at), groups, rules))
    return placed, lowest


def _grouped(one: Candidate, groups: Counter[str], rules: Rules) -> Candidate:
    """The candidate, saying so where one of its group stands before it; counts it."""
    group = _group(one)
    before = groups[group]
    groups.update([group] if group else [])
    if not before:
        return one
    values: dict[str, object] = {"group": group, "points": rules.group * before}
    return replace(one, moved=(*one.moved, Message(SAME_GROUP, values)))


def _group(one: Candidate) -> str:
    return (one.found.party.group if one.found.party else None) or ""


def _crowded(view: View, rules: Rules) -> tuple[Message, ...]:
    if view.before < rules.most:
        return ()
    values: dict[str, object] = {"count": view.before, "most": rules.most, "points": rules.crowded}
    return (Message(CROWDED, values),)
