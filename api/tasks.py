"""Verification tasks: given out, handed to somebody, sent out as a form and answered by facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from api import linking
from graph.errors import InputError, NotFound
from graph.messages import N_, Message
from graph.model import TaskKind
from graph.store import Store
from loaders.workbook import lists_from_graph, write_template
from loaders.workbook.sheets import BY_NAME, CHECK_SHEET, SEARCH_SHEET
from loaders.workbook.stamp import FORM
from matching.gaps import Board, GapClass
from matching.gaps.evidence import FEW_SOURCES, NOT_SEARCHED, SEARCH_OLD
from matching.linking.standing import load_standings
from matching.linking.verification import (
    TaskState,
    TaskView,
    assign,
    for_links,
    for_searches,
    load_tasks,
    renew,
    write_tasks,
)

FORM_NAME = N_("核查表-{town}-{date}")
Cells = dict[str, str | list[str] | None]
_SEARCH_MORE = {FEW_SOURCES, NOT_SEARCHED, SEARCH_OLD}


class NobodyAssigned(InputError):
    """Neither who answers for tasks nor until when."""

    message = N_("没有写明责任人或限期")
    cure = N_("请至少填写一项")


class NoTasks(InputError):
    """Nothing to write a form for."""

    message = N_("“{town}”没有未办结的核查任务")
    cure = N_("请先派发任务，或换一个镇街")


def tasks(store: Store, today: date, *, town: str | None = None, states: Sequence[TaskState] = ()) -> list[TaskView]:
    """Tasks as they stand today, of a town and in some states, or all."""
    standings = load_standings(store, linking.rules_of(store), today)
    return chosen(load_tasks(store, standings, today, town=town), None, states)


def chosen(found: Sequence[TaskView], town: str | None, states: Sequence[TaskState]) -> list[TaskView]:
    """The tasks of a town and in some states, or all."""
    return [view for view in found if town in (None, view.task.town) and (not states or view.state in states)]


def form_name(town: str, today: date) -> str:
    """What the form of a town is called; the day keeps one round of answers apart from the next."""
    return str(Message(FORM_NAME, {"town": town, "date": today})) + ".xlsx"


def create(store: Store, board: Board, today: date, *, chain: str | None = None, unplaced: bool = False) -> int:
    """Give out a task for every uncertain link and every segment not searched enough, of a chain or all.

    Open tasks keep their owner and day; return how many tasks there are to do now.

    Raises:
        NotFound: when there is no such chain.
    """
    if chain is not None and chain not in board.by_chain:
        raise NotFound(id=chain)
    standings = load_standings(store, linking.rules_of(store), today)
    of_chain = {one.segment.id for one in board.of(chain)}
    wanted = for_links([one for one in standings if one.segment in of_chain], today, unplaced=unplaced)
    unsearched = {}
    for one in board.of(chain):
        lacking = [reason for reason in one.evidence.to_check if reason.template in _SEARCH_MORE]
        if one.gap_class is GapClass.UNVERIFIED and lacking:
            unsearched[one.segment.id] = (one.segment.name, lacking)
    known = load_tasks(store, standings, today)
    return write_tasks(store, renew([*wanted, *for_searches(unsearched, today)], known))


def hand(
    store: Store,
    today: date,
    *,
    owner: str = "",
    due_on: date | None = None,
    ids: Iterable[str] = (),
    town: str | None = None,
) -> int:
    """Hand tasks to somebody: those named, or all of a town that are not done.

    Raises:
        NobodyAssigned: when neither owner nor day is given.
    """
    if not owner.strip() and due_on is None:
        raise NobodyAssigned(where="owner")
    wanted = list(ids)
    if town is not None:
        wanted += [view.task.id for view in tasks(store, today, town=town) if view.state is not TaskState.DONE]
    return assign(store, wanted, owner.strip() or None, due_on)


def write_form(store: Store, path: Path, town: str, today: date) -> int:
    """Write the form of a town: its open tasks, to be filled in and loaded like any workbook; return how many.

    Raises:
        NoTasks: when all is done there.
    """
    todo = [view for view in tasks(store, today, town=town) if view.state is not TaskState.DONE]
    if not todo:
        raise NoTasks(town=town)
    rows: dict[str, list[Cells]] = {CHECK_SHEET: [], SEARCH_SHEET: []}
    for view in todo:
        sheet = BY_NAME[CHECK_SHEET if view.task.kind is TaskKind.LINK else SEARCH_SHEET]
        said = {"firm": view.firm_name, "segment": _named(view), "question": view.task.question}
        rows[sheet.name].append({column.title: said[field] for field, column in sheet.fields.items() if field in said})
    given = {name: some for name, some in rows.items() if some}
    write_template(path, lists_from_graph(store), given, stamp={"kind": FORM, "about": town})
    return len(todo)


def _named(view: TaskView) -> str:
    """A segment as a workbook names it."""
    return f"{view.chains[0]}/{view.segment_name}" if view.chains else view.segment_name
