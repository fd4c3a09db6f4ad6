"""What the leaders of the chains 链主 hang on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matching.gaps.removal import ALL_IMPORTS
from matching.gaps.view import View


@dataclass(frozen=True)
class Ties:
    """What a leader makes, buys and is known to be supplied with, by segment."""

    makes: tuple[str, ...]
    buys: tuple[str, ...]
    suppliers: Mapping[str, frozenset[str]]
    abroad: Mapping[str, frozenset[str]]


def ties(view: View, segments_of: Mapping[str, tuple[str, ...]]) -> dict[str, Ties]:
    """Return what each leader of any chain hangs on; a supplier that is known not to qualify does not count.

    ``segments_of`` are the segments a firm is confirmed in.
    """
    leaders = {leader for chain in view.chains.values() for leader in chain.leaders}
    buys: dict[str, set[str]] = {leader: set() for leader in leaders}
    abroad: dict[str, dict[str, set[str]]] = {leader: {} for leader in leaders}
    for fact in view.facts.purchases:
        if fact.buyer in leaders and fact.segment in view.segments:
            buys[fact.buyer].add(fact.segment)
            if fact.import_country and fact.single_country_share and fact.import_share != 0:
                abroad[fact.buyer].setdefault(fact.segment, set()).add(fact.import_country)
            if fact.import_share:
                abroad[fact.buyer].setdefault(fact.segment, set()).add(ALL_IMPORTS)
    suppliers: dict[str, dict[str, set[str]]] = {leader: {} for leader in leaders}
    for segment in view.segments:
        for supply in view.supplies(segment):
            if supply.buyer in leaders and supply.qualified is not False:
                suppliers[supply.buyer].setdefault(segment, set()).add(supply.supplier)
    return {
        leader: Ties(
            segments_of.get(leader, ()),
            tuple(k for k in view.segments if k in buys[leader]),
            {k: frozenset(firms) for k, firms in suppliers[leader].items()},
            {k: frozenset(countries) for k, countries in abroad[leader].items()},
        )
        for leader in sorted(leaders)
    }
