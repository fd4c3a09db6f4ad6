"""A firm's own contact hands in what the firm says of itself: nothing else goes in, nobody else's facts change."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from fastapi.testclient import TestClient

from api.auth.audit import Audit
from api.auth.roles import Role
from graph.digest import digest
from graph.model import Enterprise, Grade, Group, Makes, Product
from graph.nodes import Neighbour, view_node
from graph.queries import queries
from graph.store import Store
from loaders.history import list_runs
from loaders.undo import undo
from loaders.workbook.sheets import SHEETS
from tests.api.test_profiles import CATALOG, ONE, TWO, _add, _load, _set
from tests.api.test_profiles import SHEETS as OWN_ROWS
from tests.auth.people import add, bearer, forget
from tests.graphs import source, write
from tests.loaders.test_workbook_reader import write_book
from tests.service import TODAY, example_app, settled

UPLOAD = {"Content-Type": "application/octet-stream"}
OWN, DOOR = "/api/v1/own", "/api/v1/own/imports"
THREE, CODE = "示例丙检测有限公司", "91320412MA1N000012"
OTHERS: dict[str, list[list[object]]] = {
    "企业": [
        ["名称", "统一社会信用代码", "年营业收入", "集团"],
        [TWO, CODE, 9_000_000, "示例集团"],
        [THREE, None, 4, None],
    ],
    "产品": [["企业", "产品", "收入占比"], [TWO, "Robot整机", "60%"], [THREE, "检测服务", "90%"]],
    "采购": [["企业", "产品", "年采购额"], [TWO, "RV减速器", 3_000_000]],
    "供应关系": [["供方企业", "需方企业", "产品"], [TWO, THREE, "机器人"]],
    "加工与检测能力": [["编号", "名称", "发布单位", "月空闲产能"], ["C-9", "三坐标检测", THREE, 12]],
    "供给": [["编号", "名称", "发布单位", "状态"], ["O-9", "整机", TWO, "有效"]],
}


@pytest.fixture
def firm(store: Store, tmp_path: Path) -> str:
    """A firm among others, of which offices and a public data set speak."""
    write(store, *CATALOG, of=source("catalog", rank=2))
    _load(store, write_book(tmp_path / "填报.xlsx", OWN_ROWS))
    _load(store, write_book(tmp_path / "别家.xlsx", OTHERS))
    own, gear = Enterprise(name=ONE, business_scope="减速器制造"), Product(name="Gear Box")
    write(store, own, gear, Group(name="Acme 集团"), Makes(start=own.id, end=gear.id), of=source("public", rank=3))
    return own.id


@pytest.fixture
def desk(store: Store, firm: str) -> Iterator[TestClient]:
    add(store, "admin", Role.ADMIN)
    add(store, "甲联系人", Role.ENTERPRISE, firm=firm)
    add(store, "乙联系人", Role.ENTERPRISE, firm=view_node(store, TWO).id)
    add(store, "无企业", Role.ENTERPRISE)
    add(store, "专员", Role.LIAISON)
    with TestClient(example_app(store), base_url="http://127.0.0.1") as opened:
        opened.headers.update(bearer(store, "甲联系人"))
        yield opened
    forget(store)


def _book(desk: TestClient, firm: str) -> Any:
    answer = desk.get(f"/api/v1/firms/{firm}/profile.xlsx")
    assert answer.status_code == 200
    return openpyxl.load_workbook(BytesIO(answer.content))


def _bytes(book: Any) -> bytes:
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def _send(desk: TestClient, content: bytes, name: str = "档案.xlsx") -> Any:
    answer = desk.post(DOOR, params={"name": name}, content=content, headers=UPLOAD)
    assert answer.status_code == 202, answer.text
    return settled(desk, f"{DOOR}/{answer.json()['id']}")


def _hand_in(desk: TestClient, content: bytes) -> Any:
    checked = _send(desk, content)
    assert checked["state"] == "checked", checked["error"]
    assert desk.post(f"{DOOR}/{checked['id']}/load").status_code == 202
    loaded = settled(desk, f"{DOOR}/{checked['id']}")
    assert loaded["state"] == "loaded", loaded["error"]
    return loaded


def test_what_it_says_goes_in_as_its_own_word_and_the_office_takes_it_back(
    desk: TestClient, store: Store, firm: str
) -> None:
    before = digest(store)
    book = _book(desk, firm)
    _set(book["企业"], "年营业收入", "620万元")
    _set(book["企业"], "经营范围", "精密减速器制造")
    _add(book["产品"], 企业=ONE, 产品="谐波减速器", 收入占比=0.9)
    loaded = _hand_in(desk, _bytes(book))
    assert (loaded["returned"], loaded["total_problems"]) == (0, 0)
    view = view_node(store, firm)
    (said,) = [one for one in view.statements if one.source == f"self:{firm}"]
    assert said.facts["revenue"] == 6_200_000
    assert said.grade == Grade.MEDIUM
    assert said.observed_on == TODAY
    assert view.facts["revenue"] == 5_000_000, "an office's report stands until an office says otherwise"
    assert view.facts["business_scope"] == "精密减速器制造", "it goes before a public data set"
    run = list_runs(store)[0]
    assert (run.id, run.source_name, run.undoable) == (loaded["run"], f"企业自报：{ONE}", True)
    assert any(DOOR in one.what and firm in one.subjects for one in Audit(store).list(limit=20))
    again = _hand_in(desk, _bytes(_book(desk, firm)))
    assert again["returned"] == 0
    assert "谐波减速器" in {
        one.name for ties in view_node(store, firm).ties if ties.type == "MAKES" for one in ties.neighbours
    }
    office = bearer(store, "专员")
    for own in (again["run"], loaded["run"]):
        done = desk.post(f"/api/v1/runs/{own}/undo", headers=office)
        assert done.status_code in {200, 404, 409}
    assert digest(store) == before


def test_rows_of_others_come_back_with_cell_and_cure_and_the_good_ones_go_in(
    desk: TestClient, store: Store, firm: str
) -> None:
    book = _book(desk, firm)
    _set(book["企业"], "统一社会信用代码", CODE)
    _set(book["企业"], "职工人数", 95)
    _add(book["企业"], 名称=TWO, 年营业收入=1)
    _add(book["产品"], 企业=TWO, 产品="假产品")
    _add(book["产品"], 企业=CODE, 产品="假产品二")
    _add(book["产品"], 企业=ONE, 产品="真产品")
    _add(book["供应关系"], 供方企业=TWO, 需方企业=THREE, 产品="假")
    _add(book["设备"], 能力编号="C-9", 名称="假设备")
    page = book.create_sheet("挂链")
    page.append(["企业", "环节", "状态", "依据"])
    page.append([ONE, "机器人/RV减速器", "已确认", "自己说的"])
    checked = _send(desk, _bytes(book))
    told = {one["cell"]: (one["what"], one["cure"], one["level"]["id"]) for one in checked["problems"]}
    assert {cell.split("!")[0] for cell in told} == {"企业", "产品", "供应关系", "设备", "挂链"}
    assert [level for what, _, level in told.values() if "统一社会信用代码" in what] == ["omitted"]
    assert all(cure for _, cure, _ in told.values())
    assert checked["returned"] == 6
    marked = desk.get(f"{DOOR}/{checked['id']}/file")
    assert openpyxl.load_workbook(BytesIO(marked.content)).sheetnames[0] == "错误"
    desk.post(f"{DOOR}/{checked['id']}/load")
    loaded = settled(desk, f"{DOOR}/{checked['id']}")
    assert loaded["returned"] == 6
    back = openpyxl.load_workbook(BytesIO(desk.get(f"{DOOR}/{checked['id']}/file").content))
    assert {"产品", "挂链", "供应关系"} <= set(back.sheetnames)
    view = view_node(store, firm)
    (said,) = [one.facts for one in view.statements if one.source == f"self:{firm}"]
    assert said == {"name": ONE, "employees": 95}
    made = {one.name for ties in view.ties if ties.type == "MAKES" for one in ties.neighbours}
    assert "真产品" in made
    assert not any(name.startswith("假") for name in made)
    assert not [ties for ties in view.ties if ties.type == "LINKED_TO"]
    run = desk.get(f"{OWN}/runs/{loaded['run']}").json()
    assert len(run["returned"]) == 6
    assert any("只能填报本企业" in one["reason"] for one in run["returned"])
    # What came back is mended and sent again: it adds, and takes nothing back.
    page = back["产品"]
    _set(page, "企业", ONE)
    for name in set(back.sheetnames) - {"产品"}:
        if not name.startswith("_"):
            del back[name]
    assert _hand_in(desk, _bytes(back))["state"] == "loaded"
    view = view_node(store, firm)
    made = {one.name for ties in view.ties if ties.type == "MAKES" for one in ties.neighbours}
    assert {"真产品", "假产品"} <= made


def test_a_renamed_firm_and_anothers_file_are_refused(desk: TestClient, store: Store, firm: str) -> None:
    book = _book(desk, firm)
    _set(book["企业"], "名称", TWO)
    found = _send(desk, _bytes(book))
    assert found["returned"] >= 1
    assert any("说的是别的企业" in one["what"] for one in found["problems"])
    theirs = desk.get(f"/api/v1/firms/{view_node(store, TWO).id}/profile.xlsx", headers=bearer(store, "专员"))
    found = _send(desk, theirs.content)
    assert (found["state"], found["rows"]) == ("failed", None)
    assert "另一家企业的档案" in found["error"]
    found = _send(desk, b"a,b\n1,2\n", "名录.csv")
    assert (found["state"], found["mapped"]) == ("failed", None)


def test_of_files_and_runs_each_sees_its_own_and_the_try_is_recorded(desk: TestClient, store: Store, firm: str) -> None:
    book = _book(desk, firm)
    _set(book["企业"], "职工人数", 91)
    loaded = _hand_in(desk, _bytes(book))
    office_run = next(run.id for run in list_runs(store) if run.source.startswith("workbook:"))
    other, nobody = bearer(store, "乙联系人"), bearer(store, "无企业")
    assert [one["id"] for one in desk.get(f"{OWN}/runs").json()["items"]] == [loaded["run"]]
    assert desk.get(f"{OWN}/runs", headers=other).json()["items"] == []
    for path, who in [
        (f"{DOOR}/{loaded['id']}", other),
        (f"{DOOR}/{loaded['id']}/file", other),
        (f"{OWN}/runs/{loaded['run']}", other),
        (f"{OWN}/runs/{office_run}", other),
    ]:
        assert desk.get(path, headers=who).status_code == 404, path
        last = Audit(store).list(limit=1)[0]
        assert (last.kind, last.who) == ("refused", "乙联系人")
    assert desk.post(f"{DOOR}/{loaded['id']}/load", headers=other).status_code == 404
    assert desk.get(f"/api/v1/imports/{loaded['id']}").status_code == 403
    assert desk.post(f"/api/v1/runs/{loaded['run']}/undo").status_code == 403
    assert desk.get(f"/api/v1/imports/{loaded['id']}", headers=bearer(store, "专员")).status_code == 404
    for path in (f"{OWN}/runs", f"{DOOR}/x"):
        assert desk.get(path, headers=bearer(store, "专员")).status_code == 403
        answer = desk.get(path, headers=nobody)
        assert answer.status_code == 422
        assert "没有绑定企业" in answer.json()["detail"]
    page = desk.get("/own", headers=nobody | {"Accept": "text/html"})
    assert page.status_code == 422
    assert "没有绑定企业" in page.text


def test_one_firms_files_do_not_push_out_anothers(desk: TestClient, store: Store, firm: str) -> None:
    content = _bytes(_book(desk, firm))
    first = _send(desk, content)
    other = bearer(store, "乙联系人")
    theirs = desk.post(DOOR, params={"name": "a.csv"}, content=b"x", headers=UPLOAD | other).json()["id"]
    for _ in range(4):
        _send(desk, b"x", "a.csv")
    assert desk.get(f"{DOOR}/{first['id']}").status_code == 404
    assert desk.get(f"{DOOR}/{theirs}", headers=other).status_code == 200


Facts = dict[object, object]


def _foreign(store: Store, firm: str, own: set[str]) -> Facts:
    """Everything in the graph that no row of the firm's contact may touch."""
    mine, self_source = {firm, *own}, f"self:{firm}"
    nodes = {row["props"]["id"]: (row["labels"], row["props"]) for row in store.read(queries.stream_nodes)}
    found: Facts = {key: said for key, said in nodes.items() if key not in mine and key != self_source}
    for row in store.read(queries.stream_statements):
        if row["source"] != self_source:
            found["said", row["source"], row["id"]] = row["props"]
    for row in store.read(queries.stream_relationships):
        if row["props"].get("source") != self_source:
            found[row["start"], row["type"], row["end"], row["props"].get("source")] = row["props"]
    return found


