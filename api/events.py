"""Events for command line and API alike: one code path from an event's number to its answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from api.answers import who
from api.auth.disclosure import Sight
from api.auth.passes import Passes
from api.i18n import render
from api.schemas.event_edits import (
    AnswerEdit,
    EventEdit,
    FollowUpEdit,
    HappenedEdit,
    MarkEdit,
    OutcomeEdit,
    PlaceEdit,
)
from api.schemas.events import CodeList, CodeWire, EventCard, EventList, EventWire, NoticeWire, ReplannedWire
from api.schemas.wire import Named
from graph.grades import Disclosure
from graph.model import Answer, Outcome
from graph.nodes import names_of
from graph.store import Store
from matching.events import desk
from matching.events.desk import Asked, Came, Happened, Occasion, Proposed, Rearranged, Value

if TYPE_CHECKING:
    from matching.pairing import Market

Progress = Callable[[int, int], None]


def worth(
    store: Store, occasion: Occasion, today: date, market: Market | None = None, progress: Progress | None = None
) -> list[Value]:
    """What each pair is worth, by the market's own scores."""
    from api.pairing import load_market

    matches = desk.find_matches(store, occasion, market or load_market(store), today, progress)
    return desk.value_pairs(occasion, matches, desk.find_earlier(store, occasion))


def propose(
    store: Store,
    ref: str,
    today: date,
    *,
    by: str,
    market: Market | None = None,
    progress: Progress | None = None,
    seen: int | None = None,
) -> Proposed:
    """Propose meetings."""
    occasion = desk.load_occasion(store, ref)
    values = worth(store, occasion, today, market, progress)
    return desk.propose(store, occasion, values, by=by, seen=seen)


def rearrange(
    store: Store, ref: str, happened: Happened, today: date, *, by: str, seen: int | None = None
) -> Rearranged:
    """Replan; only walk-ins need scores."""
    occasion = desk.load_occasion(store, ref)
    values: Sequence[Value] = worth(store, occasion, today) if happened.walk_in else ()
    return desk.rearrange(store, occasion, happened, values, by=by, seen=seen)


def listing(store: Store) -> EventList:
    """Every event."""
    return EventList(items=[EventCard.of(card) for card in desk.list_events(store)])


def wire(store: Store, occasion: Occasion) -> EventWire:
    """All of an event as the viewer may see it."""
    changes = desk.list_changes(store, occasion.event.id)
    named = {id_ for party in occasion.parties.values() for id_ in (*party.wishes, *party.musts, *party.nevers)}
    outside = names_of(store, named - occasion.parties.keys())
    return EventWire.of(occasion, changes, amounts_seen(store, occasion), outside)


def amounts_seen(store: Store, occasion: Occasion) -> dict[str, object]:
    """Amounts of intentions by meeting, withheld where the viewer may not see them."""
    known = {id_: came for id_, came in occasion.outcomes.items() if came.amount is not None}
    both = {id_: {occasion.meetings[id_].a, occasion.meetings[id_].b} for id_ in known if id_ in occasion.meetings}
    sight = Sight.on(store, {firm for firms in both.values() for firm in firms})
    return {
        id_: sight.facts(Outcome.LABEL, {"amount": known[id_].amount}, firms)["amount"] for id_, firms in both.items()
    }


def openable(store: Store, found: EventWire) -> frozenset[str]:
    """Meetings whose attachments the viewer may open."""
    pairs = {one.id: {one.a.id, one.b.id} for one in found.meetings if one.attachments}
    sight = Sight.on(store, {firm for firms in pairs.values() for firm in firms})
    return frozenset(id_ for id_, firms in pairs.items() if sight.of(firms) is Disclosure.SENSITIVE)


def shown(store: Store, ref: str) -> EventWire:
    """All of an event."""
    return wire(store, desk.load_occasion(store, ref))


def proposed(store: Store, ref: str, edit: EventEdit, today: date, market: Market) -> EventWire:
    """Propose meetings."""
    found = propose(store, ref, today, by=who(edit.by), market=market, seen=edit.seen)
    return wire(store, found.occasion)


