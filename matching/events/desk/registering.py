"""Setting an event up by hand: its hours and halls, who takes part and how; undone like every other edit."""

from __future__ import annotations

from graph import model
from graph.messages import N_, Message
from graph.store import Store
from graph.values import parse_way
from matching.events.desk.edits import Edit, commit, create
from matching.events.desk.errors import (
    MoreThanMost,
    MustAndNever,
    NoSlots,
    NoSuchHall,
    OutcomeThere,
    PlaceInUse,
    SameParty,
)
from matching.events.desk.occasion import Occasion, Party, halls_of, slots_of, tables_of

SET_UP = N_("修改活动设置")
SET_UP_MOVED = N_("修改活动设置；{count} 场会面的时段或桌位不再存在，移出时间表")
REGISTERED, AMENDED = N_("登记参会：{party}"), N_("修改参会登记：{party}")
WITHDRAWN, AS_REPORTED = N_("移出参会名单：{party}"), N_("恢复登记表内容：{party}")


def open_event(store: Store, event: model.Event, *, by: str) -> Occasion:
    """Begin an event.

    Raises:
        EventExists: when its number is taken.
        NoSlots: when there is no slot or no table.
    """
    check_hours(event)
    return create(store, event, by=by)


def check_hours(event: model.Event) -> None:
    """Refuse an event without a slot or a table, or with ways to halls it has not.

    Raises:
        NoSlots: when there is none.
        NoSuchHall: when a way leads to a hall that is not there.
    """
    if not slots_of(event) or not tables_of(event):
        raise NoSlots(where="ends" if tables_of(event) else "halls")
    named = {name for text in event.ways if (way := parse_way(text)) for name in way[:2]}
    if unknown := sorted(named - halls_of(event).keys()):
        raise NoSuchHall(where="ways", hall=unknown[0])


def set_up(store: Store, occasion: Occasion, event: model.Event, *, by: str, seen: int | None = None) -> Occasion:
    """Change hours, halls and the like; meetings whose place is gone wait for the timetable again.

    Raises:
        NoSlots: when there is no slot or no table.
        PlaceInUse: when a locked meeting, or one with an outcome, would lose its place.
        EventChanged: when somebody else came first.
    """
    check_hours(event)
    slots, tables = {slot.id for slot in slots_of(event)}, set(tables_of(event))

    def edit(now: Occasion) -> Edit:
        homeless = [one for one in now.placed if one.slot not in slots or one.table not in tables]
        for one in homeless:
            if one.locked or one.id in now.outcomes:
                raise PlaceInUse(name=one.name, slot=one.slot, table=one.table)
        free = [one.model_copy(update={"slot": None, "table": None}) for one in homeless]
        return Edit(Message(SET_UP_MOVED if free else SET_UP, {"count": len(free)}), (event, *free))

    return commit(store, occasion, edit, by=by, seen=seen)


def register(
    store: Store,
    occasion: Occasion,
    said: model.Participation,
    organisation: str,
    name: str,
    *,
    by: str,
    seen: int | None = None,
) -> Occasion:
    """Register an organisation, or change its registration.

    Args:
        store: The graph.
        occasion: The event as it was read.
        said: The registration, whole; it keeps the id of the organisation it was made with.
        organisation: The id the organisation has now.
        name: What the organisation is called.
        by: Who edits.
        seen: The revision the organiser saw.

    Raises:
        MoreThanMost, SameParty, MustAndNever: when it contradicts itself or another registration.
        EventChanged: when somebody else came first.
    """
    check_registration(occasion, said, organisation, name)
    known = organisation in occasion.parties
    what = Message(AMENDED if known else REGISTERED, {"party": name})
    return commit(store, occasion, lambda _: Edit(what, (said,)), by=by, seen=seen)


def check_registration(occasion: Occasion, said: model.Participation, organisation: str, name: str) -> None:
    """Refuse a registration that cannot be met.

    Raises:
        MoreThanMost, SameParty, MustAndNever: saying which field.
    """
    if said.minimum is not None and said.maximum is not None and said.minimum > said.maximum:
        raise MoreThanMost(where="minimum", least=said.minimum, most=said.maximum)
    for field in ("wishes", "musts", "nevers"):
        if organisation in getattr(said, field):
            raise SameParty(where=field, id=name)
    others = occasion.parties.values()
    never = {*said.nevers, *(one.id for one in others if organisation in one.nevers)}
    musts = {*said.musts, *(one.id for one in others if organisation in one.musts)}
    for other in sorted(musts & never):
        party = occasion.parties.get(other)
        raise MustAndNever(where="musts", a=name, b=party.name if party else other)


def withdraw(store: Store, occasion: Occasion, ref: str, *, by: str, seen: int | None = None) -> Occasion:
    """Take a party off the list; its meetings are kept, and shown again when this is undone.

    Raises:
        NotRegistered: when it is not there.
        OutcomeThere: when it met somebody already.
        EventChanged: when somebody else came first.
    """
    party = occasion.party(ref)

    def edit(now: Occasion) -> Edit:
        if any(party.id in (now.meetings[id_].a, now.meetings[id_].b) for id_ in now.outcomes if id_ in now.meetings):
            raise OutcomeThere(party=party.name)
        what, said = Message(WITHDRAWN, {"party": party.name}), party.registration
        if party.reported:
            return Edit(what, (said.model_copy(update={"withdrawn": True}),))
        return Edit(what, (), (said.id,))

    return commit(store, occasion, edit, by=by, seen=seen)


def as_reported(store: Store, occasion: Occasion, ref: str, *, by: str, seen: int | None = None) -> Occasion:
    """Let the registration's own source hold again.

    Raises:
        NotRegistered: when it is not there.
        EventChanged: when somebody else came first.
    """
    party = occasion.party(ref)
    drop = (party.registration.id,) if party.edited and party.reported else ()
    return commit(
        store, occasion, lambda _: Edit(Message(AS_REPORTED, {"party": party.name}), (), drop), by=by, seen=seen
    )


def registration_of(occasion: Occasion, organisation: str) -> model.Participation | None:
    """The registration of an organisation, also of one that withdrew, as it would be taken up again."""
    party: Party | None = occasion.parties.get(organisation) or occasion.withdrawn.get(organisation)
    return party.registration.model_copy(update={"withdrawn": None}) if party else None
