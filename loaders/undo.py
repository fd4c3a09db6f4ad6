"""An import run undone as a whole: its statements go, what its source said before stands again, others' stay.

Before a run writes for the first time, what its source states is kept beside it (for the newest runs of a source); a
first load keeps only that there was nothing. Undoing compares the graph with what was kept and puts the difference
right, in steps that can be repeated: an undo that broke off is simply asked for again.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import TypeVar

from graph.errors import RonglianError
from graph.messages import N_
from graph.queries import queries
from graph.settle import put_right, settle
from graph.store import Row, Store, Transaction
from loaders.history import view_run
from loaders.kept import KEPT_RUNS, kept_before, said_now
from loaders.resolution.arrivals import Identities
from loaders.runs import note

_STEP = 5_000
T = TypeVar("T")


class NotUndoable(RonglianError):
    """A run that cannot be undone."""


class AlreadyUndone(NotUndoable):
    """It was undone before."""

    message = N_("载入“{run}”已经撤销过")
    cure = N_("如要恢复，请重新载入原来的文件")


class NothingWritten(NotUndoable):
    """The run changed nothing, or what was there before it is no longer kept."""

    message = N_("载入“{run}”没有改变任何内容，或已太早、不再保留此前的内容")
    cure = N_("每个来源保留最近 {kept} 次载入；更早的请重新载入当时的文件")


class LaterRun(NotUndoable):
    """A later run of the same source builds on it."""

    message = N_("同一来源之后还有一次载入“{later}”")
    cure = N_("请先撤销较晚的一次：ronglian runs undo {later}")


class RunStillGoing(NotUndoable):
    """The run has not ended."""

    message = N_("载入“{run}”还在进行")
    cure = N_("请等它结束后再撤销")


@dataclass(frozen=True)
class Undone:
    """What an undo did."""

    run: str
    source: str
    statements: int
    relationships: int
    nodes: int
    restored: int
    seconds: float


def undo(store: Store, run: str) -> Undone:
    """Undo a run.

    Raises:
        NotFound: when there is no such run.
        NotUndoable: when it was undone, goes on, changed nothing, or a later run of its source builds on it.
    """
    started = time.monotonic()
    source = _checked(store, run)
    before = kept_before(store, run)
    if before is None:
        raise NothingWritten(run=run, kept=KEPT_RUNS)
    _mark(store, run, {"state": "undoing"})
    now = said_now(store, source)
    changed = [row for own, row in before.nodes.items() if _differs(now.nodes.get(own), row)]
    wrong = {key: row for key, row in before.ties.items() if _differs(now.ties.get(key), row)}
    gone = [row for key, row in now.ties.items() if key not in before.ties or key in wrong]
    taken = [row for own, row in now.nodes.items() if own not in before.nodes]
    identities = Identities(store, run)
    _delete_ties(store, source, gone)
    nodes = _take_back(store, source, taken)
    _restate(store, source, changed, identities)
    _tie_again(store, wrong.values(), identities)
    if before.source is not None:
        props = before.source
        store.write(lambda tx: tx.run(queries.restore_source, id=source, props=props))
    elif not before.nodes:
        store.write(lambda tx: tx.run(queries.delete_source, id=source))
    _mark(store, run, {"state": "undone", "undone_at": datetime.now(UTC), "tags": [], "kept": False})
    ties = len(now.ties.keys() - before.ties.keys())
    return Undone(run, source, len(taken), ties, nodes, len(changed) + len(wrong), time.monotonic() - started)


def _differs(now: Row | None, before: Row) -> bool:
    return now is None or now["props"] != before["props"]


def _checked(store: Store, run: str) -> str:
    """The source of a run that may be undone."""
    found = view_run(store, run).card
    if found.state == "undone":
        raise AlreadyUndone(run=run)
    if found.state == "running":
        raise RunStillGoing(run=run)
    if not found.undoable:
        raise NothingWritten(run=run, kept=KEPT_RUNS)
    for row in store.read(queries.list_later_runs, id=run, source=found.source):
        raise LaterRun(later=row["id"])
    return found.source


def _mark(store: Store, run: str, props: dict[str, object]) -> None:
    store.write(lambda tx: note(tx, run, props))


def _steps(items: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while some := list(islice(rest, _STEP)):
        yield some


def _delete_ties(store: Store, source: str, ties: Iterable[Row]) -> None:
    names = ("start", "end", "start_id", "end_id", "kind")
    for some in _steps(ties):
        rows = [{name: tie[name] for name in names} for tie in some]

        def work(tx: Transaction, rows: list[Row] = rows) -> None:
            tx.run(queries.delete_relationships, source=source, rows=rows)

        store.write(work)


def _take_back(store: Store, source: str, statements: Iterable[Row]) -> int:
    """Take statements back; nodes nobody needs go, the others show what the other sources say."""
    deleted = 0
    for some in _steps(statements):
        rows = [{"id": row["id"], "stated": row["stated"]} for row in some]

        def work(tx: Transaction, rows: list[Row] = rows) -> int:
            return put_right(tx, tx.run(queries.delete_statements, source=source, rows=rows))

        deleted += store.write(work)
    return deleted


def _restate(store: Store, source: str, statements: Iterable[Row], identities: Identities) -> None:
    """Make statements again, at the nodes their ids stand at now."""
    for some in _steps(statements):
        rows = [
            {"id": identities.root(row["stated"]), **{name: row[name] for name in ("stated", "labels", "props")}}
            for row in some
        ]

        def work(tx: Transaction, rows: list[Row] = rows) -> None:
            sealed = [row | {"props": tx.sealed(row["labels"], row["props"])} for row in rows]
            tx.run(queries.restate_nodes, source=source, rows=sealed)
            settle(tx, [row["id"] for row in rows])

        store.write(work)


def _tie_again(store: Store, ties: Iterable[Row], identities: Identities) -> None:
    """Make relationships again between the nodes their ids stand at now; one inside a node is WITHIN it."""
    by_type: dict[str, list[Row]] = {}
    for tie in ties:
        start, end = identities.root(tie["start_id"]), identities.root(tie["end_id"])
        within = start == end and tie["start_id"] != tie["end_id"]
        places = {
            "start_id": tie["start_id"] if tie["start_id"] != start else None,
            "end_id": tie["end_id"] if tie["end_id"] != end else None,
            "within": tie["kind"] if within else None,
        }
        row = {"start": start, "end": end, "kind": tie["kind"], "props": tie["props"] | places}
        by_type.setdefault("WITHIN" if within else tie["kind"], []).append(row)
    for kind, rows in by_type.items():
        for some in _steps(rows):

            def work(tx: Transaction, kind: str = kind, some: list[Row] = some) -> None:
                sealed = [row | {"props": tx.sealed([row["kind"]], row["props"])} for row in some]
                tx.run(queries.restate_relationships, type=kind, rows=sealed)

            store.write(work)
