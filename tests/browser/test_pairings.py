"""All needs of a chain on one page: chosen, begun, watched, read, downloaded; empty states say what to do."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, expect

from tests.browser.test_pages import LOOKS
from tests.browser.watch import CONTRAST, watched

pytestmark = pytest.mark.browser
LONG = 120_000


@pytest.mark.parametrize("look", ["light", "phone"])
def test_a_chain_is_matched_while_one_watches(
    *, browser: Browser, site: str, screenshots: Path, tmp_path: Path, look: str
) -> None:
    with watched(browser, site, **LOOKS[look]) as watch:
        page = watch.open("/needs")
        page.get_by_role("link", name="一条链的全部需求").click()
        page.locator("select[name=chain]").select_option("robotics")
        page.wait_for_url("**chain=robotics**")
        page.locator("select[name=ring]").select_option("city" if look == "light" else "delta")
        page.wait_for_url("**ring=**")
        expect(page.locator("#progress")).to_contain_text("还没有匹配过")
        page.get_by_role("button", name="开始匹配").click()
        expect(page.locator("#progress")).to_contain_text("已匹配完", timeout=LONG)
        needs = page.locator(".pairing")
        assert needs.count() > 0
        expect(page.locator(".proposal .score").first).to_be_visible()
        expect(page.locator(".proposal.near").first).to_contain_text("差一项")
        with page.expect_download() as download:
            page.get_by_role("link", name="下载 Excel").click()
        path = tmp_path / "list.xlsx"
        download.value.save_as(path)
        numbers = {row[0] for row in openpyxl.load_workbook(path).worksheets[0].iter_rows(min_row=3, values_only=True)}
        assert needs.first.locator(".num").first.inner_text() in numbers
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert page.evaluate(CONTRAST) == []
        page.screenshot(path=screenshots / f"pairings-{look}.png", full_page=True)


def test_a_chain_without_needs_says_what_to_do(browser: Browser, site: str, screenshots: Path) -> None:
    with watched(browser, site) as watch:
        page = watch.open("/pairings")
        towns = page.locator("select[name=town] option").evaluate_all("found => found.map((one) => one.value)")
        for town in filter(None, towns):
            page = watch.open(f"/pairings?chain=robotics&town={town}")
            if page.locator(".message").count():
                break
        expect(page.locator(".message")).to_contain_text("请改选“全部镇街”，或换一个镇街")
        assert page.get_by_role("button", name="开始匹配").count() == 0
        page.screenshot(path=screenshots / "pairings-empty.png", full_page=True)
