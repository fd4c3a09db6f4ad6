"""The runner every source goes through: dedupe, batch, upsert, then sweep what the source no longer says.

A load is a sequence of batches that depends on the input alone. Each batch is one transaction that also counts itself
on the run, so a run that breaks off is taken up at the first batch not written; nothing is swept before all are.
Every fact carries the tag of its batch, a hash of what the batch says: what the last finished run wrote is not written
again.
"""

from __future__ import annotations

import gc
import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph.errors import RonglianError, TooFewRecords
from graph.messages import N_, Message
from graph.model import Node, Relationship
from graph.queries import queries
from graph.settle import put_right, settle
from graph.store import Store, Transaction
from loaders.provenance import Drop, Fact, Row, Source
from loaders.report import Finding, LoadReport
from loaders.resolution.arrivals import Arrival, Identities
from loaders.resolution.queue import State
from loaders.runs import Run, claim

BATCH_SIZE = 5_000

Props = dict[str, Any]
Progress = Callable[[int, int | None], None]

MISSING_END = N_("关系的一端不在图谱中")
DIFFERS = N_("与前面的行重复但内容不同，以先出现的为准")


@dataclass(frozen=True)
class Job:
    """A source opened for loading: its rows in order, how many to expect, and a fingerprint of the input.

    A job that ``adds`` says only what is new: what its source said before stays.
    """

    source: Source
    rows: Iterable[Row | Drop]
    fingerprint: str
    total: int | None = None
    adds: bool = False


def fingerprint(paths: Iterable[Path], *more: str) -> str:
    """Return a hash over the contents of files and whatever else the rows depend on."""
    digest = hashlib.blake2b(digest_size=16)
    for path in paths:
        digest.update(path.name.encode())
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "blake2b").digest())
    for text in more:
        digest.update(text.encode())
    return digest.hexdigest()


def _props(fact: Fact) -> Props:
    """What a fact says, without its ends: they are where it stands, not what it says."""
    given = {key: value for key, value in vars(fact).items() if value is not None and value != []}
    if isinstance(fact, Relationship):
        del given["start"], given["end"]
    return given


@dataclass(slots=True)
class _Batch:
    """Rows on their way into one transaction, where each comes from, and whether its row stands or falls with it."""

    kind: str
    rows: list[Props] = field(default_factory=list)
    origins: list[tuple[str, bool]] = field(default_factory=list)
    content: list[str] = field(default_factory=list)

    def add(self, row: Props, content: str, where: str, *, sole: bool) -> None:
        """Take one more row; ``content`` is what it says, as text."""
        self.rows.append(row)
        self.content.append(content)
        self.origins.append((where, sole))

    def tag(self, stamp: str) -> str:
        """A hash of what the batch says, whichever run says it; ``stamp`` holds of all its rows."""
        return hashlib.blake2b("\n".join([self.kind, stamp, *self.content]).encode(), digest_size=12).hexdigest()


