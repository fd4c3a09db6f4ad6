"""Between an organiser's event and the solver's: parties go by name, so that its sentences can be read as they are."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import Any

from matching.events.desk.occasion import Occasion, Party, free_between, halls_of, minutes_between
from matching.events.model import Event, HallOfTables, Meeting, Must, Never, Pair, Participant, Travel

MAIN_HALL = "-"
"""A hall without a name."""


def in_names(occasion: Occasion, a: str, b: str) -> tuple[str, str]:
    """What two parties are called."""
    return occasion.parties[a].label, occasion.parties[b].label


def participant(occasion: Occasion, party: Party) -> Participant:
    """A party as the solver wants it."""
    return Participant(
        id=party.label,
        role=party.role.value,
        min=party.minimum if party.maximum is None else min(party.minimum, party.maximum),
        max=party.maximum,
        people=party.people,
        away=occasion.away(party),
    )


def participants(occasion: Occasion) -> tuple[Participant, ...]:
    """All parties."""
    return tuple(participant(occasion, party) for party in occasion.parties.values())


def as_core(
    occasion: Occasion,
    people: tuple[Participant, ...],
    pairs: Iterable[Pair],
    must: Iterable[frozenset[str]],
    locked: Iterable[Meeting] = (),
) -> Event:
    """The event for the solver; musts are pairs of ids."""
    names = [in_names(occasion, *sorted(pair)) for pair in sorted(must, key=sorted)]
    never = {
        frozenset((party.id, other))
        for party in occasion.parties.values()
        for other in party.nevers
        if other in occasion.parties and other != party.id
    }
    pairs_of_names = [in_names(occasion, *sorted(pair)) for pair in sorted(never, key=sorted)]
    return Event(
        slots=tuple(slot.id for slot in occasion.slots),
        tables=tuple(table for table in occasion.tables if table not in occasion.lost_tables),
        participants=people,
        pairs=tuple(pairs),
        must=tuple(Must(a=a, b=b) for a, b in names),
        never=tuple(Never(a=a, b=b) for a, b in pairs_of_names),
        locked=tuple(locked),
        **ways(occasion),
    )


def ways(occasion: Occasion) -> dict[str, Any]:
    """Halls with the tables there are, and the ways between them; nothing where nobody has to walk."""
    found = {name: [t for t in own if t not in occasion.lost_tables] for name, own in halls_of(occasion.event).items()}
    travel = []
    for a, b in combinations(found, 2):
        free = free_between(occasion.event, minutes_between(occasion.event, a, b))
        if free:
            travel.append(Travel(a=a or MAIN_HALL, b=b or MAIN_HALL, slots=free))
    if not travel:
        return {}
    halls = tuple(HallOfTables(id=name or MAIN_HALL, tables=tuple(own)) for name, own in found.items())
    return {"halls": halls, "travel": tuple(travel)}