def _own_nodes(store: Store, firm: str) -> set[str]:
    ties = [tie for tie in view_node(store, firm, 10_000).ties if tie.type in {"HAS_SITE", "SHOWS", "POSTS"}]
    nodes = {one.id for tie in ties for one in tie.neighbours}
    uses = [tie for one in nodes for tie in view_node(store, one, 10_000).ties if tie.type == "USES"]
    return nodes | {one.id for tie in uses for one in tie.neighbours}


def _hostile(rng: random.Random, store: Store, firm: str) -> Any:
    """A workbook that says anything of anybody, with hidden sheets that say whatever suits it."""
    two = view_node(store, TWO).id
    firms = [ONE, TWO, THREE, CODE, firm, two, "不存在公司", "示例甲", f" {TWO} ", None, ""]
    things = [
        "gear box",
        "GEAR BOX",
        "ROBOT整机",
        "rv减速器",
        "acme 集团",
        "示例集团",
        "C-9",
        "C-1",
        "O-1",
        "O-9",
        5,
        "90%",
    ]
    words = [*things, "是", "已确认", "2099-01-01", "机器人/RV减速器", "湖塘镇", "有效", "高校院所", "robotics", "=1+1"]
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for sheet in SHEETS:
        if rng.random() < 0.2:
            continue
        page = book.create_sheet(sheet.name)
        page.append([column.title for column in sheet.columns])
        for _ in range(rng.randrange(1, 6)):
            said = []
            for column in sheet.columns:
                filled = column.required or rng.random() < 0.4
                pool = firms if column.refers_to or column.field in {"name", "uscc", "short_name"} else words
                said.append(rng.choice(pool if rng.random() < 0.8 else words) if filled else None)
            page.append(said)
    stamp = {
        "kind": rng.choice(["profile", "returned", "checked", "template", "form"]),
        "about": rng.choice(["x", "../../y", ""]),
    }
    stamp |= rng.choice([{}, {"firm": firm}, {"firm": firm, "own": "1"}, {"own": "1"}])
    book.create_sheet("_ronglian").append([json.dumps(stamp)])
    hidden = book.create_sheet("_ronglian_before")
    for sheet in rng.sample(SHEETS, 8):
        cells = {column.title: str(rng.choice([*firms, *words])) for column in sheet.columns if rng.random() < 0.6}
        node = rng.choice([two, firm, "robotics", view_node(store, THREE).id, Product(name="Gear Box").id, ""])
        hidden.append(
            [json.dumps({"sheet": sheet.name, "node": node, "cells": cells, "withheld": []}, ensure_ascii=False)]
        )
    return book


