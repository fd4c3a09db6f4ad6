"""Edits of an event: one transaction each, refused when somebody else came first, written down, taken back.

An edit reads what there is inside its transaction, so nothing it did not see is written over, and a process that is
killed has done all of it or nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from graph import model
from graph.errors import EditConflict, NobodyNamed
from graph.messages import N_, Message, pack, unpack
from graph.queries import queries
from graph.store import Row, Store, Transaction
from matching.events.desk.errors import EventChanged, EventExists, NoSuchEdit, NoSuchEvent, NotEmpty, NothingToUndo
from matching.events.desk.fetch import kept, list_changes, load_occasion, with_records
from matching.events.desk.occasion import Occasion
from matching.events.desk.stating import LABELS, STATED, state, take_back

Own = model.Meeting | model.Outcome | model.Attachment | model.FollowUp | model.DayChange | model.LeftOut
Record = Own | model.Event | model.Participation
_KINDS: tuple[type[model.Node], ...] = (
    model.Meeting,
    model.Outcome,
    model.Attachment,
    model.FollowUp,
    model.DayChange,
    model.LeftOut,
    *STATED,
)
KINDS: dict[str, type[model.Node]] = {kind.LABEL: kind for kind in _KINDS}
UNDONE = N_("撤销第 {number} 次改动：{what}")


@dataclass(frozen=True)
class Edit:
    """What an edit leaves behind: nodes as they are to be, ids of those that go, and what it was in words."""

    what: Message
    put: tuple[Record, ...] = ()
    drop: tuple[str, ...] = ()


def commit(
    store: Store,
    occasion: Occasion,
    make: Callable[[Occasion], Edit],
    *,
    by: str,
    seen: int | None = None,
    undoes: int | None = None,
) -> Occasion:
    """Make an edit of what there is now and write it down; return the event after it.

    Args:
        store: The graph.
        occasion: The event as it was read; only its registration is used, the rest is read anew.
        make: Makes the edit from the event as it is inside the transaction.
        by: Who edits.
        seen: The number of the last edit the editor knew of, if nothing else may have changed.
        undoes: The edit this one takes back.

    Raises:
        NobodyNamed: when ``by`` is empty.
        EventChanged: when there is a later edit than ``seen``.
    """
    if not by.strip():
        raise NobodyNamed(where="by")

    def work(tx: Transaction) -> None:
        number = _lock(tx, occasion, seen)
        before = {row["props"]["id"]: row for row in kept(tx.run, occasion.event.id)}
        edit = make(with_records(replace(occasion, number=number), before.values()))
        after = {node.id: _row(node) for node in edit.put}
        changed = {id_: row for id_, row in after.items() if _differs(before.get(id_), row)}
        drop = [id_ for id_ in edit.drop if id_ in before]
        if not changed and not drop:
            return
        _save(tx, occasion.event.id, changed.values(), drop, by.strip())
        touched = [*changed, *drop]
        change = model.EventChange(
            name=model.EventChange.TITLE,
            event=occasion.event.id,
            number=number + 1,
            by=by.strip(),
            at=datetime.now(UTC),
            what=pack(edit.what),
            before=_text({id_: before.get(id_) for id_ in touched}),
            after=_text({id_: changed.get(id_) for id_ in touched}),
            undoes=undoes,
            sample=occasion.event.sample,
        )
        written = tx.sealed([change.LABEL], change.model_dump(exclude_none=True))
        tx.run(queries.append_event_change, change=written)

    store.keep(work)
    return load_occasion(store, occasion.event.id)


def _save(tx: Transaction, event: str, rows: Iterable[Row], drop: list[str], by: str) -> None:
    tx.run(queries.delete_event_records, ids=drop)
    take_back(tx, drop)
    own = [row for row in rows if row["label"] not in LABELS]
    sealed = [row | {"props": tx.sealed(row["labels"], row["props"])} for row in own]
    tx.run(queries.save_event_records, event=event, rows=sealed)
    if stated := [row for row in rows if row["label"] in LABELS]:
        state(tx, event, stated, by, datetime.now(UTC).date())


def create(store: Store, event: model.Event, *, by: str) -> Occasion:
    """Begin an event in the name of its organisers.

    Raises:
        NobodyNamed: when ``by`` is empty.
        EventExists: when its number is taken.
    """
    if not by.strip():
        raise NobodyNamed(where="by")

    def work(tx: Transaction) -> None:
        day = datetime.now(UTC).date()
        state(tx, event.id, (), by.strip(), day)  # two who begin at once come one after the other
        if tx.run(queries.lock_event, event=event.id):
            raise EventExists(where="number", number=event.number)
        state(tx, event.id, (_row(event),), by.strip(), day)

    store.keep(work)
    return load_occasion(store, event.id)


def discard(store: Store, occasion: Occasion, *, by: str, seen: int | None = None) -> None:
    """Delete an event that organisers began and nobody is registered for; its log of edits stays.

    Raises:
        NobodyNamed: when ``by`` is empty.
        NotEmpty: when there is anybody, or another source states the event.
        EventChanged: when somebody else came first.
    """
    if not by.strip():
        raise NobodyNamed(where="by")

    def work(tx: Transaction) -> None:
        _lock(tx, occasion, seen)
        rows = kept(tx.run, occasion.event.id)
        if occasion.parties or {row["label"] for row in rows} != {model.Event.LABEL}:
            raise NotEmpty(name=occasion.event.name)
        if take_back(tx, [occasion.event.id]):
            raise NotEmpty(name=occasion.event.name)

    store.keep(work)


def check_seen(store: Store, occasion: Occasion, seen: int | None) -> None:
    """Tell an editor at once who came first, before anything long is worked out.

    Raises:
        EventChanged: when the event as read is later than ``seen``.
    """
    if seen is not None and seen != occasion.number:
        for last in list_changes(store, occasion.event.id, 1):
            raise _conflict(seen, last.by, last.at, last.number)
        raise NoSuchEdit(number=seen)


def _conflict(seen: int, by: str, at: datetime, number: int) -> EditConflict:
    """Why an edit that rests on the one numbered ``seen`` cannot be, when the last one is another."""
    if seen > number:
        return NoSuchEdit(number=seen)
    return EventChanged(by=by, at=f"{at.astimezone():%Y-%m-%d %H:%M}", number=number)


def _lock(tx: Transaction, occasion: Occasion, seen: int | None) -> int:
    rows = tx.run(queries.lock_event, event=occasion.event.id)
    if not rows:
        raise NoSuchEvent(id=occasion.event.number)
    last = rows[0]
    if seen is not None and seen != last["number"]:
        raise _conflict(seen, last["by"], last["at"], last["number"])
    return int(last["number"])


def _row(node: Record) -> Row:
    return {
        "label": node.LABEL,
        "labels": node.labels(),
        "props": node.model_dump(exclude_none=True, exclude_defaults=True) | {"id": node.id},
    }


def _differs(before: Row | None, after: Row) -> bool:
    return before is None or before["props"] != after["props"]


def _text(rows: dict[str, Any]) -> str:
    kept = {id_: row and {"label": row["label"], "props": row["props"]} for id_, row in rows.items()}
    return json.dumps(kept, ensure_ascii=False, default=str)


def undoable(changes: Iterable[model.EventChange]) -> model.EventChange | None:
    """The last edit that is neither undone nor an undoing."""
    listed = list(changes)
    gone = {change.undoes for change in listed}
    return next((one for one in listed if one.number not in gone and one.undoes is None), None)


def undo(store: Store, ref: str, *, by: str, seen: int | None = None) -> Occasion:
    """Take back the last edit that still stands.

    Raises:
        NothingToUndo: when there is none.
        EventChanged: when somebody else came first.
    """
    occasion = load_occasion(store, ref)
    last = undoable(list_changes(store, occasion.event.id))
    if last is None:
        raise NothingToUndo()
    rows: dict[str, Row | None] = json.loads(last.before)
    put: list[Any] = [KINDS[row["label"]].model_validate(row["props"]) for row in rows.values() if row]
    gone = tuple(id_ for id_, row in rows.items() if row is None)
    edit = Edit(Message(UNDONE, {"number": last.number, "what": unpack(last.what)}), tuple(put), gone)
    return commit(
        store,
        occasion,
        lambda _: edit,
        by=by,
        seen=occasion.number if seen is None else seen,
        undoes=last.number,
    )
