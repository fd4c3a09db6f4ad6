"""Small graphs for tests, written through the product's own runner."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from graph.model import Grade
from graph.queries import Cardinality, Query
from graph.store import Store
from loaders.base import Job, load
from loaders.provenance import Drop, Fact, Row, Source
from loaders.report import LoadReport

CLEAR = Query("clear", "MATCH (n) DETACH DELETE n", "Empty the graph.", frozenset(), (), Cardinality.WRITE)


def clear(store: Store) -> None:
    """Empty the graph."""
    store.write(lambda tx: tx.run(CLEAR))


def source(name: str = "test", rank: int = 1, minimum: int = 0, sample: bool = False) -> Source:
    """A source for tests."""
    return Source(name, f"测试来源 {name}", rank, date(2026, 11, 1), Grade.STRONG, minimum, sample)


def job(rows: Iterable[Row | Drop], of: Source | None = None, fingerprint: str = "1") -> Job:
    """A job of given rows."""
    return Job(of or source(), rows, fingerprint)


def write(store: Store, *facts: Fact, of: Source | None = None, fingerprint: str = "1") -> LoadReport:
    """Write facts, one row each, nodes first."""
    rows = [Row(f"row {number}", (fact,)) for number, fact in enumerate(facts)]
    return load(store, job(rows, of, fingerprint))