@pytest.mark.parametrize("seed", range(12))
def test_whatever_the_rows_say_no_other_firms_facts_change(
    desk: TestClient, store: Store, firm: str, seed: int
) -> None:
    rng = random.Random(seed)
    own = _own_nodes(store, firm)
    before = _foreign(store, firm, own)
    went_in = 0
    for _ in range(3):
        found = _send(desk, _bytes(_hostile(rng, store, firm)))
        assert found["state"] == "checked", found["error"]
        if desk.post(f"{DOOR}/{found['id']}/load").status_code == 202:
            went_in += settled(desk, f"{DOOR}/{found['id']}")["written"] or 0
    assert went_in, "a row of its own goes in"
    mine = own | _own_nodes(store, firm)
    after = _foreign(store, firm, mine)
    changed = {key for key in before if after.get(key) != before[key]}
    assert changed == set()
    new = {key: said for key, said in after.items() if key not in before}
    assert all(said[0] in (["Entity", "Group"], ["Entity", "Product"]) for said in new.values()), new  # type: ignore[index]
    said = [row for row in store.read(queries.stream_relationships) if row["props"].get("source") == f"self:{firm}"]
    for row in said:
        assert row["start"] in {firm, *mine} or row["end"] == firm or row["type"] == "COVERS", row
    assert not any(row["type"] in {"LINKED_TO", "LEADS", "SEARCHED", "TAKES_PART"} for row in said)
    for run in list_runs(store, 50):
        if run.source == f"self:{firm}" and run.undoable:
            undo(store, run.id)
    assert _foreign(store, firm, own) == before


