"""Our load of ChainKnowledgeGraph against the bare driver writing the same rows in the same batches.

The rows of every batch are recorded as our own load writes them. The bare driver then writes them to the emptied
database, one ``UNWIND … MERGE`` and one transaction a batch, and does nothing else: no reading of files, no cleaning,
no counting, no sweep.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import neo4j

from benchmarks.harness import Result, Server
from graph.digest import digest
from graph.queries import Query, queries
from graph.store import Store, Transaction
from graph.terms import load_terms
from loaders.base import load
from loaders.catalog.loader import open_catalog
from loaders.chainkg import open_folder

FOLDER = Path("../shared/data/chainkg")
NODES = """
MATCH (s:Source {id: $source}) UNWIND $rows AS row
MERGE (n:Entity {id: row.id}) SET n:$(row.labels) SET n += row.props
MERGE (s)-[said:STATES]->(n) SET said = row.said
"""
RELATIONSHIPS = """
UNWIND $rows AS row MATCH (a:Entity {id: row.start}) MATCH (b:Entity {id: row.end})
MERGE (a)-[r:$($type) {source: $source}]->(b) SET r = row.props, r += row.said, r.source = $source
"""


def _whole(parameters: dict[str, Any]) -> dict[str, Any]:
    """Rows that each bring all they say, as a driver alone would send them."""
    common = parameters["said"]
    rows = [row | {"said": _stated(row) | common | row["own"]} for row in parameters["rows"]]
    return {name: value for name, value in parameters.items() if name != "said"} | {"rows": rows}


def _stated(row: dict[str, Any]) -> dict[str, Any]:
    return {} if "start" in row else {name: value for name, value in row["props"].items() if name != "id"}


@dataclass
class Recording:
    """The batches of a load, in order, as the bare driver writes them."""

    batches: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Record what every transaction sends while the block runs."""
        run = Transaction.run

        def recorded(tx: Transaction, query: Query, **parameters: object) -> list[dict[str, Any]]:
            if query in (queries.add_nodes, queries.upsert_nodes):
                self.batches.append((NODES, _whole(parameters)))
            elif query in (queries.add_relationships, queries.upsert_relationships):
                self.batches.append((RELATIONSHIPS, _whole(parameters)))
            return run(tx, query, **parameters)

        Transaction.run = recorded  # type: ignore[method-assign]
        try:
            yield
        finally:
            Transaction.run = run  # type: ignore[method-assign]


def _prepare(server: Server) -> Store:
    server.clear()
    store = server.store()
    load(store, open_catalog())
    return store


def _timed_load(store: Store) -> float:
    started = time.perf_counter()
    load(store, open_folder(FOLDER, load_terms(store)))
    return time.perf_counter() - started


def timed_bare(server: Server, source: str, batches: list[tuple[str, dict[str, Any]]]) -> float:
    """Seconds the bare driver takes to write the batches of a source; what they refer to is in the graph."""
    with neo4j.GraphDatabase.driver(server.connection.uri, auth=server.auth) as driver, driver.session() as session:
        session.run("MERGE (:Source {id: $source})", source=source).consume()
        started = time.perf_counter()
        for text, parameters in batches:
            session.execute_write(lambda tx, t=text, p=parameters: tx.run(t, p).consume())
        return time.perf_counter() - started


def run(server: Server) -> list[Result]:
    """Measure the first load, the bare driver, and the second load."""
    recording = Recording()
    store = _prepare(server)
    with recording.listening():
        load(store, open_folder(FOLDER, load_terms(store)))  # a warm-up of server and planner, and the recording
    _prepare(server)
    bare = timed_bare(server, "chainkg", recording.batches)
    store = _prepare(server)
    first = _timed_load(store)
    before = digest(store)
    again = _timed_load(store)
    assert digest(store) == before, "loading again changed the graph"
    sent = sum(len(parameters["rows"]) for _, parameters in recording.batches)
    rows = f"{sent:,} rows, {len(recording.batches)} batches"
    return [
        Result("load chainkg / bare driver", first, bare, limit=1.3, note=rows),
        Result("load chainkg again / first", again, first, limit=0.7, note="digest unchanged"),
    ]
