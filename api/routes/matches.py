"""Matches for a need in free text."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from api.auth.gate import may
from api.auth.roles import Action
from api.deps import FewQuery, IdPath, MatcherDep
from api.routes.problems import problems
from api.schemas.needs import MatchResult, NeedText
from graph.messages import N_
from matching.pairing.directions import direction

WayPath = Annotated[str, Path(max_length=40, description=N_("方向，如 offer-need"), examples=["offer-need"])]
router = APIRouter(prefix="/matches", tags=["needs"], dependencies=[may(Action.MATCH)])


@router.post(
    "",
    summary=N_("按文字找供方"),
    description=N_("用一句话描述需求，找供方。文字不会保存。"),
    responses=problems(400, 403, 415, 422),
)
def match_text(need: NeedText, matcher: MatcherDep) -> MatchResult:
    """Who could meet a need in words."""
    return matcher.text(need.text, need.limit, direction(need.direction))


@router.get(
    "/{way}/{ref}",
    summary=N_("按方向匹配"),
    description=N_(
        "八个方向：需求找供给、能力、方案、成果，供给找需求，企业找供应商、客户，成果找企业。得分由各部分相加，预测只是待核实的线索。"
    ),
    responses=problems(400, 403, 404, 422),
)
def list_pairings(way: WayPath, ref: IdPath, matcher: MatcherDep, limit: FewQuery = 10) -> MatchResult:
    """Whom a stored listing or firm could meet."""
    return matcher.stored(direction(way), ref, limit)
