"""The life of an event in a real browser: proposed, answered, scheduled, changed on the day, entered, reported."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from api.app import create_app
from api.settings import Settings
from graph.model import Enterprise, EventRole, Participation
from graph.store import Store
from matching.events.desk import load_occasion, open_event, register
from tests.browser.test_pages import LOOKS
from tests.browser.watch import CONTRAST, press, watched
from tests.graphs import clear, source, write
from tests.service import EVENT, LEADER, TODAY, served

FIRMS = [Enterprise(name=f"示例{name}有限公司", sample=True) for name in ("传动", "齿轮", "光栅", "电机")]


@pytest.fixture(scope="module")
def graph(_opened: Store) -> Store:
    """A leader whom three firms would like to meet, and one that is away all day; nobody has anything on offer."""
    clear(_opened)
    write(_opened, LEADER, *FIRMS, of=source("firms", sample=True))
    occasion = open_event(_opened, EVENT.model_copy(update={"halls": ["A厅=2", "B厅=1"]}), by="张三")
    roles = [(LEADER, EventRole.LEADER, []), *((firm, EventRole.SME, [LEADER.id]) for firm in FIRMS)]
    for firm, role, wishes in roles:
        away = ["09:00-10:00"] if firm is FIRMS[3] else []
        said = {"name": "参会登记", "event": EVENT.id, "organisation": firm.id, "role": role, "wishes": wishes}
        made = Participation.model_validate(said | {"away": away, "people": 2 if firm is LEADER else 1})
        occasion = register(_opened, occasion, made, firm.id, firm.name, by="张三")
    return _opened


@pytest.fixture(scope="module")
def site(graph: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    settings = Settings(files=tmp_path_factory.mktemp("files"))
    with served(create_app(settings, graph, today=lambda: TODAY)) as url:
        yield url


def test_from_the_first_proposal_to_a_change_on_the_day(
    browser: Browser, site: str, graph: Store, screenshots: Path
) -> None:
    with watched(browser, site) as watch:
        page = watch.open("/events/E-001")
        assert "点“提出会面建议”" in page.locator("main").inner_text()
        page.get_by_label("修改人").fill("张三")
        press(page, "提出会面建议")
        said = page.locator("main").inner_text()
        assert "所有时段都缺席" in said
        page.get_by_label("一家接受全部建议").select_option(label=LEADER.name)
        press(page, "录入")
        assert "还有 3 场待答复" in page.locator("main").inner_text()
        for _ in FIRMS[:3]:
            press(page, "双方接受")
        press(page, "排时间表")
        page.locator("#solving").wait_for()
        assert "排入 3 场" in page.locator("#solving").inner_text()
        page.screenshot(path=screenshots / "event-life-scheduled.png", full_page=True)
        placed = load_occasion(graph, "E-001").placed
        assert len(placed) == 3
        page = watch.open("/events/E-001/day?at=09:00")
        page.get_by_label("从哪个时段起").select_option("09:00")
        page.get_by_label("不来或已离开").select_option(label=FIRMS[2].name)
        page.get_by_role("button", name="重排").click()
        page.locator("#told h2").wait_for()
        assert FIRMS[2].name not in {one.name for one in load_occasion(graph, "E-001").placed}
        assert len(load_occasion(graph, "E-001").placed) == 2
        page.screenshot(path=screenshots / "event-life-day.png", full_page=True)
        press(page, "撤销（自 09:00 起重排")
        assert len(load_occasion(graph, "E-001").placed) == 3
        page = watch.open("/events/E-001")
        with page.expect_download() as got:
            page.get_by_role("link", name="下载时间表").click()
        assert got.value.suggested_filename == "示例供需对接会-时间表、签到表、胸卡.xlsx"


def test_an_intention_with_its_paper(browser: Browser, site: str, screenshots: Path, tmp_path: Path) -> None:
    with watched(browser, site) as watch:
        page = watch.open("/events/E-001/outcomes")
        page.get_by_label("修改人").fill("张三")
        row = page.locator("tbody tr", has_text=FIRMS[0].name)
        row.locator("summary").click()
        row.get_by_label("达成意向").check()
        with page.expect_navigation():
            row.get_by_role("button", name="保存结果").click()
        page.wait_for_load_state("networkidle")
        paper = tmp_path / "合作意向书.pdf"
        paper.write_bytes(b"%PDF-1.7 made up")
        row = page.locator("tbody tr", has_text=FIRMS[0].name)
        with page.expect_navigation():
            row.locator("input[type=file]").set_input_files(paper)
        page.wait_for_load_state("networkidle")
        with page.expect_download() as got:
            page.get_by_role("link", name="合作意向书.pdf").click()
        assert got.value.path().read_bytes() == paper.read_bytes()
        page.screenshot(path=screenshots / "event-life-outcomes.png", full_page=True)
        press(page, "移除")
        assert page.get_by_role("link", name="合作意向书.pdf").count() == 0
        press(page, "撤销（移除附件“合作意向书.pdf”")
        assert page.get_by_role("link", name="合作意向书.pdf").count() == 1
        bad = tmp_path / "程序.pdf"
        bad.write_bytes(b"MZ")
        page.locator("tbody tr input[type=file]").first.set_input_files(bad)
        page.get_by_role("alert").wait_for()
        assert "不是可用的附件" in page.get_by_role("alert").inner_text()
        watch.troubles = [trouble for trouble in watch.troubles if "400" not in trouble]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("path", ["/events/E-001", "/events/E-001/outcomes"])
def test_the_pages_are_legible_and_fit(browser: Browser, site: str, screenshots: Path, path: str, look: str) -> None:
    with watched(browser, site, **LOOKS[look]) as watch:
        page = watch.open(path)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert page.evaluate(CONTRAST) == []
        page.screenshot(path=screenshots / f"life-{path.strip('/').replace('/', '-')}-{look}.png")
