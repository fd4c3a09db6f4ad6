"""The map as it is used: by pointer, by keys, by link, with a service that fails."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.watch import watched

pytestmark = pytest.mark.browser

MAP = "/chains/robotics"
RV, FORCE = "robotics.rv-reducer", "robotics.six-axis-force-sensor"


def card(page: Page, segment: str) -> str:
    return f'[id="{segment}"]'


def test_only_the_segment_looked_at_shows_what_feeds_it(browser: Browser, site: str) -> None:
    with watched(browser, site) as watch:
        page = watch.open(MAP)
        assert page.locator("#lines path").count() == 0
        feeds = json.loads(page.evaluate("document.getElementById('feeds-data').textContent"))
        own = [feed for feed in feeds if RV in (feed["start"], feed["end"])]
        page.hover(card(page, RV))
        expect(page.locator("#lines path")).to_have_count(len(own))
        expect(page.locator("#lines path.optional")).to_have_count(sum(not feed["essential"] for feed in own))
        others = {end for feed in own for end in (feed["start"], feed["end"])} - {RV}
        assert page.locator(".card.near").count() == len(others)
        assert page.locator(".card.dim").count() > 10
        page.hover("h1")
        expect(page.locator("#lines path")).to_have_count(0)
        assert page.locator(".card.dim").count() == 0


def test_the_whole_way_by_keyboard(browser: Browser, site: str) -> None:
    with watched(browser, site) as watch:
        page = watch.open(MAP)
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        page.locator(".card").first.focus()
        first = page.evaluate("document.activeElement.id")
        page.keyboard.press("ArrowDown")
        second = page.evaluate("document.activeElement.id")
        assert second not in {first, ""}
        page.keyboard.press("ArrowUp")
        assert page.evaluate("document.activeElement.id") == first
        page.keyboard.press("ArrowRight")
        right = page.evaluate("document.activeElement.id")
        assert page.locator("[aria-labelledby=stream-midstream] .card:focus").count() == 1
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog")).to_be_visible()
        expect(page.locator("#panel-title")).to_be_visible()
        assert page.evaluate("document.getElementById('panel').contains(document.activeElement)")
        page.keyboard.press("Escape")
        expect(page.locator("#panel")).to_be_hidden()
        assert page.evaluate("document.activeElement.id") == right


def test_the_panel_shows_parts_evidence_and_what_does_not_count(browser: Browser, site: str) -> None:
    with watched(browser, site) as watch:
        page = watch.open(MAP)
        page.click(card(page, "robotics.encoder"))
        panel = page.get_by_role("dialog")
        expect(panel.locator("h2")).to_contain_text("编码器")
        expect(panel).to_contain_text("待确认，不计入")
        expect(panel).to_contain_text("缺数据")
        style = panel.locator(".uncertain .firm").first.evaluate("e => getComputedStyle(e).borderLeftStyle")
        assert style == "dashed"
        panel.locator("[data-segment]").first.click()
        expect(panel.locator("h2")).not_to_contain_text("编码器")
        panel.get_by_role("button", name="关闭").click()
        expect(panel).to_be_hidden()


def test_a_segment_has_an_address(browser: Browser, site: str) -> None:
    with watched(browser, site) as watch:
        page = watch.open("/gaps?chain=robotics&class=missing")
        page.get_by_role("link", name="六维力传感器").click()
        expect(page.get_by_role("dialog").locator("h2")).to_contain_text("六维力传感器")
        assert page.url.endswith(f"#{FORCE}")


def test_filter_and_search_say_when_nothing_is_left(browser: Browser, site: str) -> None:
    with watched(browser, site) as watch:
        page = watch.open(MAP)
        page.click('[data-filter="missing"]')
        shown = page.locator(".card:visible")
        assert 0 < shown.count() == page.locator('.card[data-class="missing"]').count()
        page.fill("#search", "没有这个")
        expect(page.locator("#nothing")).to_contain_text("没有符合条件的环节")
        page.fill("#search", "")
        page.click('[data-filter="missing"]')
        assert page.locator(".card:visible").count() == page.locator(".card").count()


def test_the_theme_is_remembered_and_never_flashes(browser: Browser, site: str) -> None:
    with watched(browser, site) as watch:
        page = watch.open(MAP)
        light = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.click("#theme")
        dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert dark != light
        answer = page.reload()
        assert answer is not None
        assert 'data-theme="dark"' in answer.text()
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark


def test_english_is_one_click_away_and_stays(browser: Browser, site: str) -> None:
    with watched(browser, site) as watch:
        page = watch.open(MAP)
        page.get_by_role("link", name="English").click()
        expect(page.locator("html")).to_have_attribute("lang", "en")
        page = watch.open("/gaps")
        expect(page.locator("html")).to_have_attribute("lang", "en")
        page.get_by_role("link", name="中文").click()
        expect(page.locator("html")).to_have_attribute("lang", "zh-CN")


def test_waiting_and_failing_are_said_in_words(browser: Browser, site: str) -> None:
    with watched(browser, site) as watch:
        page = watch.open(MAP)
        problem = {"detail": "图数据库在操作中途断开", "cure": "请重试"}
        page.route(
            "**/segments/*part=panel*",
            lambda route: route.fulfill(status=503, content_type="application/problem+json", body=json.dumps(problem)),
        )
        page.click(card(page, RV))
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text("图数据库在操作中途断开")
        expect(alert).to_contain_text("请重试")
        page.keyboard.press("Escape")
        page.unroute_all()
        page.route("**/segments/*part=panel*", lambda route: route.abort())
        page.click(card(page, RV))
        expect(page.get_by_role("alert")).to_contain_text("连接不上服务")
        page.unroute_all()
        page.keyboard.press("Escape")
        page.evaluate("() => { window.fetch = () => new Promise(() => {}); }")
        page.click(card(page, RV))
        expect(page.get_by_role("dialog")).to_contain_text("正在读取“RV减速器”…")
        watch.troubles = [trouble for trouble in watch.troubles if "Failed to load resource" not in trouble]


def test_the_board_is_sorted_by_its_heads(browser: Browser, site: str) -> None:
    with watched(browser, site) as watch:
        page = watch.open("/gaps?chain=robotics")
        head = page.locator("th", has_text="优先级")
        head.get_by_role("button").click()
        expect(head).to_have_attribute("aria-sort", "ascending")
        scores = page.eval_on_selector_all("tbody td:nth-child(4)", "cells => cells.map(c => Number(c.dataset.value))")
        assert scores == sorted(scores)
