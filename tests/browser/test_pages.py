"""Every page in a browser: quiet, alone with its own host, legible, within its width, on paper too."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.watch import CONTRAST, watched

pytestmark = pytest.mark.browser

PAGES = {
    "map": "/chains/robotics",
    "map-panel": "/chains/robotics#robotics.six-axis-force-sensor",
    "segment": "/segments/robotics.rv-reducer",
    "gaps": "/gaps?chain=robotics",
    "gaps-unverified": "/gaps?chain=storage&class=unverified",
    "targets": "/targets/robotics.six-axis-force-sensor",
    "targets-chain": "/targets/robotics",
    "targets-empty": "/targets/robotics.encoder?ring=national",
    "settings": "/settings",
    "report": "/reports?chain=robotics",
    "needs": "/needs",
    "need": "/needs/N-017",
    "match": "/match?text=高精度行星减速器，背隙≤1角分，月800台",
    "node": "/nodes/N-017",
}
LOOKS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark-en": {"color_scheme": "dark", "locale": "en-US", "viewport": {"width": 1920, "height": 1080}},
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_quiet_legible_and_fits(browser: Browser, site: str, screenshots: Path, name: str, look: str) -> None:
    with watched(browser, site, **LOOKS[look]) as watch:
        page = watch.open(PAGES[name])
        assert page.locator("html").get_attribute("lang") == ("en" if look.endswith("en") else "zh-CN")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert page.locator(".sample-banner").is_visible() == (name != "settings")  # which shows no firm's data
        if name != "map-panel":  # there the map stands back on purpose while one segment is looked at
            assert page.evaluate(CONTRAST) == []
        page.screenshot(path=screenshots / f"{name}-{look}.png")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_documentation_works_offline_under_the_policy(
    browser: Browser, site: str, screenshots: Path, scheme: Any
) -> None:
    with watched(browser, site, color_scheme=scheme) as watch:
        page = watch.open("/docs")
        page.locator(".opblock").first.click()
        page.get_by_role("button", name="Try it out").wait_for()
        described = page.evaluate("async () => (await (await fetch('/api/v1/openapi.json')).json()).paths")
        assert page.locator(".opblock").count() == sum(len(methods) for methods in described.values())
        page.screenshot(path=screenshots / f"docs-{scheme}.png")


def test_an_error_says_what_to_do(browser: Browser, site: str, screenshots: Path) -> None:
    with watched(browser, site) as watch:
        page = watch.open("/chains/none")
        assert page.get_by_role("alert").inner_text().count("办法") == 1
        page.screenshot(path=screenshots / "error-light.png")
        watch.troubles = [trouble for trouble in watch.troubles if "404" not in trouble]  # the page itself


@pytest.mark.parametrize("paper", ["A4", "A3"])
def test_the_map_prints_on_one_sheet_from_any_theme(browser: Browser, site: str, screenshots: Path, paper: str) -> None:
    with watched(browser, site, color_scheme="dark") as watch:
        page = watch.open("/chains/robotics")  # the chain with the longest column
        page.emulate_media(media="print")
        assert not page.locator(".picker").is_visible()
        assert page.locator(".sample-banner").is_visible()
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(23, 32, 44)"
        printed = page.pdf(path=screenshots / f"map-{paper}.pdf", format=paper, landscape=True)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


def test_the_target_list_prints_with_everything_unfolded(browser: Browser, site: str, screenshots: Path) -> None:
    with watched(browser, site, color_scheme="dark") as watch:
        page = watch.open("/targets/robotics.rv-reducer")
        page.emulate_media(media="print")
        assert not page.locator(".filters").is_visible()
        assert page.locator(".sample-banner").is_visible()
        assert page.locator(".target .parts").first.is_visible()
        assert page.get_by_text("开放名单").is_visible()
        page.pdf(path=screenshots / "targets-A4.pdf", format="A4", landscape=True)


def test_targets_are_reached_from_the_segment_and_from_the_board(browser: Browser, site: str) -> None:
    with watched(browser, site) as watch:
        page = watch.open("/segments/robotics.six-axis-force-sensor")
        page.get_by_role("link", name="招商对象名单").click()
        assert "示例姑苏力觉" in page.locator(".target").first.inner_text()
        assert "本地链主的外地供应商" in page.locator(".target").first.inner_text()
        page = watch.open("/gaps?chain=robotics&class=missing")
        page.get_by_role("link", name="招商对象名单").first.click()
        with page.expect_download() as download:
            page.get_by_role("link", name="下载 Excel").click()
        assert Path(download.value.path()).read_bytes()[:2] == b"PK"


def test_the_map_is_there_within_a_second(browser: Browser, site: str) -> None:
    with watched(browser, site) as watch:
        ready = []
        for _ in range(3):
            page = watch.open("/chains/robotics")
            ready.append(page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"))
        assert min(ready) < 1000


def test_without_scripts_everything_is_still_there(browser: Browser, site: str) -> None:
    with watched(browser, site, java_script_enabled=False) as watch:
        page = watch.open("/chains/robotics")
        page.locator('[id="robotics.rv-reducer"]').click()
        assert page.locator("#panel-title").inner_text().startswith("RV减速器")
        page = watch.open("/needs/N-017")
        page.get_by_role("link", name="查看比对结果").click()
        assert page.locator(".match").count() >= 1