class _Writer:
    """Collects facts into batches and writes them; knows what this load has already said.

    While one batch is being written the next is being collected: reading and the server take turns on no lock.
    """

    def __init__(self, store: Store, run: Run, report: LoadReport, batch_size: int) -> None:
        self._store = store
        self._run = run
        self._report = report
        self._batch_size = batch_size
        self._seen: dict[object, int] = {}
        self._nodes = _Batch("nodes")
        self._relationships: dict[str, _Batch] = {}
        self.tags: list[str] = []
        self.incomplete: set[str] = set()
        self._identities = Identities(store, run.id)
        new = run.before is None  # a source that is new has said nothing that would have to be looked for
        self._node_query = queries.add_nodes if new else queries.upsert_nodes
        self._relationship_query = queries.add_relationships if new else queries.upsert_relationships
        self._pool = ThreadPoolExecutor(1, "writer")
        self._writing: Future[None] | None = None

    def _write(self, work: Callable[[], None]) -> None:
        """Hand a batch over once the one before it is written; its errors come up at the next call."""
        self._wait()
        self._writing = self._pool.submit(work)

    def _wait(self) -> None:
        writing, self._writing = self._writing, None
        if writing:
            writing.result()

    def stop(self) -> None:
        """Let the batch at hand end, come what may."""
        self._pool.shutdown(wait=True)

    def add(self, row: Row) -> None:
        """Take the facts of a row, count it as written or merged."""
        fresh = [told for fact in row.facts if (told := self._fresh(fact, row.where))]
        if not fresh:
            self._report.merged += 1
            return
        self._report.written += 1
        own: Props = {"row": row.where}
        if row.observed_on:
            own["observed_on"] = row.observed_on
        if row.grade:
            own["grade"] = row.grade
        stamp = " ".join(map(str, own.values()))
        for fact, props, content in fresh:
            if isinstance(fact, Node):
                self._add_node(fact, props, own, f"{content} {stamp}")
            else:
                self._add_relationship(fact, props, own, f"{content} {stamp}", sole=len(fresh) == 1)

    def close(self) -> None:
        """Write what is left."""
        self._flush_nodes()
        for kind in list(self._relationships):
            self._flush_relationships(kind)
        self._wait()
        for where, sole in self._run.unlinked:
            self._count_unlinked(where, sole)

    def settle_within(self) -> None:
        """Join what this load states twice, and count it."""
        done = self._identities.settle_within(self._run.source.id)
        self._report.joined += done[State.SAME]
        self._report.asked += done[State.OPEN]

    def complete(self) -> list[str]:
        """Tags of the batches all of which is in the graph; of a resumed run with absent ends nobody knows which."""
        if self._run.skip and self._run.unlinked:
            return []
        return [tag for tag in self.tags if tag not in self.incomplete]

    def _fresh(self, fact: Fact, where: str) -> tuple[Fact, Props, str] | None:
        """A fact not said before in this load, with what it says as properties and as text; else None."""
        key = (fact.TYPE, fact.start, fact.end) if isinstance(fact, Relationship) else fact.id
        props = _props(fact)
        content = repr(props)
        mark = hash(content)
        if (known := self._seen.get(key)) is None:
            self._seen[key] = mark
            return fact, props, content
        if known != mark:
            self._report.findings.append(Finding(where, Message(DIFFERS)))
        return None

    def _add_node(self, node: Node, props: Props, own: Props, content: str) -> None:
        row = {"id": node.id, "labels": node.labels(), "props": props, "own": own}
        self._nodes.add(row, content, str(own["row"]), sole=True)
        if len(self._nodes.rows) >= self._batch_size:
            self._flush_nodes()

    def _add_relationship(self, fact: Relationship, props: Props, own: Props, content: str, *, sole: bool) -> None:
        batch = self._relationships.get(fact.TYPE) or self._relationships.setdefault(fact.TYPE, _Batch(fact.TYPE))
        row = {"number": len(batch.rows), "start": fact.start, "end": fact.end, "props": props, "own": own}
        batch.add(row, f"{fact.start} {fact.end} {content}", str(own["row"]), sole=sole)
        if len(batch.rows) >= self._batch_size:
            self._flush_nodes()
            self._flush_relationships(fact.TYPE)

    def _begin(self, batch: _Batch) -> Props | None:
        """Count and tag a batch; what holds of all its rows, None when it is empty or the graph holds it already."""
        if not batch.rows:
            return None
        source = self._run.source
        tag = batch.tag(f"{source.observed_on} {source.grade}")
        self.tags.append(tag)
        if len(self.tags) <= self._run.skip or tag in self._run.known_tags:
            return None
        self._run.keep(self._store)
        return {"run": self._run.id, "batch": tag, "observed_on": source.observed_on, "grade": source.grade}

    def _flush_nodes(self) -> None:
        batch, self._nodes = self._nodes, _Batch(self._nodes.kind)
        self._report.nodes += len(batch.rows)
        if said := self._begin(batch):
            arrival = self._identities.arrive(batch.rows)
            self._report.joined += len(arrival.aliases)
            self._report.asked += arrival.asked
            alone, joined = self._identities.part_nodes(batch.rows)
            self._write(lambda: self._write_nodes(arrival, said, alone, joined))

    def _write_nodes(self, arrival: Arrival, said: Props, alone: list[Props], joined: list[Props]) -> None:
        def work(tx: Transaction) -> None:
            arrival.record(tx)
            ours: Props = {"source": self._run.source.id, "said": said}
            shared = tx.run(self._node_query, **ours, rows=_sealed(tx, alone))
            if joined:
                shared += tx.run(queries.upsert_joined_nodes, **ours, rows=_sealed(tx, joined))
            settle(tx, [row["id"] for row in shared])
            self._run.advance(tx, [])

        self._store.keep(work)

    def _flush_relationships(self, kind: str) -> None:
        batch, self._relationships[kind] = self._relationships[kind], _Batch(kind)
        self._report.relationships += len(batch.rows)
        if said := self._begin(batch):
            alone, joined = self._identities.part_relationships(batch.rows)
            self._write(lambda: self._write_relationships(batch, said, alone, joined))

    def _write_relationships(self, batch: _Batch, said: Props, alone: list[Props], joined: list[Props]) -> None:
        def work(tx: Transaction) -> list[tuple[str, bool]]:
            ours: Props = {"source": self._run.source.id, "type": batch.kind, "said": said}
            (answer,) = tx.run(self._relationship_query, **ours, rows=_sealed(tx, alone, batch.kind))
            written = set(answer["written"])
            if joined:
                rows = _sealed(tx, joined, batch.kind)
                (answer,) = tx.run(queries.upsert_joined_relationships, **ours, rows=rows)
                written |= set(answer["written"])
            unlinked = [origin for number, origin in enumerate(batch.origins) if number not in written]
            self._run.advance(tx, unlinked)
            return unlinked

        unlinked = self._store.keep(work)
        self._run.unlinked += unlinked
        if unlinked:
            self.incomplete.add(said["batch"])  # to be tried again when the other end may be there

    def _count_unlinked(self, where: str, sole: bool) -> None:
        self._report.relationships -= 1
        if sole:
            self._report.written -= 1
            self._report.drops.append(Drop(where, Message(MISSING_END)))
        else:
            self._report.findings.append(Finding(where, Message(MISSING_END)))


