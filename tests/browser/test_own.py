"""A firm's contact takes out its profile, changes it, drops it, reads what became of it; the office undoes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, expect

from api.auth.roles import Role
from graph.store import Store
from tests.api.test_profiles import _add, _set
from tests.auth.people import add, forget
from tests.browser.test_pages import LOOKS
from tests.browser.watch import assert_sound, sign_in, watched
from tests.service import DRIVE, LEADER, example_app, load_example, served

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def desk(_opened: Store) -> Iterator[str]:
    load_example(_opened)
    add(_opened, "admin", Role.ADMIN)
    add(_opened, "王敏", Role.LIAISON)
    add(_opened, "传动", Role.ENTERPRISE, firm=DRIVE.id)
    add(_opened, "未绑定", Role.ENTERPRISE)
    with served(example_app(_opened)) as url:
        yield url
    forget(_opened)


def test_the_profile_goes_out_comes_back_and_what_is_others_is_refused(
    browser: Browser, desk: str, screenshots: Path, tmp_path: Path
) -> None:
    with watched(browser, desk) as watch:
        page = watch.open("/account")
        sign_in(page, "传动")
        page.get_by_role("link", name="本企业资料").click()
        expect(page.get_by_text("本企业还没有填报过")).to_be_visible()
        assert_sound(page)
        page.screenshot(path=screenshots / "own-empty.png", full_page=True)
        with page.expect_download() as coming:
            page.get_by_role("link", name="下载本企业档案").click()
        path = tmp_path / "档案.xlsx"
        coming.value.save_as(path)
        book = openpyxl.load_workbook(path)
        _set(book["企业"], "职工人数", 320)
        _add(book["产品"], 企业=LEADER.name, 产品="别家的产品")
        _add(book["产品"], 企业=DRIVE.name, 产品="空心轴减速器")
        book.save(path)
        page.set_input_files("#file", path)
        expect(page.locator("#result")).to_contain_text("只能填报本企业", timeout=30_000)
        expect(page.get_by_role("link", name="下载标好问题的文件")).to_be_visible()
        assert_sound(page)
        page.screenshot(path=screenshots / "own-checked.png", full_page=True)
        page.get_by_role("button", name="载入").click()
        expect(page.locator("#result")).to_contain_text("已载入", timeout=60_000)
        assert page.get_by_role("button", name="撤销这次载入").count() == 0
        page.get_by_role("link", name="查看各次填报").click()
        page.locator("details", has_text="1 处").click()
        expect(page.locator(".runs")).to_contain_text("说的是别的企业")
        assert_sound(page)
        page.screenshot(path=screenshots / "own-loaded.png", full_page=True)
        page.set_input_files("#file", files=[{"name": "坏.xlsx", "mimeType": "", "buffer": b"PK\x03\x04 half"}])
        expect(page.locator("#sending")).to_contain_text("不完整", timeout=30_000)
        assert_sound(page)
        page.screenshot(path=screenshots / "own-failed.png", full_page=True)
    with watched(browser, desk) as watch:
        page = watch.open("/imports")
        sign_in(page, "王敏")
        row = page.locator(".runs tbody tr").first
        expect(row).to_contain_text(f"企业自报：{DRIVE.name}")
        page.screenshot(path=screenshots / "own-office.png", full_page=True)
        page.on("dialog", lambda dialog: dialog.accept())
        row.get_by_role("button", name="撤销").click()
        expect(page.locator(".runs tbody tr").first).to_contain_text("已撤销", timeout=60_000)


@pytest.mark.parametrize("look", LOOKS)
def test_it_is_legible_on_every_screen(browser: Browser, desk: str, screenshots: Path, look: str) -> None:
    with watched(browser, desk, **LOOKS[look]) as watch:
        page = watch.open("/own")
        sign_in(page, "传动")
        page.goto(f"{desk}/own?lang=en")
        expect(page.locator("h1")).to_have_text("My firm’s data")
        assert_sound(page)
        page.screenshot(path=screenshots / f"own-{look}-en.png", full_page=True)


def test_who_speaks_for_no_firm_reads_what_to_do(browser: Browser, desk: str) -> None:
    page = browser.new_page(locale="zh-CN")
    page.goto(f"{desk}/own")
    sign_in(page, "未绑定")
    page.goto(f"{desk}/own")
    expect(page.locator("main")).to_contain_text("没有绑定企业")
    page.close()
