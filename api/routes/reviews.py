"""Pairs that may be one firm."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api import answers, reviewing
from api.auth.disclosure import disclosed_node
from api.auth.gate import may
from api.auth.roles import Action
from api.deps import IdPath, LimitQuery, SkipQuery, StoreDep
from api.routes.problems import problems
from api.schemas.reviews import PairList, PairRow, PairView, TwoFirms, Undo, Verdict
from graph.messages import N_
from loaders.resolution.queue import State
from loaders.resolution.view import view_pair

router = APIRouter(prefix="/reviews", tags=["reviews"], dependencies=[may(Action.REVIEW)])
StateQuery = Annotated[State, Query(description=N_("状态：待判断、同一家、不是同一家"))]


@router.get(
    "",
    summary=N_("是否同一家：待判断的企业对"),
    description=N_("载入时不能确定是否同一家的企业，最像的在前；附得分组成和各状态的对数。"),
    responses=problems(422),
)
def list_reviews(
    store: StoreDep, state: StateQuery = State.OPEN, skip: SkipQuery = 0, limit: LimitQuery = 50
) -> PairList:
    """The queue, page by page."""
    return PairList.of(reviewing.own_pairs(store, state, skip=skip, limit=limit), skip)


@router.post(
    "",
    summary=N_("提出一对企业"),
    description=N_("把任意两家单位放进待判断的清单；已在清单中的原样返回。"),
    responses=problems(403, 404, 409, 422),
)
def ask_review(firms: TwoFirms, store: StoreDep) -> PairRow:
    """Put two organisations into the queue."""
    return PairRow.of(reviewing.ask_own(store, firms.left, firms.right))


@router.get(
    "/{pair}",
    summary=N_("并排看一对企业"),
    description=N_("双方逐项对照、各来源的说法、得分组成，以及合并后会变什么。"),
    responses=problems(403, 404, 422),
)
def get_review(pair: IdPath, store: StoreDep) -> PairView:
    """A pair side by side."""
    reviewing.own_pair(store, pair)
    return PairView.of(view_pair(store, pair, see=lambda view: disclosed_node(store, view)))


@router.post(
    "/{pair}/decision",
    summary=N_("判断一对企业"),
    description=N_("判为同一家即合并，两个编号都继续有效；判为不是同一家，以后不再问。别人先判过会得到提示。"),
    responses=problems(400, 403, 404, 409, 422),
)
def decide_review(pair: IdPath, verdict: Verdict, store: StoreDep) -> PairRow:
    """Record what a reviewer says."""
    by = answers.who(verdict.by)
    return PairRow.of(reviewing.decide_own(store, pair, same=verdict.same, by=by, version=verdict.version))


@router.post(
    "/{pair}/undo",
    summary=N_("撤销一次判断"),
    description=N_("合并过的恢复原样，这一对回到待判断。"),
    responses=problems(403, 404, 409, 422),
)
def undo_review(pair: IdPath, undo: Undo, store: StoreDep) -> PairRow:
    """Take a decision back."""
    return PairRow.of(reviewing.undo_own(store, pair, version=undo.version))
