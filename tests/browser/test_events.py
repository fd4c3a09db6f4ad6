"""A matchmaking event in a real browser: proposed, accepted, scheduled, moved by keys, undone; the second is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from graph.model import Answer
from graph.store import Store
from matching.events.desk import answer, load_occasion
from tests.browser.test_pages import LOOKS
from tests.browser.watch import CONTRAST, watched
from tests.service import DRIVE, LEADER, example_app, load_event, load_example, served


@pytest.fixture(scope="module")
def example(_opened: Store) -> Store:
    load_example(_opened)
    load_event(_opened)
    return _opened


@pytest.fixture(scope="module")
def site(example: Store) -> Iterator[str]:
    with served(example_app(example)) as url:
        yield url


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name).first.click()
    page.wait_for_load_state("networkidle")


def test_an_event_is_arranged_moved_by_keys_and_undone(
    browser: Browser, site: str, example: Store, screenshots: Path
) -> None:
    with watched(browser, site) as watch:
        page = watch.open("/events")
        assert page.locator("table.board tbody tr").count() == 1
        page.screenshot(path=screenshots / "events-light.png")
        page.get_by_role("link", name="示例供需对接会").click()
        page.get_by_label("修改人").fill("张三")
        press(page, "提出会面建议")
        assert "供需契合" in page.locator("main").inner_text()
        press(page, "双方接受")
        press(page, "排时间表")
        meeting = page.locator(".meeting").first
        page.screenshot(path=screenshots / "event-light.png", full_page=True)
        meeting.focus()
        page.keyboard.press("Enter")
        page.keyboard.press("ArrowRight")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        page.wait_for_load_state("networkidle")
        (placed,) = load_occasion(example, "E-001").placed
        assert placed.slot == "09:20"
        with page.expect_navigation():
            page.get_by_role("button", name="撤销").click()
        assert load_occasion(example, "E-001").placed[0].slot == "09:00"


def test_who_comes_second_is_told(browser: Browser, site: str, example: Store, screenshots: Path) -> None:
    with watched(browser, site) as watch:
        page = watch.open("/events/E-001")
        page.get_by_label("修改人").fill("张三")
        reason = {"by": "李四", "reason": "暂无需求"}
        answer(example, load_occasion(example, "E-001"), DRIVE.id, LEADER.id, Answer.DECLINED, **reason)  # type: ignore[arg-type]
        page.get_by_role("button", name="排时间表").click()
        assert "李四" in page.get_by_role("alert").inner_text()
        page.screenshot(path=screenshots / "event-second.png")
        watch.troubles = [trouble for trouble in watch.troubles if "409" not in trouble]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("path", ["/events", "/events/E-001"])
def test_the_pages_are_quiet_legible_and_fit(
    browser: Browser, site: str, screenshots: Path, path: str, look: str
) -> None:
    with watched(browser, site, **LOOKS[look]) as watch:
        page = watch.open(path)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert page.locator(".sample-banner").is_visible()
        assert page.evaluate(CONTRAST) == []
        page.screenshot(path=screenshots / f"{path.strip('/').replace('/', '-')}-{look}.png")
