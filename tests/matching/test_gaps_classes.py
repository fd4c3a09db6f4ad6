"""Classes: one for every situation, in a fixed order, each with its sentence; what is missing never decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.messages import Message
from graph.model import FirmStatus, LinkState
from matching.gaps.board import Board, assess, percentile
from matching.gaps.classify import CLASS_TITLES, GAPS, GapClass, Situation, classify
from matching.gaps.demand import Pull
from matching.gaps.depth import effective_number
from matching.gaps.evidence import Evidence, evidence
from matching.gaps.facts import ChainFact, Facts, FeedFact, LinkFact, MakerFact, NeedFact, SearchFact
from matching.gaps.figure import Figure
from matching.gaps.links import Link
from matching.gaps.priority import PART_TITLES, priority, ranks, whole_points
from matching.gaps.router import STEP_TITLES, StepKind
from matching.gaps.settings import ALL, Settings
from matching.gaps.thresholds import Thresholds, Weights
from matching.gaps.view import View
from matching.rings import Ring
from tests.matching.gaps_example import EXAMPLE, TODAY, facts, firm, link, segment
from tests.matching.test_gaps_measures import with_newcomer

BEST_LAST = [GapClass.MISSING, GapClass.AT_RISK, GapClass.WEAK, GapClass.NORMAL, GapClass.STRONG]
THRESHOLDS = Thresholds()


def figure(value: float | None) -> Figure:
    return Figure(value, Message("…"))


def firms(count: int, share: float | None = None, status: FirmStatus | None = None) -> tuple[Link, ...]:
    return tuple(
        Link(firm(f"f{i}", status=status), "k", LinkState.CONFIRMED, ("a",), capacity_share=share) for i in range(count)
    )


def situation(links: tuple[Link, ...] = (), *, holds: bool = True, **more: object) -> Situation:
    shares = [found.capacity_share for found in links if found.capacity_share]
    values: dict[str, object] = {
        "firms": links,
        "evidence": Evidence(holds, ("a", "b", "c"), TODAY, () if holds else (Message("查"),)),
        "depth": figure(effective_number(shares) if len(shares) == len(links) else None),
        "single_source": figure(None),
        "criticality": figure(0.1),
        "dependence": figure(None),
        "gap": figure(None),
        "pull": Pull(0.0),
        "critical_from": 0.5,
    }
    return Situation(**(values | more))  # type: ignore[arg-type]


CASES = [
    (situation(holds=False, pull=Pull(3.0, 3)), GapClass.UNVERIFIED),
    (situation(firms(1), holds=False), GapClass.UNVERIFIED),
    (situation(pull=Pull(3.0, 3)), GapClass.MISSING),
    (situation(pull=Pull(3.0, 3), related=("甲",)), GapClass.MISSING),
    (situation(related=("甲",)), GapClass.EXTENSION),
    (situation(), GapClass.NOT_APPLICABLE),
    (situation(firms(1), criticality=figure(0.6)), GapClass.AT_RISK),
    (situation(firms(1), criticality=figure(0.5)), GapClass.AT_RISK),
    (situation(firms(2, 0.5), criticality=figure(0.6)), GapClass.NORMAL),
    (situation(firms(4), criticality=figure(0.6), single_source=figure(0.6)), GapClass.AT_RISK),
    (situation(firms(3, None, FirmStatus.MOVING), criticality=figure(0.6)), GapClass.AT_RISK),
    (situation(firms(1), criticality=figure(0.0), critical_from=0.0), GapClass.WEAK),
    (situation(firms(1), criticality=figure(None)), GapClass.WEAK),
    (situation(firms(1)), GapClass.WEAK),
    (situation(firms(3), gap=figure(0.6), criticality=figure(0.9)), GapClass.WEAK),
    (situation(firms(3), dependence=figure(0.6)), GapClass.WEAK),
    (situation(firms(3, 0.3)), GapClass.STRONG),
    (situation(firms(3, 0.3), gap=figure(0.3)), GapClass.NORMAL),
    (situation(firms(3)), GapClass.NORMAL),
    (situation(firms(5)), GapClass.STRONG),
    (situation(firms(5), single_source=figure(0.3)), GapClass.NORMAL),
]


@pytest.mark.parametrize(("given_situation", "gap_class"), CASES)
def test_class(given_situation: Situation, gap_class: GapClass) -> None:
    verdict = classify(given_situation, THRESHOLDS)
    assert verdict.gap_class is gap_class
    assert str(verdict.sentence)
    for reason in verdict.reasons:
        assert str(reason)


def test_every_class_is_met_and_titled() -> None:
    assert {gap_class for _, gap_class in CASES} == set(GapClass) == set(CLASS_TITLES)
    assert set(StepKind) == set(STEP_TITLES)


@given(facts(), st.none() | st.sampled_from(Ring))
def test_every_segment_has_one_class_and_its_reasons(given_facts: Facts, ring: Ring | None) -> None:
    board = assess(given_facts, TODAY, ring=ring)
    assert sorted(found.segment.id for found in board.segments) == sorted(s.id for s in given_facts.segments)
    for found in board.segments:
        assert str(found.sentence)
        assert str(found.step.sentence)
        assert (found.gap_class is GapClass.UNVERIFIED) == bool(found.to_check) == (not found.evidence.holds)
        assert found.priority.score == sum(part.points for part in found.priority.parts)
        assert 0 <= found.priority.score <= 100
        assert all(part.points == 0 for part in found.priority.parts if part.missing)
        assert (found.rank is not None) == found.is_gap
        if found.rank is not None:
            assert 1 <= found.rank.best <= found.rank.place <= found.rank.worst <= len(board.gaps())
    for summary in board.chains:
        assert sum(summary.classes.values()) == summary.segments == len(board.of(summary.chain.id))
    assert board == assess(given_facts, TODAY, ring=ring)


@given(facts(), st.data())
def test_a_confirmed_newcomer_never_worsens_the_class(given_facts: Facts, data: st.DataObject) -> None:
    k = data.draw(st.sampled_from([s.id for s in given_facts.segments]))
    view = View(given_facts, TODAY)
    shares = [found.capacity_share for found in view.suppliers(k) if found.capacity_share]
    share = data.draw(st.none() | st.just(sum(shares) / len(shares) if shares else 0.5))
    before = assess(given_facts, TODAY).by_segment[k].gap_class
    after = assess(with_newcomer(given_facts, k, share), TODAY).by_segment[k].gap_class
    assert after in BEST_LAST[1:], "somebody fresh is confirmed there"
    if before in BEST_LAST:
        assert BEST_LAST.index(after) >= BEST_LAST.index(before)


# --- evidence --------------------------------------------------------------------------------------------------------


def search(*sources: str, on: date = TODAY, found: int = 0) -> SearchFact:
    return SearchFact("k", "工信局", sources, found, on)


def claim(*searches: SearchFact, links: tuple[LinkFact, ...] = (), makers: tuple[MakerFact, ...] = ()) -> Evidence:
    given_facts = Facts(
        segments=(segment("k"),),
        firms=(firm("a"), firm("b", Ring.DELTA), firm("c", None)),
        links=links,
        makers=makers,
        searches=searches,
        needs=(NeedFact("n", "n", "k"),),
    )
    return evidence(View(given_facts, TODAY))["k"]


YEAR = timedelta(days=365)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("tested", "to_check"),
    [
        (claim(), "尚未排查；须查询至少 3 个来源并注明日期"),
        (claim(search("x", "y", "z")), None),
        (claim(search("x", "y"), search("y", "z", on=TODAY - YEAR)), None),
        (claim(search("x", "y"), search("y")), "只查过 2 个来源（x、y），至少还须查 1 个"),
        (claim(search("x", "y", "z", on=TODAY - YEAR - DAY)), "上次排查在 2025-11-19，距今超过 365 天，须重新排查"),
        (claim(search("x", "y", "z", on=TODAY + DAY)), "尚未排查；须查询至少 3 个来源并注明日期"),
        (claim(search("x", "y", "z", found=2)), "2026-11-20 排查发现 2 家企业，须挂链确认"),
        (claim(search("x", "y", "z", found=2, on=TODAY - DAY), search("x")), None),
        (
            claim(search("x", "y", "z", on=TODAY - DAY), links=(link("a", "k", LinkState.UNCERTAIN),)),
            "核实 a 是否在该环节（产品目录）",
        ),
        (claim(search("x", "y", "z"), links=(link("a", "k", LinkState.UNCERTAIN),)), None),
        (claim(search("x", "y", "z"), makers=(MakerFact("a", "k", ("p",), ("s",)),)), "核实 a 是否在该环节（p）"),
        (claim(search("x", "y", "z"), makers=(MakerFact("b", "k", ("p",), ("s",)),)), None),
        (claim(search("x", "y", "z"), makers=(MakerFact("c", "k", ("p",), ("s",)),)), None),
        (claim(links=(link("a", "k"),)), None),
        (claim(links=(link("a", "k", observed_on=None),)), "1 家企业的挂链没有核查日期，须核查"),
        (
            claim(links=(link("a", "k", observed_on=date(2020, 1, 1), checked_on=date(2024, 1, 1)),)),
            "1 家企业的挂链最近一次核查在 2024-01-01，距今超过 365 天，须重新核查",
        ),
        (claim(links=(link("a", "k", observed_on=date(2020, 1, 1), checked_on=TODAY),)), None),
    ],
)
def test_evidence(tested: Evidence, to_check: str | None) -> None:
    assert [str(message) for message in tested.to_check] == ([to_check] if to_check else [])
    assert tested.holds == (to_check is None)


@given(facts())
def test_without_links_and_searches_nothing_is_claimed(given_facts: Facts) -> None:
    board = assess(replace(given_facts, links=(), makers=(), searches=()), TODAY)
    assert {found.gap_class for found in board.segments} == {GapClass.UNVERIFIED}
    assert board.gaps() == ()


# --- priority and settings -------------------------------------------------------------------------------------------


@given(st.lists(st.floats(0, 30), min_size=1, max_size=6))
def test_points_are_whole_and_sum_to_the_rounded_sum(exact: list[float]) -> None:
    points = whole_points(exact)
    assert abs(sum(points) - sum(exact)) <= 0.5 + 1e-9
    assert all(abs(point - part) < 1 for point, part in zip(points, exact, strict=True))
    assert all(point == 0 for point, part in zip(points, exact, strict=True) if part == 0)


def test_priority_is_full_when_everything_is() -> None:
    found = priority({name: figure(1.0) for name in PART_TITLES}, Weights())
    assert (found.score, [part.points for part in found.parts]) == (100, [30, 25, 25, 10, 10])


def test_missing_adds_nothing_and_says_so() -> None:
    found = priority({name: figure(None if name == "gap" else 0.0) for name in PART_TITLES}, Weights())
    assert found.score == 0
    assert [part.name for part in found.parts if part.missing] == ["gap"]


def test_ranks_move_with_the_weights_where_scores_are_close() -> None:
    def scored(**values: float) -> dict[str, Figure]:
        return {name: figure(values.get(name, 0.0)) for name in PART_TITLES}

    weights = Weights()
    found = ranks(
        {
            "far": priority(scored(demand=1, criticality=1, gap=1), weights),
            "one": priority(scored(demand=0.5), weights),
            "two": priority(scored(gap=0.55), weights),
        }
    )
    assert (found["far"].best, found["far"].worst) == (1, 1)
    assert (found["one"].place, found["one"].worst) == (2, 3)
    assert (found["two"].place, found["two"].best) == (3, 2)


def test_thresholds_change_the_class() -> None:
    def class_of(board: Board, name: str) -> GapClass:
        return board.by_segment[name].gap_class

    assert class_of(assess(EXAMPLE, TODAY), "力传感器") is GapClass.UNVERIFIED
    lax = replace(EXAMPLE, settings=Settings({ALL: {"sources": 1}}))
    assert class_of(assess(lax, TODAY), "力传感器") is GapClass.MISSING
    assert class_of(assess(EXAMPLE, TODAY + YEAR), "轴承钢") is GapClass.UNVERIFIED


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ([], 0.75, None),
        ([3.0], 0.75, 3.0),
        ([0.0, 1.0], 0.75, 0.75),
        ([4.0, 1.0, 3.0, 2.0], 0.75, 3.25),
        ([1, 2], 1, 2),
    ],
)
def test_percentile(values: list[float], share: float, expected: float | None) -> None:
    assert percentile(values, share) == expected


# --- the next step ---------------------------------------------------------------------------------------------------


def gap_with(**more: object) -> Board:
    """A missing segment k that feeds m, where a local firm works."""
    base = Facts(
        chains=(ChainFact("示例链", "示例链"),),
        segments=(segment("k"), segment("m"), segment("twin")),
        firms=(firm("buyer"), firm("near"), firm("delta", Ring.DELTA), firm("far", Ring.NATIONAL)),
        links=(link("buyer", "m"),),
        feeds=(FeedFact("k", "m", False, "g"), FeedFact("twin", "m", False, "g")),
        searches=(search("x", "y", "z"),),
        needs=(NeedFact("n", "n", "k"),),
    )
    return assess(replace(base, **{name: getattr(base, name) + extra for name, extra in more.items()}), TODAY)  # type: ignore[arg-type, operator]


def test_router_order() -> None:
    convert = (link("near", "twin"),)
    connect = (link("delta", "k"),)
    invest = (link("far", "k"),)
    for links, kind, name in [
        ((*invest, *connect, *convert), StepKind.CONVERT, "near"),
        ((*invest, *connect), StepKind.CONNECT, "delta"),
        (invest, StepKind.INVEST, "far"),
    ]:
        found = gap_with(links=links).by_segment["k"]
        assert found.gap_class is GapClass.MISSING
        assert (found.step.kind, found.step.candidates[0].name) == (kind, name)
    empty = gap_with().by_segment["k"].step
    assert (empty.kind, empty.candidates) == (StepKind.INVEST, ())
    ways = gap_with(links=(*invest, *connect, *convert)).by_segment["k"].step
    assert ways.further == (StepKind.CONNECT, StepKind.INVEST)


def test_only_gaps_have_a_way_out() -> None:
    for found in gap_with().segments:
        kinds = {StepKind.VERIFY} if found.gap_class is GapClass.UNVERIFIED else {StepKind.KEEP}
        assert found.step.kind in (
            set(StepKind) - {StepKind.VERIFY, StepKind.KEEP} if found.gap_class in GAPS else kinds
        )
