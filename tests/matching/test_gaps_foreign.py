"""A chain map from elsewhere, and input that is not as it should be: what cannot be computed is shown as such."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from graph.model import (
    Buys,
    Chain,
    Enterprise,
    GovernmentBody,
    In,
    LinkedTo,
    LinkState,
    Makes,
    PartOf,
    Place,
    PlaceLevel,
    Product,
    Searched,
    Segment,
    Stream,
    Substitutability,
    Tier,
)
from graph.store import Store
from matching.gaps import Board, ChainSummary, Facts, GapClass, Ring, StepKind, assess, fetch
from matching.gaps.facts import ChainFact, FeedFact, PurchaseFact
from tests.graphs import write
from tests.matching.gaps_example import EXAMPLE, TODAY, firm, link, segment

NAMES = ("矿石", "冶炼", "轧制", "用户")


def foreign(store: Store) -> Board:
    """A map of streams, segments and firms only: three segments with firms, one searched in vain."""
    chain = Chain(id="foreign", name="外来链", tier=Tier.FUTURE, order=99, basis="外地公开图谱")
    segments = [
        Segment(
            id=f"foreign.{number}",
            name=name,
            stream=stream,
            order=number,
            importance=2,
            substitutability=Substitutability.FREE,
            terms=[name],
            basis="外地公开图谱",
        )
        for number, (name, stream) in enumerate(zip(NAMES, Stream, strict=True))
    ]
    place = Place(id="place-320412", name="武进区", code="320412", level=PlaceLevel.DISTRICT)
    firms = [Enterprise(name=f"外来企业{number}") for number in range(4)]
    office = GovernmentBody(name="工信局")
    write(
        store,
        chain,
        place,
        office,
        *segments,
        *firms,
        *(PartOf(start=one.id, end=chain.id) for one in segments),
        *(In(start=one.id, end=place.id) for one in firms),
        *(
            LinkedTo(
                start=one.id,
                end=segments[min(number, 2)].id,
                state=LinkState.CONFIRMED,
                evidence="公开图谱",
                checked_on=TODAY,
            )
            for number, one in enumerate(firms)
        ),
        Searched(start=office.id, end="foreign.3", found=0, method="检索", sources=list("甲乙丙"), searched_on=TODAY),
    )
    return assess(fetch(store, TODAY), TODAY)


def test_a_map_without_supply_edges_or_purchases_gives_a_sensible_board(store: Store) -> None:
    board = foreign(store)
    (summary,) = board.chains
    assert (summary.segments, summary.with_firms, summary.firms) == (4, 3, 4)
    assert summary.coverage.value == pytest.approx(3 / 4)
    assert summary.sourcing.missing
    for found in board.segments:
        for name in ("criticality", "demand", "single_source", "dependence", "gap", "betweenness"):
            assert found.figures[name].missing, (found.segment.name, name)
            assert str(found.figures[name].note)
        assert found.priority.score == sum(part.points for part in found.priority.parts)
    classes = {found.segment.name: found.gap_class for found in board.segments}
    assert classes == {
        "矿石": GapClass.WEAK,
        "冶炼": GapClass.WEAK,
        "轧制": GapClass.NORMAL,
        "用户": GapClass.UNVERIFIED,
    }
    searched = board.by_segment["foreign.3"]
    assert "无从判断是缺链还是不需要" in str(searched.to_check[0])
    assert searched.step.kind is StepKind.VERIFY
    assert "关键度未知" in " ".join(map(str, board.by_segment["foreign.0"].reasons))


def test_a_foreign_chain_beside_a_known_one_does_not_look_unwanted(store: Store) -> None:
    beside = replace(
        EXAMPLE,
        chains=(*EXAMPLE.chains, ChainFact("外来链", "外来链", 9)),
        segments=(*EXAMPLE.segments, segment("外来", chains=("外来链",)), segment("外来二", chains=("外来链",))),
        links=(*EXAMPLE.links, link("传动", "外来二")),
    )
    board = assess(beside, TODAY).by_segment
    assert board["外来"].figures["demand"].missing
    assert board["外来"].figures["criticality"].missing
    assert not board["本体"].figures["demand"].missing
    assert board["减速器"].gap_class is assess(EXAMPLE, TODAY).by_segment["减速器"].gap_class


def test_a_chain_without_firms_and_one_without_segments() -> None:
    bare = Facts(
        chains=(ChainFact("空链", "空链"), ChainFact("无环节", "无环节", 1)),
        segments=(segment("甲", chains=("空链",)), segment("乙", chains=("空链",))),
        feeds=(FeedFact("甲", "乙", True),),
    )
    board = assess(bare, TODAY)
    empty, none = board.chains
    assert (empty.coverage.value, empty.with_firms, empty.median_firms) == (0, 0, None)
    assert none.coverage.missing
    assert {found.gap_class for found in board.segments} == {GapClass.UNVERIFIED}


def test_a_circle_of_feeds_a_feed_to_itself_and_one_into_nothing() -> None:
    feeds = (
        FeedFact("轴承钢", "减速器", True),
        FeedFact("减速器", "轴承钢", True),
        FeedFact("本体", "本体", True),
        FeedFact("本体", "没有的环节", True),
    )
    board = assess(replace(EXAMPLE, feeds=feeds), TODAY)
    assert board.by_segment["轴承钢"].figures["criticality"].value == pytest.approx(3 / 6), "the circle stops with it"
    assert board.by_segment["本体"].figures["criticality"].value == 0
    assert len(board.feeds) == 2


def test_a_segment_in_two_chains_counts_in_both_and_once_in_all() -> None:
    two = replace(
        EXAMPLE,
        chains=(*EXAMPLE.chains, ChainFact("另一链", "另一链", 1)),
        segments=tuple(replace(s, chains=(*s.chains, "另一链")) if s.id == "减速器" else s for s in EXAMPLE.segments),
    )
    board = assess(two, TODAY)

    def of(chain: str) -> ChainSummary:
        return board.by_chain[chain]

    assert (of("示例链").segments, of("另一链").segments) == (5, 1)
    assert of("另一链").firms == 2
    assert sum(found.segment.id == "减速器" for found in board.segments) == 1
    assert board.by_segment["减速器"] in board.of("另一链")


def test_a_firm_in_forty_segments_counts_in_each_and_once_in_the_chain() -> None:
    ids = [f"k{number}" for number in range(40)]
    many = Facts(
        chains=(ChainFact("示例链", "示例链"),),
        segments=tuple(segment(id_) for id_ in ids),
        firms=(firm("大企业"), firm("外地", Ring.NATIONAL)),
        links=tuple(link("大企业", id_) for id_ in ids),
        feeds=tuple(FeedFact(a, b, True) for a, b in pairwise(ids)),
    )
    board = assess(many, TODAY)
    assert (board.chains[0].firms, board.chains[0].with_one_firm) == (1, 40)
    assert {found.gap_class for found in board.segments} == {GapClass.AT_RISK, GapClass.WEAK}


def test_shares_that_cannot_be_are_cut_or_refused() -> None:
    with pytest.raises(ValueError, match="less than or equal to 1"):
        Makes(start="a", end="b", share=1.2)
    with pytest.raises(ValueError, match="less than or equal to 1"):
        Buys(start="a", end="b", import_share=1.01)
    over = tuple(replace(fact, share=0.8) for fact in EXAMPLE.makers)
    twice = replace(EXAMPLE, makers=(replace(over[0], products=("a", "b"), share=1.6), *over[1:]))
    supplied = assess(twice, TODAY).by_segment["减速器"].figures["gap"].numerator
    assert supplied == 100_000_000 + 0.8 * 40_000_000, "products of one segment cannot be more than all a firm sells"
    heavy = replace(EXAMPLE, purchases=(PurchaseFact("重工", "p", "减速器", 10_000_000, 1.0, 1.0),))
    assert assess(heavy, TODAY).by_segment["减速器"].figures["dependence"].value == pytest.approx(0.6)
    assert Product(name="p").id
