"""A region nobody prepared, as a newcomer does it: an empty graph, a list of 5,900 rows, the map and the board."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from graph.store import Store
from tests.browser.watch import CONTRAST, watched
from tests.graphs import clear
from tests.loaders.lists_made_up import CHAINS, Rows, long_rows, made_up, write_list
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


CODES = {"figures": ("1", "2", "3"), "letters": ("U", "M", "D"), "words": ("上游", "中游", "下游")}
PLACES = ("四川省成都市武侯区", "四川省成都市双流区", "四川省绵阳市", "重庆市渝北区")


def coded_rows(codes: tuple[str, str, str], seed: int) -> tuple[Rows, set[str], set[tuple[str, str]]]:
    """About 5,900 rows with coded streams, several segments in some cells and a place; also segments and links."""
    rng = random.Random(seed)
    names = [f"锦云{kind}{number}" for number in range(40) for kind in ("传感器", "光组件", "电控件")]
    stream = {name: codes[number % 3] for number, name in enumerate(names)}
    rows: Rows = [["位置", "细分领域", "单位名称", "所在城市"]]
    links: set[tuple[str, str]] = set()
    while len(rows) <= 5_900:
        number = rng.randrange(2_300)
        firm = f"锦云{number}号科技有限公司"
        first = rng.choice(names)
        alike = [name for name in names if stream[name] == stream[first]]
        held = [first, *rng.sample(alike, 2)] if rng.random() < 0.1 else [first]
        held = list(dict.fromkeys(held))
        rows.append([stream[first], "；".join(held), firm, PLACES[number % len(PLACES)]])
        links |= {(name, firm) for name in held}
    return rows, {name for name, _ in links}, links


@pytest.mark.parametrize("codes", CODES)
def test_a_list_that_names_no_chain_from_coded_streams_to_map_and_board(
    browser: Browser, bare: str, screenshots: Path, tmp_path: Path, codes: str
) -> None:
    rows, segments, links = coded_rows(CODES[codes], seed=11)
    firms = {firm for _, firm in links}
    path = write_list(tmp_path / "list.xlsx", {"Sheet1": rows})
    with watched(browser, bare) as watch:
        page = watch.open("/imports")
        page.set_input_files("#file", path)
        result = page.locator("#result")
        expect(result).to_contain_text("5,900 行没有写明产业链", timeout=90_000)
        expect(result.get_by_label("位置")).to_have_value("stream")
        expect(result.get_by_label("所在城市")).to_have_value("place")
        page.screenshot(path=screenshots / f"region-{codes}-wizard.png", full_page=True)
        page.get_by_label("产业链（表中没有时）").fill("锦云光电")
        page.get_by_label("产业链（表中没有时）").blur()
        expect(result).to_contain_text(f"环节 {len(segments)} 个", timeout=90_000)
        page.screenshot(path=screenshots / f"region-{codes}-named.png", full_page=True)
        page.get_by_role("button", name="确认并载入").click()
        expect(result).to_contain_text("退回 0 行", timeout=240_000)
        page.get_by_role("link", name="查看产业链图谱").click()
        expect(page.locator("body")).to_contain_text("锦云光电")
        page.screenshot(path=screenshots / f"region-{codes}-map.png")
        page = watch.open("/gaps?ring=anywhere")
        expect(page.locator("#pending")).to_have_text(f"{len(segments)} 个环节待核实")
        assert page.evaluate(CONTRAST) == []
        page.screenshot(path=screenshots / f"region-{codes}-board.png")
        found = page.request.get(f"{bare}/api/v1/chains?ring=anywhere").json()["chains"]
        assert [(one["name"], one["segments"]) for one in found] == [("锦云光电", len(segments))]
        assert 2_000 < len(firms) <= 2_300
