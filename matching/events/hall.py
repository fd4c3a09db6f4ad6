"""An event with its ids replaced by positions, as the solvers want it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property

from matching.events.checks import key, pinned
from matching.events.model import Event


@dataclass(frozen=True)
class Talk:
    """A meeting that may take place: two parties by position, the slots for it as bits, its table if it has to be one.

    ``pinned`` ones have to take place.
    """

    a: int
    b: int
    score: float
    allowed: int
    table: int | None = None
    pinned: bool = False

    def slots(self) -> list[int]:
        """Positions of the slots it may have."""
        return bits(self.allowed)


@dataclass(frozen=True)
class Hall:
    """The numbers of an event.

    Attributes:
        slots: How many slots.
        tables: How many tables.
        people: Meetings at once, by party.
        open: Slots at which the party is there, as bits.
        need: Meetings asked for, as far as there is anybody to meet; an SME's first one is always asked for.
        most: Meetings it can have.
        leader: Parties whose table should stay the same.
        served: Parties for whom the first meeting comes before every other wish: SMEs with anybody to meet.
        talks: Meetings that may take place: both can be there in one slot, and nobody forbade it.
        apart: By party, how many of its pairs have no slot in common.
    """

    slots: int
    tables: int
    people: tuple[int, ...]
    open: tuple[int, ...]
    need: tuple[int, ...]
    most: tuple[int, ...]
    leader: tuple[bool, ...]
    served: tuple[bool, ...]
    talks: tuple[Talk, ...]
    apart: tuple[int, ...]

    @cached_property
    def partners(self) -> tuple[tuple[int, ...], ...]:
        """Whom each party may meet."""
        found: list[list[int]] = [[] for _ in self.people]
        for talk in self.talks:
            found[talk.a].append(talk.b)
            found[talk.b].append(talk.a)
        return tuple(tuple(others) for others in found)

    @property
    def capacity(self) -> int:
        """Meetings for which there is room."""
        return self.slots * self.tables

    @property
    def free(self) -> bool:
        """Whether everybody is there all day and nothing is pinned to a slot or table."""
        everything = (1 << self.slots) - 1
        return all(talk.allowed == everything and talk.table is None for talk in self.talks)

    def resources(self, talk: Talk) -> tuple[int, ...]:
        """What a talk takes up in its slot: both parties, and its table if it has to be one."""
        return (talk.a, talk.b) if talk.table is None else (talk.a, talk.b, len(self.people) + talk.table)

    def limits_of(self, resource: int) -> int:
        """How often a resource can be taken up in one slot: a party has people, a table is one."""
        return self.people[resource] if resource < len(self.people) else 1

    @property
    def limits(self) -> tuple[int, ...]:
        """How often each resource can be taken up in one slot."""
        return self.people + (1,) * self.tables


def bits(mask: int) -> list[int]:
    """Positions of the ones in ``mask``."""
    return [at for at in range(mask.bit_length()) if mask >> at & 1]


def read_hall(event: Event) -> Hall:
    """Replace ids by positions."""
    parties = {one.id: at for at, one in enumerate(event.participants)}
    slots = {slot: at for at, slot in enumerate(event.slots)}
    everything = (1 << len(slots)) - 1
    away = [sum(1 << slots[slot] for slot in set(one.away)) for one in event.participants]
    open_ = tuple(everything & ~mask for mask in away)
    people = tuple(one.people for one in event.participants)
    most = tuple(
        min(one.people * open_[at].bit_count(), one.max if one.max is not None else one.people * len(slots))
        for at, one in enumerate(event.participants)
    )
    talks, apart = _talks(event, parties, open_)
    others = Counter(end for talk in talks for end in (talk.a, talk.b))
    reach = [min(most[at], others[at]) for at in range(len(parties))]
    served = tuple(one.role == "sme" and can > 0 for one, can in zip(event.participants, reach, strict=True))
    asked = zip(event.participants, served, reach, strict=True)
    need = tuple(min(can, max(one.min, int(first))) for one, first, can in asked)
    leader = tuple(one.role == "leader" for one in event.participants)
    return Hall(len(slots), len(event.tables), people, open_, need, most, leader, served, talks, apart)


def _talks(event: Event, parties: dict[str, int], open_: tuple[int, ...]) -> tuple[tuple[Talk, ...], tuple[int, ...]]:
    slots = {slot: at for at, slot in enumerate(event.slots)}
    tables = {table: at for at, table in enumerate(event.tables)}
    never = {key(entry.a, entry.b) for entry in event.never}
    pins = pinned(event)
    found: dict[tuple[str, str], Talk] = {}
    apart = [0] * len(parties)
    scores = {key(pair.a, pair.b): (pair.a, pair.b, pair.score) for pair in event.pairs}
    for pair, pin in pins.items():
        scores.setdefault(pair, (pin.a, pin.b, 0.0))
    for pair, (first, second, score) in scores.items():
        a, b = parties[first], parties[second]
        talk = Talk(a, b, score, open_[a] & open_[b])
        if talk.allowed and pair not in never:
            found[pair] = talk
        elif pair not in never:
            apart[a] += 1
            apart[b] += 1
    for pair, pin in pins.items():
        allowed = found[pair].allowed if pin.slot is None else 1 << slots[pin.slot]
        table = None if pin.table is None else tables[pin.table]
        found[pair] = replace(found[pair], allowed=allowed, table=table, pinned=True)
    return tuple(found.values()), tuple(apart)
