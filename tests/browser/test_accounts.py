"""Signing in, the account page and signing out in a real browser; nothing is said to another host, nothing fails."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from api.auth.roles import Role
from graph.store import Store
from tests.auth.people import PASSWORD, add, forget
from tests.browser.watch import CONTRAST, watched
from tests.service import example_app, load_example, served

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def guarded(_opened: Store) -> Iterator[str]:
    load_example(_opened)
    add(_opened, "admin", Role.ADMIN)
    add(_opened, "王敏", Role.LIAISON)
    with served(example_app(_opened)) as url:
        yield url
    forget(_opened)


LOOKS: dict[str, dict[str, Any]] = {
    "light": {},
    "phone-dark": {"color_scheme": "dark", "viewport": {"width": 390, "height": 844}, "is_mobile": True},
}


@pytest.mark.parametrize("look", LOOKS)
def test_sign_in_make_a_token_sign_out(browser: Browser, guarded: str, screenshots: Path, look: str) -> None:
    with watched(browser, guarded, **LOOKS[look]) as watch:
        page = watch.open("/gaps")
        assert "/sign-in" in page.url
        assert page.evaluate(CONTRAST) == []
        page.screenshot(path=screenshots / f"sign-in-{look}.png")
        page.keyboard.type("王敏")
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/gaps")
        assert page.locator("h1").is_visible()
        page.get_by_role("link", name="王敏").click()
        page.get_by_role("heading", name="王敏").wait_for()
        page.get_by_label("用途").fill("每日清单")
        page.get_by_role("button", name="建立令牌").click()
        page.get_by_text("rlt_").wait_for()
        assert page.evaluate(CONTRAST) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.screenshot(path=screenshots / f"account-{look}.png", full_page=True)
        page.get_by_role("button", name="退出").click()
        page.wait_for_url("**/sign-in")
        assert "/sign-in" in watch.open("/gaps").url


@pytest.mark.parametrize("look", LOOKS)
def test_the_audit_page(browser: Browser, guarded: str, screenshots: Path, look: str) -> None:
    with watched(browser, guarded, **LOOKS[look]) as watch:
        page = watch.open("/audit")
        page.keyboard.type("admin")
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/audit")
        assert page.get_by_text("链条完整").is_visible()
        page.get_by_label("事项").select_option("signed_in")
        page.wait_for_url("**kind=signed_in**")
        assert page.locator("tbody tr").first.get_by_text("登录").is_visible()
        assert page.evaluate(CONTRAST) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        page.screenshot(path=screenshots / f"audit-{look}.png")
