"""The gap board in a browser: filters that ask no server and build nothing, an address that keeps the state."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from matching.gaps import GapClass
from tests.browser.watch import CONTRAST, watched

pytestmark = pytest.mark.browser

COUNT = """
async ([name, value]) => {
  const table = document.getElementById("board");
  const work = { added: 0, hidden: 0, rows: table.tBodies[0].rows.length, requests: 0, milliseconds: 0 };
  const seen = (changes) => {
    for (const change of changes) {
      if (change.type === "childList") work.added += change.addedNodes.length;
      else work.hidden += 1;
    }
  };
  const observer = new MutationObserver(seen);
  observer.observe(table, { subtree: true, childList: true, attributes: true });
  const asked = () => performance.getEntriesByType("resource").filter((one) => one.initiatorType === "fetch").length;
  const before = asked();
  const field = document.getElementById("filters").elements[name];
  const started = performance.now();
  field.value = value;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  document.body.offsetHeight;
  work.milliseconds = performance.now() - started;
  await new Promise((done) => setTimeout(done, 60));
  seen(observer.takeRecords());
  observer.disconnect();
  work.requests = asked() - before;
  return work;
}
"""
"""Change one field of the filter and count what that costs: rows built, rows shown or hidden, requests."""


def visible(page: Page) -> list[str]:
    names = "rows => rows.filter((row) => !row.hidden).map((row) => row.dataset.name)"
    return list(page.eval_on_selector_all("#board tbody tr", names))


def a_town(page: Page) -> str:
    """A town with firms in a segment that is shown."""
    row = page.locator("#board tbody tr[data-towns*='320412']:visible").first
    return next(code for code in (row.get_attribute("data-towns") or "").split() if len(code) == 9)


def test_a_filter_shows_and_hides_rows_and_nothing_else(browser: Browser, site: str, screenshots: Path) -> None:
    with watched(browser, site) as watch:
        page = watch.open("/gaps")
        everything = visible(page)
        took = []
        for name, value in (("chain", "robotics"), ("town", a_town(page)), ("town", ""), ("chain", "")):
            work = page.evaluate(COUNT, [name, value])
            assert (work["added"], work["requests"]) == (0, 0)
            assert 0 < work["hidden"] <= work["rows"]
            took.append(f"{work['milliseconds']:.1f} ms")
        (screenshots / "gaps-filter.txt").write_text(" ".join(took), "utf-8")  # for the record, not a judgement
        assert visible(page) == everything


def test_rows_out_of_sight_cost_nothing(browser: Browser, site: str) -> None:
    with watched(browser, site) as watch:
        page = watch.open("/gaps?" + "&".join(f"class={kind.value}" for kind in GapClass))
        inside = page.evaluate("document.querySelectorAll('#board tbody *').length")
        page.evaluate(COUNT, ["chain", "robotics"])
        browser.start_tracing(page=page, categories=["blink", "devtools.timeline"])
        shown = page.evaluate(COUNT, ["chain", ""])
        events = json.loads(browser.stop_tracing())["traceEvents"]
        assert shown["hidden"] > shown["rows"] / 2, "most rows come back"
        styled = sum(one["args"]["elementCount"] for one in events if one["name"] == "UpdateLayoutTree")
        laid_out = [one for one in events if one["name"] == "Layout"]
        assert 0 < styled < inside / 4
        assert sum(one["args"]["beginData"]["dirtyObjects"] for one in laid_out) < inside / 4
        rows = page.locator("#board tbody").get_by_role("row")
        assert (rows.count(), rows.first.get_by_role("rowheader").count()) == (shown["rows"], 1), (
            "still a table to a reader"
        )
        far = page.locator("#board tbody tr").nth(200)
        far.scroll_into_view_if_needed()
        expect(far.locator("td").last).to_be_visible()


def test_a_filter_shows_what_the_server_would(browser: Browser, site: str) -> None:
    with watched(browser, site) as watch:
        page = watch.open("/gaps")
        page.select_option("select[name=chain]", "robotics")
        page.locator('label:has([value="unverified"])').click()
        classes = "&".join(f"class={kind}" for kind in ("missing", "at_risk", "weak", "extension", "unverified"))
        expect(page).to_have_url(f"{site}/gaps?chain=robotics&{classes}")
        page.select_option("select[name=sort]", "name")
        shown, said = visible(page), page.locator("#total").inner_text()
        page.reload()
        assert sorted(visible(page)) == sorted(shown)
        assert page.locator("#total").inner_text() == said
        count = page.locator('[data-count="unverified"]').inner_text()
        assert int(count) == page.locator('#board tr[data-class="unverified"]:visible').count()


def test_a_town_leaves_the_segments_with_firms_there(browser: Browser, site: str, screenshots: Path) -> None:
    with watched(browser, site) as watch:
        page = watch.open("/gaps")
        town = a_town(page)
        page.select_option("select[name=town]", town)
        kept = [row.get_attribute("data-towns") or "" for row in page.locator("#board tbody tr:visible").all()]
        assert kept
        assert all(town in towns.split() for towns in kept)
        assert page.evaluate(CONTRAST) == []
        page.screenshot(path=screenshots / "gaps-town.png")
        for box in ("missing", "at_risk", "weak", "extension"):
            page.locator(f'label:has([value="{box}"])').click()
        assert page.locator('[name="class"]:checked').count() == 4, "none chosen means the four gaps"


def test_a_ring_is_fetched_once_and_the_heads_sort(browser: Browser, site: str) -> None:
    with watched(browser, site) as watch:
        page = watch.open("/gaps?chain=robotics")
        near = visible(page)
        page.locator("select[name=ring]").focus()
        page.wait_for_load_state("networkidle")
        page.select_option("select[name=ring]", "delta")
        expect(page).to_have_url(f"{site}/gaps?chain=robotics&ring=delta")
        far = visible(page)
        page.reload()
        assert visible(page) == far
        page.select_option("select[name=ring]", "district")
        expect(page).to_have_url(f"{site}/gaps?chain=robotics")
        assert visible(page) == near
        head = page.locator("th", has_text="优先级")
        head.get_by_role("button").click()
        head.get_by_role("button").click()
        expect(head).to_have_attribute("aria-sort", "descending")
        sorted_rows = visible(page)
        page.reload()
        assert visible(page) == sorted_rows


def test_without_scripts_the_server_filters(browser: Browser, site: str) -> None:
    with watched(browser, site, java_script_enabled=False) as watch:
        page = watch.open("/gaps?chain=robotics&class=missing")
        kinds = [row.get_attribute("data-class") for row in page.locator("#board tbody tr:visible").all()]
        assert kinds
        assert set(kinds) == {"missing"}
        page.get_by_role("button", name="应用").click()
        assert "chain=robotics" in page.url
