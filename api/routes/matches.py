"""Matches for a need in free text."""

from __future__ import annotations

from fastapi import APIRouter

from api.auth.gate import may
from api.auth.roles import Action
from api.deps import MatcherDep
from api.routes.problems import problems
from api.schemas.needs import MatchResult, NeedText
from graph.messages import N_

router = APIRouter(prefix="/matches", tags=["needs"], dependencies=[may(Action.MATCH)])


@router.post(
    "",
    summary=N_("按文字找供方"),
    description=N_("用一句话描述需求，找供方。文字不会保存。"),
    responses=problems(415, 422),
)
def match_text(need: NeedText, matcher: MatcherDep) -> MatchResult:
    """Who could meet a need in words."""
    return matcher.text(need.text, need.limit)
