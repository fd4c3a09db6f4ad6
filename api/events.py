"""Events for command line and API alike: one code path from an event's number to its answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from api.answers import who
from api.schemas.events import AnswerEdit, EventCard, EventEdit, EventList, EventWire, MarkEdit, PlaceEdit
from graph.model import Answer
from graph.store import Store
from matching.events import desk
from matching.events.desk import Happened, Occasion, Proposed, Rearranged, Value

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


def _wire(store: Store, occasion: Occasion) -> EventWire:
    return EventWire.of(occasion, desk.list_changes(store, occasion.event.id))


def shown(store: Store, ref: str) -> EventWire:
    """All of an event."""
    return _wire(store, desk.load_occasion(store, ref))


def proposed(store: Store, ref: str, edit: EventEdit, today: date, market: Market) -> EventWire:
    """Propose meetings."""
    found = propose(store, ref, today, by=who(edit.by), market=market, seen=edit.seen)
    return _wire(store, found.occasion)


def answered(store: Store, ref: str, edit: AnswerEdit) -> EventWire:
    """Record an answer."""
    occasion = desk.load_occasion(store, ref)
    by = who(edit.by)
    if not edit.other:
        return _wire(store, desk.accept_all(store, occasion, edit.party, by=by, seen=edit.seen))
    said = Answer.ACCEPTED if edit.accept else Answer.DECLINED
    after = desk.answer(store, occasion, edit.party, edit.other, said, by=by, reason=edit.reason, seen=edit.seen)
    return _wire(store, after)


def scheduled(store: Store, ref: str, edit: EventEdit) -> EventWire:
    """Make the timetable."""
    done = desk.schedule(store, desk.load_occasion(store, ref), by=who(edit.by), seen=edit.seen)
    return _wire(store, done.occasion)


def moved(store: Store, ref: str, edit: PlaceEdit) -> EventWire:
    """Move a meeting, or take it out of the timetable."""
    occasion = desk.load_occasion(store, ref)
    by = who(edit.by)
    if edit.slot is None or edit.table is None:
        return _wire(store, desk.take_out(store, occasion, edit.a, edit.b, by=by, seen=edit.seen))
    return _wire(store, desk.place(store, occasion, (edit.a, edit.b), edit.slot, edit.table, by=by, seen=edit.seen))


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
    return _wire(store, occasion)


def undone(store: Store, ref: str, edit: EventEdit) -> EventWire:
    """Take back the last edit."""
    return _wire(store, desk.undo(store, ref, by=who(edit.by), seen=edit.seen))
