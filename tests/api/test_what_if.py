"""What-if over HTTP: the figures of the command line and the page, kept while the graph does not change."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.auth.roles import Role
from graph.store import Store
from tests.auth.people import SITE, add, bearer, forget
from tests.service import DRIVE, FAR, FORCE, LEADER, ROBOT, RV, example_app

URL = "/api/v1/what-if"


def ask(client: TestClient, query: str) -> Any:
    answer = client.get(f"{URL}?{query}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_nothing_removed_changes_nothing(client: TestClient) -> None:
    found = ask(client, "")
    assert (found["removals"], found["segments"], found["stopped"], found["hit"]) == ([], [], 0, 0)
    assert found["output"]["value"] == 0


def test_the_only_firm_of_a_segment(client: TestClient) -> None:
    found = ask(client, f"firm={DRIVE.id}")
    by_id = {one["id"]: one for one in found["segments"]}
    assert (by_id[RV]["effect"]["id"], by_id[RV]["step"], by_id[RV]["before"]) == ("emptied", 0, 1)
    assert by_id[ROBOT]["missing"] == [{"id": RV, "name": "RV减速器"}]
    [leader] = [one for one in found["leaders"] if one["hurt"]]
    assert (leader["id"], leader["hit"]["id"]) == (LEADER.id, "stopped")
    ways = {one["id"]: one["way"]["id"] for one in by_id[RV]["substitutes"]}
    assert ways[FAR.id] == "connect"
    assert found["sample"]


def test_a_wider_ring_keeps_it_going(client: TestClient) -> None:
    found = ask(client, f"firm={DRIVE.id}&ring=delta")
    [segment] = [one for one in found["segments"] if one["id"] == RV]
    assert (segment["effect"]["id"], segment["after"]) == ("thinned", 1)
    assert not segment["stops"]


def test_a_word_finds_its_kind(client: TestClient) -> None:
    found = ask(client, "any=六维力传感器&any=*&any=示例传动")
    assert [one["kind"]["id"] for one in found["removals"]] == ["segment", "country", "firm"]
    assert FORCE in {one["id"] for one in found["segments"]}


def test_the_ranking_agrees_with_the_what_if(client: TestClient) -> None:
    found = client.get(f"{URL}/losses").json()
    assert found["total"] == len(found["items"])
    for one in found["items"]:
        alone = ask(client, f"firm={one['firm']['id']}")
        assert alone["output"]["value"] == one["output"]["value"]
        assert alone["stopped"] == len(one["stopped"])


@pytest.fixture
def viewer(example: Store) -> Iterator[TestClient]:
    """Somebody who may analyse, and not see sensitive values, on a service of their own."""
    add(example, "admin", Role.ADMIN)
    add(example, "viewer", Role.VIEWER)
    with TestClient(example_app(example), base_url=SITE, headers=bearer(example, "viewer")) as opened:
        yield opened
    forget(example)


def test_who_may_not_see_secrets_gets_no_shares_and_no_countries(viewer: TestClient) -> None:
    found = ask(viewer, f"firm={DRIVE.id}")
    assert {one["capacity"] for one in found["segments"]} == {None}
    assert "产能占比为敏感数据，不显示" in found["limits"]
    for query in ("country=*", "any=*"):
        refused = viewer.get(f"{URL}?{query}")
        assert (refused.status_code, refused.json()["type"]) == (403, "urn:ronglian:problem:not-allowed")


def test_a_click_answers_within_200_ms_once_the_graph_is_read(client: TestClient) -> None:
    ask(client, f"firm={DRIVE.id}")
    seconds = []
    for _ in range(5):
        started = time.perf_counter()
        ask(client, f"firm={DRIVE.id}&segment={FORCE}")
        seconds.append(time.perf_counter() - started)
    assert min(seconds) < 0.2
