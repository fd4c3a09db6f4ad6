"""What a decline does: to its own side's list, and to nobody else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from graph.model import Answer, DeclineReason, PairAnswer, PairSide
from matching.pairing.context import Context
from matching.pairing.listings import Offered
from matching.pairing.market import Market
from matching.pairing.match import match
from matching.pairing.opinion import (
    AGAIN_AFTER,
    REASON_EFFECTS,
    REASON_TITLES,
    STRICT,
    Opinion,
    Said,
    agreed,
    standing,
)
from matching.pairing.result import Result
from tests.matching.pairing_cases import SEGMENTS, TODAY, certificates, limit, offered, supplier, wanted

NEED = wanted("行星减速器", limits=(limit("背隙≤1′"),), quantity=10.0, unit="台", lead_time_days=30)
NEED = replace(NEED, certificates=certificates("IATF 16949"))
AT = datetime(2026, 11, 20, tzinfo=UTC)


def answer(
    offer: str, said: Answer = Answer.DECLINED, reason: str | None = None, side: str = "buyer", **more: Any
) -> PairAnswer:
    why = DeclineReason(reason) if reason else None
    basis = {"wanted": NEED.id, "offered": offer, "side": PairSide(side), "answer": said, "reason": why}
    return PairAnswer(**{"name": said.value, "by": "张三", "at": AT, **basis, **more})


def said(one: PairAnswer, offer: Offered) -> Said:
    party = offer.party
    return Said(one, offer.name, offer.product_names, party.id if party else None, party.group if party else None)


def opinion(*answers: tuple[PairAnswer, Offered], day: date = TODAY) -> Opinion:
    return Opinion.of([said(*one) for one in answers], NEED.id, PairSide.BUYER, day)


def run(view: Opinion, *offers: Offered) -> Result:
    return match(NEED, Market(offers, SEGMENTS), Context(), TODAY, opinion=view)


FIRST, SECOND = (
    offered("精密行星减速器", number=number, party=supplier(number, group=f"集团{number}")) for number in (1, 2)
)


def shown(result: Result) -> list[str]:
    return [one.offered.id for one in result.candidates]


@pytest.mark.parametrize("reason", DeclineReason)
def test_a_declined_pair_does_not_come_back_whatever_the_reason(reason: DeclineReason) -> None:
    result = run(opinion((answer(FIRST.id, reason=reason), FIRST)), FIRST)
    assert (result.candidates, result.near_misses, result.fell_at) == ((), (), {"answered": 1} | dict.fromkeys(
        STRICT.get(reason, frozenset()) & {"envelope", "quantity", "delivery", "certificate"}, 1
    ))  # fmt: skip


@pytest.mark.parametrize("reason", STRICT)
def test_what_was_not_good_enough_must_be_known_of_the_next(reason: DeclineReason) -> None:
    assert shown(run(Opinion(), SECOND)) == [SECOND.id]
    result = run(opinion((answer(FIRST.id, reason=reason), FIRST)), FIRST, SECOND)
    assert result.candidates == ()
    (miss,) = result.near_misses
    assert miss.offered.id == SECOND.id
    assert "若供方先答复" in str(miss.gap)


def test_a_thing_that_was_not_wanted_counts_half() -> None:
    before = run(Opinion(), FIRST, SECOND).candidates[1].parts[0]
    after = run(opinion((answer(FIRST.id, reason="product"), FIRST)), FIRST, SECOND).candidates[0].parts[0]
    assert (before.points, after.points) == (50, 25)
    assert "不是所需产品" in str(after.reason)


def test_a_partners_whole_group_stays_away() -> None:
    sister = replace(SECOND, party=supplier(2, group="集团1"))
    result = run(opinion((answer(FIRST.id, reason="partner"), FIRST)), FIRST, sister)
    assert (result.candidates, result.near_misses) == ((), ())


@pytest.mark.parametrize("reason", ["price", "timing"])
def test_price_and_time_concern_the_one_pair(reason: str) -> None:
    assert shown(run(opinion((answer(FIRST.id, reason=reason), FIRST)), FIRST, SECOND)) == [SECOND.id]


def test_a_matter_of_time_comes_back() -> None:
    said_ = (answer(FIRST.id, reason="timing"), FIRST)
    later = AT.date() + AGAIN_AFTER
    assert opinion(said_, day=later - timedelta(days=1)).declined
    assert not opinion(said_, day=later).declined


def test_what_the_other_side_declined_is_a_near_miss() -> None:
    result = run(opinion((answer(FIRST.id, reason="price", side="seller"), FIRST)), FIRST, SECOND)
    assert shown(result) == [SECOND.id]
    (miss,) = result.near_misses
    assert str(miss.gap) == "若供方改变主意"
    assert "供方已于 2026-11-20 谢绝（价格谈不拢）" in str(miss.failed[0].detail)


def test_the_sellers_reason_moves_no_gate_of_the_buyers_list() -> None:
    view = opinion((answer(FIRST.id, reason="specification", side="seller"), FIRST))
    assert (view.strict, view.disliked, view.firms) == (frozenset(), frozenset(), frozenset())


def test_an_accepted_pair_says_so() -> None:
    (candidate,) = run(opinion((answer(FIRST.id, Answer.ACCEPTED), FIRST)), FIRST).candidates
    assert "已答复愿意对接" in [str(verdict.detail) for verdict in candidate.passed]


def test_an_answer_on_another_listing_means_nothing_here() -> None:
    elsewhere = answer(FIRST.id, reason="product", wanted="need-2")
    assert opinion((elsewhere, FIRST)) == Opinion()


def test_the_last_answer_stands_and_undoing_brings_back_the_one_before() -> None:
    yes = answer("o", Answer.ACCEPTED)
    no = answer("o", reason="price", at=AT + timedelta(hours=1))
    back = answer("o", reason="price", at=AT + timedelta(hours=2), undoes=no.id)
    assert standing([yes, no]) == [no]
    assert standing([yes, no, back]) == [yes]


def test_nothing_is_learned_from_one_sides_word() -> None:
    buyer, seller = (answer("o", Answer.ACCEPTED, side=side) for side in ("buyer", "seller"))
    no = answer("o", reason="price", side="seller", at=AT + timedelta(hours=1))
    assert agreed([buyer]) == agreed([seller]) == agreed([buyer, seller, no]) == []
    assert agreed([buyer, seller]) == [(NEED.id, "o")]


def test_every_reason_has_a_title_and_says_what_it_does() -> None:
    assert set(REASON_TITLES) == set(REASON_EFFECTS) == set(DeclineReason)
    assert len(DeclineReason) == 8
