"""An event set up in a real browser: from an empty list to registered parties, changed, taken off, put back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page

from graph.store import Store
from matching.events.desk import load_occasion, register, registration_of
from tests.browser.test_pages import LOOKS
from tests.browser.watch import CONTRAST, press, watched
from tests.graphs import clear, source, write
from tests.service import DRIVE, EVENT, GEAR, LEADER, example_app, served


@pytest.fixture(scope="module")
def graph(_opened: Store) -> Store:
    clear(_opened)
    write(_opened, LEADER, DRIVE, GEAR, of=source("firms", sample=True))
    return _opened


@pytest.fixture(scope="module")
def site(graph: Store) -> Iterator[str]:
    with served(example_app(graph)) as url:
        yield url


def enrol(page: Page, firm: str, role: str) -> None:
    page.get_by_label("登记一家").fill(firm[2:4])
    press(page, "查找", exact=True)
    with page.expect_navigation():
        page.get_by_role("link", name=firm).click()
    page.wait_for_load_state("networkidle")  # the form is sent by its script, which may come after its fields
    page.get_by_label(role).check()


def test_an_event_from_an_empty_list_to_its_parties(
    browser: Browser, site: str, graph: Store, screenshots: Path
) -> None:
    with watched(browser, site) as watch:
        page = watch.open("/events")
        assert "还没有对接活动" in page.locator("main").inner_text()
        page.screenshot(path=screenshots / "events-empty.png")
        page.locator("main").get_by_role("link", name="新建活动").last.click()
        page.get_by_label("活动编号").fill("E-3")
        page.get_by_label("修改人").fill("张三")
        page.get_by_label("活动名称").fill("机器人供需对接会")
        page.get_by_label("休息时间").fill("10点")
        page.locator("#preview.warn").get_by_text("休息时间：“10点”不是起止时间").wait_for()
        page.screenshot(path=screenshots / "event-new-wrong.png", full_page=True)
        page.get_by_label("休息时间").fill("10:00-10:20")
        page.get_by_role("button", name="加一个会场").click()
        page.get_by_label("会场", exact=True).last.fill("B厅")
        page.get_by_label("桌数").last.fill("10")
        page.get_by_label("A厅 到 B厅（分钟）").fill("10")
        page.get_by_text("7 个时段 × 20 张桌，至多 140 场").wait_for()
        page.screenshot(path=screenshots / "event-new-light.png", full_page=True)
        press(page, "新建活动", exact=True)
        assert page.url.endswith("/events/E-3/setup")
        assert page.get_by_label("A厅 到 B厅（分钟）").input_value() == "10"
        page.screenshot(path=screenshots / "event-setup-empty.png", full_page=True)
        enrol(page, LEADER.name, "链主")
        page.get_by_label("可同时会面人数").fill("2")
        press(page, "保存登记", exact=True)
        enrol(page, DRIVE.name, "中小企业")
        page.locator("#away label", has_text="09:00-09:20").click()
        page.locator("[data-adds=wishes]").fill(LEADER.name)
        page.locator("[data-adds=wishes]").press("Enter")
        page.get_by_label("联系人").fill("王五")
        page.screenshot(path=screenshots / "event-party-light.png", full_page=True)
        press(page, "保存登记", exact=True)
        rows = page.locator("table.board tbody tr")
        assert rows.count() == 2
        assert "09:00" in rows.filter(has_text=DRIVE.name).inner_text()
        assert LEADER.name in rows.filter(has_text=DRIVE.name).inner_text()
        page.locator("tr", has_text=DRIVE.name).get_by_role("button", name="移出").click()
        page.wait_for_load_state("networkidle")
        page.locator("tr", has_text=DRIVE.name).wait_for(state="detached")
        press(page, "撤销（移出参会名单：示例传动有限公司）", exact=True)
        assert rows.count() == 2
        party = load_occasion(graph, "E-3").party(DRIVE.id)
        assert (party.registration.contact, party.away) == ("王五", ("09:00-09:20",))


def test_a_registration_workbook_is_downloaded_and_dropped(
    browser: Browser, site: str, screenshots: Path, tmp_path: Path
) -> None:
    with watched(browser, site) as watch:
        page = watch.open("/events/E-3/setup")
        with page.expect_download() as got:
            page.get_by_role("link", name="下载登记工作簿").click()
        path = tmp_path / "登记.xlsx"
        got.value.save_as(path)
        book = openpyxl.load_workbook(path)
        sheet = book["参会登记"]
        for title, value in {"活动编号": "E-3", "参会单位": GEAR.name, "参会身份": "中小企业"}.items():
            sheet.cell(2, next(cell.column for cell in sheet[1] if cell.value == title)).value = value
        book.save(path)
        page.locator("#file").set_input_files(path)
        page.get_by_role("button", name="载入 2 行").click()
        page.get_by_text("已载入").wait_for()
        page.screenshot(path=screenshots / "event-setup-loaded.png", full_page=True)
        page.get_by_role("link", name="查看参会单位").click()
        page.locator("tbody tr", has_text=GEAR.name).wait_for()
        page.screenshot(path=screenshots / "event-setup-light.png", full_page=True)


def test_the_second_organiser_is_told_on_the_page(browser: Browser, site: str, graph: Store, screenshots: Path) -> None:
    with watched(browser, site) as watch:
        page = watch.open("/events/E-3/setup")
        page.get_by_label("修改人").fill("张三")
        occasion = load_occasion(graph, "E-3")
        said = registration_of(occasion, GEAR.id)
        assert said is not None
        register(graph, occasion, said.model_copy(update={"maximum": 2}), GEAR.id, GEAR.name, by="李四")
        page.get_by_label("场间分钟").fill("5")
        page.get_by_role("button", name="保存设置").click()
        page.get_by_role("alert").wait_for()
        assert "李四" in page.get_by_role("alert").inner_text()
        page.screenshot(path=screenshots / "event-setup-second.png")
        watch.troubles = [trouble for trouble in watch.troubles if "409" not in trouble]


def test_hours_are_shown_whatever_else_the_form_says_and_a_name_too_long_is_said_by_its_field(
    browser: Browser, site: str, graph: Store, screenshots: Path
) -> None:
    name = "对接" * 151
    long = EVENT.model_copy(update={"number": "E-4", "name": name, "venue": "楼" * 301, "host": "办" * 301})
    write(graph, long, of=source("long", sample=True))
    with watched(browser, site) as watch:
        page = watch.open("/events/E-4/setup")
        page.get_by_label("结束时间").fill("11:00")
        page.get_by_text("6 个时段 × 2 张桌，至多 12 场").wait_for()
        assert not watch.troubles
        page.get_by_label("修改人").fill("张三")
        page.get_by_role("button", name="保存设置").click()
        told = page.get_by_role("alert").inner_text()
        for title in ("活动名称", "活动地点", "主办单位"):
            assert f"{title}：不得多于 300 个字符" in told
        page.screenshot(path=screenshots / "event-setup-long.png")
        watch.troubles = [trouble for trouble in watch.troubles if "422" not in trouble]
    assert load_occasion(graph, "E-4").event.ends == EVENT.ends


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("path", ["/events/new", "/events/E-3/setup?q=示例", f"/events/E-3/party?of={DRIVE.id}"])
def test_the_pages_are_legible_and_fit(browser: Browser, site: str, screenshots: Path, path: str, look: str) -> None:
    with watched(browser, site, **LOOKS[look]) as watch:
        page = watch.open(path)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert page.evaluate(CONTRAST) == []
        name = path.split("?", maxsplit=1)[0].strip("/").replace("/", "-")
        page.screenshot(path=screenshots / f"{name}-{look}.png", full_page=True)
