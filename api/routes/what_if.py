"""What if something were gone."""

from __future__ import annotations

from fastapi import APIRouter

from api import what_if
from api.auth.gate import may
from api.auth.roles import Action
from api.deps import CatalogueDep, DerivedDep, LimitQuery, RingDep, TodayDep
from api.routes.gaps import ChainQuery
from api.routes.problems import problems
from api.schemas.what_if import LossList, WhatIf
from api.what_if import NetworkDep, RemovalsDep
from graph.messages import N_

router = APIRouter(prefix="/what-if", tags=["what-if"], dependencies=[may(Action.ANALYSE)])


@router.get(
    "",
    summary=N_("断供推演"),
    description=N_("同时移除若干企业、厂区、环节、进口来源或镇街：哪些环节停产，哪些链主受影响，谁能顶上、多快。"),
    responses=problems(400, 403, 404, 422),
)
def get_what_if(network: NetworkDep, removals: RemovalsDep, catalogue: CatalogueDep) -> WhatIf:
    """What removals come to."""
    return what_if.answer(network, removals, catalogue)


@router.get(
    "/losses",
    summary=N_("失去后影响最大的企业"),
    description=N_("对每家企业单独推演，逐一算准：依次比失去的本地价值、受影响的其他链主、停产环节、只剩一家的环节。"),
    responses=problems(404, 422),
)
def list_losses(
    *,
    derived: DerivedDep,
    today: TodayDep,
    catalogue: CatalogueDep,
    ring: RingDep,
    chain: ChainQuery = None,
    limit: LimitQuery = 100,
) -> LossList:
    """Firms whose loss hurts most."""
    return what_if.loss_list(derived, today, ring.ring, catalogue, chain=chain, limit=limit)
