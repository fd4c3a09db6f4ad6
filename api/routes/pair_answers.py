"""Answers on proposed pairs: accepted or declined by one side, taken back, listed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api import pair_answers
from api.auth.gate import may
from api.auth.roles import Action
from api.deps import ID_LENGTH, StoreDep
from api.routes.problems import problems
from api.schemas.pair_answers import PairRef, PairSaidList, PairSay
from graph.messages import N_
from graph.model import Answer, PairSide

router = APIRouter(prefix="/pair-answers", tags=["needs"], dependencies=[may(Action.ANSWER)])
ListingQuery = Annotated[
    str | None, Query(max_length=ID_LENGTH, description=N_("只列这条需求或供给的答复；不写则全部"))
]


@router.get(
    "",
    summary=N_("对接答复"),
    description=N_("双方对建议的答复，谁、何时、理由；企业联系人只看到本企业的答复。"),
    responses=problems(404, 422),
)
def list_answers(store: StoreDep, listing: ListingQuery = None) -> PairSaidList:
    """Answers on a listing, or all."""
    return PairSaidList.of(pair_answers.listed(store, listing))


@router.post(
    "",
    summary=N_("接受或谢绝一条建议"),
    description=N_("谢绝须写明理由；谢绝的一对不再出现在该方的名单中，理由只影响这一条供需。"),
    responses=problems(400, 404, 422),
)
def give_answer(said: PairSay, store: StoreDep) -> PairSaidList:
    """Keep what one side says of a pair."""
    kept = pair_answers.answer(
        store, said.wanted, said.offered, PairSide(said.side), Answer(said.answer),
        by=said.by, reason=said.reason, note=said.note,
    )  # fmt: skip
    return PairSaidList.of(pair_answers.listed(store, kept.wanted))


@router.post(
    "/undo",
    summary=N_("撤销答复"),
    description=N_("撤销一方对一对供需最近的答复；此前的答复恢复有效。撤销本身也留记录。"),
    responses=problems(400, 404, 422),
)
def undo_answer(pair: PairRef, store: StoreDep) -> PairSaidList:
    """Take an answer back."""
    kept = pair_answers.undo(store, pair.wanted, pair.offered, PairSide(pair.side), by=pair.by)
    return PairSaidList.of(pair_answers.listed(store, kept.wanted))
