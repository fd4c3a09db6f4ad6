"""Snapshots and changes over the API: kept, compared, told in both languages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from fastapi.testclient import TestClient

from graph.model import LinkedTo, LinkState, Snapshot
from graph.store import Store
from matching.gaps.snapshots import take
from tests.graphs import source, write
from tests.service import GEAR, RV, TODAY

URL = "/api/v1"

TARGET = "target-high-tech-firms"


def test_what_changed_is_told_with_the_facts(client: TestClient, example: Store) -> None:
    take(example, TODAY - timedelta(days=1), by="王五")
    confirmed = LinkedTo(
        start=GEAR.id, end=RV, state=LinkState.CONFIRMED, evidence="现场核查：减速器产线", checked_on=TODAY
    )
    write(example, confirmed, of=source("visit", rank=0))
    found = client.get(f"{URL}/changes").json()
    assert (found["since"], found["until"], found["now"]) == ("2026-11-22", "2026-11-23", True)
    assert found["headline"].startswith("2026-11-22 以来：")
    change = next(one for one in found["segments"] if one["segment"]["id"] == RV)
    assert change["reasons"][0].startswith("新确认企业：示例齿轮有限公司（现场核查：减速器产线 · 测试来源 visit")
    page = client.get("/changes?chain=robotics").text
    assert "新确认企业：示例齿轮有限公司" in page
    assert 'value="2026-11-22" selected' in page
    english = client.get("/changes", headers={"Accept-Language": "en"}).text
    assert "Newly confirmed: 示例齿轮有限公司" in english
    assert client.get("/changes?since=&until=2026-11-22").status_code == 200


def test_a_target_without_data_is_missing_and_a_reported_one_names_its_basis(client: TestClient) -> None:
    before = client.get(f"{URL}/plan").json()
    target = next(one for one in before["items"] if one["id"] == TARGET)
    assert (target["value"], target["standing"]["id"]) == (None, "missing")
    reading = {"target": "high-tech-firms", "value": 1650, "on": "2026-10-31", "basis": "科技局月报", "by": "科技局"}
    after = client.post(f"{URL}/plan/readings", json=reading).json()
    target = next(one for one in after["items"] if one["id"] == TARGET)
    assert (target["value"], target["note"]) == (1650, "科技局月报（科技局，2026-10-31）")
    assert after["known"] == before["known"] + 1
    assert "科技局月报" in client.get("/changes").text


def test_what_the_service_keeps_itself_is_shown_as_its_own(client: TestClient, example: Store) -> None:
    """Ties that no source states: of a snapshot to what it holds, of a reading to its target."""
    take(example, TODAY, by="王五")
    said = {"target": "high-tech-firms", "value": 1650, "on": "2026-10-31", "basis": "月报", "by": "科技局"}
    assert client.post(f"{URL}/plan/readings", json=said).status_code == 200
    for ref in (Snapshot(name="x", taken_on=TODAY, at=datetime.now(UTC), by="x", revision=0, settings=0).id, TARGET):
        shown = client.get(f"/nodes/{ref}", headers={"Accept": "text/html"})
        assert (shown.status_code, "本系统记录" in shown.text) == (200, True)
        assert client.get(f"{URL}/nodes/{ref}").json()["ties"][0]["neighbours"][0]["observed_on"] is None
