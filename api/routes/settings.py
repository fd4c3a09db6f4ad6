"""Thresholds and weights: read, changed, returned to the default, undone."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api import answers
from api.auth.gate import may
from api.auth.roles import Action
from api.deps import ID_LENGTH, CatalogueDep, HistoryDep, StoreDep
from api.routes.problems import problems
from api.schemas.settings import SettingsEdit, SettingsReset, SettingsUndo, SettingsWire
from graph.messages import N_
from matching.gaps import ALL

router = APIRouter(prefix="/settings", tags=["settings"])
ScopeQuery = Annotated[str, Query(max_length=ID_LENGTH, description=N_("适用范围：all 或产业链编号"))]


@router.get(
    "",
    summary=N_("阈值与权重"),
    description=N_("缺口分类的阈值和优先级的权重，全部产业链通用或某条链另设；附每次改动的人、时间和改前值。"),
    responses=problems(404, 422),
    dependencies=[may(Action.ANALYSE)],
)
def get_settings(history: HistoryDep, catalogue: CatalogueDep, scope: ScopeQuery = ALL) -> SettingsWire:
    """What holds in a scope."""
    return answers.settings(history, scope, catalogue)


@router.post(
    "",
    summary=N_("修改阈值与权重"),
    description=N_("一次改一个范围的若干项；整体核对，互相矛盾或权重之和不为 1 时一项也不改。"),
    responses=problems(400, 404, 409, 422),
    dependencies=[may(Action.TUNE)],
)
def change_settings(edit: SettingsEdit, store: StoreDep, catalogue: CatalogueDep) -> SettingsWire:
    """Change values of one scope."""
    return answers.change_settings(store, edit, catalogue)


@router.post(
    "/reset",
    summary=N_("恢复默认"),
    description=N_("撤去一个范围所设的全部值：产业链恢复通用值，通用值恢复默认值。"),
    responses=problems(400, 404, 409, 422),
    dependencies=[may(Action.TUNE)],
)
def reset_settings(edit: SettingsReset, store: StoreDep, catalogue: CatalogueDep) -> SettingsWire:
    """Return a scope to what holds without it."""
    return answers.reset_settings(store, edit, catalogue)


@router.post(
    "/undo",
    summary=N_("撤销上一次改动"),
    description=N_("恢复上一次改动前的值；再撤销一次则恢复再前一次。撤销本身也留记录。"),
    responses=problems(400, 404, 409, 422),
    dependencies=[may(Action.TUNE)],
)
def undo_settings(edit: SettingsUndo, store: StoreDep, catalogue: CatalogueDep) -> SettingsWire:
    """Take back the last change."""
    return answers.undo_settings(store, edit, catalogue)
