"""What is promised of many at once is never less than what a closer look finds; many at once find what one does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from api.pairing import SHIPPED
from benchmarks.made_up_listings import TODAY, make_up
from matching.learning.encoder import load
from matching.pairing import Market, match
from matching.pairing.context import Context
from matching.pairing.listings import Offered
from matching.pairing.look import SURROUNDED, look
from matching.pairing.match import Asking, match_all, questions
from matching.pairing.prospects import prospects
from matching.pairing.recall import recall
from matching.pairing.weights import MARKER, Weights, ranker_of

MADE_UP = make_up(offers=3_000, needs=80)
MARKET = Market(MADE_UP.offers, MADE_UP.segments, 1, load(SHIPPED))
ASKING = [Asking(need, context) for need, context in MADE_UP.needs]
BACK = Market(tuple(need for need, _ in MADE_UP.needs), MADE_UP.segments, 1, load(SHIPPED))
OTHER = Weights(
    ranker_of(
        {"identity": 9, "direction": 31, "text": 0, "shared_buyers": 41, "learned": 19, MARKER: 0},
        {"identity": 24, "text": 55, "learned": 21},
    )
)
"""As unlike those that come with the package as training could make them."""
TAUGHT = replace(MARKET, weights=OTHER)


@pytest.mark.parametrize(
    ("market", "asking"),
    [
        (MARKET, ASKING[:40]),
        (BACK, [Asking(offer, Context()) for offer in MADE_UP.offers[:40]]),
        (TAUGHT, ASKING[:40]),
        (replace(BACK, weights=OTHER), [Asking(offer, Context()) for offer in MADE_UP.offers[:40]]),
    ],
    ids=["need asks", "offer asks", "need asks, learned weights", "offer asks, learned weights"],
)
def test_no_pair_scores_more_than_was_promised(market: Market, asking: list[Asking]) -> None:
    exact = compared = 0
    for question in questions(asking, market):
        recalled = recall(question, market)
        found = prospects(question, market, recalled.positions)
        promised = dict(zip(found.positions.tolist(), found.points.tolist(), strict=True))
        ids = {listing.id: position for position, listing in enumerate(market.offers)}
        everything = look(question, market, recalled, TODAY, around=None, limit=10_000, threshold=0.0)
        assert len(everything.candidates) == len(recalled.positions)
        for one in everything.candidates:
            assert one.points <= promised[ids[one.found.id]]
            exact += one.points == promised[ids[one.found.id]]
            compared += 1
    assert exact / compared > 0.9, "a promise that is too high costs a closer look for nothing"


@pytest.mark.parametrize("market", [MARKET, TAUGHT], ids=["prior", "learned weights"])
def test_looking_closely_at_few_finds_the_same_firms_as_looking_at_all(market: Market) -> None:
    passed_over = 0
    for one in ASKING:
        few = match(one.listing, market, one.context, TODAY, limit=5)
        every = match(one.listing, market, one.context, TODAY, limit=10_000)
        assert [found.offered.party for found in few.candidates] == [f.offered.party for f in every.candidates[:5]]
        assert few.counts.considered == every.counts.considered == len(MARKET.offers)
        passed_over += few.counts.beyond_limit
    assert passed_over


def test_learned_weights_order_the_list_and_do_not_decide_what_is_in_it() -> None:
    orders = 0
    for one in ASKING:
        lists = [match(one.listing, market, one.context, TODAY, limit=10_000) for market in (MARKET, TAUGHT)]
        prior, taught = ([found.offered.id for found in each.candidates] for each in lists)
        firms = [{found.offered.party for found in (*each.candidates, *each.near_misses)} for each in lists]
        assert firms[0] == firms[1]
        orders += prior != taught
    assert orders


def test_many_at_once_find_what_each_finds_alone() -> None:
    together = list(match_all(ASKING, MARKET, TODAY, limit=3))
    alone = [match(one.listing, MARKET, one.context, TODAY, limit=3) for one in ASKING]
    assert [[c.offered.id for c in one.candidates] for one in together] == [
        [c.offered.id for c in one.candidates] for one in alone
    ]


def test_the_graph_is_read_around_the_most_promising_needs_only() -> None:
    asked: list[str] = []
    offer = next(one for one in MADE_UP.offers if isinstance(one, Offered))
    match(offer, BACK, Context(), TODAY, around=lambda need: asked.append(need.id) or Context(), threshold=0.0)
    assert 0 < len(asked) <= SURROUNDED
