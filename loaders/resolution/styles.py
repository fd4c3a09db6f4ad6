"""How often the firms of two lists are written so and so: what a style is worth is drawn to what these lists show.

An office that leaves every place out says nothing by one that is missing; one that never does says much by it. Among
the pairs that are believed anyhow the levels of place, brackets, legal form and name are counted, and m of the fixed
tables (:mod:`loaders.resolution.weights`), taken for so many pairs seen before, is drawn to the count.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Sequence
from math import log2

import numpy as np

from loaders.resolution.comparison import Part
from loaders.resolution.habits import Lists, Side, said_more
from loaders.resolution.rivals import MAX_BITS, MIN_TAUGHT, Bits
from loaders.resolution.score import Scored
from loaders.resolution.weights import BRACKET, FORM, NAME, PLACE, Level

STYLES: dict[str, dict[str, Level]] = {"place": PLACE, "bracket": BRACKET, "form": FORM, "name": NAME}
STRENGTH = 100.0
"""Pairs that the fixed tables stand for."""
MAX_CHANGE = 6.0
MIN_BELIEVED = 100.0
Key = tuple[str, str, str]
"""Field, level, and which list says more."""


def by_style(pairs: Sequence[Scored], posterior: Bits, lists: Lists) -> list[Scored]:
    """The pairs with parts that are worth what the styles of these two lists make of them.

    Args:
        pairs: all that may be one firm.
        posterior: bits of every pair, rivals counted.
        lists: the records that the pairs name by their places.
    """
    if min(map(len, lists)) < MIN_TAUGHT or lists[0] is lists[1]:
        return list(pairs)
    believed = 1 / (1 + np.exp2(-np.clip(posterior, -MAX_BITS, MAX_BITS)))
    counts: Counter[Key] = Counter()
    keyed = [_keys(pair, lists) for pair in pairs]
    for pair, keys, share in zip(pairs, keyed, believed.tolist(), strict=True):
        if share > 0.5 and all(veto.habit or veto.margin is not None for veto in pair.vetoes):
            for key in keys.values():
                counts[key] += share
    totals: Counter[str] = Counter()
    for (field, _, _), count in counts.items():
        totals[field] += count
    change = {key: _change(key, counts[key], totals[key[0]]) for keys in keyed for key in keys.values()}
    return [
        dataclasses.replace(pair, parts=tuple([_changed(part, keys, change) for part in pair.parts]))
        for pair, keys in zip(pairs, keyed, strict=True)
    ]


def _change(key: Key, count: float, total: float) -> float:
    if total < MIN_BELIEVED:
        return 0.0
    field, level, side = key
    table = STYLES[field]
    m = table[level][0] / sum(m for m, _ in table.values())
    if side:
        m /= 2
    drawn = (count + STRENGTH * m) / (total + STRENGTH)
    return float(np.clip(log2(drawn / m), -MAX_CHANGE, MAX_CHANGE))


def _changed(part: Part, keys: dict[str, Key], change: dict[Key, float]) -> Part:
    key = keys.get(part.field)
    bits = change[key] if key else 0.0
    return part._replace(bits=part.bits + bits) if bits else part


def _keys(pair: Scored, lists: Lists) -> dict[str, Key]:
    found: dict[str, Key] = {}
    for part in pair.parts:
        if part.field in STYLES:
            side = _side(pair, lists) if part.field == "place" and part.level == "one_sided" else ""
            found[part.field] = (part.field, part.level, side)
    return found


def _side(pair: Scored, lists: Lists) -> str:
    """Which of two names has a place more, and whether it stands before a whole name."""
    side = said_more(pair, lists)
    record = lists[0][pair.left] if side is Side.LEFT else lists[1][pair.right]
    return f"{side} before" if any(name.before for name in record.names) else side
