"""Change on the day: who is gone, late or walked in, which table is lost; replanned from a slot on, with few moves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from graph import model
from graph.messages import N_, Message
from graph.store import Store
from matching.events.desk.arranging import in_names, participant
from matching.events.desk.edits import Edit, Record, commit
from matching.events.desk.occasion import GONE, LATE, TABLE_LOST, WALK_IN, Occasion
from matching.events.desk.placing import core_of, places_of
from matching.events.desk.propose import describe
from matching.events.desk.scoring import Value
from matching.events.model import Meeting, Pair
from matching.events.replan import Changes, Late, Replanned, replan

REPLANNED = N_("自 {now} 起重排：改时段 {moved} 场、换桌 {reseated} 场、取消 {cancelled} 场、新增 {added} 场")


@dataclass(frozen=True)
class Happened:
    """What changed: ids or names of parties, names of tables; ``late`` are pairs of a party and its first slot."""

    now: str
    gone: tuple[str, ...] = ()
    late: tuple[tuple[str, str], ...] = ()
    tables: tuple[str, ...] = ()
    walk_in: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rearranged:
    """The event after it, and whom to tell what."""

    occasion: Occasion
    plan: Replanned


def rearrange(
    store: Store,
    occasion: Occasion,
    happened: Happened,
    values: Sequence[Value] = (),
    *,
    by: str,
    seen: int | None = None,
    limit: float = 10.0,
) -> Rearranged:
    """Replan from ``happened.now`` on; what is past or locked stays.

    Args:
        store: The graph.
        occasion: The event as it is in force.
        happened: What changed.
        values: What it is worth for walk-ins to meet whom; they are placed without being asked first.
        by: Who says so.
        seen: The revision the organiser saw.
        limit: Seconds.

    Raises:
        NotRegistered, NoSuchPlace: when something is named that is not there.
        NothingToPlace: when nothing was agreed.
        EventChanged: when somebody else edited the event meanwhile.
    """
    changes = _day_changes(occasion, happened)
    core = core_of(occasion)
    walked = [occasion.party(ref) for ref in happened.walk_in]
    labels = {party.label for party in walked}
    people = tuple(one for one in core.participants if one.id not in labels)
    in_force = [
        Meeting(a=a, b=b, slot=one.slot or "", table=one.table or "")
        for one in occasion.placed
        for a, b in [in_names(occasion, one.a, one.b)]
    ]
    walking_pairs = _pairs(occasion, values, {party.id for party in walked})
    asked = Changes(
        now=occasion.check_slot(happened.now),
        gone=tuple(occasion.party(ref).label for ref in happened.gone),
        late=tuple(Late(id=occasion.party(ref).label, slot=occasion.check_slot(slot)) for ref, slot in happened.late),
        tables_lost=tuple(occasion.check_table(table) for table in happened.tables),
        walk_in=tuple(participant(occasion, party) for party in walked),
        pairs=tuple(pair for pair in walking_pairs if not _known(pair, core.pairs)),
    )
    plain = core.model_copy(update={"participants": people, "pairs": _without(core.pairs, labels), "must": ()})
    plan = replan(plain, in_force, asked, limit=limit)
    after = commit(
        store,
        occasion,
        lambda now: _edit(now, plan, changes, values, happened.now),
        by=by,
        seen=occasion.number if seen is None else seen,
    )
    return Rearranged(after, plan)


def _day_changes(occasion: Occasion, happened: Happened) -> tuple[model.DayChange, ...]:
    named = [(GONE, occasion.party(ref).id, happened.now) for ref in happened.gone]
    named += [(LATE, occasion.party(ref).id, slot) for ref, slot in happened.late]
    named += [(WALK_IN, occasion.party(ref).id, happened.now) for ref in happened.walk_in]
    named += [(TABLE_LOST, occasion.check_table(table), happened.now) for table in happened.tables]
    return tuple(
        model.DayChange(
            name=occasion.parties[subject].name if subject in occasion.parties else subject,
            event=occasion.event.id,
            subject=subject,
            kind=kind,
            slot=slot,
            sample=occasion.event.sample,
        )
        for kind, subject, slot in named
    )


def _pairs(occasion: Occasion, values: Iterable[Value], walked: set[str]) -> list[Pair]:
    found = []
    for value in values:
        if walked & {value.a, value.b}:
            a, b = in_names(occasion, value.a, value.b)
            found.append(Pair(a=a, b=b, score=value.points / 100))
    return found


def _known(pair: Pair, pairs: Iterable[Pair]) -> bool:
    return any({pair.a, pair.b} == {one.a, one.b} for one in pairs)


def _without(pairs: Iterable[Pair], labels: set[str]) -> tuple[Pair, ...]:
    return tuple(pair for pair in pairs if not labels & {pair.a, pair.b})


def _edit(
    now: Occasion, plan: Replanned, changes: tuple[model.DayChange, ...], values: Iterable[Value], since: str
) -> Edit:
    valued = {frozenset((value.a, value.b)): value for value in values}
    new: dict[str, model.Meeting] = {}
    for one in plan.meetings:
        ids = (now.by_label[one.a].id, now.by_label[one.b].id)
        if frozenset(ids) not in now.pairs:
            value = valued.get(frozenset(ids))
            blank = now.blank(*ids).model_copy(update={"pinned": True} | (describe(value) if value else {}))
            new[blank.id] = blank
    wider = replace(now, meetings={**now.meetings, **new})
    places = places_of(wider, plan.meetings)
    put: list[Record] = [
        one.model_copy(update=dict(zip(("slot", "table"), places.get(one.id, (None, None)), strict=True)))
        for one in wider.meetings.values()
    ]
    counts = {name: getattr(plan, name) for name in ("moved", "reseated", "cancelled", "added")}
    return Edit(Message(REPLANNED, {"now": since, **counts}), (*put, *changes))
