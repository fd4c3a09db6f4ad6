"""The gap board."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api import answers
from api.answers import GapOrder
from api.auth.gate import may
from api.auth.roles import Action
from api.deps import ID_LENGTH, BoardDep, CatalogueDep, LimitQuery
from api.routes.problems import problems
from api.schemas.gaps import GapList
from graph.messages import N_
from matching.gaps import GapClass

router = APIRouter(prefix="/gaps", tags=["gaps"], dependencies=[may(Action.ANALYSE)])
ChainQuery = Annotated[str | None, Query(max_length=ID_LENGTH, description=N_("只看这条产业链"))]
TownQuery = Annotated[
    str | None, Query(max_length=12, description=N_("只看有企业（含待确认）在这一镇街的环节；区划代码"))
]
ClassQuery = Annotated[list[GapClass], Query(alias="class", description=N_("类别，可多选；不选则为四类缺口"))]
OrderQuery = Annotated[GapOrder, Query(description=N_("排序：优先级、名称、产业链、企业数"))]


@router.get(
    "",
    summary=N_("缺口清单"),
    description=N_("缺链、断链风险、弱链、延链的环节，按优先级排列；每项都列出组成。"),
    responses=problems(404, 422),
)
def list_gaps(
    *,
    board: BoardDep,
    catalogue: CatalogueDep,
    classes: ClassQuery = [],  # noqa: B006  FastAPI copies it
    chain: ChainQuery = None,
    town: TownQuery = None,
    sort: OrderQuery = GapOrder.PRIORITY,
    limit: LimitQuery = 100,
) -> GapList:
    """Gaps by priority."""
    fits = answers.Fits(chain, town, classes)
    return answers.gap_list(board, fits, order=sort, limit=limit, catalogue=catalogue)