def test_the_file_is_not_believed_which_node_a_row_stands_at(desk: TestClient, store: Store, firm: str) -> None:
    offers = {view_node(store, one.id).facts["number"]: one.id for one in _posts(store, TWO)}
    book = _book(desk, firm)
    for row in book["_ronglian_before"].iter_rows():
        line = json.loads("".join(str(cell.value) for cell in row if cell.value))
        if line["sheet"] == "供给":
            row[0].value = json.dumps(line | {"node": offers["O-9"]}, ensure_ascii=False)
    _set(book["供给"], "月可供量", 9_999)
    before = view_node(store, offers["O-9"])
    assert _hand_in(desk, _bytes(book))["returned"] == 0
    assert view_node(store, offers["O-9"]) == before
    own = [view_node(store, one.id) for one in _posts(store, ONE)]
    assert 9_999 in [said.facts.get("quantity") for one in own for said in one.statements]


def _posts(store: Store, firm: str) -> list[Neighbour]:
    return [one for ties in view_node(store, firm).ties if ties.type == "POSTS" for one in ties.neighbours]


def test_a_damaged_hidden_sheet_is_said(desk: TestClient, firm: str) -> None:
    for text in ("{", "[1]", '{"sheet": "企业", "node": 5, "cells": {"名称": [1]}, "withheld": {}}'):
        book = _book(desk, firm)
        book["_ronglian_before"].cell(1, 1).value = text
        found = _send(desk, _bytes(book))
        assert found["state"] == "failed"
        assert "重新下载" in found["cure"]
