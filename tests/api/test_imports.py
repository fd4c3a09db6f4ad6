"""Files over the web: taken, checked in the background, loaded when asked, given back, undone."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from starlette.testclient import TestClient

from graph.digest import digest
from graph.store import Store
from tests.loaders.lists_made_up import made_up, titled, write_list
from tests.loaders.test_workbook_reader import write_book
from tests.service import example_app, load_example, settled

FIRMS: list[list[object]] = [["名称", "年营业收入"], ["示例甲有限公司", 5], [None, 7], ["示例乙有限公司", "很多"]]


@pytest.fixture
def client(store: Store) -> Iterator[TestClient]:
    load_example(store)
    with TestClient(example_app(store), base_url="http://127.0.0.1") as opened:
        yield opened


def sent(client: TestClient, path: Path) -> Any:
    headers = {"Content-Type": "application/octet-stream"}
    answer = client.post("/api/v1/imports", params={"name": path.name}, content=path.read_bytes(), headers=headers)
    assert answer.status_code == 202, answer.text
    return settled(client, f"/api/v1/imports/{answer.json()['id']}")


def test_a_workbook_is_checked_loaded_returned_and_undone(client: TestClient, store: Store, tmp_path: Path) -> None:
    before = digest(store)
    found = sent(client, write_book(tmp_path / "填报.xlsx", {"企业": FIRMS}))
    assert (found["state"], found["rows"], found["returned"], found["total_problems"]) == ("checked", 3, 1, 2)
    assert found["problems"][0]["cell"] == "企业!A3"
    assert digest(store) == before
    marked = client.get(f"/api/v1/imports/{found['id']}/file")
    assert openpyxl.load_workbook(BytesIO(marked.content)).sheetnames[0] == "错误"
    assert client.post(f"/api/v1/imports/{found['id']}/load", json={}).status_code == 202
    loaded = settled(client, f"/api/v1/imports/{found['id']}")
    assert (loaded["state"], loaded["written"], loaded["returned"]) == ("loaded", 2, 1)
    assert loaded["file"] == "填报-退回.xlsx"
    assert client.post(f"/api/v1/imports/{found['id']}/load", json={}).status_code == 400
    runs = client.get("/api/v1/runs").json()["items"]
    assert (runs[0]["id"], runs[0]["undoable"]) == (loaded["run"], True)
    assert client.post(f"/api/v1/runs/{loaded['run']}/undo").status_code == 200
    assert client.post(f"/api/v1/runs/{loaded['run']}/undo").status_code == 409
    assert digest(store) == before


def test_a_list_is_proposed_mended_and_becomes_a_chain(client: TestClient, tmp_path: Path) -> None:
    found = sent(client, write_list(tmp_path / "名录.xlsx", titled(made_up()), ["A1:F1"]))
    assert [column["field"]["id"] for column in found["mapped"]["columns"]][1:5] == [
        "chain",
        "stream",
        "segment",
        "firm",
    ]
    assert found["mapped"]["preview"]["new_segments"] == 36
    order = {"columns": {"备注": "evidence"}, "save": "海州"}
    assert client.post(f"/api/v1/imports/{found['id']}/preview", json=order).json()["segments"] == 36
    wrong = client.post(f"/api/v1/imports/{found['id']}/load", json={"columns": {"没有": "firm"}})
    assert wrong.status_code == 400
    assert "没有" in wrong.json()["detail"]
    client.post(f"/api/v1/imports/{found['id']}/load", json=order)
    assert settled(client, f"/api/v1/imports/{found['id']}")["state"] == "loaded"
    chains = {chain["name"] for chain in client.get("/api/v1/chains").json()["chains"]}
    assert {"空天装备", "海洋食品", "玻璃新材"} <= chains
    assert "空天装备" in client.get("/", headers={"Accept": "text/html"}).text
    again = sent(client, tmp_path / "名录.xlsx")
    assert again["mapped"]["kept"] == "海州"


@pytest.mark.parametrize("name", ["名录.exe", "名录", "../../x", ".xlsx/..", "a.xlsx.sh"])
def test_other_files_are_not_taken(client: TestClient, name: str) -> None:
    headers = {"Content-Type": "application/octet-stream"}
    answer = client.post("/api/v1/imports", params={"name": name}, content=b"x", headers=headers)
    assert answer.status_code == 400
    assert ".xlsx" in answer.json()["cure"]


def test_a_broken_file_says_what_to_do_and_writes_nothing(client: TestClient, store: Store, tmp_path: Path) -> None:
    before = digest(store)
    path = tmp_path / "../x" / "坏.xlsx"
    path = tmp_path / "坏.xlsx"
    path.write_bytes(b"PK\x03\x04 half")
    found = sent(client, path)
    assert (found["state"], found["problems"]) == ("failed", [])
    assert "不完整" in found["error"]
    assert found["cure"]
    assert client.get(f"/api/v1/imports/{found['id']}/file").status_code == 400
    assert client.get("/api/v1/imports/none").status_code == 404
    assert digest(store) == before


def test_the_template_and_the_page(client: TestClient) -> None:
    template = client.get("/api/v1/imports/template")
    assert "企业" in openpyxl.load_workbook(BytesIO(template.content)).sheetnames
    page = client.get("/imports", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "各次载入" in page.text
