"""What changed, in a browser: the empty state, a snapshot kept by a click, two days compared."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from graph.model import Enterprise, In, LinkedTo, LinkState
from graph.store import Store
from matching.gaps.snapshots import take
from matching.gaps.tuning import change as tune
from tests.browser.watch import CONTRAST, watched
from tests.graphs import write
from tests.service import FORCE, TODAY, WUJIN, example_app, load_example, served

pytestmark = pytest.mark.browser


@pytest.fixture
def place(store: Store) -> Iterator[str]:
    """A site of its own, since these tests write."""
    load_example(store)
    with served(example_app(store)) as url:
        yield url


def test_a_first_snapshot_and_a_comparison(browser: Browser, place: str, store: Store, screenshots: Path) -> None:
    with watched(browser, place) as watch:
        page = watch.open("/changes")
        expect(page.get_by_text("还没有快照")).to_be_visible()
        assert page.evaluate(CONTRAST) == []
        page.screenshot(path=screenshots / "changes-empty.png")
        page.get_by_label("留存人").fill("王五")
        page.get_by_role("button", name="留存今天的快照").click()
        expect(page.locator(".headline")).to_contain_text("没有变化")
        take(store, TODAY - timedelta(days=10), by="王五", note="季度")
        firm = Enterprise(name="示例力控有限公司", sample=True)
        found = LinkedTo(start=firm.id, end=FORCE, state=LinkState.CONFIRMED, evidence="走访", checked_on=TODAY)
        write(store, firm, In(start=firm.id, end=WUJIN), found)
        tune(store, "robotics", {"thin_firms": 3}, by="王五", at=datetime.now(UTC), reason="从严")
        page = watch.open("/changes")
        expect(page.locator(".headline")).to_contain_text("新增覆盖环节 1 个：六维力传感器")
        expect(page.locator(".changes tbody tr").first).to_contain_text("新确认企业：示例力控有限公司（走访")
        form = page.locator("#reading")
        form.get_by_label("目标").select_option("target-high-tech-firms")
        form.get_by_label("进展值").fill("1650")
        form.get_by_label("依据").fill("科技局月报")
        form.get_by_label("填报人").fill("赵六")
        form.get_by_label("截至").fill("2026-10-31")
        form.get_by_role("button").click()
        expect(page.locator(".plan tr", has_text="科技局月报（赵六，2026-10-31）")).to_contain_text("1,650")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert page.evaluate(CONTRAST) == []
        page.screenshot(path=screenshots / "changes-light.png", full_page=True)
    with watched(browser, place, color_scheme="dark", viewport={"width": 390, "height": 844}, locale="en-US") as watch:
        page = watch.open("/changes")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert page.evaluate(CONTRAST) == []
        page.screenshot(path=screenshots / "changes-phone-dark-en.png")
