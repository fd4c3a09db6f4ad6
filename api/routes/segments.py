"""Segments."""

from __future__ import annotations

from fastapi import APIRouter

from api import answers
from api.auth.gate import may
from api.auth.roles import Action
from api.deps import BoardDep, CatalogueDep, FactsDep, IdPath
from api.routes.problems import problems
from api.schemas.segments import Assessment
from graph.messages import N_

router = APIRouter(prefix="/segments", tags=["segments"], dependencies=[may(Action.ANALYSE)])


@router.get(
    "/{segment}",
    summary=N_("环节评估"),
    description=N_("一个环节的类别和理由、优先级及其组成、各项指标、企业及证据、需求、上下游和下一步。"),
    responses=problems(404, 422),
)
def get_segment(segment: IdPath, board: BoardDep, facts: FactsDep, catalogue: CatalogueDep) -> Assessment:
    """One segment."""
    return answers.assessment(segment, board, facts, catalogue)
