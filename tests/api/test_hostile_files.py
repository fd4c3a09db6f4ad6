"""Files that go out hold hostile texts as texts: no formula, no link, no field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from docx import Document
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient
from icalendar import Calendar

from api.event_files import PAPERS
from graph.store import Store
from tests.graphs import source, write
from tests.poison import FILE_KINDS, Poisoned
from tests.service import example_app, load_example

FILES = re.compile(r"\.(xlsx|docx|svg)$|/workbook$|/\{paper\}$|/export$|/template$")
LABELS = {"chains": "Chain", "reports": "Chain", "targets": "Segment", "firms": "Enterprise", "events": "Event"}
MEANT = {"PRODID", "VERSION", "BEGIN", "END", "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "LOCATION"}


@pytest.fixture(scope="module")
def client(_opened: Store) -> Iterator[TestClient]:
    load_example(_opened)
    made = [Poisoned(kind) for kind in FILE_KINDS]
    facts = [fact for place, one in enumerate(made) for fact in one.facts(made[place - 1])]
    write(_opened, *facts, of=source("hostile", rank=0))
    with TestClient(example_app(_opened), base_url="http://127.0.0.1") as opened:
        yield opened


def _paths(client: TestClient, kind: str) -> list[str]:
    """Every address of a file, for hostile things."""
    ids = {label: node.id for label, node in Poisoned(kind).nodes.items()}
    routes = [route.path for route in iter_route_contexts(client.app.routes) if "GET" in (route.methods or ())]  # type: ignore[attr-defined]
    found = []
    for path in filter(FILES.search, routes):
        part = next(one for one in path.removeprefix("/api/v1").split("/") if one)
        filled = re.sub(r"{(?!paper)[\w:]+}", ids.get(LABELS.get(part, ""), ""), path)
        found += [filled.format(paper=paper) for paper in PAPERS] if "{paper}" in filled else [filled]
    return found


def _check(name: str, content: bytes) -> str:
    """Whether a file holds nothing that runs; all its text."""
    if name.endswith(".ics"):
        lines = re.sub(b"\r\n[ \t]", b"", content).split(b"\r\n")
        assert not [one for one in lines if re.search(rb"[\r\n\x0b\x0c]", one)]
        assert {re.split("[:;]", one.decode())[0] for one in lines if one} <= MEANT
        assert max(map(len, content.split(b"\r\n"))) <= 75
        return str(Calendar.from_ical(content))
    with ZipFile(BytesIO(content)) as parts:
        names = parts.namelist()
        assert not [one for one in names if "externalLink" in one or "vbaProject" in one]
        if not any(one.startswith(("xl/", "word/")) for one in names):
            assert not [one for one in names if ".." in one or one.startswith("/")]
            return "".join(_check(one, parts.read(one)) for one in names)
        links = "".join(parts.read(one).decode() for one in names if one.endswith(".rels"))
        assert "evil.example" not in links
    if "word/document.xml" in names:
        document = Document(BytesIO(content))
        assert "HYPERLINK" not in "".join(re.findall("<w:instrText[^>]*>([^<]*)", document.element.xml))
        return document.element.xml
    book = openpyxl.load_workbook(BytesIO(content))
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink]
    return "\n".join(str(cell.value) for cell in cells)


@pytest.mark.parametrize("kind", FILE_KINDS)
def test_a_file_holds_hostile_texts_as_texts(client: TestClient, kind: str) -> None:
    told: dict[str, str] = {}
    for path in _paths(client, kind):
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.text[:300])
        assert "\n" not in answer.headers.get("content-disposition", "")
        if answer.content.startswith(b"PK"):
            told[path] = _check(path, answer.content)
    assert len(told) >= 8, told.keys()
    silent = [path for path, text in told.items() if "⟦" not in text]
    assert [path for path in silent if not path.endswith(("/template", "/calendars"))] == []
