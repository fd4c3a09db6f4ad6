"""Whom a firm may call and who saw its data, in a real browser: as its contact, as an official, as who may not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from api.auth.audit import Audit, Kind
from api.auth.roles import Role
from graph.store import Store
from tests.auth.meetings import SECOND, meet, person
from tests.auth.people import add, forget
from tests.browser.watch import assert_sound, sign_in, watched
from tests.service import DRIVE, LEADER, example_app, load_example, served

pytestmark = pytest.mark.browser
PHONE: dict[str, Any] = {
    "color_scheme": "dark",
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "locale": "en-GB",
}


@pytest.fixture(scope="module")
def met(_opened: Store) -> Iterator[str]:
    load_example(_opened)
    add(_opened, "admin", Role.ADMIN)
    add(_opened, "王敏", Role.LIAISON)
    add(_opened, "浏览", Role.VIEWER)
    add(_opened, "整机", Role.ENTERPRISE, firm=LEADER.id)
    meet(_opened, LEADER, DRIVE)
    Audit(_opened).record(Kind.SEEN, "GET /x", who="王敏", subjects=[LEADER.id], fields=["BUYS.amount", "MAKES.share"])
    with served(example_app(_opened)) as url:
        yield url
    forget(_opened)


def test_a_firms_contact(browser: Browser, met: str, screenshots: Path) -> None:
    with watched(browser, met) as watch:
        page = watch.open("/account")
        sign_in(page, "整机")
        page.get_by_role("link", name="谁看过我们的数据").click()
        page.get_by_text("收入占比").wait_for()
        assert_sound(page)
        page.screenshot(path=screenshots / "seen-contact.png", full_page=True)
        page = watch.open("/contacts")
        assert page.get_by_text(SECOND).is_visible()
        assert_sound(page)
        page.screenshot(path=screenshots / "contacts-contact.png", full_page=True)
        page.get_by_label("姓名").fill("没有这个人")
        page.get_by_label("我确认删除").check()
        page.get_by_role("button", name="删除").click()
        page.get_by_text("没有一份参会登记提到此人").wait_for()


def test_an_official_on_a_phone_in_english_chooses_the_firm(browser: Browser, met: str, screenshots: Path) -> None:
    with watched(browser, met, **PHONE) as watch:
        page = watch.open("/contacts?lang=en")
        sign_in(page, "王敏")
        assert page.get_by_label("Id, code or name of a firm").is_visible()
        assert_sound(page)
        page.screenshot(path=screenshots / "contacts-choice-phone-dark-en.png", full_page=True)
        page.get_by_role("link", name=LEADER.name).click()
        page.get_by_text(person(DRIVE)).wait_for()
        assert_sound(page)
        page.screenshot(path=screenshots / "contacts-liaison-phone-dark-en.png", full_page=True)


def test_an_administrator_looks_for_a_firm(browser: Browser, met: str, screenshots: Path) -> None:
    with watched(browser, met) as watch:
        page = watch.open("/seen")
        sign_in(page, "admin")
        page.screenshot(path=screenshots / "seen-choice.png")
        page.get_by_label("企业编号、代码或名称").fill(LEADER.name)
        page.keyboard.press("Enter")
        page.locator("tbody").get_by_text("王敏").first.wait_for()
        assert_sound(page)


def test_who_may_not_reads_why(browser: Browser, met: str, screenshots: Path) -> None:
    page = browser.new_page(locale="zh-CN", viewport={"width": 1440, "height": 900})
    page.goto(f"{met}/contacts")
    sign_in(page, "浏览")
    for path in ("/contacts", "/seen"):
        answer = page.goto(met + path)
        assert answer is not None
        assert answer.status == 403
        assert page.get_by_text("没有权限").first.is_visible()
    page.screenshot(path=screenshots / "seen-may-not.png")
    page.close()
