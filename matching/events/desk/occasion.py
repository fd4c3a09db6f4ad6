"""An event as its organiser sees it: who comes, when and where there is room, what is proposed, agreed and placed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from graph import model
from graph.messages import Listed
from graph.model import Answer, EventRole
from graph.values import clock, parse_clock, parse_hall, parse_span, parse_way
from matching.events.desk.errors import NoSuchMeeting, NoSuchPlace, NotRegistered, SameParty

GONE, LATE, WALK_IN, TABLE_LOST = "gone", "late", "walk_in", "table_lost"


NOT_REGISTERED = model.Participation(name="-", event="-", organisation="-", role=EventRole.SME)
"""Of a party nobody registered."""


@dataclass(frozen=True)
class Slot:
    """A time for meetings, in minutes since midnight; known by when it begins."""

    start: int
    end: int

    @property
    def id(self) -> str:
        """When it begins, as ``09:05``."""
        return clock(self.start)

    @property
    def span(self) -> str:
        """From when to when."""
        return f"{clock(self.start)}-{clock(self.end)}"


@dataclass(frozen=True)
class Party:
    """An organisation at the event. ``label`` is its name, told apart from another of the same name.

    ``edited`` is what organisers changed of its ``registration``, ``reported`` what another source states.
    """

    id: str
    name: str
    label: str
    role: EventRole
    people: int = 1
    minimum: int = 0
    maximum: int | None = None
    away: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()
    musts: tuple[str, ...] = ()
    nevers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    attendees: tuple[str, ...] = ()
    profile: str | None = None
    products: tuple[str, ...] = ()
    town: str | None = None
    enterprise: bool = True
    sample: bool = False
    registration: model.Participation = NOT_REGISTERED
    edited: bool = False
    reported: bool = True


def slots_of(event: model.Event) -> tuple[Slot, ...]:
    """The slots of the day: one after another from the beginning, around the breaks."""
    start, end = parse_clock(event.starts), parse_clock(event.ends)
    breaks = sorted(span for text in event.breaks if (span := parse_span(text)))
    slots = []
    at = start if start is not None else 0
    while end is not None and at + event.minutes <= end:
        until = at + event.minutes
        hit = next((span for span in breaks if span[0] < until and at < span[1]), None)
        if hit:
            at = hit[1]
            continue
        slots.append(Slot(at, until))
        at = until + (event.pause or 0)
    return tuple(slots)


def tables_of(event: model.Event) -> tuple[str, ...]:
    """Names of the tables, hall by hall: ``A厅1``."""
    halls = [hall for text in event.halls if (hall := parse_hall(text))]
    return tuple(dict.fromkeys(f"{name}{number}" for name, count in halls for number in range(1, count + 1)))


def halls_of(event: model.Event) -> dict[str, tuple[str, ...]]:
    """Tables by hall."""
    halls = [hall for text in event.halls if (hall := parse_hall(text))]
    return {name: tuple(f"{name}{number}" for number in range(1, count + 1)) for name, count in halls}


def minutes_between(event: model.Event, a: str, b: str) -> int:
    """How long the way between two halls is."""
    ways = (way for text in event.ways if (way := parse_way(text)))
    return next((minutes for one, other, minutes in ways if {one, other} == {a, b}), event.travel or 0)


def free_between(event: model.Event, minutes: int) -> int:
    """How many slots somebody with such a way has to leave free between two meetings; none if the pause is enough."""
    slots = slots_of(event)
    for free in range(len(slots)):
        gaps = [after.start - before.end for before, after in zip(slots, slots[free + 1 :], strict=False)]
        if all(gap >= minutes for gap in gaps):
            return free
    return len(slots)


@dataclass(frozen=True)
class Occasion:
    """All of an event. ``number`` is that of its last edit: whoever edits says which one was seen.

    ``twice`` are registered more than once, ``withdrawn`` are not there any more, ``doubles`` are pairs of parties who
    may be one (the review that asks, both ids).
    """

    event: model.Event
    parties: Mapping[str, Party]
    meetings: Mapping[str, model.Meeting] = field(default_factory=dict)
    outcomes: Mapping[str, model.Outcome] = field(default_factory=dict)
    asked: Mapping[str, model.FollowUp] = field(default_factory=dict)
    left: Mapping[str, model.LeftOut] = field(default_factory=dict)
    attached: Mapping[str, tuple[model.Attachment, ...]] = field(default_factory=dict)
    day: tuple[model.DayChange, ...] = ()
    number: int = 0
    twice: tuple[str, ...] = ()
    withdrawn: Mapping[str, Party] = field(default_factory=dict)
    doubles: tuple[tuple[str, str, str], ...] = ()

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """Times for meetings."""
        return slots_of(self.event)

    @cached_property
    def tables(self) -> tuple[str, ...]:
        """All tables, lost ones too."""
        return tables_of(self.event)

    @property
    def lost_tables(self) -> frozenset[str]:
        """Tables lost on the day."""
        return frozenset(one.subject for one in self.day if one.kind == TABLE_LOST)

    @cached_property
    def by_label(self) -> dict[str, Party]:
        """Parties by what they are called in plans."""
        return {party.label: party for party in self.parties.values()}

    @property
    def sample(self) -> bool:
        """Whether anything of it is made up."""
        return bool(self.event.sample) or any(party.sample for party in self.parties.values())

    @property
    def placed(self) -> list[model.Meeting]:
        """Meetings with a slot, by slot and table."""
        order = {table: at for at, table in enumerate(self.tables)}
        found = [one for one in self.meetings.values() if one.slot and one.table]
        return sorted(found, key=lambda one: (one.slot or "", order.get(one.table or "", 0), one.id))

    def away(self, party: Party) -> tuple[str, ...]:
        """Slots at which a party is not there, what changed on the day included."""
        spans = [span for text in party.away if (span := parse_span(text))]
        gone = {slot.id for slot in self.slots for start, end in spans if start < slot.end and slot.start < end}
        for change in self.day:
            if change.subject == party.id and change.kind == GONE:
                gone |= {slot.id for slot in self.slots if slot.id >= change.slot}
            if change.subject == party.id and change.kind == LATE:
                gone |= {slot.id for slot in self.slots if slot.id < change.slot}
        return tuple(slot.id for slot in self.slots if slot.id in gone)

    def party(self, ref: str) -> Party:
        """A registered party by id or name.

        Raises:
            NotRegistered: when there is none.
        """
        found = self.parties.get(ref) or self.by_label.get(ref)
        if found is None:
            near = [one for one in self.parties.values() if ref and (ref == one.name or ref in one.name)]
            found = near[0] if len(near) == 1 else None
        if found is None:
            raise NotRegistered(id=ref)
        return found

    def meeting(self, a: str, b: str) -> model.Meeting:
        """The proposed meeting of two parties, whichever way round.

        Raises:
            NotRegistered: when one is not there.
            NoSuchMeeting: when it is not proposed.
        """
        one, other = self.party(a), self.party(b)
        found = self.pairs.get(frozenset((one.id, other.id)))
        if found is None:
            raise NoSuchMeeting(a=one.name, b=other.name)
        return found

    @cached_property
    def pairs(self) -> dict[frozenset[str], model.Meeting]:
        """Meetings by who meets."""
        return {frozenset((one.a, one.b)): one for one in self.meetings.values()}

    def blank(self, a: str, b: str) -> model.Meeting:
        """A meeting of two parties that nobody proposed.

        Raises:
            SameParty: when it is one party.
        """
        one, other = self.party(a), self.party(b)
        if one.id == other.id:
            raise SameParty(id=one.name)
        first, second = ordered(one, other)
        return make_meeting(self.event.id, first, second)

    def check_slot(self, slot: str) -> str:
        """The slot, if the event has it.

        Raises:
            NoSuchPlace: when it has not.
        """
        return _known(slot, [one.id for one in self.slots])

    def check_table(self, table: str) -> str:
        """The table, if the event has it.

        Raises:
            NoSuchPlace: when it has not.
        """
        return _known(table, self.tables)

    def free(self, people: Iterable[str]) -> frozenset[str]:
        """Slots at which all of these parties are there."""
        away = {slot for id_ in people for slot in self.away(self.parties[id_])}
        return frozenset(slot.id for slot in self.slots) - away


def _known(name: str, names: Iterable[str]) -> str:
    known = list(names)
    if name not in known:
        raise NoSuchPlace(id=name, known=Listed(known[:40]))
    return name


def ordered(one: Party, other: Party) -> tuple[Party, Party]:
    """Leaders first, then by id, so that a pair has one meeting whichever way round it was asked for."""
    first, second = sorted((one, other), key=lambda party: (party.role is not EventRole.LEADER, party.id))
    return first, second


def make_meeting(event: str, first: Party, second: Party, **said: object) -> model.Meeting:
    """A meeting of two parties in the order of ``ordered``."""
    values = {"score": 0.0, **said}
    name = f"{first.name} — {second.name}"
    sample = True if first.sample or second.sample else None
    return model.Meeting.model_validate(
        {"name": name, "event": event, "a": first.id, "b": second.id, "sample": sample, **values}
    )


def mutual(meeting: model.Meeting) -> bool:
    """Whether both sides accepted."""
    return meeting.a_answer is Answer.ACCEPTED and meeting.b_answer is Answer.ACCEPTED


def declined(meeting: model.Meeting) -> bool:
    """Whether a side declined."""
    return Answer.DECLINED in {meeting.a_answer, meeting.b_answer}


def agreed(meeting: model.Meeting) -> bool:
    """Whether it may be placed: both accepted it, or the organiser wants it."""
    return bool(meeting.pinned) or mutual(meeting)
