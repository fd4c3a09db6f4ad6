"""What two lists themselves tell of how their offices write names.

Whether a place before a name, or 集团 in it, makes another firm of it depends on the hand that wrote it: an office that
puts 常州 before every name does not mean another firm by it. How often the pairs that are believed anyhow differ in
nothing but that is counted, and with it what forbids such pairs weakens or hardens.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

from graph.messages import Message
from loaders.resolution.records import Prepared
from loaders.resolution.rivals import MIN_TAUGHT, Bits
from loaders.resolution.score import Scored
from loaders.resolution.twins import slip_kind, twins
from loaders.resolution.zones import PLACED, TWIN, UNUSUAL, Habit, Veto, Zone

FREELY = 0.1
"""Share from which an office is taken to put a place before names, or leave it out, as it likes."""
STRICTLY = 0.03
"""Share below which an office is taken to write places as registered: then one more or less is another firm's."""
LEFT_OUT = 0.5
"""Share of the names with 集团 from which an office is taken to leave it out as it likes."""
USUAL = 0.05
"""Share of the places added from which one of them is what the office adds."""
MIN_USUAL = 3
FEW = 0.85
"""Share of the places added that such few make up: then any other place is not of the office's making."""
MIN_BELIEVED = 20
_WHOLE = {"identical", "equal"}


class Side(StrEnum):
    """Which list says more of the place."""

    LEFT = "left"
    RIGHT = "right"
    NESTED = "nested"


Lists = tuple[Sequence[Prepared], Sequence[Prepared]]


def by_habit(pairs: Sequence[Scored], posterior: Bits, lists: Lists) -> list[Scored]:
    """The pairs with the vetoes that hold for these two lists; short lists teach nothing.

    Args:
        pairs: all that may be one firm.
        posterior: bits of every pair, rivals counted.
        lists: the records that the pairs name by their places.
    """
    if min(map(len, lists)) < MIN_TAUGHT:
        return list(pairs)
    believed = [
        pair
        for pair, bits in zip(pairs, posterior.tolist(), strict=True)
        if bits >= 0 and pair.level("name") in _WHOLE and all(veto.habit for veto in pair.vetoes)
    ]
    sides = [_loose_side(pair, lists) for pair in believed]
    shares = {side: _share([side == found for found in sides]) for side in Side}
    strict = {side for side, share in shares.items() if share is not None and share < STRICTLY}
    free = {side for side, share in shares.items() if share is not None and share >= FREELY}
    grouped = [pair.level("group") == "one_sided" for pair in believed if _grouped(pair, lists)]
    share = _share(grouped)
    left_out = {Habit.GROUP} if share is not None and share >= LEFT_OUT else set()
    usual = {
        side: _usual([_more(pair, lists, side) for pair, at in zip(believed, sides, strict=True) if at is side])
        for side in (Side.LEFT, Side.RIGHT)
    }
    twin = twins(pairs, posterior, lists)
    settled = []
    for pair in pairs:
        side = _loose_side(pair, lists)
        fallen = left_out | ({Habit.PLACE} if side in free else set())
        vetoes = tuple(veto for veto in pair.vetoes if veto.habit not in fallen)
        if pair.level("name") in _WHOLE and "equal" not in {pair.level("code"), pair.level("phone")}:
            if side in strict:
                vetoes = (*vetoes, Veto(Zone.ASK, Message(PLACED)))
            elif side in usual and usual[side] and (place := _more(pair, lists, side)) not in usual[side]:
                vetoes = (*vetoes, Veto(Zone.ASK, Message(UNUSUAL, {"place": place})))
        backed = {pair.level("code"), pair.level("phone")} & {"equal", "one_off", "tail"}
        if not backed and slip_kind(pair, lists) in twin:
            vetoes = (*vetoes, Veto(Zone.ASK, Message(TWIN)))
        settled.append(dataclasses.replace(pair, vetoes=vetoes))
    return settled


def _loose_side(pair: Scored, lists: Lists) -> Side | None:
    """Which of two whole names says more of the place, where they differ in that."""
    if pair.level("form") == "missing":
        return None
    if pair.level("place") == "nested":
        return Side.NESTED
    return said_more(pair, lists) if pair.level("place") == "one_sided" else None


def said_more(pair: Scored, lists: Lists) -> Side:
    """Which list's name has a place more, a place put before a whole name first."""
    left, right = lists[0][pair.left].names, lists[1][pair.right].names
    if any(name.before for name in right):
        return Side.RIGHT
    if any(name.before for name in left):
        return Side.LEFT
    return Side.LEFT if any(name.places for name in left) else Side.RIGHT


def _more(pair: Scored, lists: Lists, side: Side) -> str:
    """The place that the name of one side has more."""
    record = lists[0][pair.left] if side is Side.LEFT else lists[1][pair.right]
    return next(
        (
            name.before[-1] if name.before else name.places[-1]
            for name in record.names[::-1]
            if name.before or name.places
        ),
        "",
    )


def _usual(places: Sequence[str]) -> frozenset[str]:
    """The few places that an office puts before names; empty where it has no such habit."""
    counts = Counter(places)
    found = {place for place, count in counts.items() if count >= max(MIN_USUAL, USUAL * len(places))}
    few = sum(counts[place] for place in found) >= FEW * len(places)
    return frozenset(found) if few and len(places) >= MIN_BELIEVED else frozenset()


def _grouped(pair: Scored, lists: Lists) -> bool:
    records = (side[place] for side, place in zip(lists, (pair.left, pair.right), strict=True))
    return any(name.group for record in records for name in record.names)


def _share(cases: Sequence[bool]) -> float | None:
    return sum(cases) / len(cases) if len(cases) >= MIN_BELIEVED else None
