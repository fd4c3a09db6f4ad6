"""Hostile texts brought in as people bring texts in: a workbook, a list through the wizard, what is typed on pages."""

from __future__ import annotations

import csv
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from graph import model
from loaders.lists.fields import TITLES
from loaders.workbook.columns import Column, Kind
from loaders.workbook.known import Reference
from loaders.workbook.sheets import SHEETS, Sheet
from tests.contract.test_openapi import CASES
from tests.loaders.test_workbook_reader import write_book
from tests.poison import HALL, hostile
from tests.service import DRIVE, GEAR, LEADER, OFFICE, RV

FILE_NAME = "\"><img data-ran=1 src=x onerror='window.ran=1'>"
_KNOWN: dict[Reference, str] = {
    Reference.FIRM: GEAR.name,
    Reference.ORGANISATION: DRIVE.name,
    Reference.SEGMENT: RV,
    Reference.CHAIN: "robotics",
    Reference.PLACE: "320412",
    Reference.CAPABILITY: f"P-{model.Capability.TITLE}",
    Reference.EVENT: "E-001",
}
_FORMED = {
    **{"starts": "09:00", "ends": "11:00", "minutes": 20, "breaks": "10:00-10:20", "ways": "", "away": "10:40-11:00"},
    **{"uscc": "", "exchange_code": "", "buyer": LEADER.name},
}
FREE = ("by", "reason", "note", "basis", "said", "owner", "text", "name")
"""Fields of bodies in which people write what they like."""
SLOW = ("/timetable", "/replan", "/solving", "/proposals", "/codes", "/discard")
"""Requests that work long, or take away what others are to show, and take no more words than their neighbours."""
_OF_KIND = {Kind.NUMBER: 5, Kind.WHOLE: 3, Kind.SHARE: 0.5, Kind.DATE: "2026-11-02", Kind.FLAG: "是"}


def _good(sheet: Sheet, column: Column) -> object:
    """A cell that is taken, hostile wherever words may stand."""
    text = hostile(f"{sheet.name}!{column.title}")
    if column.field == "number":
        return f"P-{sheet.name}"
    if column.field == "halls":
        return f"{HALL}=2"
    if column.field in _FORMED:
        return _FORMED[column.field]
    if column.refers_to:
        return OFFICE.name if column.field in {"nevers"} else _KNOWN[column.refers_to]
    if column.kind is Kind.CHOICE:
        return column.options[0]
    return _OF_KIND.get(column.kind, text)


def _settled(client: TestClient, own: str) -> Any:
    for _ in range(600):
        found = client.get(f"/api/v1/imports/{own}").json()
        if found["state"] not in {"checking", "loading"}:
            return found
        time.sleep(0.1)
    raise AssertionError("it takes too long")


def _send(client: TestClient, path: Path, order: Mapping[str, Any]) -> Any:
    headers = {"Content-Type": "application/octet-stream"}
    name = FILE_NAME + path.suffix
    answer = client.post("/api/v1/imports", params={"name": name}, content=path.read_bytes(), headers=headers)
    assert answer.status_code == 202, answer.text
    checked = _settled(client, answer.json()["id"])
    assert checked["state"] == "checked", checked
    client.post(f"/api/v1/imports/{checked['id']}/load", json=order)
    return _settled(client, checked["id"])


def by_workbook(client: TestClient, folder: Path) -> Any:
    """Load a workbook of every sheet: a row that is taken, and one hostile in every cell, which comes back."""
    book: dict[str, list[list[object]]] = {}
    for sheet in SHEETS:
        bad = [hostile(f"{sheet.name}!{column.title}!") for column in sheet.columns]
        good = [_good(sheet, column) for column in sheet.columns]
        book[sheet.name] = [[column.title for column in sheet.columns], good, bad]
    loaded = _send(client, write_book(folder / "填报.xlsx", book), {})
    assert (loaded["state"], loaded["written"] >= len(SHEETS)) == ("loaded", True), loaded
    return loaded


def by_list(client: TestClient, folder: Path) -> Any:
    """Load a list of firms by segment, as the wizard takes it; a chain, segments and firms are new."""
    path = folder / "名录.csv"
    titles = {field.value: title for field, title in TITLES.items() if field.value not in {"ignored", "stream"}}
    formed = {"uscc": "", "checked_on": "2026-11-02", "place": "武进区"}
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow([*titles.values(), "备注" + hostile("list!header")])
        for number in range(3):
            table.writerow([*(formed.get(one, hostile(f"list!{one}{number}")) for one in titles), hostile("list!note")])
    loaded = _send(
        client,
        path,
        {"columns": {title: field for field, title in titles.items()}, "save": "坏" + hostile("list!save")[:20]},
    )
    assert loaded["state"] == "loaded", loaded
    return loaded


def by_requests(client: TestClient) -> set[str]:
    """Send every body of the API with hostile words; none of the answers is an error of the server."""
    taken = set()
    for path, url, body in CASES:
        words = [name for name in FREE if isinstance(body, dict) and name in body]
        if not words or path.endswith(SLOW):
            continue
        answer = client.post(url, json=body | {name: hostile(f"request!{name}")[:60] for name in words})
        assert answer.status_code < 500, (url, answer.text)
        if answer.status_code == 200:
            taken.add(path)
    return taken
