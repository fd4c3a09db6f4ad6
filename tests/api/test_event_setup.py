"""An event set up by hand over the interface: what is typed is checked, kept whole, undone, and survives a workbook."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from fastapi.testclient import TestClient

from graph.model import Enterprise
from graph.queries import queries
from graph.store import Store
from loaders.provenance import Fact
from matching.events.desk import load_occasion, lock, pin, schedule
from tests.auth.people import add, bearer, forget
from tests.graphs import clear, source, write
from tests.service import DRIVE, GEAR, LEADER, TWIN, event_facts, example_app

URL = "/api/v1/events"
NEW = {"number": "E-9", "name": "小型对接会", "held_on": "2026-12-10", "starts": "9:00", "ends": "10:00"}
NEW |= {"minutes": "20", "halls": "A厅=2；B厅=1", "by": "张三"}
STRANGER = Enterprise(name="示例新材料有限公司", sample=True)


@pytest.fixture(scope="module")
def graph(_opened: Store) -> Iterator[Store]:
    clear(_opened)
    facts: list[Fact] = [LEADER, DRIVE, GEAR, TWIN, STRANGER]
    write(_opened, *facts, of=source("firms", sample=True))
    write(_opened, *event_facts(), of=source("event", sample=True))
    yield _opened
    forget(_opened)


@pytest.fixture(scope="module")
def client(graph: Store) -> Iterator[TestClient]:
    with TestClient(example_app(graph), base_url="http://127.0.0.1") as opened:
        yield opened


def send(client: TestClient, path: str, **said: object) -> Any:
    answer = client.post(f"{URL}/{path}", json={"by": "张三"} | said)
    assert answer.status_code in {200, 201}, answer.text
    return answer.json()


def party(event: Any, firm: Enterprise) -> Any:
    return next(one for one in event["parties"] if one["id"] == firm.id)


WRONG: list[tuple[dict[str, str], int, str]] = [
    ({"starts": "二十五点"}, 400, "开始时间：“二十五点”不是时刻"),
    ({"halls": "A厅=0"}, 400, "会场桌数：“A厅=0”看不出会场和桌数。请写成"),
    ({"halls": ""}, 400, "会场桌数：缺少“会场桌数”"),
    ({"held_on": "12月", "minutes": "2"}, 400, "每场分钟：“2”小于允许的最小值"),
    ({"ends": "09:10"}, 400, "一个时段或一张桌子也排不出来"),
    ({"breaks": "10点到11点"}, 400, "休息时间：“10点到11点”不是起止时间"),
    ({"ways": "A厅到哪里"}, 400, "两厅间步行分钟：“A厅到哪里”看不出两个会场和分钟数"),
    ({"ways": "A厅-C厅=10"}, 400, "步行中的会场“C厅”不在会场桌数里"),
    ({"number": "E-001"}, 409, "已有活动使用"),
    ({"number": "new"}, 400, "活动编号不能用"),
    ({"number": "2026/12/03"}, 400, "活动编号：“2026/12/03”里有斜线，不能作为编号"),
    ({"number": ".."}, 400, "不能作为编号"),
    ({"by": " "}, 400, "没有写明经办人"),
]


@pytest.mark.parametrize(("change", "status", "said"), WRONG)
def test_what_cannot_be_is_said_by_its_field(
    client: TestClient, change: dict[str, str], status: int, said: str
) -> None:
    answer = client.post(URL, json=NEW | change)
    assert answer.status_code == status, answer.text
    assert said in answer.json()["detail"] + answer.json()["cure"]
    assert client.get(f"{URL}/E-9").status_code == 404


def test_an_event_from_nothing_to_a_party_and_back(client: TestClient, graph: Store) -> None:
    tried = client.post(f"{URL}/hours", json={name: NEW[name] for name in ("starts", "ends", "minutes", "halls")})
    assert tried.json() == {
        "slots": ["09:00-09:20", "09:20-09:40", "09:40-10:00"],
        "tables": ["A厅1", "A厅2", "B厅1"],
        "most": 9,
        "problem": None,
    }
    event = client.post(URL, json=NEW).json()
    assert (event["revision"], event["tables"]) == (0, ["A厅1", "A厅2", "B厅1"])
    found = client.get(f"{URL}/E-9/candidates", params={"q": "示例传动"}).json()["items"]
    assert [one["id"] for one in found] == [DRIVE.id, TWIN.id]
    event = send(client, "E-9/parties", organisation=DRIVE.id, role="sme", away="9:00-9:20", wishes=[LEADER.name])
    event = send(client, "E-9/parties", organisation=LEADER.name, role="leader", people="2", mobile="13800000000")
    drive, leader = party(event, DRIVE), party(event, LEADER)
    assert (drive["away"], drive["registration"]["wishes"][0]["name"]) == (["09:00"], LEADER.name)
    assert (leader["people"], leader["registration"]["reachable"]) == (2, True)
    assert "13800000000" not in str(event)
    event = send(client, "E-9/parties", organisation=DRIVE.id, away="", minimum="1")
    assert (party(event, DRIVE)["away"], party(event, DRIVE)["registration"]["minimum"]) == ([], 1)
    assert party(event, DRIVE)["registration"]["wishes"][0]["id"] == LEADER.id
    event = send(client, "E-9/parties/withdraw", party=DRIVE.id)
    assert [one["id"] for one in event["parties"]] == [LEADER.id]
    event = send(client, "E-9/undo")
    assert party(event, DRIVE)["registration"]["minimum"] == 1
    mobile = load_occasion(graph, "E-9").party(LEADER.id).registration.mobile
    assert mobile == "13800000000"
    assert client.post(f"{URL}/E-9/discard", json={"by": "张三"}).status_code == 400
    for firm in (DRIVE, LEADER):
        send(client, "E-9/parties/withdraw", party=firm.id)
    assert client.post(f"{URL}/E-9/discard", json={"by": "张三"}).status_code == 200
    assert client.get(f"{URL}/E-9").status_code == 404


def test_hours_are_tried_by_hours_alone(client: TestClient) -> None:
    answer = client.post(f"{URL}/hours", json={"halls": "A厅=2", "name": "会"})
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"where": "name", "detail": "不认识这一项"}]


REFUSED: list[tuple[dict[str, object], str, str]] = [
    ({"organisation": "没有这家"}, "organisation", "没有找到单位“没有这家”"),
    ({"organisation": STRANGER.id}, "role", "没有选参会身份"),
    ({"organisation": DRIVE.id, "minimum": "3", "maximum": "2"}, "minimum", "最少场数 3 大于最多场数 2"),
    ({"organisation": DRIVE.id, "people": "两个"}, "people", "可同时会面人数：“两个”不是数字"),
    ({"organisation": DRIVE.id, "wishes": ["无名公司"]}, "wishes", "想见：没有名为“无名公司”的单位"),
    ({"organisation": DRIVE.id, "wishes": [DRIVE.name]}, "wishes", "不能与自己会面"),
    ({"organisation": DRIVE.id, "musts": [GEAR.id], "nevers": [GEAR.id]}, "musts", "既登记为必见，又登记为不见"),
]


@pytest.mark.parametrize(("edit", "where", "said"), REFUSED)
def test_a_registration_that_cannot_be_is_refused_whole(
    client: TestClient, edit: dict[str, object], where: str, said: str
) -> None:
    before = client.get(f"{URL}/E-001").json()
    answer = client.post(f"{URL}/E-001/parties", json={"by": "张三"} | edit)
    assert (answer.status_code, answer.json()["where"]) == (400, where)
    assert said in answer.json()["detail"]
    assert client.get(f"{URL}/E-001").json() == before


def test_too_many_wishes_are_refused_by_their_field(client: TestClient) -> None:
    answer = client.post(f"{URL}/E-001/parties", json={"by": "张三", "organisation": DRIVE.id, "wishes": ["x"] * 5000})
    assert answer.status_code == 422
    assert answer.json()["errors"][0] == {"where": "wishes", "detail": "不得多于 500 项"}


def test_two_sides_that_contradict_are_named(client: TestClient) -> None:
    send(client, "E-001/parties", organisation=GEAR.id, nevers=[LEADER.id])
    answer = client.post(f"{URL}/E-001/parties", json={"by": "张三", "organisation": LEADER.id, "musts": [GEAR.id]})
    assert answer.status_code == 400
    assert GEAR.name in answer.json()["detail"]
    send(client, "E-001/undo")


def test_what_organisers_changed_stands_over_a_workbook_until_it_is_given_up(client: TestClient, graph: Store) -> None:
    event = send(client, "E-001/parties", organisation=DRIVE.id, role="institute", maximum="2")
    assert (
        party(event, DRIVE)["registration"] | {"edited": True, "reported": True, "maximum": 2}
        == party(event, DRIVE)["registration"]
    )
    write(graph, *event_facts(), of=source("event", sample=True))  # the workbook comes in again
    write(graph, *event_facts(), of=source("another", sample=True))
    event = client.get(f"{URL}/E-001").json()
    assert (party(event, DRIVE)["role"]["id"], len(event["parties"]), event["twice"]) == ("institute", 3, [])
    event = send(client, "E-001/parties/withdraw", party=GEAR.id)
    assert len(event["parties"]) == 2
    assert client.get(URL).json()["items"][0]["parties"] == 2
    event = send(client, "E-001/parties", organisation=GEAR.id)
    assert len(event["parties"]) == 3
    event = send(client, "E-001/parties/restore", party=DRIVE.id)
    assert (party(event, DRIVE)["role"]["id"], party(event, DRIVE)["registration"]["maximum"]) == ("sme", None)


def test_who_comes_second_is_told_and_a_lock_is_never_lost(client: TestClient, graph: Store) -> None:
    seen = client.get(f"{URL}/E-001").json()["revision"]
    occasion = schedule(
        graph, pin(graph, load_occasion(graph, "E-001"), LEADER.id, DRIVE.id, True, by="李四"), by="李四"
    )
    late = client.post(f"{URL}/E-001/parties/withdraw", json={"by": "张三", "seen": seen, "party": DRIVE.id})
    assert late.status_code == 409
    assert "李四" in late.json()["detail"]
    (meeting,) = occasion.occasion.placed
    form = {"name": "示例供需对接会", "held_on": "2026-12-03", "minutes": "20", "halls": "A厅=2"}
    later = form | {"starts": "13:00", "ends": "14:00"}
    moved = send(client, "E-001/setup", **later)
    assert [one["slot"] for one in moved["meetings"]] == [None]
    assert "移出时间表" in moved["changes"][0]["what"]
    back = send(client, "E-001/undo")
    assert [one["slot"] for one in back["meetings"]] == [meeting.slot]
    assert back["slots"][0]["id"] == "09:00"
    lock(graph, load_occasion(graph, "E-001"), LEADER.id, DRIVE.id, True, by="李四")
    refused = client.post(f"{URL}/E-001/setup", json={"by": "张三"} | later)
    assert (refused.status_code, refused.json()["type"].rsplit(":")[-1]) == (400, "place-in-use")
    assert client.get(f"{URL}/E-001").json()["meetings"][0]["locked"]


def test_the_statement_of_an_organiser_is_encrypted_like_any_other(client: TestClient, graph: Store) -> None:
    send(client, "E-001/parties", organisation=GEAR.id, contact="金丝雀", mobile="13900000000", attendees="赵六")
    own = load_occasion(graph, "E-001").party(GEAR.id).registration.id
    (said,) = [row["props"] for row in graph.read(queries.list_statements, id=own) if row["source"] == "event-desk"]
    assert said["contact"] == "金丝雀"  # opened by the store
    kept = graph.vault
    graph.vault = None
    try:
        rows = graph.read(queries.list_statements, id=own)
    finally:
        graph.vault = kept
    assert "金丝雀" not in str(rows)
    assert "赵六" not in str(rows)


def wait(client: TestClient, file: Any, headers: dict[str, str]) -> Any:
    until = time.monotonic() + 30
    while file["state"] in {"checking", "loading"}:
        assert time.monotonic() < until
        time.sleep(0.1)
        file = client.get(f"{URL}/registrations/{file['id']}", headers=headers).json()
    return file


def upload(client: TestClient, book: openpyxl.Workbook, headers: dict[str, str]) -> Any:
    content = io.BytesIO()
    book.save(content)
    sent = client.post(f"{URL}/registrations?name=登记.xlsx", content=content.getvalue(), headers=headers)
    assert sent.status_code == 202, sent.text
    return wait(client, sent.json(), headers)


def test_an_organiser_brings_a_registration_workbook_and_nothing_else(client: TestClient, graph: Store) -> None:
    add(graph, "chief", "admin")  # type: ignore[arg-type]
    add(graph, "desk", "organiser")  # type: ignore[arg-type]
    headers = bearer(graph, "desk")
    empty = client.get(f"{URL}/E-001/workbook", headers=headers)
    book = openpyxl.load_workbook(io.BytesIO(empty.content))
    page = book["参会登记"]
    columns = {str(cell.value): cell.column for cell in page[1]}
    rows = [(STRANGER.name, "中小企业", "09:00-10:00"), (DRIVE.name, "链主", "九点"), ("没有这家公司", "中小企业", "")]
    for number, (name, role, away) in enumerate(rows, start=2):
        cells = {"活动编号": "E-001", "参会单位": name, "参会身份": role, "不能到的时间": away}
        for title, value in cells.items():
            page.cell(number, columns[title]).value = value
    found = upload(client, book, headers)
    assert (found["state"], found["rows"], found["returned"]) == ("checked", 4, 1)
    loaded = client.post(f"{URL}/registrations/{found['id']}/load", json={}, headers=headers)
    loaded_file = wait(client, loaded.json(), headers)
    assert loaded_file["state"] == "loaded"
    event = client.get(f"{URL}/E-001", headers=headers).json()
    assert party(event, STRANGER)["away"] == ["09:00", "09:20", "09:40"]
    assert client.post(f"{URL}/registrations/{found['id']}/undo", json={}, headers=headers).status_code == 200
    event = client.get(f"{URL}/E-001", headers=headers).json()
    assert STRANGER.id not in {one["id"] for one in event["parties"]}
    assert client.post("/api/v1/imports?name=登记.xlsx", content=b"x", headers=headers).status_code == 403
    book.create_sheet("企业").append(["企业名称", "统一社会信用代码"])
    book["企业"].append(["示例冒名有限公司", ""])
    refused = upload(client, book, headers)
    assert refused["state"] == "failed"
    assert "不能在这里载入的表：企业" in refused["error"]
    forget(graph)
