"""A matchmaking event in a real browser: proposed, accepted, scheduled, moved by keys, undone; the second is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from api.app import create_app
from api.settings import Settings
from graph.model import Answer
from graph.store import Store
from matching.events.desk import answer, load_occasion, pin, schedule
from tests.browser.test_pages import LOOKS
from tests.browser.watch import CONTRAST, press, watched
from tests.service import DRIVE, LEADER, example_app, load_event, load_example, served


@pytest.fixture(scope="module")
def example(_opened: Store) -> Store:
    load_example(_opened)
    load_event(_opened)
    return _opened


@pytest.fixture(scope="module")
def site(example: Store) -> Iterator[str]:
    with served(example_app(example)) as url:
        yield url


def test_an_event_is_arranged_moved_by_keys_and_undone(
    browser: Browser, site: str, example: Store, screenshots: Path
) -> None:
    with watched(browser, site) as watch:
        page = watch.open("/events")
        assert page.locator("table.board tbody tr").count() == 1
        page.screenshot(path=screenshots / "events-light.png")
        page.get_by_role("link", name="示例供需对接会").click()
        page.get_by_label("修改人").fill("张三")
        press(page, "提出会面建议")
        assert "供需契合" in page.locator("main").inner_text()
        points = page.locator("tr[data-a] td.right").first.inner_text()
        parts = page.locator("tr[data-a]").first.locator("td:nth-child(3) > ul > li").all_inner_texts()
        assert points.endswith(" 分"), "the score is in the unit of its parts"
        assert sum(int(part.split(" 分")[0]) for part in parts) == int(points.removesuffix(" 分"))
        press(page, "双方接受")
        press(page, "排时间表")
        meeting = page.locator(".meeting").first
        page.screenshot(path=screenshots / "event-light.png", full_page=True)
        meeting.focus()
        page.keyboard.press("Enter")
        page.keyboard.press("ArrowRight")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        page.wait_for_load_state("networkidle")
        (placed,) = load_occasion(example, "E-001").placed
        assert placed.slot == "09:20"
        with page.expect_navigation():
            page.get_by_role("button", name="撤销").click()
        assert load_occasion(example, "E-001").placed[0].slot == "09:00"


def test_who_comes_second_is_told(browser: Browser, site: str, example: Store, screenshots: Path) -> None:
    with watched(browser, site) as watch:
        page = watch.open("/events/E-001")
        page.get_by_label("修改人").fill("张三")
        reason = {"by": "李四", "reason": "暂无需求"}
        answer(example, load_occasion(example, "E-001"), DRIVE.id, LEADER.id, Answer.DECLINED, **reason)  # type: ignore[arg-type]
        page.get_by_role("button", name="排时间表").click()
        assert "李四" in page.get_by_role("alert").inner_text()
        page.screenshot(path=screenshots / "event-second.png")
        watch.troubles = [trouble for trouble in watch.troubles if "409" not in trouble]


def test_what_came_of_it_is_entered_and_asked_after(browser: Browser, example: Store, screenshots: Path) -> None:
    occasion = pin(example, load_occasion(example, "E-001"), LEADER.id, DRIVE.id, True, by="张三")
    schedule(example, occasion, by="张三")
    app = create_app(Settings(), example, today=lambda: date(2027, 1, 10))
    with served(app) as late, watched(browser, late) as watch:
        page = watch.open("/events/E-001/outcomes")
        page.get_by_label("修改人").fill("张三")
        page.locator("summary", has_text="录入").first.click()
        page.get_by_label("达成意向").check()
        page.get_by_label(f"{LEADER.name}已确认").check()
        page.get_by_label("意向金额（元）").fill("1200000")
        page.get_by_label("事项").fill("送样两套")
        page.get_by_label("负责人").fill("李某")
        page.screenshot(path=screenshots / "event-outcome-form.png", full_page=True)
        press(page, "保存结果")
        said = page.locator("main").inner_text()
        assert "待确认" in said
        assert "120 万元" in said
        assert "另有 1 项待双方确认" in said
        page.screenshot(path=screenshots / "event-outcomes-light.png", full_page=True)
        page = watch.open("/events/follow-ups")
        assert "30 天回访" in page.locator("main").inner_text()
        page.screenshot(path=screenshots / "event-follow-ups-light.png", full_page=True)
        page.locator("summary", has_text="录入").first.click()
        page.get_by_label("未成").check()
        page.get_by_label("说明").fill("价格谈不拢")
        press(page, "保存回访")
        assert "没有应回访的事项" in page.locator("main").inner_text()
        assert "价格谈不拢" in watch.open("/events/E-001/outcomes").locator("main").inner_text()
        page = watch.open("/events/budget?leaders=50")
        assert "假定" in page.locator("main").inner_text()
        page.screenshot(path=screenshots / "event-budget-light.png", full_page=True)


PATHS = ["/events", "/events/E-001", "/events/E-001/outcomes", "/events/E-001/day", "/events/E-001/codes"]
PATHS += ["/events/follow-ups", "/events/budget"]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("path", PATHS)
def test_the_pages_are_quiet_legible_and_fit(
    browser: Browser, site: str, screenshots: Path, path: str, look: str
) -> None:
    with watched(browser, site, **LOOKS[look]) as watch:
        page = watch.open(path)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert page.locator(".sample-banner").is_visible() or path in {"/events/follow-ups", "/events/budget"}
        assert page.evaluate(CONTRAST) == []
        page.screenshot(path=screenshots / f"{path.strip('/').replace('/', '-')}-{look}.png")


def test_the_day_is_replanned_and_codes_are_shown_once(browser: Browser, site: str, screenshots: Path) -> None:
    with watched(browser, site) as watch:
        page = watch.open("/events/E-001/day?at=09:00")
        page.screenshot(path=screenshots / "event-day-light.png", full_page=True)
        page.get_by_label("修改人").fill("张三")
        page.get_by_label("从哪个时段起").select_option("09:00")
        page.get_by_label("停用的桌位").select_option("A厅1")
        page.get_by_role("button", name="重排").click()
        page.locator("#told h2").wait_for()
        told = page.locator("#told").inner_text()
        assert "要通知谁 2" in told
        assert LEADER.name in told
        page.screenshot(path=screenshots / "event-day-told.png", full_page=True)
        page = watch.open("/events/E-001/codes")
        page.get_by_role("button", name="发放参会码").click()
        page.locator("#told table").wait_for()
        code = page.locator("#told tr", has_text=LEADER.name).locator("td").nth(1).inner_text()
        page.screenshot(path=screenshots / "event-codes-light.png", full_page=True)
    with watched(browser, site, **LOOKS["phone"]) as watch:
        page = watch.open("/my-meetings")
        page.screenshot(path=screenshots / "my-meetings-enter-phone.png")
        page.get_by_label("参会码").fill(code)
        press(page, "查看")
        assert DRIVE.name in page.locator("main").inner_text()
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert page.evaluate(CONTRAST) == []
        page.screenshot(path=screenshots / "my-meetings-phone.png", full_page=True)


def test_an_answer_is_entered_with_its_reason(browser: Browser, site: str, example: Store) -> None:
    with watched(browser, site) as watch:
        page = watch.open("/events/E-001")
        page.get_by_label("修改人").fill("张三")
        row = page.locator("tbody tr", has_text=DRIVE.name).last
        row.locator("summary", has_text="录入答复").click()
        row.get_by_text("谢绝", exact=True).click()
        row.get_by_label("谢绝的理由").fill("暂无产能")
        with page.expect_navigation():
            row.get_by_role("button", name="保存答复").click()
        page.wait_for_load_state("networkidle")
        assert "暂无产能" in page.locator("main").inner_text()
