"""Odd registrations through the interface: nobody there, wishes without end, pins that contradict, one firm twice."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from fastapi.testclient import TestClient

from graph.model import At, Enterprise, Event, EventRole, Participation, TakesPart
from graph.store import Store
from loaders.provenance import Fact
from loaders.resolution.queue import ask, decide
from matching.events.desk import load_occasion
from tests.graphs import clear, source, write
from tests.service import EVENT, LEADER, example_app

FIRMS = [Enterprise(name=f"示例{name}有限公司", sample=True) for name in ("传动", "传动科技", "光栅", "电机")]


def facts(event: Event, **more: dict[str, object]) -> list[Fact]:
    """A leader and four firms at an event; ``more`` is what a firm's registration says besides, by its place."""
    found: list[Fact] = [event, LEADER, *FIRMS]
    for at, firm in enumerate((LEADER, *FIRMS)):
        role = EventRole.LEADER if firm is LEADER else EventRole.SME
        said = {"name": "参会登记", "event": event.id, "organisation": firm.id, "role": role} | more.get(f"f{at}", {})
        one = Participation.model_validate(said)
        found += [one, TakesPart(start=firm.id, end=one.id), At(start=one.id, end=event.id)]
    return found


def numbered(number: str) -> Event:
    return EVENT.model_copy(update={"number": number, "id": f"event-{number}", "name": f"示例活动{number}"})


ALL_DAY = {f"f{at}": {"away": ["00:00-24:00"], "wishes": [LEADER.id] if at else []} for at in range(5)}
ENDLESS: dict[str, dict[str, object]] = {
    "f0": {"wishes": [f"enterprise-{at:016x}" for at in range(5000)] + [FIRMS[0].id]}
}
BOTH_WAYS: dict[str, dict[str, object]] = {"f0": {"musts": [FIRMS[0].id]}, "f1": {"nevers": [LEADER.id]}}


@pytest.fixture(scope="module")
def graph(_opened: Store) -> Store:
    clear(_opened)
    for number, more in (("away", ALL_DAY), ("wishes", ENDLESS), ("both", BOTH_WAYS), ("twice", {}), ("pins", {})):
        write(_opened, *facts(numbered(number), **more), of=source(number, sample=True))
    return _opened


@pytest.fixture(scope="module")
def client(graph: Store) -> Iterator[TestClient]:
    with TestClient(example_app(graph), base_url="http://127.0.0.1") as opened:
        yield opened


def send(client: TestClient, path: str, **said: object) -> Any:
    return client.post(f"/api/v1/events/{path}", json={"by": "张三"} | said)


def page(client: TestClient, path: str) -> str:
    answer = client.get(f"/events/{path}", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    return answer.text


def test_everybody_away_is_said_of_each(client: TestClient) -> None:
    event = send(client, "away/proposals").json()
    assert event["meetings"] == []
    assert {one["why"] for one in event["left"]} == {"所有时段都缺席"}
    assert page(client, "away").count("所有时段都缺席") == 5
    assert "没有可提的会面" in page(client, "away")
    assert page(client, "away/setup").count("全部时段都不能到") == 5


def test_five_thousand_wishes_of_one_firm_keep_nobody_waiting(client: TestClient) -> None:
    event = send(client, "wishes/proposals").json()
    assert [one["b"]["name"] for one in event["meetings"]] == [FIRMS[0].name]
    assert "共 5001 家" in page(client, "wishes/setup")


def test_must_and_never_of_two_workbook_rows_are_named_and_nothing_is_kept(client: TestClient) -> None:
    answer = send(client, "both/proposals")
    assert answer.status_code == 400
    said = answer.json()["detail"] + answer.json()["cure"]
    assert "既要求会面又禁止会面" in said
    assert LEADER.name in said
    event = client.get("/api/v1/events/both").json()
    assert (event["revision"], event["meetings"]) == (0, [])


def test_pins_that_do_not_fit_say_what_to_give_up(client: TestClient, graph: Store) -> None:
    for firm in FIRMS:
        assert send(client, "pins/marks", a=LEADER.id, b=firm.id, pinned=True).status_code == 200
    send(client, "pins/solving")
    until = time.monotonic() + 30
    while (now := client.get("/api/v1/events/pins/solving").json())["state"]["id"] in {"waiting", "running"}:
        assert time.monotonic() < until
        time.sleep(0.05)
    assert now["state"]["id"] == "failed"
    assert "至少放开 1 项" in now["detail"]
    assert len(now["advice"]) == 1
    assert sum(bool(one.pinned) for one in load_occasion(graph, "pins").meetings.values()) == len(FIRMS)


def test_one_firm_twice_is_asked_about_and_then_said(client: TestClient, graph: Store) -> None:
    pair = ask(graph, FIRMS[0].id, FIRMS[1].id)
    event = client.get("/api/v1/events/twice").json()
    assert [one["review"] for one in event["doubles"]] == [pair.id]
    assert f"/reviews?pair={pair.id}" in page(client, "twice/setup")
    decide(graph, pair.id, same=True, by="张三")
    event = client.get("/api/v1/events/twice").json()
    assert (event["doubles"], len(event["parties"]), len(event["twice"])) == ([], 4, 1)
    assert "登记了不止一次" in page(client, "twice/setup")


@pytest.mark.parametrize(
    ("paper", "begins"), [("timetable", b"PK"), ("pack", b"PK"), ("calendars", b"PK"), ("report", b"PK")]
)
def test_every_paper_of_an_event_can_be_had(client: TestClient, paper: str, begins: bytes) -> None:
    answer = client.get(f"/events/wishes/files/{paper}")
    assert answer.status_code == 200
    assert zipfile.ZipFile(BytesIO(answer.content)).testzip() is None
