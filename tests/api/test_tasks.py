"""Verification tasks: given out, handed over, sent out as a form, and ended by the facts that come back in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from api import linking, tasks
from graph.errors import NotFound
from graph.model import LinkState, TaskKind
from graph.store import Store
from loaders.base import load
from loaders.report import LoadReport
from loaders.workbook import job_of, known_from_graph, read, source_id
from loaders.workbook.sheets import CHECK_SHEET, SEARCH_SHEET
from matching.gaps import Board, Ring, assess, fetch
from matching.linking.verification import EVERYWHERE, TaskState, TaskView
from tests.service import GEAR, RV, TODAY, load_example

TOWN = "武进区"


@pytest.fixture
def example(store: Store) -> Store:
    return load_example(store)


def board(store: Store) -> Board:
    return assess(fetch(store, TODAY), TODAY, ring=Ring.DISTRICT)


def create(store: Store) -> dict[str, TaskView]:
    tasks.create(store, board(store), TODAY, chain="robotics")
    return {view.task.about: view for view in tasks.tasks(store, TODAY)}


ABOUT = f"{GEAR.id}/{RV}"


def test_an_uncertain_link_and_an_unsearched_segment_become_tasks(example: Store) -> None:
    found = create(example)
    link = found[ABOUT]
    assert (link.task.kind, link.task.town, link.state) == (TaskKind.LINK, TOWN, TaskState.OPEN)
    assert "经营范围提到减速器" in link.task.question
    searches = [view for view in found.values() if view.task.kind is TaskKind.SEARCH]
    assert searches
    assert {view.task.town for view in searches} == {EVERYWHERE}
    assert all("来源" in view.task.question for view in searches)


def test_who_answers_and_until_when_stays_when_tasks_are_given_out_again(example: Store) -> None:
    create(example)
    open_there = [view for view in tasks.tasks(example, TODAY) if view.task.town == TOWN]
    assert tasks.hand(example, TODAY, owner="李四", due_on=date(2026, 11, 30), town=TOWN) == len(open_there)
    again = create(example)[ABOUT]
    assert (again.task.owner, again.task.due_on, again.state) == ("李四", date(2026, 11, 30), TaskState.ASSIGNED)
    late = {view.task.about: view for view in tasks.tasks(example, date(2026, 12, 1))}
    assert late[ABOUT].state is TaskState.OVERDUE


def fill(path: Path, **answers: object) -> None:
    """Fill in the row of the firm in the check sheet."""
    book = openpyxl.load_workbook(path)
    page = book[CHECK_SHEET]
    head = [cell.value for cell in page[1]]
    for title, value in answers.items():
        page.cell(row_of(path), head.index(title) + 1).value = value
    book.save(path)


def row_of(path: Path) -> int:
    """The row of the firm in the check sheet."""
    page = openpyxl.load_workbook(path)[CHECK_SHEET]
    (row,) = [line[0].row for line in page.iter_rows(min_row=2) if line[0].value == GEAR.name]
    assert row is not None
    return row


def returned(store: Store, path: Path) -> LoadReport:
    raw = read(path)
    return load(store, job_of(raw, known_from_graph(store, source_id(raw))))


def test_the_form_goes_out_empty_and_what_comes_back_ends_the_task(example: Store, tmp_path: Path) -> None:
    create(example)
    path = tmp_path / "核查表.xlsx"
    assert tasks.write_form(example, path, TOWN, TODAY) >= 1
    book = openpyxl.load_workbook(path)
    assert SEARCH_SHEET not in book.sheetnames
    row = row_of(path)
    assert [cell.value for cell in book[CHECK_SHEET][row]][:2] == [GEAR.name, "机器人/RV减速器"]

    report = returned(example, path)
    assert (report.dropped, report.relationships) == (0, 0), "an empty answer states nothing"
    assert {v.task.about: v.state for v in tasks.tasks(example, TODAY)}[ABOUT] is TaskState.OPEN

    fill(path, 核查结论="已确认", 核查情况="现场看到 RV 减速器产线一条", 核查人="李四", 核查日期="2026-11-23")
    report = returned(example, path)
    assert (report.dropped, report.relationships) == (0, 1)
    view = {v.task.about: v for v in tasks.tasks(example, TODAY)}[ABOUT]
    assert view.state is TaskState.DONE
    for word in ("已确认", "产线一条", "李四", "2026-11-23"):
        assert word in str(view.answer)
    found = linking.standing_of(example, GEAR.id, RV, TODAY)
    assert found is not None
    assert found.state is LinkState.CONFIRMED
    assert found.first.row == f"{CHECK_SHEET}!{row}"
    confirmed = {link.firm.id for link in board(example).by_segment[RV].confirmed}
    assert GEAR.id in confirmed, "the gap board counts it at once"
    assert ABOUT not in {v.task.about for v in tasks.tasks(example, TODAY, states=[TaskState.OPEN])}


@pytest.mark.parametrize("lacks", ["核查情况", "核查人", "核查日期"])
def test_a_conclusion_needs_what_was_seen_by_whom_and_when(example: Store, tmp_path: Path, lacks: str) -> None:
    create(example)
    path = tmp_path / "核查表.xlsx"
    tasks.write_form(example, path, TOWN, TODAY)
    answers = {"核查结论": "已排除", "核查情况": "只做贸易", "核查人": "李四", "核查日期": "2026-11-23"} | {lacks: None}
    fill(path, **answers)
    report = returned(example, path)
    assert (report.dropped, report.relationships) == (1, 0)


def test_a_search_that_comes_back_ends_its_task(example: Store, tmp_path: Path) -> None:
    found = create(example)
    about = next(key for key, view in found.items() if view.task.kind is TaskKind.SEARCH)
    path = tmp_path / "排查表.xlsx"
    tasks.write_form(example, path, EVERYWHERE, TODAY)
    book = openpyxl.load_workbook(path)
    page = book[SEARCH_SHEET]
    head = [cell.value for cell in page[1]]
    rows = {str(row[0].value): row[0].row for row in page.iter_rows(min_row=2) if row[0].value}
    line = rows[f"机器人/{found[about].segment_name}"]
    answers = {
        "排查单位": "示例排查办公室", "发现企业数": 0, "排查方式": "名录检索", "查询的来源": "税务名录；专利；镇街走访",
        "排查日期": "2026-11-23",
    }  # fmt: skip
    for title, value in answers.items():
        page.cell(line, head.index(title) + 1).value = value
    book.save(path)
    assert returned(example, path).dropped == 0
    view = {v.task.about: v for v in tasks.tasks(example, TODAY)}[about]
    assert view.state is TaskState.DONE
    assert "发现 0 家" in str(view.answer)


def test_a_task_answered_long_ago_begins_anew(example: Store) -> None:
    create(example)
    linking.decide(example, GEAR.id, RV, LinkState.CONFIRMED, by="李四", reason="有产线", today=TODAY)
    tasks.hand(example, TODAY, owner="李四", ids=[create(example)[ABOUT].task.id])
    later = date(2028, 1, 10)
    tasks.create(example, assess(fetch(example, later), later, ring=Ring.DISTRICT), later, chain="robotics")
    view = {v.task.about: v for v in tasks.tasks(example, later)}[ABOUT]
    assert view.state is not TaskState.DONE
    assert "重新核查" in view.task.question


def test_what_is_wrong_is_said(example: Store, tmp_path: Path) -> None:
    with pytest.raises(tasks.NobodyAssigned):
        tasks.hand(example, TODAY, town=TOWN)
    with pytest.raises(tasks.NoTasks):
        tasks.write_form(example, tmp_path / "x.xlsx", "没有这个镇", TODAY)
    with pytest.raises(NotFound):
        tasks.create(example, board(example), TODAY, chain="没有这条链")
