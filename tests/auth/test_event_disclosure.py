"""What the desk of an event keeps and writes for both sides quotes no firm's secret."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import pytest
from fastapi.testclient import TestClient

from api.auth.roles import Role
from api.auth.viewer import LOCAL, acting
from api.reports.event import write_all
from graph.model import About, Capability, Posts
from graph.store import Store
from matching.events.desk import load_occasion
from tests.auth.canaries import NAMES, WRITTEN, load_canaries, written
from tests.auth.people import SITE, bearer, forget
from tests.graphs import source, write
from tests.service import DRIVE, EVENT, LEADER, PLANETARY_PRODUCT, example_app, load_event

ABLE = Capability(number="C-902", name="金丝雀减速器加工", quantity=314_159, unit="台", sample=True)
SECRET = set().union(*WRITTEN.values()) | written(314_159)


@pytest.fixture(scope="module")
def proposed(_opened: Store) -> Iterator[tuple[Store, TestClient]]:
    """An event with proposals, one of which rests on what a firm could make beside."""
    load_canaries(_opened)
    load_event(_opened)
    ties = (Posts(start=DRIVE.id, end=ABLE.id), About(start=ABLE.id, end=PLANETARY_PRODUCT.id))
    write(_opened, ABLE, *ties, of=source("able", rank=0, sample=True))
    with TestClient(example_app(_opened), base_url=SITE) as client:
        headers = bearer(_opened, NAMES[Role.ORGANISER])
        answer = client.post(f"/api/v1/events/{EVENT.number}/proposals", json={"by": "甲"}, headers=headers)
        assert answer.status_code == 200, answer.text
        assert ABLE.number in answer.text, "the capacity is what the pair would talk about"
        pair = {"a": LEADER.id, "b": DRIVE.id, "pinned": True}
        for step, edit in (("marks", pair), ("timetable", {})):
            done = client.post(f"/api/v1/events/{EVENT.number}/{step}", json={**edit, "by": "甲"}, headers=headers)
            assert done.status_code == 200, done.text
        yield _opened, client
    forget(_opened)


def test_the_topics_of_a_meeting_quote_no_secret(proposed: tuple[Store, TestClient]) -> None:
    store, client = proposed
    told = client.get(f"/api/v1/events/{EVENT.number}", headers=bearer(store, NAMES[Role.ORGANISER])).text
    assert ABLE.number in told
    assert not [form for form in SECRET if form in told]


def _text(path: Path) -> str:
    if not is_zipfile(path):
        return path.read_text("utf-8", "ignore")
    with ZipFile(path) as parts:
        return "\n".join(parts.read(name).decode("utf-8", "ignore") for name in parts.namelist())


def test_the_pack_the_timetable_and_the_calendars_quote_none(
    proposed: tuple[Store, TestClient], tmp_path: Path
) -> None:
    with acting(LOCAL):
        files = write_all(load_occasion(proposed[0], EVENT.number), tmp_path)
    found = [path for written_ in files for path in (written_.rglob("*") if written_.is_dir() else [written_])]
    told = "".join(_text(path) for path in found)
    assert {path.suffix for path in found} >= {".docx", ".xlsx", ".ics"}
    assert DRIVE.name in told
    assert not [form for form in SECRET if form in told]
