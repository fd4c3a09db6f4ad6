"""Hostile texts brought in as people bring texts in: a workbook, a list through the wizard, what is typed on pages."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from graph import model
from loaders.lists.fields import WORDS, Field
from loaders.workbook.columns import Column, Kind
from loaders.workbook.known import Reference
from loaders.workbook.sheets import SHEETS, Sheet
from tests.contract.test_openapi import CASES
from tests.loaders.test_workbook_reader import write_book
from tests.poison import HALL, hostile
from tests.service import DRIVE, FORCE, GEAR, LEADER, OFFICE, RV, settled

FILE_NAME = "\"><img data-ran=1 src=x onerror='window.ran=1'>"
"""How each file is called; its name before this must be its own, or its load replaces that of another."""
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
SHORT = "'\"><img data-ran src=x onerror=ran=1>"
"""Hostile, and short enough for a name in a list."""
FREE = ("by", "reason", "note", "basis", "said", "owner", "text", "name")
"""Fields of bodies in which people write what they like."""
CHECKED_AGAIN = {"核查表", "排查表"}
"""Sheets that say of firms and segments what other sheets say, too: here of another segment."""
SLOW = ("/timetable", "/replan", "/solving", "/proposals", "/codes", "/discard")
"""Requests that work long, or take away what others are to show, and take no more words than their neighbours."""
_OF_KIND = {Kind.NUMBER: 5, Kind.WHOLE: 3, Kind.SHARE: 0.5, Kind.DATE: "2026-11-02", Kind.FLAG: "是"}


def _good(sheet: Sheet, column: Column) -> object:
    """A cell that is taken, hostile wherever words may stand."""
    text = hostile(f"{sheet.name}!{column.title}")
    formed = _FORMED | {"number": f"P-{sheet.name}", "halls": f"{HALL}=2"}
    if column.field in formed:
        return formed[column.field]
    if column.refers_to is Reference.SEGMENT and sheet.name in CHECKED_AGAIN:
        return FORCE
    if column.refers_to:
        return OFFICE.name if column.field in {"nevers"} else _KNOWN[column.refers_to]
    if column.kind is Kind.CHOICE:
        return column.options[0]
    return _OF_KIND.get(column.kind, text)


def cells() -> set[str]:
    """The markers of the hostile cells of the row that is taken."""
    return {
        f"{sheet.name}!{column.title}"
        for sheet in SHEETS
        for column in sheet.columns
        if str(_good(sheet, column)).startswith("⟦") and column.field != "halls"
    }


def _send(client: TestClient, path: Path, order: Mapping[str, Any]) -> Any:
    headers = {"Content-Type": "application/octet-stream"}
    name = path.stem + FILE_NAME + path.suffix
    answer = client.post("/api/v1/imports", params={"name": name}, content=path.read_bytes(), headers=headers)
    assert answer.status_code == 202, answer.text
    checked = settled(client, f"/api/v1/imports/{answer.json()['id']}")
    assert (checked["state"], bool(checked["mapped"])) == ("checked", "columns" in order), checked
    client.post(f"/api/v1/imports/{checked['id']}/load", json=order)
    return settled(client, f"/api/v1/imports/{checked['id']}")


def good_and_bad(path: Path, names: Collection[str] = ()) -> Path:
    """A workbook of every sheet, or of some: a row that is taken, and one hostile in every cell, which comes back."""
    book: dict[str, list[list[object]]] = {}
    for sheet in SHEETS:
        if not names or sheet.name in names:
            bad: list[object] = [hostile(f"{sheet.name}!{column.title}!") for column in sheet.columns]
            good = [_good(sheet, column) for column in sheet.columns]
            book[sheet.name] = [[column.title for column in sheet.columns], good, bad]
    return write_book(path, book)


def by_workbook(client: TestClient, folder: Path) -> Any:
    """Load a workbook of every sheet."""
    loaded = _send(client, good_and_bad(folder / "填报.xlsx"), {})
    assert (loaded["state"], loaded["written"] >= len(SHEETS)) == ("loaded", True), loaded
    return loaded


LIST_HEADS = {field: words[-1] for field, words in WORDS.items() if field not in {Field.IGNORED, Field.STREAM}}
"""Headers that no sheet of ours has, so that the file is no workbook of ours."""
LIST_CELLS = {f"list!{field}0" for field in LIST_HEADS} - {f"list!{one}0" for one in ("uscc", "checked_on", "place")}
"""Markers of the first row of a list."""


def list_of_firms(path: Path) -> tuple[Path, dict[str, str]]:
    """A list of firms by segment; a chain, segments and firms are new. Its columns by title."""
    titles = {field.value: word for field, word in LIST_HEADS.items()}
    formed = {"uscc": "", "checked_on": "2026-11-02", "place": "武进区"}
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow([*titles.values(), "备注" + hostile("list!header")])
        for number in range(3):
            said = {one: f"⟦list!{one}{number}⟧{SHORT}" for one in titles}
            table.writerow([*(said | formed).values(), hostile("list!note")])
    return path, {title: field for field, title in titles.items()}


def by_list(client: TestClient, folder: Path) -> Any:
    """Load a list of firms by segment, as the wizard takes it."""
    path, columns = list_of_firms(folder / "名录.csv")
    loaded = _send(client, path, {"columns": columns, "save": "坏" + hostile("list!save")[:20]})
    assert loaded["state"] == "loaded", loaded
    return loaded


def by_requests(client: TestClient) -> set[str]:
    """Send every body of the API with hostile words; none of the answers is an error of the server."""
    taken = set()
    for path, url, body in CASES:
        if not isinstance(body, dict) or path.endswith(SLOW):
            continue
        words = [name for name in FREE if name in body]
        answer = client.post(url, json=body | {name: hostile(f"request!{name}")[:60] for name in words})
        assert answer.status_code < 500, (url, answer.text)
        if answer.status_code == 200:
            taken.add(path)
    return taken
