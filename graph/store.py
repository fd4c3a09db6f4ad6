"""Sessions and transactions on a Neo4j graph.

Reads are routed to readers, every write is a managed transaction that also raises the graph's revision: whoever
holds something derived from the graph keeps the revision it was made from and rebuilds when it differs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from neo4j import (
    READ_ACCESS,
    WRITE_ACCESS,
    Driver,
    GraphDatabase,
    ManagedTransaction,
    NotificationMinimumSeverity,
    Session,
)
from neo4j.exceptions import AuthError, ConfigurationError, DriverError, Neo4jError, ServiceUnavailable
from neo4j.time import Date as Neo4jDate
from neo4j.time import DateTime as Neo4jDateTime

from graph.disclosure import encrypted_of
from graph.errors import StoreAuthError, StoreInterrupted, StoreUnavailable, StoreVersionError
from graph.queries import Query, queries, schema_statements

if TYPE_CHECKING:
    from graph.vault import Vault

Row = dict[str, Any]
Result = TypeVar("Result")

REQUIRED_VERSION = (5, 26)
_FETCH_SIZE = 5_000
_ADDRESS = re.compile(r"(bolt|neo4j)(\+s|\+ssc)?://.")


def _plain(value: Any, vault: Vault | None) -> Any:
    """Turn driver values into plain Python ones, and what is sealed into what it was."""
    if isinstance(value, str):
        return vault.opened(value) if vault else value
    if isinstance(value, Neo4jDate | Neo4jDateTime):
        return value.to_native()
    if isinstance(value, list):
        return [_plain(item, vault) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item, vault) for key, item in value.items()}
    return value


@cache
def _encrypted(*owners: str) -> frozenset[str]:
    """Properties that are kept encrypted under any of the labels, or of the type."""
    return frozenset[str]().union(*map(encrypted_of, owners))


class Transaction:
    """The statements of one write: all of them happen, or none."""

    def __init__(self, tx: ManagedTransaction, vault: Vault | None) -> None:
        self._tx = tx
        self._vault = vault

    def run(self, query: Query, **parameters: object) -> list[Row]:
        """Run a query inside the transaction."""
        result = self._tx.run(query.text, query.bind(parameters))
        return [_plain(record.data(), self._vault) for record in result]

    def sealed(self, owners: Iterable[str], props: Row) -> Row:
        """Properties as they are kept of a node or relationship with these labels or of this type."""
        fields = _encrypted(*owners) & props.keys()
        if not fields or self._vault is None:
            return props
        return props | {field: self._vault.seal(props[field]) for field in fields if props[field] is not None}

    def seals(self, owners: Iterable[str]) -> bool:
        """Whether anything is kept encrypted of a node or relationship with these labels or of this type."""
        return self._vault is not None and bool(_encrypted(*owners))


class Store:
    """A graph in Neo4j. Use it as a context manager, or ``close`` it.

    With a ``vault`` (from ``graph.sealing.prepare``) writers keep what is to be encrypted by ``Transaction.sealed``,
    and every way of reading gives back what was sealed. Cypher sees ciphertext: it can tell whether a value is there,
    not compare or add it.
    """

    vault: Vault | None = None

    def __init__(self, uri: str, user: str, password: str, database: str | None = None) -> None:
        """Prepare a store; nothing is contacted before the first call.

        Raises:
            StoreUnavailable: when ``uri`` is no Neo4j address at all.
        """
        self.uri = uri
        self._database = database
        if not _ADDRESS.match(uri):
            raise StoreUnavailable(uri=uri)
        try:
            self._driver: Driver = GraphDatabase.driver(
                uri,
                auth=(user, password),
                notifications_min_severity=NotificationMinimumSeverity.OFF,
                user_agent="ronglian",
                connection_timeout=10,
                max_transaction_retry_time=10,
            )
        except (ConfigurationError, ValueError) as error:
            raise StoreUnavailable(uri=uri) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        self._driver.close()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn the driver's errors about the connection into ours; a mistake in a query stays what it is."""
        try:
            yield
        except AuthError as error:
            raise StoreAuthError(uri=self.uri) from error
        except ServiceUnavailable as error:
            raise (StoreInterrupted() if self._was_up else StoreUnavailable(uri=self.uri)) from error
        except DriverError as error:
            raise StoreInterrupted() from error
        except Neo4jError as error:
            if error.is_retryable():
                raise StoreInterrupted() from error
            raise

    _was_up = False

    def check(self) -> str:
        """Return the server's version.

        Raises:
            StoreUnavailable: when nothing answers.
            StoreAuthError: when user or password are refused.
            StoreVersionError: when it is older than 5.26.
        """
        with self._explained():
            agent = str(self._driver.get_server_info().agent)
        self._was_up = True
        version = agent.removeprefix("Neo4j/")
        if tuple(int(part) for part in version.split(".")[:2] if part.isdigit()) < REQUIRED_VERSION:
            raise StoreVersionError(version=version, required=".".join(map(str, REQUIRED_VERSION)))
        return version

    def migrate(self) -> None:
        """Create the constraints and indexes that are not there yet."""
        with self._explained(), self._driver.session(database=self._database) as session:
            for statement in schema_statements():
                session.run(statement).consume()
            session.run("CALL db.awaitIndexes(60)").consume()

    def read(self, query: Query, **parameters: object) -> list[Row]:
        """Run a read query and return its rows, one dictionary a row.

        One statement needs no transaction around it, which saves two journeys to the server; a managed one, which
        tries again, follows only where something failed that may pass.
        """
        bound = query.bind(parameters)

        def rows(run: Session | ManagedTransaction) -> list[Row]:
            return [_plain(record.data(), self.vault) for record in run.run(query.text, bound)]

        with self._explained():
            try:
                with self._session(READ_ACCESS) as session:
                    return rows(session)
            except (DriverError, Neo4jError) as error:
                if not error.is_retryable():
                    raise
            with self._session() as session:
                return session.execute_read(rows)

    def one(self, query: Query, **parameters: object) -> Row | None:
        """Run a read query of cardinality *one*; None when there is no row."""
        rows = self.read(query, **parameters)
        return rows[0] if rows else None

    def stream(self, query: Query, **parameters: object) -> Iterator[Row]:
        """Yield the rows of a read query without holding them all."""
        with self._explained(), self._session(READ_ACCESS) as session:
            for record in session.run(query.text, query.bind(parameters)):
                yield _plain(record.data(), self.vault)

    def write(self, work: Callable[[Transaction], Result]) -> Result:
        """Run ``work`` in one managed transaction, which also raises the revision; it may be retried."""

        def managed(tx: ManagedTransaction) -> Result:
            result = work(Transaction(tx, self.vault))
            Transaction(tx, self.vault).run(queries.raise_revision)
            return result

        with self._explained(), self._session() as session:
            return session.execute_write(managed)

    def keep(self, work: Callable[[Transaction], Result]) -> Result:
        """Write records of the service itself in one managed transaction; the graph about the world stays as it is."""

        def managed(tx: ManagedTransaction) -> Result:
            return work(Transaction(tx, self.vault))

        with self._explained(), self._session() as session:
            return session.execute_write(managed)

    def revision(self) -> int:
        """How often the graph was written to."""
        row = self.one(queries.get_revision)
        return int(row["revision"]) if row else 0

    def explain(self, query: Query) -> dict[str, Any]:
        """Return the planner's outline of a query without running it: ``columns`` and ``plan``."""
        with self._explained(), self._session() as session:
            result = session.run("EXPLAIN " + query.text, dict.fromkeys(query.parameters))
            columns = list(result.keys())
            return {"columns": columns, "plan": result.consume().plan}

    def _session(self, access: str = WRITE_ACCESS) -> Session:
        return self._driver.session(database=self._database, fetch_size=_FETCH_SIZE, default_access_mode=access)
