"""Pairing in a real browser: one selector of directions; a side declines with a reason, sees what follows, undoes."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from matching.pairing.directions import DIRECTIONS
from tests.browser.test_pages import LOOKS
from tests.browser.watch import CONTRAST, watched

pytestmark = pytest.mark.browser
REASONS = 8


def test_a_side_declines_with_a_reason_and_takes_it_back(browser: Browser, site: str, screenshots: Path) -> None:
    with watched(browser, site) as watch:
        page = watch.open("/needs/N-017")
        first = page.locator(".match").first
        name = first.locator(".match-name a").first.inner_text()
        form = first.locator("form.say")
        expect(form).to_be_visible()
        assert form.locator("select[name=reason] option:not([value=''])").count() == REASONS
        assert form.locator("select[name=side] option").all_inner_texts() == ["需方", "供方"]
        form.locator("select[name=side]").select_option("buyer")
        form.locator("input[name=by]").fill("张三")
        form.locator("select[name=reason]").select_option("specification")
        form.get_by_role("button", name="谢绝").click()
        said = page.locator(".answers li.stands")
        expect(said).to_contain_text("需方 谢绝")
        expect(said).to_contain_text("技术指标达不到")
        assert name not in page.locator(".match .match-name > a").all_inner_texts()[:1]
        assert page.evaluate(CONTRAST) == []
        page.screenshot(path=screenshots / "pairing-declined.png", full_page=True)
        said.get_by_role("button", name="撤销").click()
        expect(page.locator(".answers li.stands")).to_have_count(0)
        expect(page.locator(".match").first).to_contain_text(name)


@pytest.mark.parametrize("look", ["light", "phone"])
def test_one_selector_leads_in_every_direction(browser: Browser, site: str, screenshots: Path, look: str) -> None:
    with watched(browser, site, **LOOKS[look]) as watch:
        page = watch.open("/needs")
        assert page.locator("select[name=way] option").count() == len(DIRECTIONS)
        page.locator("select[name=way]").select_option("offer-need")
        page.locator("input[name=text]").fill("行星减速器")
        page.get_by_role("button", name="匹配").click()
        page.wait_for_load_state("networkidle")
        assert page.locator("select[name=way]").input_value() == "offer-need"
        assert "条需求" in page.locator(".summary").inner_text()
        page.locator("select[name=way]").select_option("need-solution")
        page.locator("input[name=text]").fill("烟花爆竹")
        page.get_by_role("button", name="匹配").click()
        page.wait_for_load_state("networkidle")
        expect(page.locator(".cure-line")).to_contain_text("换用更通用的名称")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert page.evaluate(CONTRAST) == []
        page.screenshot(path=screenshots / f"pairing-directions-{look}.png", full_page=True)


def test_both_sides_accept_and_the_card_says_what_is_next(browser: Browser, site: str, screenshots: Path) -> None:
    with watched(browser, site) as watch:
        page = watch.open("/needs/N-017")

        def say(side: str) -> None:
            form = page.locator(".match").first.locator("form.say")
            expect(form).to_be_visible()
            form.locator("select[name=side]").select_option(side)
            form.locator("input[name=by]").fill("张三")
            form.get_by_role("button", name="接受").click()

        say("seller")
        expect(page.locator(".match").first).to_contain_text("供方已接受，待对方答复")
        say("buyer")
        expect(page.locator(".match").first.locator(".agreed-line")).to_contain_text("双方均已接受")
        expect(page.locator(".answers li.stands")).to_have_count(2)
        assert page.evaluate(CONTRAST) == []
        page.screenshot(path=screenshots / "pairing-accepted.png", full_page=True)
        for left in (1, 0):
            page.locator(".answers li.stands").first.get_by_role("button", name="撤销").click()
            expect(page.locator(".answers li.stands")).to_have_count(left)
        expect(page.locator(".agreed-line")).to_have_count(0)


def test_each_reason_says_what_follows(browser: Browser, site: str) -> None:
    with watched(browser, site) as watch:
        page = watch.open("/needs/N-017")
        reasons = page.locator(".match").first.locator("select[name=reason] option:not([value=''])")
        for value, title in [(one.get_attribute("value"), one.inner_text()) for one in reasons.all()]:
            form = page.locator(".match").first.locator("form.say")
            expect(form).to_be_visible()
            form.locator("select[name=side]").select_option("buyer")
            form.locator("input[name=by]").fill("张三")
            form.locator("select[name=reason]").select_option(value)
            form.get_by_role("button", name="谢绝").click()
            said = page.locator(".answers li.stands")
            expect(said).to_have_count(1)
            expect(said).to_contain_text(title)
            said.get_by_role("button", name="撤销").click()
            expect(page.locator(".answers li.stands")).to_have_count(0)
