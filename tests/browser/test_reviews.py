"""The review queue in a real browser: decided and taken back by keys alone; who comes second is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from graph.store import Store
from loaders.resolution.queue import State, decide, list_pairs, undo
from tests.browser.test_pages import LOOKS
from tests.browser.watch import CONTRAST, watched
from tests.service import PAIR, example_app, load_example, served


@pytest.fixture(scope="module")
def example(_opened: Store) -> Store:
    return load_example(_opened)


@pytest.fixture(scope="module")
def site(example: Store) -> Iterator[str]:
    with served(example_app(example)) as url:
        yield url


def bits(page: Page) -> list[float]:
    return [float(cell) for cell in page.locator(".waterfall td.num").all_inner_texts()]


@pytest.mark.parametrize("look", LOOKS)
def test_the_page_is_quiet_legible_and_fits(browser: Browser, site: str, screenshots: Path, look: str) -> None:
    with watched(browser, site, **LOOKS[look]) as watch:
        page = watch.open("/reviews")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert page.locator(".sample-banner").is_visible()
        assert page.evaluate(CONTRAST) == []
        page.screenshot(path=screenshots / f"reviews-{look}.png", full_page=True)


def test_a_pair_is_decided_and_taken_back_by_keys(
    browser: Browser, site: str, example: Store, screenshots: Path
) -> None:
    with watched(browser, site) as watch:
        page = watch.open("/reviews")
        *parts, total = bits(page)
        assert abs(sum(parts) - total) < 0.06 * len(parts)  # each is rounded to a tenth
        assert "已判断 0 / 1" in page.locator(".progress-line").inner_text()
        page.keyboard.press("s")
        page.wait_for_url("**done=**")
        assert "同一家" in page.get_by_role("status").inner_text()
        assert page.get_by_role("heading", name="没有“待判断”的企业对").is_visible()
        page.screenshot(path=screenshots / "reviews-done.png")
        page.keyboard.press("u")
        page.locator("#pair").wait_for()
        page.keyboard.press("d")
        page.locator(".message").wait_for()
        assert list_pairs(example, State.DIFFERENT).total == 1
        page = watch.open("/reviews?state=different")
        page.screenshot(path=screenshots / "reviews-different.png")
        page.keyboard.press("u")
        page.wait_for_url("**done=**")
        assert list_pairs(example, State.OPEN).total == 1


def test_who_comes_second_is_told(browser: Browser, site: str, example: Store, screenshots: Path) -> None:
    with watched(browser, site) as watch:
        page = watch.open("/reviews")
        decide(example, PAIR, same=False, by="李四")
        page.get_by_role("button", name="同一家，合并").click()
        told = page.get_by_role("alert").inner_text()
        assert "李四" in told
        assert "撤销" in told
        page.screenshot(path=screenshots / "reviews-second.png")
        watch.troubles = [trouble for trouble in watch.troubles if "409" not in trouble]
    undo(example, PAIR)
