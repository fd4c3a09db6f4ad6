"""Thresholds and weights over the API: changed, refused, undone; every page judges by them at once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.service import FORCE

URL = "/api/v1/settings"


@pytest.fixture(autouse=True)
def _as_it_was(client: TestClient) -> Iterator[None]:
    yield
    for scope in ("all", "robotics"):
        client.post(f"{URL}/reset", json={"scope": scope, "by": "测试"})


def gap_class(client: TestClient) -> str:
    return str(client.get(f"/api/v1/segments/{FORCE}").json()["gap_class"]["id"])


def test_a_change_holds_at_once_and_can_be_undone(client: TestClient) -> None:
    assert gap_class(client) == "missing"
    known = client.get(URL).json()["number"]
    edit = {"scope": "robotics", "values": {"sources": 4}, "by": "链办", "reason": "从严", "seen": known}
    answer = client.post(URL, json=edit).json()
    sources = next(item for item in answer["items"] if item["key"] == "sources")
    assert (sources["own"], sources["inherited"], sources["changed_by"]) == (4, 3, "链办")
    assert gap_class(client) == "unverified"
    assert "至少还须查 1 个" in client.get(f"/segments/{FORCE}").text
    assert "另有设定" in client.get("/settings").text
    assert client.post(URL, json=edit).status_code == 409, "somebody changed it since it was read"
    undone = client.post(f"{URL}/undo", json={"by": "链办"}).json()
    assert undone["history"][0]["undoes"] == answer["number"]
    assert undone["history"][1]["undone"]
    assert gap_class(client) == "missing"


def test_the_page_shows_who_changed_what(client: TestClient) -> None:
    client.post(URL, json={"values": {"stale_days": 180}, "by": "王五", "reason": "年中复核"})
    page = client.get("/settings").text
    assert "王五 于" in page
    assert "年中复核" in page
    english = client.get("/settings", headers={"Accept-Language": "en"}).text
    assert "Common value" not in english
    assert "Thresholds and weights" in english
