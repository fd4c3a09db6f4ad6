"""Signing in by a provider of accounts in a real browser, which keeps cookies and policies as browsers do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pydantic import SecretStr

from api.app import create_app
from api.auth.accounts import Accounts
from api.auth.roles import Role
from api.settings import Settings
from graph.store import Store
from tests.auth.people import add, forget
from tests.auth.provider import CLIENT, SECRET, Directory, provider
from tests.browser.watch import CONTRAST
from tests.service import TODAY, load_example, served

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def office() -> Iterator[Directory]:
    with provider() as directory:
        yield directory


@pytest.fixture(scope="module")
def guarded(_opened: Store, office: Directory) -> Iterator[str]:
    load_example(_opened)
    add(_opened, "admin", Role.ADMIN)
    add(_opened, "王敏", Role.LIAISON)
    Accounts(_opened).bind("王敏", office.issuer, "u-1001")
    settings = Settings(oidc_issuer=office.issuer, oidc_client_id=CLIENT, oidc_client_secret=SecretStr(SECRET))
    with served(create_app(settings, _opened, today=lambda: TODAY)) as url:
        yield url
    forget(_opened)


def test_there_and_back_and_out_again(browser: Browser, guarded: str, office: Directory, screenshots: Path) -> None:
    page = browser.new_page(locale="zh-CN", viewport={"width": 1440, "height": 900})
    page.goto(f"{guarded}/gaps")
    page.screenshot(path=screenshots / "oidc-sign-in.png")
    page.get_by_role("link", name="用统一身份认证登录").click()
    page.wait_for_url("**/gaps")
    page.get_by_role("link", name="王敏").wait_for()
    page.get_by_role("button", name="退出").click()
    page.get_by_role("link", name="也退出统一身份认证").click()
    page.wait_for_url(lambda url: url.split("?")[0] == f"{guarded}/sign-in")
    assert page.goto(f"{guarded}/gaps").url.startswith(f"{guarded}/sign-in")  # type: ignore[union-attr]
    page.close()


def test_who_is_not_bound_reads_what_to_do_on_a_phone(
    browser: Browser, guarded: str, office: Directory, screenshots: Path
) -> None:
    office.subject = "a-subject-of-which-nobody-heard-" + "0123456789" * 6
    page = browser.new_page(locale="en", color_scheme="dark", viewport={"width": 390, "height": 844})
    page.goto(f"{guarded}/sign-in?lang=en")
    page.get_by_role("link", name="Sign in by single sign-on").click()
    page.get_by_text(office.subject).wait_for()
    assert page.evaluate(CONTRAST) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.screenshot(path=screenshots / "oidc-unknown-phone-dark-en.png")
    page.close()
