"""The page of a firm: links with evidence and questions, facts by source, what is missing; decided and taken back."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, expect

from api import linking
from graph.model import Enterprise
from graph.store import Store
from tests.browser.test_pages import LOOKS
from tests.browser.watch import CONTRAST, watched
from tests.graphs import source, write
from tests.service import TODAY

pytestmark = pytest.mark.browser

FIRM = "示例传动科技股份有限公司"


@pytest.fixture(scope="module")
def proposed(site: str, _opened: Store) -> str:
    """Everything loaded, a public list that differs in one fact, and links proposed."""
    known = linking.find(_opened, FIRM, "Enterprise")
    other = Enterprise(id=known, name=FIRM, city="无锡", employees=120, sample=True)
    write(_opened, other, of=source("示例公开名录", rank=3, sample=True))
    linking.propose(_opened, TODAY)
    return site


@pytest.mark.parametrize("look", LOOKS)
def test_it_is_quiet_legible_and_fits(browser: Browser, proposed: str, screenshots: Path, look: str) -> None:
    with watched(browser, proposed, **LOOKS[look]) as watch:
        page = watch.open(f"/firms/{FIRM}")
        expect(page.locator("h1")).to_contain_text(FIRM)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert page.locator(".sample-banner").is_visible()
        assert page.evaluate(CONTRAST) == []
        page.screenshot(path=screenshots / f"firm-{look}.png", full_page=True)


def test_a_firm_found_as_a_node_has_its_own_page(browser: Browser, proposed: str) -> None:
    with watched(browser, proposed) as watch:
        page = watch.open(f"/nodes/{FIRM}")
        assert "/firms/" in page.url


def test_sources_that_differ_stand_side_by_side(browser: Browser, proposed: str) -> None:
    with watched(browser, proposed) as watch:
        page = watch.open(f"/firms/{FIRM}")
        row = page.locator("#facts tr.disputed").filter(has_text="无锡")
        expect(row).to_contain_text("示例公开名录")
        expect(row).to_contain_text("来源次序在先")
        expect(page.locator("#missing tbody tr")).not_to_have_count(0)


def test_a_link_is_rejected_with_a_reason_and_taken_back(browser: Browser, proposed: str) -> None:
    with watched(browser, proposed) as watch:
        page = watch.open(f"/firms/{FIRM}")
        link = page.locator(".link").first
        segment = link.get_attribute("data-segment")
        before = link.locator(".link-head .state").inner_text()
        link.get_by_text("确认或排除").click()
        link.get_by_role("button", name="排除").click()
        expect(link.get_by_role("alert")).to_contain_text("没有写明")
        watch.troubles = [trouble for trouble in watch.troubles if "400" not in trouble]  # the refusal just seen
        link.get_by_label("核查人").fill("张三")
        link.get_by_label("理由").fill("产线已停")
        link.get_by_role("button", name="排除").click()
        changed = page.locator(f'.link[data-segment="{segment}"]')
        expect(changed.locator(".link-head .state")).to_have_text("已否定")
        expect(page.locator("#decisions")).to_contain_text("产线已停")
        changed.get_by_text("确认或排除").click()
        changed.get_by_label("核查人").fill("张三")
        changed.get_by_role("button", name="撤销决定").click()
        expect(changed.locator(".link-head .state")).to_have_text(before)
        expect(page.locator("#decisions .undone")).to_have_count(1)


def test_a_profile_is_exported_changed_sent_in_and_taken_back(browser: Browser, proposed: str, tmp_path: Path) -> None:
    path = tmp_path / "档案.xlsx"
    with watched(browser, proposed) as watch:
        page = watch.open(f"/firms/{FIRM}")
        with page.expect_download() as waiting:
            page.get_by_role("link", name="导出企业档案").click()
        waiting.value.save_as(path)
        book = openpyxl.load_workbook(path)
        sheet = book["企业"]
        head = {cell.value: cell.column for row in sheet.iter_rows(max_row=3) for cell in row}
        row = next(cell.row for cell in sheet["A"] if cell.value == FIRM)
        sheet.cell(row, head["职工人数"]).value = 98_765
        book.save(path)
        page = watch.open("/imports")
        page.set_input_files("#file", path)
        page.get_by_role("button", name=re.compile("^载入 ")).click(timeout=60_000)
        expect(page.locator("#result")).to_contain_text("已载入", timeout=60_000)
        page = watch.open(f"/firms/{FIRM}")
        expect(page.locator("#facts tr").filter(has_text="98765")).to_contain_text("档案.xlsx")
        page = watch.open("/imports")
        page.on("dialog", lambda dialog: dialog.accept())
        page.locator(".runs tbody tr").first.get_by_role("button", name="撤销").click()
        expect(page.locator(".runs tbody tr").first).to_contain_text("已撤销", timeout=60_000)
        page = watch.open(f"/firms/{FIRM}")
        expect(page.locator("#facts")).not_to_contain_text("98765")
