"""Files in, as a person does it: dropped, looked at, loaded, undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.test_pages import LOOKS
from tests.browser.watch import CONTRAST, watched
from tests.loaders.lists_made_up import made_up, titled, write_list
from tests.loaders.test_workbook_reader import write_book

pytestmark = pytest.mark.browser

FIRMS: list[list[object]] = [["名称", "年营业收入"], ["示例甲有限公司", 5], [None, 7], ["示例乙有限公司", "很多"]]


def test_a_workbook_is_dropped_loaded_and_undone(
    browser: Browser, site: str, screenshots: Path, tmp_path: Path
) -> None:
    path = write_book(tmp_path / "填报.xlsx", {"企业": FIRMS})
    with watched(browser, site) as watch:
        page = watch.open("/imports")
        page.set_input_files("#file", path)
        expect(page.locator("#result")).to_contain_text("2 行可以载入", timeout=30_000)
        expect(page.locator("#result")).to_contain_text("缺少“名称”")
        assert page.evaluate(CONTRAST) == []
        page.screenshot(path=screenshots / "imports-checked.png", full_page=True)
        page.get_by_role("button", name="载入 2 行").click()
        expect(page.locator("#result")).to_contain_text("已载入", timeout=60_000)
        page.on("dialog", lambda dialog: dialog.accept())
        page.get_by_role("button", name="撤销这次载入").click()
        expect(page.locator(".runs tbody tr").first).to_contain_text("已撤销", timeout=60_000)


DROP = """([name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name));
  const how = { dataTransfer: data, bubbles: true, cancelable: true };
  document.querySelector("h1").dispatchEvent(new DragEvent("dragover", how));
  document.querySelector("h1").dispatchEvent(new DragEvent("drop", how));
}"""


@pytest.mark.parametrize("look", LOOKS)
def test_it_is_quiet_legible_and_takes_a_file_dropped_anywhere(
    browser: Browser, site: str, screenshots: Path, look: str
) -> None:
    with watched(browser, site, **LOOKS[look]) as watch:
        page = watch.open("/imports")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert page.evaluate(CONTRAST) == []
        page.screenshot(path=screenshots / f"imports-{look}.png")
        page.evaluate(DROP, ["低空.csv", "stream,segment,firm\n上游,碳纤维,海州一公司\n下游,整机,海州二公司\n"])
        expect(page.locator("#result table")).to_contain_text("海州一公司", timeout=30_000)
        expect(page.locator("#result input[type=text]").first).to_have_value("低空")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert page.evaluate(CONTRAST) == []
        page.screenshot(path=screenshots / f"imports-list-{look}.png", full_page=True)


@pytest.mark.parametrize("phone", [False, True])
def test_a_list_is_mapped_on_the_page(
    browser: Browser, site: str, screenshots: Path, tmp_path: Path, phone: bool
) -> None:
    path = write_list(tmp_path / "名录.xlsx", titled(made_up()), ["A1:F1"])
    look = {"viewport": {"width": 390, "height": 844}} if phone else {}
    with watched(browser, site, **look) as watch:
        page = watch.open("/imports")
        page.set_input_files("#file", path)
        expect(page.locator("#result")).to_contain_text("环节 36 个", timeout=30_000)
        page.get_by_label("备注", exact=True).select_option("evidence")
        expect(page.locator("#result")).to_contain_text("确认并载入")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        page.screenshot(path=screenshots / f"imports-list{'-phone' if phone else ''}.png", full_page=True)
