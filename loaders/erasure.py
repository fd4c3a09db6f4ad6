"""A person taken out of a firm's registrations, and out of every copy kept of them; the registrations stay.

Whom to call, their mobile and mail, and their name among those who come, in the graph, in what each source states, in
what sources said before the runs that can be undone, in the notes of what a load refused, and in what organisers of
events edited. Loading the same file again does not bring them back; another file that names them does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from graph.model import EventChange, Participation
from graph.nodes import find_id, ids_of
from graph.queries import queries
from graph.sealing import save_nodes, save_relationships
from graph.store import Row, Store, Transaction
from loaders.kept import pack, unpack
from loaders.runs import lock_identities, refuse_while_loading

ERASED = "…"
_REACHED_BY = ("contact", "mobile", "email")
_EDITS = ("before", "after")
_NOTES = ("drop_notes", "finding_notes")


@dataclass(frozen=True)
class Erased:
    """How many registrations named the person, and how many copies of such were put right."""

    firm: str
    registrations: int
    copies: int


def erase_person(store: Store, firm: str, person: str) -> Erased:
    """Take a person out of a firm's registrations, whatever ids the firm had then.

    Raises:
        NotFound: when there is no such firm.
        RunInProgress: when something is being loaded.
    """
    own, name = find_id(store, firm), person.strip()
    ids = frozenset(ids_of(store, own))

    def registered(tx: Transaction) -> tuple[int, int, frozenset[str]]:
        lock_identities(tx)
        refuse_while_loading(tx)
        return _registered(tx, own, name)

    found, copies, words = store.write(registered)
    for row in store.read(queries.list_set_aside):
        copies += store.keep(lambda tx, row=row: _set_aside(tx, row["id"], ids, name, words))  # type: ignore[misc]
    return Erased(own, found, copies)


def without(props: Row, person: str) -> Row:
    """What changes of a registration when somebody is taken out of it; empty when it does not name them."""
    changed: Row = {}
    if props.get("contact") == person:
        changed |= {field: None for field in _REACHED_BY if props.get(field) is not None}
    if person in (coming := props.get("attendees") or []):
        changed["attendees"] = [one for one in coming if one != person] or None
    if person and person in str(props.get("note") or ""):
        changed["note"] = props["note"].replace(person, ERASED)
    return changed


def _reached_by(props: Row, person: str) -> Iterable[str]:
    return (props[field] for field in _REACHED_BY if props.get("contact") == person and props.get(field))


def _registered(tx: Transaction, firm: str, person: str) -> tuple[int, int, frozenset[str]]:
    """In the graph: how many registrations and statements changed, and what the person was reached by."""
    words: set[str] = {person}
    nodes: list[Row] = []
    statements: list[Row] = []
    found = 0
    for row in tx.run(queries.lock_registrations, firm=firm):
        named = False
        for one, kept in ((row, nodes), *((said, statements) for said in row["statements"])):
            words.update(_reached_by(one["props"], person))
            if changed := without(one["props"], person):
                kept.append({"id": one["id"], "props": tx.sealed([Participation.LABEL], changed)})
                named = True
        found += named
    save_nodes(tx, nodes)
    save_relationships(tx, statements)
    return found, len(statements), frozenset(words)


def _set_aside(tx: Transaction, own: str, ids: frozenset[str], person: str, words: frozenset[str]) -> int:
    """In one copy beside the graph; 1 when it changed."""
    rows = tx.run(queries.lock_set_aside, id=own)
    if not rows:
        return 0
    label, props = rows[0]["label"], rows[0]["props"]
    if label == "RunBefore":
        changed = _before(props["payload"], ids, person)
    elif label == EventChange.LABEL:
        changed = {field: _edited(props[field], ids, person) for field in _EDITS}
        changed = {field: value for field, value in changed.items() if value != props[field]}
    else:
        changed = {field: _noted(props[field], words) for field in _NOTES if props.get(field)}
        changed = {field: value for field, value in changed.items() if value != props[field]}
    if not changed:
        return 0
    save_nodes(tx, [{"id": own, "props": tx.sealed([label], changed)}])
    return 1


def _before(payload: str, ids: frozenset[str], person: str) -> Row:
    lines, touched = unpack(payload), False
    for number, line in enumerate(lines):
        if person not in line:
            continue
        row: dict[str, Any] = json.loads(line)
        if Participation.LABEL not in row.get("labels", ()) or row["props"].get("organisation") not in ids:
            continue
        if changed := without(row["props"], person):
            kept = {key: value for key, value in (row["props"] | changed).items() if value is not None}
            lines[number], touched = json.dumps(row | {"props": kept}, ensure_ascii=False), True
    return {"payload": pack(lines)} if touched else {}


def _edited(text: str, ids: frozenset[str], person: str) -> str:
    """One side of an edit of an event, without somebody."""
    rows: dict[str, Any] = json.loads(text)
    for row in rows.values():
        if row and row["label"] == Participation.LABEL and row["props"].get("organisation") in ids:
            kept = row["props"] | without(row["props"], person)
            row["props"] = {key: value for key, value in kept.items() if value is not None}
    return json.dumps(rows, ensure_ascii=False)


def _noted(notes: list[str], words: frozenset[str]) -> list[str]:
    for word in words:
        notes = [note.replace(word, ERASED) for note in notes]
    return notes
