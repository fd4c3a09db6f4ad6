"""Thresholds and weights in a browser: sums as one types, a refusal that says what to do, saved, undone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.watch import CONTRAST, watched

pytestmark = pytest.mark.browser


def test_change_refusal_and_undo(browser: Browser, site: str, screenshots: Path) -> None:
    with watched(browser, site) as watch:
        page = watch.open("/settings?scope=robotics")
        expect(page.get_by_text("还没有改动")).to_be_visible()
        page.get_by_label("需求", exact=True).fill("0.5")
        expect(page.locator(".sum").first).to_have_text("合计 1.2")
        page.get_by_label("修改人").fill("王五")
        page.get_by_role("button", name="保存改动").click()
        expect(page.get_by_role("alert")).to_contain_text("权重之和为 1.2，应为 1")
        assert page.get_by_label("需求", exact=True).get_attribute("aria-invalid") == "true"
        page.screenshot(path=screenshots / "settings-refused.png")
        page.get_by_label("关键", exact=True).fill("0.05")
        expect(page.locator(".sum").first).to_have_text("合计 1")
        page.get_by_role("button", name="保存改动").click()
        expect(page.locator(".history li")).to_have_count(1)
        expect(page.locator(".history")).to_contain_text("需求 未另设 → 0.5")
        page.get_by_label("修改人").fill("李四")
        page.get_by_role("button", name="撤销第 1 次改动").click()
        expect(page.locator(".history li")).to_have_count(2)
        expect(page.locator(".history li").last).to_have_class(re.compile("undone"))
        assert page.evaluate(CONTRAST) == []
        page.screenshot(path=screenshots / "settings-light.png", full_page=True)
        watch.troubles = [trouble for trouble in watch.troubles if "400" not in trouble]


@pytest.mark.parametrize("look", [{"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 844}}])
def test_dark_and_phone(browser: Browser, site: str, screenshots: Path, look: dict[str, object]) -> None:
    with watched(browser, site, **look) as watch:
        page = watch.open("/settings")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert page.evaluate(CONTRAST) == []
        page.screenshot(path=screenshots / f"settings-{'dark' if 'color_scheme' in look else 'phone'}.png")
