"""Needs."""

from __future__ import annotations

from fastapi import APIRouter

from api.auth.gate import may
from api.auth.roles import Action
from api.deps import FewQuery, IdPath, LimitQuery, MatcherDep, SkipQuery, StoreDep, TextQuery, TodayDep
from api.routes.problems import problems
from api.schemas.needs import MatchResult, NeedList
from graph.catalogue import find_needs
from graph.messages import N_

router = APIRouter(prefix="/needs", tags=["needs"], dependencies=[may(Action.READ)])


@router.get(
    "", summary=N_("需求一览"), description=N_("按编号、名称、说明、产品、需方查找需求。"), responses=problems(422)
)
def list_needs(
    store: StoreDep, today: TodayDep, q: TextQuery = "", skip: SkipQuery = 0, limit: LimitQuery = 50
) -> NeedList:
    """Needs, page by page."""
    return NeedList.of(find_needs(store, today, q, skip=skip, limit=limit), skip)


@router.get(
    "/{need}/matches",
    summary=N_("为一条需求找供方"),
    description=N_("推荐的供方和只差一项的供方，附得分组成、硬条件和来源。预测只是待核实的线索。"),
    responses=problems(404, 422),
    dependencies=[may(Action.MATCH)],
)
def list_matches(need: IdPath, matcher: MatcherDep, limit: FewQuery = 10) -> MatchResult:
    """Who could meet a stored need."""
    return matcher.need(need, limit)
