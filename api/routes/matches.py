"""Matches for a need in free text."""

from __future__ import annotations

from fastapi import APIRouter

from api import answers
from api.deps import MarketDep, StoreDep, TodayDep
from api.routes.problems import problems
from api.schemas.needs import MatchResult, NeedText
from graph.messages import N_
from matching.pairing import read_text

router = APIRouter(prefix="/matches", tags=["needs"])


@router.post(
    "",
    summary=N_("按文字找供方"),
    description=N_("用一句话描述需求，找供方。文字不会保存。"),
    responses=problems(415, 422),
)
def match_text(need: NeedText, store: StoreDep, market: MarketDep, today: TodayDep) -> MatchResult:
    """Who could meet a need in words."""
    return answers.match_result(store, market, read_text(store, need.text), today, need.limit)
