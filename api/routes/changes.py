"""Snapshots, changes between two days, and the plan's targets."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BeforeValidator

from api.auth.gate import may
from api.auth.roles import Action
from api.deps import TimeDep
from api.routes.gaps import ChainQuery
from api.routes.problems import problems
from api.schemas.changes import Changes, PlanWire, ReadingEdit, SnapshotList, SnapshotTake, SnapshotWire
from graph.messages import N_

router = APIRouter(tags=["changes"])
_Blank = BeforeValidator(lambda value: value or None)
SinceQuery = Annotated[date | None, _Blank, Query(description=N_("与这一天或以前最近的快照相比；不填为上一份快照"))]
UntilQuery = Annotated[date | None, _Blank, Query(description=N_("截至这一天的快照；不填为此刻"))]


@router.get(
    "/snapshots",
    summary=N_("快照一览"),
    description=N_("留存的快照，最近的在前。"),
    responses=problems(),
    dependencies=[may(Action.ANALYSE)],
)
def list_snapshots(time: TimeDep) -> SnapshotList:
    """Every snapshot."""
    return time.snapshots()


@router.post(
    "/snapshots",
    summary=N_("留存快照"),
    description=N_("留存今天的类别、数值和所依据的事实；一天一份，以最后一次为准。"),
    responses=problems(400, 422),
    dependencies=[may(Action.TUNE)],
)
def take_snapshot(asked: SnapshotTake, time: TimeDep) -> SnapshotWire:
    """Keep the board of today."""
    return time.take(asked.by, asked.note)


@router.get(
    "/changes",
    summary=N_("两个日期之间的变化"),
    description=N_("新增覆盖、风险、缺链等各多少，逐环节说明由哪些事实引起；并列行动方案目标的进展。"),
    responses=problems(400, 404, 422),
    dependencies=[may(Action.ANALYSE)],
)
def list_changes(
    time: TimeDep, since: SinceQuery = None, until: UntilQuery = None, chain: ChainQuery = None
) -> Changes:
    """What changed."""
    return time.changes(since, until, chain)


@router.get(
    "/plan",
    summary=N_("行动方案目标的进展"),
    description=N_("各项目标及其进展：部门填报的、图谱可数的；两者都没有的注明缺数据。"),
    responses=problems(),
    dependencies=[may(Action.ANALYSE)],
)
def get_plan(time: TimeDep) -> PlanWire:
    """Where the plan's targets stand."""
    return time.plan()


@router.post(
    "/plan/readings",
    summary=N_("填报目标进展"),
    description=N_("写明进展值、截至日期和依据；以截至日期最近的一次为准。"),
    responses=problems(400, 404, 422),
    dependencies=[may(Action.TUNE)],
)
def record_reading(edit: ReadingEdit, time: TimeDep) -> PlanWire:
    """Write down where a target stands."""
    return time.record(edit)
