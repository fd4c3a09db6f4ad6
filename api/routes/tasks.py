"""Verification tasks: listed, given out, handed over."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api import tasks
from api.auth.gate import may
from api.auth.roles import Action
from api.deps import ID_LENGTH, DerivedDep, LimitQuery, SkipQuery, StoreDep, TodayDep, board_of
from api.routes.problems import problems
from api.schemas.tasks import TaskList, TasksCreate, TasksDone, TasksHand
from graph.messages import N_
from matching.gaps import Ring
from matching.linking.verification import TaskState

router = APIRouter(prefix="/tasks", tags=["tasks"], dependencies=[may(Action.REVIEW)])
TownQuery = Annotated[str | None, Query(max_length=ID_LENGTH, description=N_("镇街；不写则全部"))]
StateQuery = Annotated[list[TaskState], Query(alias="state", description=N_("只列这些状态；不写则全部"))]


@router.get(
    "",
    summary=N_("核查任务"),
    description=N_("镇街要核实的事项：状态由事实得出，附办结所依据的事实。"),
    responses=problems(422),
)
def list_tasks(
    *,
    store: StoreDep,
    today: TodayDep,
    town: TownQuery = None,
    states: StateQuery = [],  # noqa: B006  FastAPI copies it
    skip: SkipQuery = 0,
    limit: LimitQuery = 100,
) -> TaskList:
    """Tasks, some of them."""
    every = tasks.tasks(store, today)
    return TaskList.of(every, tasks.chosen(every, town, states), skip, limit)


@router.post(
    "/create",
    summary=N_("派发核查任务"),
    description=N_("每条待确认的挂链、每个排查不足的环节一项；在办的任务保留责任人和限期，不重复派发。"),
    responses=problems(404, 422),
)
def create_tasks(wanted: TasksCreate, store: StoreDep, derived: DerivedDep, today: TodayDep) -> TasksDone:
    """Give out tasks."""
    board = board_of(derived, today, Ring.DISTRICT)
    return TasksDone(count=tasks.create(store, board, today, chain=wanted.chain, unplaced=wanted.unplaced))


@router.post(
    "/assign",
    summary=N_("交办核查任务"),
    description=N_("把若干任务或一个镇街的全部未办结任务交给责任人，可定限期。"),
    responses=problems(400, 422),
)
def assign_tasks(wanted: TasksHand, store: StoreDep, today: TodayDep) -> TasksDone:
    """Hand tasks to somebody."""
    said = {"owner": wanted.owner, "due_on": wanted.due_on, "ids": wanted.ids, "town": wanted.town}
    return TasksDone(count=tasks.hand(store, today, **said))  # type: ignore[arg-type]
