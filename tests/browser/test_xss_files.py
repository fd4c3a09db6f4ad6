"""Hostile files through the pages people use: nothing in them runs while they are checked, mapped, loaded, listed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from api.app import create_app
from api.settings import Settings
from graph.store import Store
from loaders.workbook.columns import Kind
from loaders.workbook.sheets import SHEETS
from matching.events.desk import load_occasion, pin, schedule
from tests.browser.test_xss import BROKEN_OUT, SAID
from tests.browser.watch import Watched, watched
from tests.poison import hostile
from tests.poison_doors import FILE_NAME, good_and_bad, list_of_firms
from tests.service import DRIVE, EVENT, LEADER, TODAY, load_event, load_example, served

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
PDF = b"%PDF-1.7 " + hostile("attachment").encode()


@pytest.fixture(scope="module")
def site(_opened: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    load_example(_opened)
    load_event(_opened)
    schedule(_opened, pin(_opened, load_occasion(_opened, EVENT.number), LEADER.id, DRIVE.id, True, by="甲"), by="甲")
    settings = Settings(files=tmp_path_factory.mktemp("files"))
    with served(create_app(settings, _opened, today=lambda: TODAY)) as url:
        yield url


@pytest.fixture
def watch(browser: Browser, site: str) -> Iterator[Watched]:
    with watched(browser, site) as opened:
        opened.page.on("dialog", lambda dialog: opened.troubles.append(f"dialog: {dialog.message}"))
        yield opened


def _file(path: Path) -> FilePayload:
    return {"name": path.stem + FILE_NAME + path.suffix, "mimeType": "", "buffer": path.read_bytes()}


def _harmless(page: Page) -> str:
    """All that a page says, once it is known that nothing of it ran."""
    page.wait_for_timeout(200)  # an image that fails to load tells of it a moment later
    assert page.evaluate("[window.ran, ...Object.keys(Object.prototype)]") == [None]
    assert page.evaluate(BROKEN_OUT) == []
    said: str = page.evaluate(SAID)
    return said


def _faulty(sheets: set[str]) -> set[str]:
    """Markers of cells that cannot be what their column holds, and so are quoted by what is said of them."""
    return {
        f"{sheet.name}!{column.title}!"
        for sheet in SHEETS
        for column in sheet.columns
        if sheet.name in sheets and (column.refers_to or column.kind in {Kind.NUMBER, Kind.DATE, Kind.CHOICE})
    }


def test_a_workbook_hostile_in_every_cell(watch: Watched, tmp_path: Path) -> None:
    page = watch.open("/imports")
    page.set_input_files("#file", _file(good_and_bad(tmp_path / "填报.xlsx")))
    expect(page.locator("#result table")).to_be_visible(timeout=60_000)
    told = _harmless(page)
    unsaid = {one for one in _faulty({sheet.name for sheet in SHEETS}) if f"⟦{one}⟧" not in told}
    assert unsaid == set()
    page.get_by_role("button", name="载入").click()
    expect(page.locator("#result")).to_contain_text("已载入", timeout=60_000)
    assert FILE_NAME in page.locator("#result h2").inner_text()
    _harmless(page)
    assert FILE_NAME in _harmless(watch.open("/imports")), "the list of what was loaded names the file"


def test_a_list_hostile_in_every_cell_and_header(watch: Watched, tmp_path: Path) -> None:
    page = watch.open("/imports")
    page.set_input_files("#file", _file(list_of_firms(tmp_path / "名录.csv")[0]))
    expect(page.locator("#result table")).to_be_visible(timeout=60_000)
    told = _harmless(page)
    assert {one for one in ("list!header", "list!firm0", "list!note") if f"⟦{one}⟧" not in told} == set()
    page.locator("#result input[type=text]").last.fill("坏" + hostile("save")[:50])
    page.get_by_role("button", name="确认并载入").click()
    expect(page.locator("#result")).to_contain_text("已载入", timeout=60_000)
    _harmless(page)


def test_a_workbook_of_registrations(watch: Watched, tmp_path: Path) -> None:
    sheets = {"对接活动", "参会登记"}
    page = watch.open(f"/events/{EVENT.number}/setup")
    page.set_input_files("#file", _file(good_and_bad(tmp_path / "登记.xlsx", sheets)))
    expect(page.locator("#result table")).to_be_visible(timeout=60_000)
    told = _harmless(page)
    assert {one for one in _faulty(sheets) if f"⟦{one}⟧" not in told} == set()
    page.get_by_role("button", name="载入").click()
    expect(page.locator("#result")).to_contain_text("已载入", timeout=60_000)
    told = _harmless(watch.open(f"/events/{EVENT.number}/setup"))
    assert "⟦参会登记!参会人⟧" in told


def test_an_attachment_by_its_name_and_content(watch: Watched, site: str) -> None:
    url = f"{site}/api/v1/events/{EVENT.number}"
    said: dict[str, Any] = {"a": LEADER.id, "b": DRIVE.id, "held": True, "intention": True, "by": hostile("by")[:60]}
    assert watch.page.request.post(f"{url}/outcomes", data=said).ok
    page = watch.open(f"/events/{EVENT.number}/outcomes")
    page.locator("#desk [name=by]").fill(hostile("typed")[:60])
    name = f"⟦name⟧{FILE_NAME}.pdf"
    with page.expect_navigation():
        page.set_input_files(".attach input", {"name": name, "mimeType": "application/pdf", "buffer": PDF})
    page.wait_for_load_state("networkidle")
    assert name in _harmless(page)
    with page.expect_download() as begun:
        page.get_by_role("link", name=name).click()
    assert begun.value.path().read_bytes() == PDF
    assert watch.page.url.startswith(site), "it is saved, never shown"
