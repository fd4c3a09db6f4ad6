"""The page of verification tasks: empty, given out, handed over, the form downloaded."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, expect

from api import linking, tasks
from graph.store import Store
from matching.gaps import Ring, assess, fetch
from tests.browser.test_pages import LOOKS
from tests.browser.watch import CONTRAST, watched
from tests.service import TODAY

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def given(site: str, _opened: Store) -> str:
    """Everything loaded, links proposed, tasks given out."""
    linking.propose(_opened, TODAY)
    tasks.create(_opened, assess(fetch(_opened, TODAY), TODAY, ring=Ring.DISTRICT), TODAY)
    return site


def test_without_tasks_it_says_what_to_do(browser: Browser, site: str) -> None:
    with watched(browser, site) as watch:
        page = watch.open("/tasks")
        expect(page.locator("main")).to_contain_text("还没有派发核查任务")
        page.get_by_role("button", name="按现在的数据派发").click()
        expect(page.locator(".towns tbody tr")).not_to_have_count(0, timeout=60_000)


@pytest.mark.parametrize("look", LOOKS)
def test_it_is_quiet_legible_and_fits(browser: Browser, given: str, screenshots: Path, look: str) -> None:
    with watched(browser, given, **LOOKS[look]) as watch:
        page = watch.open("/tasks")
        expect(page.locator(".tasks tbody tr")).not_to_have_count(0)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert page.evaluate(CONTRAST) == []
        page.screenshot(path=screenshots / f"tasks-{look}.png")


def test_a_towns_tasks_are_handed_over_and_its_form_is_downloaded(browser: Browser, given: str, tmp_path: Path) -> None:
    with watched(browser, given) as watch:
        page = watch.open("/tasks")
        row = page.locator(".towns tbody tr").first
        town = row.locator("th").inner_text()
        with page.expect_download() as download:
            row.get_by_role("link", name="下载 Excel").click()
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        assert town in path.name
        sheets = openpyxl.load_workbook(path).sheetnames
        assert {"核查表", "排查表"} & set(sheets)
        page.set_input_files("#file", path)
        expect(page.locator("#result")).to_contain_text("行可以载入", timeout=60_000)
        row.get_by_role("link", name=town).click()
        page.get_by_role("button", name="交办").click()
        expect(page.get_by_role("alert")).to_contain_text("没有写明责任人或限期")
        watch.troubles = [trouble for trouble in watch.troubles if "400" not in trouble]  # the refusal just seen
        page.get_by_label("责任人").fill("李四")
        page.get_by_role("button", name="交办").click()
        expect(page.locator(".tasks tbody")).to_contain_text("李四")
        expect(page.locator(".t-assigned").first).to_be_visible()
