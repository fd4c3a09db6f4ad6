"""What-if on the map and as a page: removed by a click, drawn by shape and words, undone, sent as a link."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_pages import LOOKS
from tests.browser.watch import CONTRAST, watched

pytestmark = pytest.mark.browser

MAP = "/chains/robotics"
RV, ROBOT = "robotics.rv-reducer", "robotics.industrial-robot"
DRIVE, RING = "示例传动科技股份有限公司", "示例苕溪减速机有限公司"
KINDS = {"firm", "site", "segment", "country", "town"}


def card(page: Page, segment: str) -> Any:
    return page.locator(f'[id="{segment}"]')


def removed(page: Page) -> list[tuple[str, str]]:
    return [pair for pair in parse_qsl(urlsplit(page.url).query) if pair[0] in KINDS]


def test_a_firm_is_removed_from_the_panel_and_comes_back(browser: Browser, site: str, screenshots: Path) -> None:
    with watched(browser, site) as watch:
        page = watch.open(MAP)
        card(page, RV).click()
        page.get_by_role("dialog").get_by_role("link", name=f"移除 {DRIVE}").click()
        expect(card(page, RV)).to_have_class(re.compile("wi-stops"))
        expect(card(page, RV)).to_contain_text("无企业")
        expect(card(page, RV)).to_contain_text(f"{RING}：认证 6 个月")
        expect(card(page, ROBOT)).to_contain_text("缺投入停产（第 1 步）")
        leaders = page.locator(".wi-row .wi-leader.h-partly")
        expect(leaders.filter(has_text="示例重工机器人股份有限公司")).to_contain_text("部分停产")
        assert [kind for kind, _ in removed(page)] == ["firm"]
        expect(page.get_by_role("dialog").get_by_role("link", name=f"恢复 {DRIVE}")).to_be_visible()
        page.keyboard.press("Escape")
        page.screenshot(path=screenshots / "what-if-map-story.png")

        card(page, "robotics.machine-vision").hover()
        page.get_by_role("button", name="移除 机器视觉部件").click()
        expect(page.locator(".wi-chip")).to_have_count(2)
        page.get_by_role("button", name="撤销上一步").click()
        expect(page.locator(".wi-chip")).to_have_count(1)
        page.get_by_role("button", name="全部恢复").click()
        expect(page.locator(".wi-chip")).to_have_count(0)
        assert page.locator(".wi-stops").count() == 0
        assert removed(page) == []
        page.get_by_role("button", name="撤销上一步").click()
        expect(page.locator(".wi-chip")).to_have_count(1)


def test_the_address_is_the_what_if(browser: Browser, site: str) -> None:
    with watched(browser, site) as watch:
        page = watch.open(f"{MAP}?segment={RV}&segment=robotics.encoder&country=日本")
        expect(page.locator(".wi-chip")).to_have_count(3)
        expect(card(page, RV)).to_contain_text("已移除")
        page.get_by_role("button", name="撤销上一步").click()
        expect(page.locator(".wi-chip")).to_have_count(2)
        page.get_by_role("button", name="撤销上一步").click()
        expect(page.locator(".wi-chip")).to_have_count(1)
        page.go_back()
        expect(page.locator(".wi-chip")).to_have_count(2)
        page.locator(".picker a", has_text="智电汽车").click()
        expect(page.locator(".wi-chip")).to_have_count(2)
        assert removed(page) == [("segment", RV), ("segment", "robotics.encoder")]
        page.select_option("select[name=ring]", "delta")
        page.wait_for_url("**ring=delta**")
        expect(page.locator(".wi-chip")).to_have_count(2)


def test_words_are_understood_or_answered(browser: Browser, site: str) -> None:
    with watched(browser, site) as watch:
        page = watch.open(MAP)
        page.get_by_role("button", name="断供推演").click()
        expect(page.locator(".wi-first li")).not_to_have_count(0)
        field = page.get_by_role("combobox", name="移除")
        field.fill("遥观镇")
        field.press("Enter")
        expect(page.locator(".wi-chip")).to_contain_text("遥观镇")
        expect(card(page, RV)).to_contain_text("无企业")
        field = page.get_by_role("combobox", name="再移除")
        field.fill("减速器")
        field.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("可以指")
        expect(page.locator(".wi-chip")).to_have_count(1)
        watch.troubles = [trouble for trouble in watch.troubles if "400" not in trouble]


def test_by_keyboard(browser: Browser, site: str) -> None:
    with watched(browser, site) as watch:
        page = watch.open(MAP)
        page.get_by_role("button", name="断供推演").press("Enter")
        card(page, RV).focus()
        page.keyboard.press("Delete")
        expect(card(page, RV)).to_contain_text("已移除")
        card(page, RV).focus()
        page.keyboard.press("Delete")
        expect(page.locator(".wi-chip")).to_have_count(0)
        page.get_by_role("button", name="断供推演").press("Enter")
        expect(page.locator("#whatif")).to_be_hidden()


def test_from_the_segment_page_to_the_map(browser: Browser, site: str) -> None:
    with watched(browser, site) as watch:
        page = watch.open(f"/segments/{RV}")
        page.get_by_role("link", name="推演失去").first.click()
        expect(page.locator(".wi-chip")).to_contain_text("RV减速器")
        expect(card(page, ROBOT)).to_contain_text("缺投入停产")


def test_a_click_is_answered_at_once(browser: Browser, site: str) -> None:
    with watched(browser, site) as watch:
        page = watch.open(f"{MAP}?segment={RV}")
        taken = page.evaluate(
            """async () => {
              const times = [];
              for (let run = 0; run < 5; run += 1) {
                const started = performance.now();
                await (await fetch("/what-if?part=panel&chain=robotics&segment=robotics.rv-reducer")).text();
                times.push(performance.now() - started);
              }
              return Math.min(...times);
            }"""
        )
        assert taken < 200


VIEWS = {
    "map": f"{MAP}?segment={RV}&country=日本",
    "empty": "/what-if",
    "page": f"/what-if?segment={RV}&any=示例传动&chain=robotics",
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", VIEWS)
def test_it_is_quiet_legible_and_fits(browser: Browser, site: str, screenshots: Path, name: str, look: str) -> None:
    with watched(browser, site, **LOOKS[look]) as watch:
        page = watch.open(VIEWS[name])
        assert page.evaluate(CONTRAST) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.screenshot(path=screenshots / f"what-if-{name}-{look}.png", full_page=True)


def test_without_scripts_the_answer_is_there(browser: Browser, site: str) -> None:
    with watched(browser, site, java_script_enabled=False) as watch:
        page = watch.open(f"{MAP}?segment={RV}")
        page.locator(".wi-more > summary").click()
        expect(page.locator(".wi-segments")).to_contain_text("工业机器人")
        page.locator(".wi-back").click()
        assert page.locator(".wi-chip").count() == 0
        page = watch.open("/what-if")
        page.get_by_role("link", name="推演它的失去").first.click()
        assert page.locator(".wi-chip").count() == 1
