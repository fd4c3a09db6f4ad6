"""Files attached to intentions: bounded, encrypted, opened by those who may, recorded, removed with undo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from fastapi.testclient import TestClient

from api.app import create_app
from api.auth.audit import Audit, Kind
from api.auth.roles import Role
from api.guard import LARGEST_ATTACHMENT
from api.reports.event.report import Came, write_report
from api.settings import Settings
from graph.store import Store
from matching.events.desk import load_occasion, pin, schedule, tally
from tests.auth.people import SITE, add, bearer, forget
from tests.graphs import clear, source, write
from tests.service import DRIVE, GEAR, LEADER, TODAY, event_facts

URL = "/api/v1/events/E-001"
PDF = b"%PDF-1.7 secret of two firms"
WHOSE = {"a": LEADER.id, "b": DRIVE.id}


@pytest.fixture(scope="module")
def graph(_opened: Store) -> Iterator[Store]:
    clear(_opened)
    write(_opened, LEADER, DRIVE, GEAR, *event_facts(), of=source("event", sample=True))
    pinned = pin(_opened, load_occasion(_opened, "E-001"), LEADER.id, DRIVE.id, True, by="甲")
    schedule(_opened, pinned, by="甲")
    add(_opened, "chief", Role.ADMIN)
    add(_opened, "desk", Role.ORGANISER)
    add(_opened, "both", Role.ORGANISER, Role.LIAISON)
    add(_opened, "own", Role.ENTERPRISE, firm=DRIVE.id)
    add(_opened, "other", Role.ENTERPRISE, firm=GEAR.id)
    yield _opened
    forget(_opened)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files") / "attachments"


@pytest.fixture(scope="module")
def client(graph: Store, folder: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(files=folder), graph, today=lambda: TODAY), base_url=SITE) as opened:
        yield opened


def attach(client: TestClient, graph: Store, name: str, content: bytes, **more: Any) -> Any:
    said = WHOSE | {"name": name} | more
    return client.post(f"{URL}/attachments", params=said, content=content, headers=bearer(graph, "desk"))


def files(answer: Any) -> list[Any]:
    found: list[Any] = answer.json()["meetings"][0]["attachments"]
    return found


def test_without_an_intention_there_is_nothing_to_attach_to(client: TestClient, graph: Store, folder: Path) -> None:
    refused = attach(client, graph, "意向书.pdf", PDF)
    assert (refused.status_code, "没有录入合作意向" in refused.json()["detail"]) == (400, True)
    assert not folder.exists()
    said = WHOSE | {"held": True, "intention": True}
    assert client.post(f"{URL}/outcomes", json=said, headers=bearer(graph, "desk")).status_code == 200


@pytest.mark.parametrize(
    "case",
    [
        ("病毒.exe", b"MZ", 400, "不是可用的附件"),
        ("假.pdf", b"<html>", 400, "不是可用的附件"),
        (".pdf", PDF, 400, "不是可用的附件"),
        ("大.pdf", PDF + b"x" * LARGEST_ATTACHMENT, 413, "超过 10 MB"),
        ("", PDF, 422, "1 处填写不合要求"),
    ],
)
def test_what_is_no_attachment_is_refused(
    client: TestClient, graph: Store, folder: Path, case: tuple[str, bytes, int, str]
) -> None:
    name, content, status, said = case
    refused = attach(client, graph, name, content)
    assert (refused.status_code, said in refused.json()["detail"]) == (status, True), refused.text
    assert not folder.exists()


def test_an_attachment_is_encrypted_and_opens_for_those_who_may(
    client: TestClient, graph: Store, folder: Path, tmp_path: Path
) -> None:
    (file,) = files(attach(client, graph, "../合作意向书.pdf", PDF))
    assert (file["name"], file["size"], file["by"]) == ("合作意向书.pdf", len(PDF), "desk")
    (kept,) = folder.iterdir()
    assert kept.stat().st_mode & 0o077 == 0
    assert b"secret" not in kept.read_bytes()
    path = f"{URL}/attachments/{file['file']}"
    for name in ("both", "own"):
        got = client.get(path, headers=bearer(graph, name))
        assert (got.status_code, got.content) == (200, PDF)
        assert got.headers["content-type"] == "application/pdf"
        assert got.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%E5%90%88")
    for name in ("desk", "other", "chief"):
        assert client.get(path, headers=bearer(graph, name)).status_code == 404
    assert client.get(path).status_code == 401
    seen = Audit(graph).list(kind=Kind.SEEN)
    assert {(one.who, tuple(one.fields)) for one in seen if file["file"] in one.what} == {
        (name, ("Attachment.secret",)) for name in ("both", "own")
    }
    assert [one.who for one in Audit(graph).list(kind=Kind.REFUSED) if file["file"] in one.what] == [
        *("chief", "other", "desk")
    ]
    page = client.get("/events/E-001/outcomes", headers=bearer(graph, "desk") | {"Accept": "text/html"}).text
    assert "合作意向书.pdf" in page
    assert f"{path}" not in page
    assert f"{path}" in client.get("/events/E-001/outcomes", headers=bearer(graph, "both")).text
    occasion = load_occasion(graph, "E-001")
    counted = tally(graph, 2026)
    write_report(Came(occasion, counted, counted, ()), tmp_path / "report.docx")
    cells = [cell.text for table in Document(str(tmp_path / "report.docx")).tables for cell in table._cells]
    assert any("附件" in text and "合作意向书.pdf" in text for text in cells)


def test_removed_it_is_gone_and_undone_it_is_back(client: TestClient, graph: Store) -> None:
    desk, both = bearer(graph, "desk"), bearer(graph, "both")
    (file,) = files(client.get(URL, headers=desk))
    seen = client.get(URL, headers=desk).json()["revision"]
    path = f"{URL}/attachments/{file['file']}"
    assert files(client.post(f"{path}/remove", json={"seen": seen}, headers=desk)) == []
    assert client.get(path, headers=both).status_code == 404
    late = client.post(f"{URL}/attachments", params=WHOSE | {"name": "b.pdf", "seen": seen}, content=PDF, headers=desk)
    assert late.status_code == 409
    assert [one["name"] for one in files(client.post(f"{URL}/undo", json={}, headers=desk))] == ["合作意向书.pdf"]
    assert client.get(path, headers=both).content == PDF


def test_a_file_that_was_changed_is_said_to_be_lost(client: TestClient, graph: Store, folder: Path) -> None:
    (file,) = files(client.get(URL, headers=bearer(graph, "desk")))
    kept = folder / file["file"]
    kept.write_bytes(kept.read_bytes()[:-1] + b"!")
    lost = client.get(f"{URL}/attachments/{file['file']}", headers=bearer(graph, "both"))
    assert (lost.status_code, "已损坏" in lost.json()["detail"]) == (404, True)
