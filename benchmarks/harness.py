"""What benchmarks share: a server of their own, and how a ratio is reported."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from neo4j import GraphDatabase

from graph import server as embedded
from graph.store import Store

EMPTY = (
    "MATCH ()-[r]->() CALL (r) { DELETE r } IN TRANSACTIONS OF 5000 ROWS",
    "MATCH (n) CALL (n) { DELETE n } IN TRANSACTIONS OF 5000 ROWS",
)  # relationships first: a source alone has a hundred thousand of them, too many for one transaction


@dataclass(frozen=True)
class Result:
    """Seconds of ours and of what it is held against; the ratio must stay within ``limit``."""

    name: str
    ours: float
    reference: float
    limit: float
    note: str = ""

    @property
    def ratio(self) -> float:
        """Ours over the reference."""
        return self.ours / self.reference

    @property
    def ok(self) -> bool:
        """Whether the ratio is within its limit."""
        return self.ratio <= self.limit


class Server:
    """An embedded server with nothing else on it."""

    def __init__(self, connection: embedded.Connection, pid: int) -> None:
        self.connection = connection
        self.auth = (connection.user, connection.password)
        self._process = psutil.Process(pid)

    def processor_time(self) -> float:
        """Seconds of processor time that the server and this process have used."""
        used = self._process.cpu_times()
        return float(used.user + used.system) + time.process_time()

    def store(self) -> Store:
        """A store on it, with the schema in place."""
        store = Store(self.connection.uri, *self.auth)
        store.migrate()
        return store

    def clear(self) -> None:
        """Delete everything."""
        with GraphDatabase.driver(self.connection.uri, auth=self.auth) as driver, driver.session() as session:
            for statement in EMPTY:
                session.run(statement).consume()


@contextmanager
def own_server() -> Iterator[Server]:
    """Start a server in a temporary folder; the jars are the user's own."""
    jars = embedded.paths(embedded.default_home()).jars
    with tempfile.TemporaryDirectory() as folder:
        options = embedded.ServerOptions(jars=jars)
        with embedded.ensure_running(Path(folder), options) as lease:
            pid = embedded.status(Path(folder)).pid
            assert pid is not None, "the server runs as long as the lease is held"
            yield Server(lease.connection, pid)
