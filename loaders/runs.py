"""Import runs: who is loading a source, how far it came, and whether a broken-off run can be taken up again."""

from __future__ import annotations

import json
import os
import socket
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import psutil

from graph.errors import RunInProgress
from graph.queries import queries
from graph.store import Row as StoreRow
from graph.store import Store, Transaction
from loaders.kept import forget_old, keep_before
from loaders.provenance import Source

HEARTBEAT_LIMIT = timedelta(minutes=2)

_mine: set[str] = set()


@dataclass
class Run:
    """A claimed run.

    ``skip`` batches were written by the attempt it continues. ``known_tags`` are those of the batches of the last run,
    if that one finished: what they say is in the graph as they said it.
    """

    id: str
    source: Source
    owner: str
    skip: int = 0
    known_tags: frozenset[str] = frozenset()
    unlinked: list[tuple[str, bool]] = field(default_factory=list)
    before: StoreRow | None = None
    kept: bool = False

    def keep(self, store: Store) -> None:
        """Keep what the source states, before the run writes for the first time."""
        if not self.kept:
            keep_before(store, self.id, self.source.id, self.before)
            store.write(lambda tx: note(tx, self.id, {"kept": True}))
            self.kept = True

    def advance(self, tx: Transaction, unlinked: list[tuple[str, bool]]) -> None:
        """Record inside ``tx`` that its batch is written; ``unlinked`` are relationships one end of which is absent.

        It raises the graph's revision in the same statement: a transaction that advances a run is one of ``keep``.
        """
        tx.run(queries.advance_run, id=self.id, unlinked=[json.dumps(item, ensure_ascii=False) for item in unlinked])

    def finish(self, store: Store, state: str, counts: dict[str, object]) -> None:
        """Record the end: ``done`` or ``failed``."""
        _mine.discard(self.owner)
        props = {"state": state, "finished_at": datetime.now(UTC), **counts}
        store.write(lambda tx: note(tx, self.id, props))
        if self.kept:
            forget_old(store, self.source.id)

    def abandon(self) -> None:
        """Let go of the run without a database to record it in; the next load takes it up."""
        _mine.discard(self.owner)


def note(tx: Transaction, run: str, props: dict[str, object]) -> None:
    """Write something down about a run."""
    tx.run(queries.upsert_run, id=run, props=tx.sealed(["ImportRun"], props))


def _owner() -> str:
    process = psutil.Process()
    return json.dumps([socket.gethostname(), os.getpid(), process.create_time(), uuid.uuid4().hex])


def is_alive(run: StoreRow) -> bool:
    """Whether the one who started a run still works on it: a process here, or a recent sign of life elsewhere."""
    host, pid, created, _ = json.loads(run["owner"])
    if host != socket.gethostname():
        return bool(datetime.now(UTC) - run["heartbeat_at"] < HEARTBEAT_LIMIT)
    if pid == os.getpid():
        return run["owner"] in _mine
    return psutil.pid_exists(pid) and abs(psutil.Process(pid).create_time() - created) < 1


def lock_identities(tx: Transaction) -> None:
    """Let nobody else change which ids are one firm, nor begin a load, until the transaction ends."""
    tx.run(queries.lock_identities)


def refuse_while_loading(tx: Transaction, *, but: str | None = None) -> None:
    """What a running load takes for granted must not change under it; ``but`` is the source whose load asks.

    Raises:
        RunInProgress: when a live process is loading anything else.
    """
    for run in tx.run(queries.list_running_runs):
        if run["source"] != but and is_alive(run):
            raise RunInProgress(source=run["source"], started=f"{run['started_at']:%Y-%m-%d %H:%M:%S}")


def claim(store: Store, source: Source, fingerprint: str) -> Run:
    """Start a run of ``source``, or take up the one that broke off on the same input.

    Raises:
        RunInProgress: when another live process is loading this source.
    """
    run = Run(id=f"{source.id}@{datetime.now(UTC):%Y%m%dT%H%M%S.%f}", source=source, owner=_owner())

    def work(tx: Transaction) -> Run:
        lock_identities(tx)
        found = tx.run(queries.get_source, id=source.id)
        run.before = found[0]["props"] if found else None
        tx.run(queries.lock_source, id=source.id)
        earlier = tx.run(queries.list_open_runs, source=source.id)
        now = datetime.now(UTC)
        for other in earlier:
            if other["state"] == "running" and is_alive(other):
                raise RunInProgress(source=source.id, started=f"{other['started_at']:%Y-%m-%d %H:%M:%S}")
        for other in earlier:
            if other["fingerprint"] == fingerprint and run.skip == 0 and other["batches"]:
                run.id, run.skip, run.kept = other["id"], other["batches"], True
                run.unlinked = [(where, sole) for where, sole in map(json.loads, other["unlinked"])]
            else:
                note(tx, other["id"], {"state": "abandoned", "finished_at": now})
        props: dict[str, object] = {"source": source.id, "fingerprint": fingerprint, "state": "running"}
        props |= {"owner": run.owner, "name": source.name, "sample": source.sample}
        run.known_tags = frozenset(tx.run(queries.list_known_tags, source=source.id)[0]["tags"])
        times = {"heartbeat_at": now} | ({} if run.skip else {"started_at": now, "batches": 0, "unlinked": []})
        note(tx, run.id, props | times)
        stated = {
            "id": source.id,
            "name": source.name,
            "rank": source.rank,
            "observed_on": source.observed_on,
            "grade": source.grade,
            "sample": source.sample,
            "note": source.note,
        }
        tx.run(queries.upsert_source, id=source.id, props=stated)
        return run

    claimed = store.write(work)
    _mine.add(claimed.owner)
    return claimed
