"""The whole gap board of eleven chains with 100,000 firms, from a cold process, against the bare Cypher of its rows.

The firms are made up by rule and written straight into the graph: each works in one or two segments, makes a product of
the first, every tenth buys, every twentieth supplies. The reference is the bare driver running the same queries one
after the other and holding their rows as dictionaries; ours is a new Python process from start to finished board.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from datetime import date
from typing import Any

import neo4j

from benchmarks.harness import Result, Server
from graph.store import Store
from loaders.base import load
from loaders.catalog.loader import open_catalog
from matching.gaps import fetch

FIRMS = 100_000
QUIET: dict[str, Any] = {"notifications_min_severity": neo4j.NotificationMinimumSeverity.OFF}
BATCH = 10_000
TODAY = date(2026, 11, 23)
SEED = """
MATCH (k:Segment)-[:COVERS]->(p:Product) WITH k, p ORDER BY p.id WITH k, collect(p)[0] AS p ORDER BY k.id
WITH collect([k, p]) AS places
MATCH (t:Place) WHERE t.code STARTS WITH '32' WITH places, t ORDER BY t.code WITH places, collect(t) AS towns
UNWIND range($from, $to) AS i
WITH i, places[(i * 7919) % size(places)] AS one, places[(i * 104729 + 13) % size(places)] AS two,
     towns[(i * 31) % size(towns)] AS town
CREATE (e:Entity:Organisation:Enterprise {id: 'enterprise-b' + i, name: '基准企业' + i, status: 'active',
        revenue: 1000000 + i * 1000, sample: true})
CREATE (e)-[:IN {source: 'bench', observed_on: $day, grade: 'strong'}]->(town)
WITH e, i, one[0] AS k, one[1] AS p, two[0] AS k2, two[1] AS p2
CREATE (e)-[:LINKED_TO {source: 'bench', state: CASE WHEN i % 5 = 0 THEN 'uncertain' ELSE 'confirmed' END,
        grade: 'medium', evidence: '名录', checked_on: $day, observed_on: $day}]->(k)
CREATE (e)-[:MAKES {source: 'bench', share: 0.4, observed_on: $day, grade: 'medium'}]->(p)
FOREACH (_ IN CASE WHEN i % 2 = 0 AND k2 <> k THEN [1] ELSE [] END |
  CREATE (e)-[:LINKED_TO {source: 'bench', state: 'confirmed', grade: 'weak', evidence: '走访', checked_on: $day,
          observed_on: $day}]->(k2))
FOREACH (_ IN CASE WHEN i % 10 = 0 THEN [1] ELSE [] END |
  CREATE (e)-[:BUYS {source: 'bench', amount: 500000, import_share: 0.2, single_country_share: 0.1,
          observed_on: $day, grade: 'medium'}]->(p2))
WITH e, i WHERE i % 20 = 1
MATCH (b:Entity {id: 'enterprise-b' + (i - 1)})
CREATE (e)-[:SUPPLIES_TO {source: 'bench', products: [], observed_on: $day, grade: 'medium'}]->(b)
"""
COLD = """
import json, os
from datetime import date
from graph.store import Store
from matching.gaps import assess, fetch
today = date.fromisoformat(os.environ["BENCH_DAY"])
with Store(os.environ["BENCH_URI"], os.environ["BENCH_USER"], os.environ["BENCH_PASSWORD"]) as store:
    board = assess(fetch(store, today), today)
print(json.dumps([len(board.segments), len(board.chains), sum(len(one.confirmed) for one in board.segments)]))
"""


def _seed(server: Server) -> None:
    server.clear()
    with server.store() as store:
        load(store, open_catalog())
    with (
        neo4j.GraphDatabase.driver(server.connection.uri, auth=server.auth, **QUIET) as driver,
        driver.session() as session,
    ):
        session.run("MERGE (s:Source {id: 'bench'}) SET s.name = '基准', s.rank = 3, s.sample = true").consume()
        for start in range(0, FIRMS, BATCH):
            session.run(SEED, {"from": start, "to": start + BATCH - 1, "day": TODAY}).consume()


def _recorded(store: Store) -> list[tuple[str, dict[str, object]]]:
    """What ``fetch`` asks, in order."""
    asked: list[tuple[str, dict[str, object]]] = []
    read = Store.read

    def listening(self: Store, query: Any, **parameters: object) -> list[dict[str, Any]]:
        asked.append((query.text, parameters))
        return read(self, query, **parameters)

    Store.read = listening  # type: ignore[method-assign]
    try:
        fetch(store, TODAY)
    finally:
        Store.read = read  # type: ignore[method-assign]
    return asked


def _bare(server: Server, asked: list[tuple[str, dict[str, object]]]) -> tuple[float, int]:
    with neo4j.GraphDatabase.driver(server.connection.uri, auth=server.auth, **QUIET) as driver:
        started = time.perf_counter()
        with driver.session(fetch_size=5_000) as session:
            rows = sum(
                len(session.execute_read(lambda tx, t=text, p=given: tx.run(t, p).data())) for text, given in asked
            )
        return time.perf_counter() - started, rows


def _cold(server: Server) -> tuple[float, list[int]]:
    connection = server.connection
    said = {"BENCH_URI": connection.uri, "BENCH_USER": connection.user, "BENCH_PASSWORD": connection.password}
    environment = os.environ | said | {"BENCH_DAY": f"{TODAY}"}
    started = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", COLD], env=environment, check=True, capture_output=True, text=True)
    return time.perf_counter() - started, json.loads(done.stdout)


def run(server: Server) -> list[Result]:
    """Measure both twice, after one warm-up of server and planner; the better of each counts."""
    _seed(server)
    with server.store() as store:
        asked = _recorded(store)
    bare = [_bare(server, asked) for _ in range(2)]
    cold = [_cold(server) for _ in range(2)]
    segments, chains, links = cold[0][1]
    note = f"{chains} chains, {segments} segments, {FIRMS:,} firms, {links:,} confirmed; {bare[0][1]:,} rows"
    ours, reference = min(seconds for seconds, _ in cold), min(seconds for seconds, _ in bare)
    return [Result("gap board, cold process / bare Cypher", ours, reference, limit=3.0, note=note)]
