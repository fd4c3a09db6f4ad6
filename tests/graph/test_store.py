"""The store against a real server: errors with a cure, managed writes, the revision."""

from __future__ import annotations

from dataclasses import replace

import pytest
from neo4j.exceptions import ConstraintError

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


@pytest.mark.parametrize("uri", ["http://127.0.0.1", "somewhere", ""])
def test_not_an_address(uri: str) -> None:
    with pytest.raises(StoreUnavailable):
        Store(uri, "neo4j", "x")


def test_schema_is_in_place_and_applying_it_again_is_harmless(store: Store) -> None:
    store.migrate()
    store.migrate()
    with pytest.raises(ConstraintError, match="already exists"):
        store.write(lambda tx: [tx.run(CREATE_TWIN) for _ in range(2)])
