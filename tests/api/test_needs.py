"""Needs, matches and nodes over HTTP, against a real graph."""

from __future__ import annotations

from fastapi.testclient import TestClient

from tests.service import DRIVE, GEAR, LEADER, NEED

API = "/api/v1"


def test_needs_are_found_by_product_buyer_number_and_words(client: TestClient) -> None:
    for text in ("行星", LEADER.name, "n-017", "背隙", ""):
        answer = client.get(f"{API}/needs", params={"q": text}).json()
        assert [need["number"] for need in answer["items"]] == ["N-017"], text
    (need,) = answer["items"]
    assert need["buyer"] == {"id": LEADER.id, "name": LEADER.name}
    assert [segment["id"] for segment in need["segments"]] == ["robotics.planetary-reducer"]


def test_a_page_beyond_the_last_is_empty_and_keeps_the_total(client: TestClient) -> None:
    answer = client.get(f"{API}/needs", params={"skip": 50}).json()
    assert (answer["total"], answer["items"]) == (1, [])


def test_matches_say_why_and_sum_up(client: TestClient) -> None:
    answer = client.get(f"{API}/needs/N-017/matches").json()
    assert [match["firm"]["name"] for match in answer["candidates"]] == [DRIVE.name]
    assert [match["firm"]["name"] for match in answer["near_misses"]] == [GEAR.name]
    for match in (*answer["candidates"], *answer["near_misses"]):
        assert round(match["score"] * 100) == sum(part["points"] for part in match["parts"])
        assert match["evidence"][0]["source"] == "测试来源 example"
    assert "不符" in [verdict["outcome"]["title"] for verdict in answer["near_misses"][0]["verdicts"]]
    counts = answer["counts"]
    assert counts.pop("considered") == sum(counts.values())


def test_a_need_is_found_by_id_number_or_name(client: TestClient) -> None:
    for ref in (NEED.id, NEED.number, NEED.name):
        assert client.get(f"{API}/needs/{ref}/matches").json()["need"]["id"] == NEED.id


def test_free_text_is_read_and_matched(client: TestClient) -> None:
    answer = client.post(f"{API}/matches", json={"text": "精密行星减速器，背隙≤1角分，月800台"}).json()
    assert answer["need"]["id"] is None
    assert (answer["need"]["quantity"], answer["need"]["unit"]) == (800, "台")
    assert DRIVE.name in [match["firm"]["name"] for match in answer["candidates"]]
    assert answer["unchecked"]


def test_a_node_shows_each_source_in_the_order_of_the_model(client: TestClient) -> None:
    node = client.get(f"{API}/nodes/N-017").json()
    assert (node["label"]["id"], node["sample"]) == ("Need", True)
    (statement,) = node["statements"]
    assert statement["source"] == {"id": "example", "title": "测试来源 example"}
    assert [fact["title"] for fact in statement["facts"]][:2] == ["名称", "样例"]
    firm = client.get(f"{API}/nodes/{DRIVE.id}").json()
    assert firm["label"] == {"id": "Enterprise", "title": "企业"}
    assert {ties["type"] for ties in firm["ties"]} >= {"LINKED_TO", "POSTS", "IN"}


def test_the_service_says_that_it_lives_and_is_ready(client: TestClient) -> None:
    assert client.get(f"{API}/health").json()["status"] == "ok"
    ready = client.get(f"{API}/ready").json()
    assert ready["neo4j"].startswith("5.")
    digest = client.get(f"{API}/digest").json()
    assert len(digest["value"]) == 64
    assert digest["nodes"] > 0
