"""The store against a real server: errors with a cure, managed writes, the revision."""

from __future__ import annotations

import socket
from contextlib import closing, suppress
from dataclasses import replace
from threading import Thread

import pytest
from neo4j.exceptions import ClientError, ConstraintError

from graph import server
from graph import store as store_module
from graph.errors import StoreAuthError, StoreUnavailable, StoreVersionError
from graph.model import Product
from graph.queries import Cardinality, Query, queries
from graph.store import Store, Transaction
from tests.graphs import write

CREATE_TWIN = Query("twin", "CREATE (:Entity {id: 'twin'})", "", frozenset(), (), Cardinality.WRITE)


def test_a_write_raises_the_revision_and_a_read_does_not(store: Store) -> None:
    before = store.revision()
    write(store, Product(name="轴承"))
    revision = store.revision()
    assert revision > before
    store.read(queries.list_segment_terms)
    assert store.revision() == revision


def test_all_of_a_write_happens_or_none(store: Store) -> None:
    def work(tx: Transaction) -> None:
        tx.run(queries.lock_source, id="half")
        raise RuntimeError("in the middle")

    before = store.revision()
    with pytest.raises(RuntimeError):
        store.write(work)
    assert store.read(queries.stream_nodes) == []
    assert store.revision() == before


def test_one_and_none(store: Store) -> None:
    assert store.one(queries.get_node, ref="nothing") is None
    write(store, Product(name="轴承"))
    found = store.one(queries.get_node, ref="轴承")
    assert found is not None
    assert found["labels"] == ["Entity", "Product"]


def test_version(connection: server.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(connection.uri, connection.user, connection.password) as store:
        assert store.check().startswith("5.26.")
        monkeypatch.setattr(store_module, "REQUIRED_VERSION", (99, 0))
        with pytest.raises(StoreVersionError, match=r"99\.0") as caught:
            store.check()
    assert "Neo4j 99.0" in str(caught.value.remedy)


def test_wrong_password(connection: server.Connection) -> None:
    wrong = replace(connection, password="wrong-password")
    with Store(wrong.uri, wrong.user, wrong.password) as store, pytest.raises(StoreAuthError) as caught:
        store.check()
    assert "RONGLIAN_NEO4J_PASSWORD" in str(caught.value.remedy)
    assert "wrong-password" not in str(caught.value)


@pytest.mark.parametrize("uri", ["bolt://127.0.0.1:9", "neo4j://127.0.0.1:9"])
def test_nothing_answers(uri: str) -> None:
    with Store(uri, "neo4j", "x") as store, pytest.raises(StoreUnavailable, match=uri):
        store.check()


class _Wire:
    """A wire to the server; ``fragile``, it breaks when the next is sent. Each end of it is a socket of its own."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.fragile = False
        self.breaks = 0
        self.uri = f"bolt://127.0.0.1:{self._listening.getsockname()[1]}"
        Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                far = socket.create_connection(("127.0.0.1", self._port))
                for a, b in ((near, far), (far, near)):
                    Thread(target=self._carry, args=(a, b, a is near), daemon=True).start()

    def _carry(self, a: socket.socket, b: socket.socket, asks: bool) -> None:
        with suppress(OSError), a, b:
            while some := a.recv(65_536):
                if asks and self.fragile:
                    self.fragile, self.breaks = False, self.breaks + 1
                    for end in (a, b):
                        end.shutdown(socket.SHUT_RDWR)
                    return
                b.sendall(some)

    def close(self) -> None:
        """Take no more."""
        self._listening.close()


def test_a_read_that_broke_off_is_tried_again(connection: server.Connection) -> None:
    wire = _Wire(int(connection.uri.rsplit(":", 1)[1]))
    with closing(wire), Store(wire.uri, connection.user, connection.password) as store:
        before = store.revision()
        for breaks in (1, 2, 3):
            wire.fragile = True
            assert store.revision() == before
            assert wire.breaks == breaks


def test_a_read_writes_nothing(store: Store) -> None:
    with pytest.raises(ClientError, match=r"[Ww]rit"):
        store.read(CREATE_TWIN)
    assert store.read(queries.stream_nodes) == []


@pytest.mark.parametrize("uri", ["http://127.0.0.1", "somewhere", ""])
def test_not_an_address(uri: str) -> None:
    with pytest.raises(StoreUnavailable):
        Store(uri, "neo4j", "x")


def test_schema_is_in_place_and_applying_it_again_is_harmless(store: Store) -> None:
    store.migrate()
    store.migrate()
    with pytest.raises(ConstraintError, match="already exists"):
        store.write(lambda tx: [tx.run(CREATE_TWIN) for _ in range(2)])
