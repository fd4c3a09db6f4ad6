"""The catalog in a real graph."""

from __future__ import annotations

import pytest

from graph.digest import digest
from graph.nodes import view_node
from graph.store import Store
from loaders.base import load
from loaders.catalog.loader import open_catalog


@pytest.fixture
def catalog(store: Store) -> Store:
    report = load(store, open_catalog())
    assert report.drops == []
    return store


def test_chains_segments_and_feeds(catalog: Store) -> None:
    reducer = view_node(catalog, "robotics.rv-reducer")
    assert reducer.labels == ["Segment"]
    assert reducer.facts["name"] == "RV减速器"
    assert {ties.type for ties in reducer.ties} >= {"PART_OF", "FEEDS", "COVERS"}
    assert view_node(catalog, "机器人").id == "robotics"


def test_the_plan_is_data(catalog: Store) -> None:
    task = view_node(catalog, "task-3")
    assert (task.facts["name"], task.facts["offices"]) == ("构建协同生态", ["工信局"])
    assert view_node(catalog, "platform-hub").labels == ["Platform"]


def test_known_firms_are_uncertain_until_checked(catalog: Store) -> None:
    firm = view_node(catalog, "601100")
    assert firm.facts["short_name"] == "恒立液压"
    links = [other for ties in firm.ties if ties.type == "LINKED_TO" for other in ties.neighbours]
    assert {link.facts["state"] for link in links} == {"uncertain"}
    assert all(link.facts["evidence"] for link in links)


def test_loading_the_catalog_again_changes_nothing(catalog: Store) -> None:
    before = digest(catalog)
    load(catalog, open_catalog())
    assert digest(catalog) == before
