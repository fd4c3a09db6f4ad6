"""What-if over HTTP: the figures of the command line and the page, kept while the graph does not change."""

from __future__ import annotations

import time
from typing import Any

from fastapi.testclient import TestClient

from tests.service import DRIVE, FAR, FORCE, LEADER, ROBOT, RV

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


def test_a_click_answers_within_200_ms_once_the_graph_is_read(client: TestClient) -> None:
    ask(client, f"firm={DRIVE.id}")
    seconds = []
    for _ in range(5):
        started = time.perf_counter()
        ask(client, f"firm={DRIVE.id}&segment={FORCE}")
        seconds.append(time.perf_counter() - started)
    assert min(seconds) < 0.2
