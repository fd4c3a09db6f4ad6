"""Investment targets."""

from __future__ import annotations

from fastapi import APIRouter

from api import answers
from api.auth.gate import may
from api.auth.roles import Action
from api.deps import BoardDep, CatalogueDep, IdPath, ViewDep
from api.routes.problems import problems
from api.schemas.targets import TargetBookWire
from graph.messages import N_

router = APIRouter(prefix="/targets", tags=["targets"], dependencies=[may(Action.INVEST)])


@router.get(
    "/{ref}",
    summary=N_("招商对象"),
    description=N_(
        "一个环节，或一条链全部缺口的招商对象：先是本地链主的外地供应商，得分列出组成和依据；"
        "附本地买家、受影响的本地企业、未列入的企业及理由，以及可延链的环节。开放名单，不按注册地排序。"
    ),
    responses=problems(404, 422),
)
def get_targets(ref: IdPath, board: BoardDep, view: ViewDep, catalogue: CatalogueDep) -> TargetBookWire:
    """Targets of a segment or a chain."""
    return answers.targets(ref, board, view, catalogue)
