"""Chains, segments and the board over HTTP, against a real graph."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from graph.model import LinkedTo, LinkState
from graph.store import Store
from tests.graphs import source, write
from tests.service import DRIVE, FAR, FORCE, GEAR, PLANETARY, ROBOT, RV


def get(client: TestClient, path: str, **params: Any) -> Any:
    answer = client.get(f"/api/v1{path}", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def card(chain: Any, segment: str) -> Any:
    return next(c for stream in chain["streams"] for c in stream["segments"] if c["id"] == segment)


def test_chains_are_listed_in_their_order_with_counts_that_sum_to_the_segments(client: TestClient) -> None:
    chains = get(client, "/chains")["chains"]
    assert [chain["id"] for chain in chains] == ["robotics", "future-energy"]
    for chain in chains:
        assert sum(entry["count"] for entry in chain["classes"]) == chain["segments"] > 0


def test_only_confirmed_firms_count_and_uncertain_ones_stand_beside(client: TestClient) -> None:
    reducer = card(get(client, "/chains/robotics"), RV)
    assert (reducer["confirmed"], reducer["uncertain"], reducer["beyond"]) == (1, 1, 1)


def test_a_wider_ring_counts_the_firm_further_away(client: TestClient) -> None:
    reducer = card(get(client, "/chains/robotics", ring="delta"), RV)
    assert (reducer["confirmed"], reducer["beyond"]) == (2, 0)


def test_coverage_shows_what_it_is_made_of(client: TestClient) -> None:
    chain = get(client, "/chains/robotics")["chain"]
    figure = chain["coverage"]
    assert figure["value"] == pytest.approx(figure["numerator"] / figure["denominator"])
    assert (figure["known"], figure["total"]) == (chain["with_firms"], chain["segments"])
    assert chain["with_one_firm"] == 2


def test_the_map_holds_only_feeds_between_its_own_segments(client: TestClient) -> None:
    chain = get(client, "/chains/robotics")
    own = {segment["id"] for stream in chain["streams"] for segment in stream["segments"]}
    assert chain["feeds"]
    assert all({feed["start"], feed["end"]} <= own for feed in chain["feeds"])
    assert {"start": RV, "end": ROBOT, "essential": True, "group": None} in chain["feeds"]


def test_a_segment_gives_its_class_the_reason_and_the_evidence(client: TestClient) -> None:
    found = get(client, f"/segments/{FORCE}")
    assert found["gap_class"] == {"id": "missing", "title": "缺链"}
    assert "3 个来源" in found["sentence"]
    assert [search["by"] for search in found["searches"]] == ["示例排查办公室"]
    reducer = get(client, f"/segments/{RV}")
    assert [firm["name"] for firm in reducer["confirmed"]] == [DRIVE.name]
    assert [firm["name"] for firm in reducer["beyond"]] == [FAR.name]
    assert [firm["name"] for firm in reducer["uncertain"]] == [GEAR.name]
    confirmed = reducer["confirmed"][0]
    assert (confirmed["evidence"], confirmed["checked_on"]) == ("现场核查：RV减速器产线", "2026-10-08")
    assert confirmed["sources"] == ["测试来源 example"]


def test_the_parts_of_a_priority_sum_to_it(client: TestClient) -> None:
    for row in get(client, "/gaps")["items"]:
        priority = row["priority"]
        assert sum(part["points"] for part in priority["parts"]) == priority["score"]
        assert all(part["points"] == 0 for part in priority["parts"] if part["value"] is None)


def test_a_missing_figure_is_null_and_says_why(client: TestClient) -> None:
    figures = {figure["id"]: figure for figure in get(client, f"/segments/{PLANETARY}")["figures"]}
    assert figures["depth"]["value"] is None
    assert figures["depth"]["note"] == "没有确认企业"


def test_gaps_stand_by_priority_and_are_filtered(client: TestClient) -> None:
    found = get(client, "/gaps", chain="robotics")
    scores = [row["priority"]["score"] for row in found["items"]]
    assert scores == sorted(scores, reverse=True)
    assert found["total"] == len(found["items"])
    only = get(client, "/gaps", **{"class": "missing"})
    assert [row["segment"]["id"] for row in only["items"]] == [FORCE]
    everything = get(client, "/gaps", **{"class": ["missing", "unverified"]}, limit=3)
    assert (len(everything["items"]), everything["total"]) == (3, everything["unverified"] + 1)
    names = [row["segment"]["name"] for row in get(client, "/gaps", sort="name", **{"class": "unverified"})["items"]]
    assert names == sorted(names)


def test_sample_data_is_marked_wherever_it_weighs_in(client: TestClient) -> None:
    assert get(client, "/chains/robotics")["sample"] is True
    assert get(client, f"/segments/{FORCE}")["sample"] is True
    assert get(client, "/gaps")["sample"] is True
    assert get(client, f"/segments/{RV}")["confirmed"][0]["sample"] is True


def test_a_write_shows_on_the_next_request(client: TestClient, example: Store) -> None:
    assert card(get(client, "/chains/robotics"), PLANETARY)["confirmed"] == 0
    write(
        example,
        LinkedTo(start=GEAR.id, end=PLANETARY, state=LinkState.CONFIRMED, evidence="电话核实"),
        of=source("later", sample=True),
    )
    assert card(get(client, "/chains/robotics"), PLANETARY)["confirmed"] == 1
