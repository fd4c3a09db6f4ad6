"""A region nobody prepared, as a newcomer does it: an empty graph, a list of 5,900 rows, the map and the board."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from graph.store import Store
from tests.browser.watch import CONTRAST, watched
from tests.graphs import clear
from tests.loaders.lists_made_up import CHAINS, long_rows, made_up, write_list
from tests.service import example_app, served

pytestmark = pytest.mark.browser


@pytest.fixture
def bare(_opened: Store) -> Iterator[str]:
    """The address of a service that knows nothing yet."""
    clear(_opened)
    with served(example_app(_opened)) as url:
        yield url


def test_from_a_list_to_map_and_board(browser: Browser, bare: str, screenshots: Path, tmp_path: Path) -> None:
    truth = made_up(segments=41, firms=2_400, per_segment=16)
    path = write_list(tmp_path / "海州市产业链企业名录.xlsx", long_rows(truth))
    with watched(browser, bare) as watch:
        page = watch.open("/imports")
        page.set_input_files("#file", path)
        result = page.locator("#result")
        expect(result).to_contain_text("读 5904 行：产业链 3 条（新 3），环节 369 个（新 369）", timeout=60_000)
        page.get_by_label("保存映射为").fill("海州名录")
        page.get_by_role("button", name="确认并载入").click()
        expect(result).to_contain_text("已载入：读", timeout=240_000)
        page.get_by_role("link", name="查看产业链图谱").click()
        for chain in CHAINS:
            expect(page.locator("body")).to_contain_text(chain)
        page.screenshot(path=screenshots / "region-map.png")
        page = watch.open("/gaps?ring=anywhere")
        expect(page.locator("#unjudged")).to_contain_text("下一步：先核实挂链")
        expect(page.locator("#pending")).to_have_text("369 个环节待核实")
        assert page.evaluate(CONTRAST) == []
        page.screenshot(path=screenshots / "region-board.png")
        page.get_by_role("link", name="查看待核实的环节").click()
        expect(page.locator("#board tbody tr:visible").first).to_be_visible()
        for place in ("常州", "武进"):
            expect(page.locator("body")).not_to_contain_text(place)
