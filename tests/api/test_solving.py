"""A timetable in the background: watched, one at a time, stopped with the best so far, nothing lost by a kill."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.background import State
from api.solving import Solving, Solvings
from graph import server
from graph.messages import Message
from graph.model import Answer, At, Enterprise, Event, EventRole, Participation, TakesPart
from graph.store import Store
from loaders.provenance import Fact
from matching.events.desk import Occasion, accept_all, answer, commit, list_changes, load_occasion, lock, place
from matching.events.desk.edits import Edit
from tests.graphs import clear, source, write
from tests.service import example_app

URL = "/api/v1/events"
FIRMS, LEADERS = 60, 8


def facts() -> list[Fact]:
    """Enough firms and leaders, at different hours, that the best timetable takes more than a moment."""
    random = Random(7)
    hours = {"starts": "09:00", "ends": "12:00", "minutes": 20, "halls": ["A厅=8"]}
    event = Event(number="E-5", name="大会", held_on=date(2026, 12, 3), sample=True, **hours)
    found: list[Fact] = [event]
    for at in range(FIRMS + LEADERS):
        firm = Enterprise(name=f"示例第{at}有限公司", sample=True)
        start = random.randrange(9)
        away = [f"{9 + start // 3:02}:{start % 3 * 20:02}-{9 + (start + 1) // 3:02}:{(start + 1) % 3 * 20:02}"]
        role = EventRole.LEADER if at < LEADERS else EventRole.SME
        one = Participation(name="参会登记", event=event.id, organisation=firm.id, role=role, away=away)
        found += [firm, one, TakesPart(start=firm.id, end=one.id), At(start=one.id, end=event.id)]
    return found


@pytest.fixture(scope="module")
def graph(_opened: Store) -> Store:
    clear(_opened)
    write(_opened, *facts(), of=source("event", sample=True))
    return _opened


@pytest.fixture
def occasion(graph: Store) -> Occasion:
    """Sixty meetings accepted by both sides, one of them placed and locked."""
    found = load_occasion(graph, "E-5")
    parties = sorted(found.parties.values(), key=lambda one: int(one.name[3:-4]))
    pairs = [(parties[at % LEADERS], parties[LEADERS + at]) for at in range(FIRMS)]
    put = tuple(found.blank(a.id, b.id).model_copy(update={"score": 0.5}) for a, b in pairs)
    gone = tuple(found.meetings)
    found = commit(graph, found, lambda _: Edit(proposed(), put, tuple(set(gone) - {one.id for one in put})), by="甲")
    found = accept_all(graph, found, None, by="甲")
    a, b = pairs[0]
    free = next(slot for slot in found.slots if slot.id in found.free((a.id, b.id)))
    found = place(graph, found, (a.id, b.id), free.id, "A厅1", by="甲")
    return lock(graph, found, a.id, b.id, True, by="甲")


def proposed() -> Message:
    return Message("提出会面建议：共 {count} 场", {"count": FIRMS})


@pytest.fixture(scope="module")
def client(graph: Store) -> Iterator[TestClient]:
    with TestClient(example_app(graph), base_url="http://127.0.0.1") as opened:
        yield opened


def wait(client: TestClient) -> Any:
    until = time.monotonic() + 60
    while True:
        now = client.get(f"{URL}/E-5/solving").json()
        if now["state"]["id"] in {"done", "failed"}:
            return now
        assert time.monotonic() < until
        time.sleep(0.05)


def test_progress_is_shown_and_the_second_organiser_told(client: TestClient, occasion: Occasion, graph: Store) -> None:
    started = client.post(f"{URL}/E-5/solving", json={"by": "张三", "seen": occasion.number})
    assert (started.status_code, started.json()["by"]) == (202, "张三")
    second = client.post(f"{URL}/E-5/solving", json={"by": "李四"})
    assert second.status_code == 409
    assert "张三" in second.json()["detail"]
    done = wait(client)
    assert done["state"]["id"] == "done"
    assert done["solved"]["meetings"] == FIRMS
    assert done["solved"]["idle"] >= done["solved"]["idle_bound"]
    chosen = done["stages"][0]
    assert (chosen["best"], chosen["gap"]) == (pytest.approx(FIRMS / 2), pytest.approx(0))
    after = load_occasion(graph, "E-5")
    assert len(after.placed) == FIRMS
    held = next(one for one in occasion.placed if one.locked)
    now = after.meetings[held.id]
    assert (now.slot, now.table, now.locked) == (held.slot, held.table, True)
    late = client.post(f"{URL}/E-5/solving", json={"by": "李四", "seen": occasion.number})
    assert late.status_code == 409


def test_stopped_at_once_it_keeps_the_best_so_far(client: TestClient, occasion: Occasion, graph: Store) -> None:
    client.post(f"{URL}/E-5/solving", json={"by": "张三", "seconds": 600})
    assert client.post(f"{URL}/E-5/solving/stop", json={"by": "李四"}).json()["stopping"]
    done = wait(client)
    assert done["state"]["id"] == "done"
    assert len(load_occasion(graph, "E-5").placed) == done["solved"]["meetings"] > 0


def test_what_has_no_timetable_says_why(client: TestClient, occasion: Occasion, graph: Store) -> None:
    empty = commit(graph, occasion, lambda now: Edit(proposed(), (), tuple(now.meetings)), by="甲")
    assert not empty.meetings
    client.post(f"{URL}/E-5/solving", json={"by": "张三"})
    failed = wait(client)
    assert failed["state"]["id"] == "failed"
    assert "还没有双方都接受" in failed["detail"]
    assert client.get(f"{URL}/没有/solving").status_code == 404


KILLED = """
import os, signal, sys, time
from graph.store import Store
from api.solving import Solving, Solvings

uri, user, password = sys.argv[1:]
Solving.tell = lambda self, said: os.kill(os.getpid(), signal.SIGKILL)
with Store(uri, user, password) as store:
    Solvings(store).start("E-5", by="乙", limit=60)
    time.sleep(60)
"""


def test_a_service_killed_while_it_solves_loses_no_answer_and_no_lock(
    graph: Store, connection: server.Connection, occasion: Occasion
) -> None:
    before = load_occasion(graph, "E-5")
    said = [connection.uri, connection.user, connection.password]
    killed = subprocess.run([sys.executable, "-c", KILLED, *said], timeout=60, check=False)
    assert killed.returncode == -9
    after = load_occasion(graph, "E-5")
    assert (after.meetings, after.number) == (before.meetings, before.number)
    assert [change.by for change in list_changes(graph, after.event.id, 1)] == ["甲"]


def test_an_answer_that_comes_in_meanwhile_is_in_the_timetable(
    graph: Store, occasion: Occasion, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = next(one for one in occasion.meetings.values() if not one.locked)
    declined: list[Occasion] = []

    def tell(_: Solving, said: object) -> None:
        if not declined:
            declined.append(answer(graph, occasion, one.a, one.b, Answer.DECLINED, by="丙", reason="另有安排"))

    monkeypatch.setattr(Solving, "tell", tell)
    solvings = Solvings(graph)
    solving = solvings.start("E-5", by="乙", limit=60)
    while solving.open:
        time.sleep(0.05)
    solvings.close()
    after = load_occasion(graph, "E-5")
    assert (solving.state, len(declined)) == (State.DONE, 1)
    assert after.meetings[one.id].slot is None
    assert len(after.placed) == FIRMS - 1
