"""All needs of a chain in the background: begun, watched, stopped, gone on with, downloaded; each sees their own."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from threading import Event
from typing import Any

import openpyxl
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.auth.roles import Role
from api.batches import Batches
from api.settings import Settings
from graph.model import About, Need, Posts
from graph.store import Store
from tests.auth.people import add, bearer, forget
from tests.graphs import source, write
from tests.service import DRIVE, FORCE_PRODUCT, GEAR, HUZHOU, LEADER, PLANETARY_PRODUCT, TODAY, load_example

API = "/api/v1/pairing-batches"
MORE = [Need(number=f"N-{300 + number}", name="精密行星减速器", sample=True) for number in range(12)]
NOBODY = Need(number="N-400", name="六维力传感器", sample=True)


@pytest.fixture(scope="module")
def graph(_opened: Store) -> Store:
    load_example(_opened)
    facts = [*MORE, *(About(start=need.id, end=PLANETARY_PRODUCT.id) for need in MORE)]
    facts += [NOBODY, About(start=NOBODY.id, end=FORCE_PRODUCT.id), Posts(start=GEAR.id, end=NOBODY.id)]
    write(_opened, *facts, *(Posts(start=LEADER.id, end=need.id) for need in MORE), of=source("more"))
    return _opened


@pytest.fixture
def client(graph: Store, tmp_path: Path) -> Iterator[TestClient]:
    app = create_app(Settings(home=tmp_path), graph, today=lambda: TODAY)
    with TestClient(app, base_url="http://127.0.0.1") as opened:
        yield opened


def finished(client: TestClient, own: str, **words: Any) -> dict[str, Any]:
    deadline = time.monotonic() + 120
    while (now := client.get(f"{API}/{own}", params=words).json())["state"]["id"] in {"waiting", "running"}:
        assert time.monotonic() < deadline, now
        time.sleep(0.05)
    return now


def test_every_need_of_a_chain_has_its_answer(client: TestClient) -> None:
    begun = client.post(API, json={"chain": "robotics"})
    assert begun.status_code == 202
    found = finished(client, begun.json()["id"])
    assert (found["state"]["id"], found["total"], found["done"]) == ("done", 14, 14)
    assert (found["chain"]["name"], found["ring"]["title"], found["stale"]) == ("机器人", "不限地区", False)
    first = found["items"][0]
    assert (first["number"], first["buyer"]["name"]) == ("N-017", LEADER.name)
    (best,) = first["candidates"]
    assert best["firm"]["name"] == DRIVE.name
    assert round(best["score"] * 100) == sum(part["points"] for part in best["parts"])
    assert [one["firm"]["name"] for one in first["near_misses"]] == [GEAR.name]
    assert first["near_misses"][0]["lacking"]
    assert found["beyond"] > 0, "one firm cannot stand in the lists of 13 needs"
    last = finished(client, found["id"], skip=13)["items"]
    assert [one["number"] for one in last] == ["N-400"]
    assert not last[0]["candidates"]
    assert last[0]["advice"]


def test_the_file_holds_what_was_found_and_needs_nobody_answers(client: TestClient) -> None:
    own = client.post(API, json={"chain": "robotics"}).json()["id"]
    finished(client, own)
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{API}/{own}/file").content))
    rows = list(book.worksheets[0].iter_rows(min_row=3, values_only=True))
    assert {row[0] for row in rows} == {"N-017", "N-400", *(need.number for need in MORE)}
    (nobody,) = (row for row in rows if row[0] == "N-400")
    assert nobody[5] == "无"


def test_a_run_is_stopped_and_gone_on_with_even_by_another_service(client: TestClient, graph: Store) -> None:
    home: Batches = client.app.state.batches  # type: ignore[attr-defined]
    gate = Event()
    home._worker._thread.submit(gate.wait)
    own = client.post(API, json={}).json()["id"]
    assert client.post(f"{API}/{own}/stop").json()["state"]["id"] == "waiting"
    gate.set()
    stopped = finished(client, own)
    assert (stopped["state"]["id"], stopped["done"], stopped["total"]) == ("stopped", 0, 14)
    again = client.post(API, json={}).json()
    assert again["id"] == own
    assert finished(client, own)["done"] == 14
    app = create_app(Settings(home=home._folder.parent), graph, today=lambda: TODAY)
    with TestClient(app, base_url="http://127.0.0.1") as other:
        assert other.get(f"{API}/{own}").status_code == 404, "nobody asked there yet"
        taken_up = finished(other, other.post(API, json={}).json()["id"])
    assert (taken_up["resumed"], taken_up["done"]) == (14, 14)


def test_another_graph_makes_it_stale(client: TestClient, graph: Store) -> None:
    own = client.post(API, json={"ring": "district"}).json()["id"]
    assert not finished(client, own)["stale"]
    write(graph, Need(number="N-500", name="六维力传感器", sample=True), of=source("late"))
    assert finished(client, own)["stale"]
    assert "请重新匹配" in client.get("/pairings", params={"ring": "district"}).text
    assert finished(client, client.post(API, json={"ring": "district"}).json()["id"])["resumed"] == 0


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        ({"chain": "future-energy"}, 200, "该链没有有效需求：请换一条产业链"),
        ({"chain": "no-such-chain"}, 404, "no-such-chain"),
        ({"town": "place-999"}, 404, "place-999"),
        ({"ring": "moon"}, 422, "ring"),
        ({}, 200, "条有效需求"),
    ],
)
def test_what_there_is_not_is_said_with_what_to_do(
    client: TestClient, words: dict[str, str], status: int, says: str
) -> None:
    said = client.get("/pairings", params=words)
    assert said.status_code == status
    assert says in unescape(said.text)
    answer = client.post(API, json=words)
    assert answer.status_code == (202 if status == 200 else status)
    if status == 200 and "chain" in words:
        assert says in finished(client, answer.json()["id"])["advice"]
        nothing = client.get(f"{API}/{answer.json()['id']}/file")
        assert (nothing.status_code, "请先开始匹配" in nothing.json()["cure"]) == (400, True)


@pytest.fixture
def people(graph: Store) -> Iterator[Store]:
    add(graph, "管理", Role.ADMIN)
    add(graph, "链办", Role.LIAISON)
    add(graph, "浏览", Role.VIEWER)
    add(graph, "镇街", Role.LIAISON, towns=(HUZHOU,))
    add(graph, "齿轮", Role.ENTERPRISE, firm=GEAR.id)
    yield graph
    forget(graph)


def test_everybody_has_a_run_and_a_scope_of_their_own(client: TestClient, people: Store) -> None:
    found = {}
    for name, needs in (("链办", 14), ("浏览", 14), ("镇街", 0), ("齿轮", 1)):
        client.headers.update(bearer(people, name))
        found[name] = finished(client, client.post(API, json={"chain": "robotics"}).json()["id"])
        assert found[name]["total"] == found[name]["done"] == needs, name
    assert len({one["id"] for one in found.values()}) == len(found)
    assert [one["number"] for one in found["齿轮"]["items"]] == ["N-400"]
    for path in ("", "/file"):
        assert client.get(f"{API}/{found['链办']['id']}{path}").status_code in {403, 404}
    assert client.post(f"{API}/{found['链办']['id']}/stop").status_code == 404
    client.headers.update(bearer(people, "浏览"))
    assert client.get(f"{API}/{found['浏览']['id']}/file").status_code == 403
    client.headers.update(bearer(people, "管理"))
    assert client.post(API, json={}).status_code == 403
