"""Timetables made in the background: begun, watched, stopped with the best so far."""

from __future__ import annotations

from fastapi import APIRouter

from api.answers import who
from api.auth.gate import may
from api.auth.roles import Action
from api.deps import IdPath, SolvingsDep
from api.routes.problems import problems
from api.schemas.solving import SolvingEdit, SolvingWire
from graph.messages import N_

router = APIRouter(prefix="/events/{event}/solving", tags=["events"], dependencies=[may(Action.ORGANISE)])


@router.post(
    "",
    status_code=202,
    summary=N_("在后台排时间表"),
    description=N_("立即返回，在后台排；排好后自动保存。其间录入的答复不会丢失。同一活动同时只有一个在排。"),
    responses=problems(400, 404, 409, 422),
)
def start(event: IdPath, edit: SolvingEdit, solvings: SolvingsDep) -> SolvingWire:
    """Begin."""
    return SolvingWire.of(solvings.start(event, by=who(edit.by), limit=edit.seconds, seen=edit.seen))


@router.get(
    "",
    summary=N_("排表的进度"),
    description=N_("阶段、目前最好、已证明的界、差距和已用秒数；结束后为最近一次的结果。"),
    responses=problems(404, 422),
)
def watch(event: IdPath, solvings: SolvingsDep) -> SolvingWire:
    """How far it is."""
    return SolvingWire.of(solvings.get(event))


@router.post(
    "/stop",
    summary=N_("停止排表"),
    description=N_("不再寻找更好的，保存已有的最好结果。"),
    responses=problems(404, 422),
)
def stop(event: IdPath, solvings: SolvingsDep) -> SolvingWire:
    """Stop with the best so far."""
    return SolvingWire.of(solvings.stop(event))
