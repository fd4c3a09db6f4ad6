"""One link out of what several sources say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import FirmStatus, LinkState
from matching.gaps.board import SegmentAssessment, assess
from matching.gaps.classify import GapClass
from matching.gaps.facts import Facts, FirmFact, LinkFact, MakerFact
from matching.gaps.links import settle
from matching.gaps.settings import Settings
from matching.gaps.view import View
from tests.matching.gaps_example import TODAY, firm, link, segment

TREE = (segment("减速器"), segment("RV减速器", parents=("减速器",)), segment("环", parents=("环",)))
FIRM = firm("传动", revenue=1000)


def view(*links: LinkFact, makers: tuple[MakerFact, ...] = (), of: FirmFact = FIRM) -> View:
    return View(Facts(segments=TREE, firms=(of,), links=links, makers=makers), TODAY)


def test_the_most_trusted_source_decides_then_the_later_one() -> None:
    old, new = date(2025, 1, 1), date(2026, 1, 1)
    person = link("传动", "k", LinkState.REJECTED, rank=1, source="填报", observed_on=old)
    public = link("传动", "k", rank=3, source="公开", observed_on=new)
    later = link("传动", "k", LinkState.UNCERTAIN, rank=3, source="又一公开", observed_on=date(2026, 2, 1))
    assert settle([public, person], FIRM).state is LinkState.REJECTED
    assert settle([public, later], FIRM).state is LinkState.UNCERTAIN
    assert settle([person, public], FIRM).sources == ("填报",), "only sources that agree are named"


def test_agreeing_sources_count_once_and_fill_each_other() -> None:
    found = settle(
        [
            link("传动", "k", source="b", rank=1, checked_on=date(2026, 3, 1), observed_on=None),
            link("传动", "k", source="a", rank=2, capacity_share=0.4, observed_on=date(2026, 5, 1)),
        ],
        FIRM,
    )
    assert found.sources == ("a", "b")
    assert (found.capacity_share, found.checked_on, found.seen_on) == (0.4, date(2026, 3, 1), date(2026, 5, 1))


@given(st.permutations(["a", "b", "c"]))
def test_order_of_statements_does_not_matter(order: list[str]) -> None:
    said = {
        "a": link("传动", "k", source="a", capacity_share=0.1),
        "b": link("传动", "k", LinkState.UNCERTAIN, source="b"),
        "c": link("传动", "k", source="c", capacity_share=0.3),
    }
    assert settle([said[name] for name in order], FIRM) == settle(said.values(), FIRM)


def test_finer_segments_count_above_but_not_below() -> None:
    below = view(link("传动", "RV减速器", capacity_share=0.5))
    [rolled] = below.suppliers("减速器")
    assert (rolled.via, rolled.capacity_share) == ("RV减速器", None)
    assert view(link("传动", "减速器")).suppliers("RV减速器") == ()


@pytest.mark.parametrize(
    ("above", "below", "state"),
    [
        (LinkState.REJECTED, LinkState.CONFIRMED, LinkState.REJECTED),
        (LinkState.UNCERTAIN, LinkState.CONFIRMED, LinkState.CONFIRMED),
        (LinkState.CONFIRMED, LinkState.UNCERTAIN, LinkState.CONFIRMED),
        (LinkState.UNCERTAIN, LinkState.REJECTED, LinkState.UNCERTAIN),
    ],
)
def test_what_is_said_above_and_below(above: LinkState, below: LinkState, state: LinkState) -> None:
    found = view(link("传动", "减速器", above), link("传动", "RV减速器", below))
    assert [each.state for each in found.links["减速器"]] == [state]


def test_implied_makers_are_uncertain_and_never_counted() -> None:
    maker = MakerFact("传动", "RV减速器", ("RV减速器",), ("公开",), share=0.5)
    found = view(makers=(maker,))
    assert found.suppliers("RV减速器") == ()
    [implied] = found.uncertain("RV减速器")
    assert implied.implied
    assert implied.evidence == "RV减速器"
    assert view(link("传动", "RV减速器", LinkState.REJECTED), makers=(maker,)).uncertain("RV减速器") == ()
    [confirmed] = view(link("传动", "RV减速器"), makers=(maker,)).suppliers("RV减速器")
    assert confirmed.sales == 500


def test_closed_firms_do_not_count() -> None:
    closed = firm("传动", status=FirmStatus.CLOSED)
    assert view(link("传动", "减速器"), of=closed).suppliers("减速器") == ()


def test_a_segment_that_refines_itself_ends() -> None:
    assert [each.via for each in view(link("传动", "环")).suppliers("环")] == [None]


# --- age -------------------------------------------------------------------------------------------------------------

LAST_DAY = TODAY - timedelta(days=365)
OLD = LAST_DAY - timedelta(days=1)


def board(*links: LinkFact) -> SegmentAssessment:
    firms = (FIRM, firm("精密"), firm("齿轮"))
    return assess(Facts(segments=TREE, firms=firms, links=links), TODAY).by_segment["减速器"]


@pytest.mark.parametrize("seen", [OLD, None])
def test_one_fresh_link_keeps_no_stale_one_confirmed(seen: date | None) -> None:
    found = board(link("传动", "减速器"), link("精密", "减速器", observed_on=seen))
    assert [each.firm.id for each in found.confirmed] == ["传动"]
    assert [(each.firm.id, each.aged) for each in found.uncertain] == [("精密", True)]
    assert found.gap_class is GapClass.WEAK, "one firm is left"


def test_what_was_checked_on_the_last_day_still_holds() -> None:
    checked = link("精密", "减速器", observed_on=date(2020, 1, 1), checked_on=LAST_DAY)
    assert [each.aged for each in board(checked).confirmed] == [False]


def test_only_stale_links_are_no_absence() -> None:
    found = board(link("传动", "减速器", observed_on=OLD), link("精密", "RV减速器", observed_on=OLD))
    assert found.confirmed == ()
    assert found.gap_class is GapClass.UNVERIFIED
    assert str(found.sentence) == "2 家确认企业的证据已超过 365 天或没有日期，须先核实"
    assert [str(each) for each in found.to_check] == [
        "2 家企业的挂链最近一次核查在 2025-11-19，距今超过 365 天，须重新核查"
    ]
    assert {str(each.reason) for each in found.step.candidates} == {
        "曾确认在该环节（产品目录），最近一次见于 2025-11-19，须重新核查"
    }


def test_a_fresh_finer_link_stands_where_the_upper_one_aged() -> None:
    found = board(link("传动", "减速器", observed_on=OLD), link("传动", "RV减速器"))
    assert [each.via for each in found.confirmed] == ["RV减速器"]


def test_a_chain_has_its_own_age() -> None:
    facts = Facts(segments=TREE, firms=(FIRM,), links=(link("传动", "减速器", observed_on=OLD),))
    lax = replace(facts, settings=Settings({"示例链": {"stale_days": 366}}))
    assert View(facts, TODAY).suppliers("减速器") == ()
    assert [each.firm.id for each in View(lax, TODAY).suppliers("减速器")] == ["传动"]