def answered(store: Store, ref: str, edit: AnswerEdit) -> EventWire:
    """Record an answer."""
    occasion = desk.load_occasion(store, ref)
    by = who(edit.by)
    if not edit.other:
        return wire(store, desk.accept_all(store, occasion, edit.party, by=by, seen=edit.seen))
    said = Answer.ACCEPTED if edit.accept else Answer.DECLINED
    after = desk.answer(store, occasion, edit.party, edit.other, said, by=by, reason=edit.reason, seen=edit.seen)
    return wire(store, after)


def scheduled(store: Store, ref: str, edit: EventEdit) -> EventWire:
    """Make the timetable."""
    done = desk.schedule(store, desk.load_occasion(store, ref), by=who(edit.by), seen=edit.seen)
    return wire(store, done.occasion)


def moved(store: Store, ref: str, edit: PlaceEdit) -> EventWire:
    """Move a meeting, or take it out of the timetable."""
    occasion = desk.load_occasion(store, ref)
    by = who(edit.by)
    if edit.slot is None or edit.table is None:
        return wire(store, desk.take_out(store, occasion, edit.a, edit.b, by=by, seen=edit.seen))
    return wire(store, desk.place(store, occasion, (edit.a, edit.b), edit.slot, edit.table, by=by, seen=edit.seen))


def marked(store: Store, ref: str, edit: MarkEdit) -> EventWire:
    """Pin or lock a meeting, or no longer."""
    occasion = desk.load_occasion(store, ref)
    by = who(edit.by)
    seen = edit.seen
    if edit.pinned is not None:
        occasion = desk.pin(store, occasion, edit.a, edit.b, edit.pinned, by=by, seen=seen)
        seen = occasion.number
    if edit.locked is not None:
        occasion = desk.lock(store, occasion, edit.a, edit.b, edit.locked, by=by, seen=seen)
    return wire(store, occasion)


def replanned(store: Store, ref: str, edit: HappenedEdit, today: date) -> ReplannedWire:
    """Replan after a change on the day."""
    late = tuple((one.party, one.slot) for one in edit.late)
    happened = Happened(edit.now, tuple(edit.gone), late, tuple(edit.tables), tuple(edit.walk_in))
    done = rearrange(store, ref, happened, today, by=who(edit.by), seen=edit.seen)
    notices = [NoticeWire(party=one.id, other=one.other, say=render(one.say)) for one in done.plan.notices]
    counts = {name: getattr(done.plan, name) for name in ("moved", "reseated", "cancelled", "added", "seconds")}
    return ReplannedWire(event=wire(store, done.occasion), notices=notices, **counts)


def issued(store: Store, ref: str, parties: Sequence[str], passes: Passes) -> CodeList:
    """Issue codes for some parties, or for all."""
    occasion = desk.load_occasion(store, ref)
    chosen = [occasion.party(one) for one in parties] or list(occasion.parties.values())
    codes = passes.issue(occasion.event.id, occasion.event.held_on, [one.id for one in chosen])
    return CodeList(items=[CodeWire(party=Named(id=one.id, name=one.label), code=codes[one.id]) for one in chosen])


def undone(store: Store, ref: str, edit: EventEdit) -> EventWire:
    """Take back the last edit."""
    return wire(store, desk.undo(store, ref, by=who(edit.by), seen=edit.seen))


def recorded(store: Store, ref: str, edit: OutcomeEdit) -> EventWire:
    """Record what came of a meeting."""
    occasion = desk.load_occasion(store, ref)
    said: dict[str, Any] = edit.model_dump(exclude={"by", "seen", "a", "b"})
    if "amount" not in edit.model_fields_set:
        before = occasion.outcomes.get(occasion.meeting(edit.a, edit.b).id)
        said["amount"] = before.amount if before else None
    filled: dict[str, Any] = {name: value if isinstance(value, int) else value or None for name, value in said.items()}
    came = Came(**filled)
    return wire(store, desk.record(store, occasion, (edit.a, edit.b), came, by=who(edit.by), seen=edit.seen))


def asked(store: Store, ref: str, edit: FollowUpEdit, today: date) -> EventWire:
    """Write down what was said when somebody asked after a meeting."""
    occasion = desk.load_occasion(store, ref)
    what = Asked(edit.kind, edit.state, edit.said, edit.on or today)
    return wire(store, desk.ask(store, occasion, (edit.a, edit.b), what, by=who(edit.by), seen=edit.seen))