def _sealed(tx: Transaction, rows: list[Props], kind: str | None = None) -> list[Props]:
    """Rows as they are kept: nodes by their labels, relationships by their type."""
    if kind:
        return [row | {"props": tx.sealed([kind], row["props"])} for row in rows] if tx.seals([kind]) else rows
    return [row | {"props": tx.sealed(row["labels"], row["props"])} if tx.seals(row["labels"]) else row for row in rows]


@contextmanager
def _rare_collection() -> Iterator[None]:
    """Let the collector of cycles run more rarely: a load makes a great many objects and no cycles."""
    before = gc.get_threshold()
    gc.set_threshold(50_000, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _sweep(store: Store, run: Run, report: LoadReport, tags: list[str]) -> None:
    """Remove what this source said before and says no longer; what others say or need stays."""

    def relationships(tx: Transaction) -> int:
        return int(tx.run(queries.sweep_relationships, source=run.source.id, tags=tags)[0]["swept"])

    def statements(tx: Transaction) -> tuple[int, int]:
        rows = tx.run(queries.sweep_statements, source=run.source.id, tags=tags)
        return len(rows), put_right(tx, rows)

    if run.known_tags - set(tags):
        run.keep(store)
    while swept := store.write(relationships):
        report.swept_relationships += swept
    while (taken := store.write(statements))[0]:
        report.swept_nodes += taken[1]


def _take(job: Job, writer: _Writer, report: LoadReport, progress: Progress | None) -> None:
    """Read every row and write what it says."""
    for row in job.rows:
        report.read += 1
        if isinstance(row, Drop):
            report.drops.append(row)
        else:
            report.findings += [Finding(row.where, reason) for reason in row.cleaned]
            writer.add(row)
        if progress and report.read % 1_000 == 0:
            progress(report.read, job.total)
    writer.close()


def load(store: Store, job: Job, *, progress: Progress | None = None, batch_size: int = BATCH_SIZE) -> LoadReport:
    """Load a source: write its facts, then sweep what it no longer says.

    The same input twice changes nothing. After a kill the next call continues where the writing stopped.

    Raises:
        RunInProgress: when another process loads this source.
        TooFewRecords: when there are fewer rows than the source's minimum; nothing is swept then.
        StoreInterrupted: when the database goes away.
    """
    started = time.monotonic()
    run = claim(store, job.source, f"{job.fingerprint}/{batch_size}")
    if job.adds:
        run.known_tags = frozenset()  # what was said before may have been taken back since
    report = LoadReport(source=job.source.id, run=run.id, resumed_batches=run.skip)
    writer = _Writer(store, run, report, batch_size)
    try:
        with _rare_collection():
            _take(job, writer, report, progress)
        if report.read < job.source.minimum:
            raise TooFewRecords(source=job.source.name, count=report.read, minimum=job.source.minimum)
        if not job.adds and run.before:  # a source that is new said nothing before
            _sweep(store, run, report, writer.tags)
        writer.settle_within()
        report.seconds = time.monotonic() - started
        run.finish(store, "done", report.stored() | {"tags": writer.complete()})
    except BaseException:
        writer.stop()
        _give_up(store, run, report)
        raise
    writer.stop()
    if progress:
        progress(report.read, report.read)
    return report


def _give_up(store: Store, run: Run, report: LoadReport) -> None:
    try:
        run.finish(store, "failed", report.stored())
    except RonglianError:
        run.abandon()
