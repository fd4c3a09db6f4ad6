"""What is told of figures made of firms' secrets: nothing that leads back to fewer than three firms."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.messages import Message
from graph.model import Substitutability
from matching.gaps import Board, Ring, assess
from matching.gaps.changes import compare
from matching.gaps.classify import FEW_EFFECTIVE
from matching.gaps.disclosed import (
    COMBINED,
    FEWEST,
    GRADED,
    SIGN_WITHHELD,
    TOO_FEW,
    Teller,
    disclosed_board,
    isolates,
)
from matching.gaps.facts import ChainFact, Facts, LinkFact, MakerFact, PurchaseFact, SupplyFact
from matching.gaps.figure import Figure, Secret, Secrets
from matching.gaps.snapshot import record
from tests.matching.gaps_example import EXAMPLE, MILLION, TODAY, facts, firm, link, segment


def of(*values: str) -> Secrets:
    """Values of firms, ``a`` for the first of firm a, ``a2`` for its second."""
    return frozenset(Secret(value[0], value[1:]) for value in values)


ISOLATING = [
    ("two firms", [of("a", "b")]),
    ("three values of one firm", [of("a", "a2", "a3")]),
    ("a ring with one firm more", [of("a", "b", "c"), of("a", "b", "c", "d")]),
    ("a ring with two firms more", [of("a", "b", "c"), of("a", "b", "c", "d", "e")]),
    ("all but the parts", [of(*"abcdefg"), of(*"abc"), of(*"def")]),
    ("another value of one firm", [of("a", "b", "c", "d"), of("a", "b", "c", "d2")]),
    ("two that differ by two", [of("a", "b", "c", "d"), of("a", "b", "c", "e")]),
]
SAFE = [
    ("three firms", [of("a", "b", "c")]),
    ("apart", [of("a", "b", "c"), of("d", "e", "f")]),
    ("three more", [of(*"abc"), of(*"abcdef")]),
    ("the parts leave three", [of(*"abcdefghi"), of(*"abc"), of(*"def")]),
    ("same firms, other values", [of("a", "b", "c"), of("a2", "b2", "c2")]),
]


@pytest.mark.parametrize(("told", "expected"), [(t, True) for _, t in ISOLATING] + [(t, False) for _, t in SAFE])
def test_sums_that_leave_fewer_than_three_firms_are_found(told: list[Secrets], expected: bool) -> None:
    assert isolates(told) is expected


SUMS = st.lists(
    st.frozensets(st.builds(Secret, st.sampled_from("abcdefgh"), st.sampled_from("12")), min_size=1), max_size=5
)


def _left(sums: list[Secrets], signs: tuple[int, ...]) -> set[str]:
    """The firms whose values are left when sums are added and subtracted."""
    weight: dict[Secret, int] = {}
    for sign, sum_ in zip(signs, sums, strict=True):
        for value in sum_:
            weight[value] = weight.get(value, 0) + sign
    return {value.firm for value, total in weight.items() if total}


@settings(max_examples=300)
@given(SUMS, st.frozensets(st.sampled_from("abc")))
def test_no_adding_and_subtracting_of_what_is_told_leaves_one_or_two_firms(
    sums: list[Secrets], known: frozenset[str]
) -> None:
    tell = Teller(known)
    shown = [tell("gap", Figure(0.5, Message(""), secrets=(sum_,))) for sum_ in sums]
    told = [
        frozenset(one for one in sum_ if one.firm not in known)
        for sum_, figure in zip(sums, shown, strict=True)
        if figure.value is not None
    ]
    for signs in product((-1, 0, 1), repeat=len(told)):
        assert len(_left(told, signs)) not in range(1, FEWEST), (told, signs)


def test_who_knows_the_values_of_some_firms_is_told_less_of_the_others() -> None:
    figure = Figure(0.5, Message(""), secrets=(of("a", "b", "c", "d"),))
    assert Teller()("gap", figure).value == 0.5
    assert Teller(frozenset("ab"))("gap", figure).note.template == TOO_FEW
    assert Teller(frozenset("abcd"))("gap", figure) is figure


@pytest.mark.parametrize(("value", "told"), [(0.0, 0.05), (0.014, 0.05), (0.5049, 0.5), (1.0, 0.95)])
def test_a_share_at_the_very_end_is_not_told_as_such(value: float, told: float) -> None:
    assert Teller()("dependence", Figure(value, Message(""), 1, 2, secrets=(of("a", "b", "c"),))).value == told


def _numbers(board: Board) -> dict[tuple[str, str], object]:
    """Everything measured that a board tells, apart from what its classes follow from."""
    found: dict[tuple[str, str], object] = {}
    for one in board.segments:
        found |= {(one.segment.id, name): figure for name, figure in one.figures.items()}
        found |= {(one.segment.id, f"part {part.name}"): part for part in one.priority.parts}
    return found | {(one.chain.id, "local_sourcing"): one.local_sourcing for one in board.chains}


FIRMS = [f"f{number}" for number in range(6)]
SEGMENTS = ["k0", "k1", "k2"]


@st.composite
def secretive(draw: st.DrawFn) -> Facts:
    """A chain in which much is reported: who makes and buys what is drawn, and all the amounts and shares."""
    pairs = st.lists(st.tuples(st.sampled_from(FIRMS), st.sampled_from(SEGMENTS)), unique=True)
    share = st.integers(1, 9).map(lambda tenths: tenths / 10)
    made, bought = draw(pairs), draw(pairs)
    rings = st.sampled_from([Ring.DISTRICT, Ring.DISTRICT, Ring.DELTA])
    return Facts(
        chains=(ChainFact("甲链", "甲链", leaders=("f0",)),),
        segments=tuple(
            segment(id_, chains=("甲链",), substitutability=draw(st.sampled_from(Substitutability))) for id_ in SEGMENTS
        ),
        firms=tuple(firm(one, draw(rings), revenue=draw(st.integers(1, 9)) * MILLION) for one in FIRMS),
        links=tuple(link(*pair, capacity_share=draw(share)) for pair in made),
        makers=tuple(MakerFact(*pair, ("p",), ("a",), share=draw(share)) for pair in made),
        purchases=tuple(
            PurchaseFact(buyer, f"p-{of_}", of_, draw(st.integers(1, 9)) * MILLION, draw(share), draw(share))
            for buyer, of_ in bought
        ),
        supplies=tuple(
            SupplyFact(*pair)
            for pair in draw(st.lists(st.tuples(*[st.sampled_from(FIRMS)] * 2, st.sampled_from(SEGMENTS)), max_size=6))
        ),
    )


def _altered(known: Facts, firm_: str) -> Facts:
    """The same facts with other sensitive values of one firm."""

    def other(share: float | None) -> float | None:
        return share * 0.7 if share else share

    def bought(fact: PurchaseFact) -> PurchaseFact:
        more = fact.amount * 3 if fact.amount else fact.amount
        return replace(fact, amount=more, single_country_share=other(fact.single_country_share))

    def linked(fact: LinkFact) -> LinkFact:
        return replace(fact, capacity_share=other(fact.capacity_share))

    return replace(
        known,
        purchases=tuple(bought(fact) if fact.buyer == firm_ else fact for fact in known.purchases),
        links=tuple(linked(fact) if fact.firm == firm_ else fact for fact in known.links),
        makers=tuple(replace(one, share=other(one.share)) if one.firm == firm_ else one for one in known.makers),
        needs=tuple(
            replace(need, amount=need.amount * 3) if need.by == firm_ and need.amount else need for need in known.needs
        ),
    )


def _told(known: Facts, ring: Ring | None) -> tuple[Board, Board]:
    home = assess(known, TODAY)
    board = home if ring is Ring.DISTRICT else assess(known, TODAY, ring=ring)
    return board, disclosed_board(board, home)


@settings(max_examples=60, deadline=None)
@given(facts() | secretive(), st.sampled_from(FIRMS), st.sampled_from([Ring.DISTRICT, Ring.DELTA, None]))
def test_a_number_told_depends_on_no_firm_in_too_small_a_company(known: Facts, who: str, ring: Ring | None) -> None:
    board, before = _told(known, ring)
    _, after = _told(_altered(known, who), ring)
    old, new = _numbers(before), _numbers(after)
    for one in (*board.segments, *board.chains):
        figures = one.figures if hasattr(one, "figures") else {"local_sourcing": one.local_sourcing}
        subject = one.segment.id if hasattr(one, "segment") else one.chain.id
        for name, figure in figures.items():
            assert not figure.secrets or name in GRADED, name
            few = any(len({s.firm for s in sum_}) < FEWEST for sum_ in figure.secrets)
            mine = any(s.firm == who for sum_ in figure.secrets for s in sum_)
            if few or not mine:
                assert old[subject, name] == new[subject, name], (subject, name)
                assert old.get((subject, f"part {name}")) == new.get((subject, f"part {name}")), (subject, name)


WITH_MORE = replace(
    EXAMPLE,
    firms=(*EXAMPLE.firms, firm("丙"), firm("丁"), firm("远", Ring.DELTA)),
    links=(
        *(one for one in EXAMPLE.links if one.firm != "湖州齿轮"),
        link("丙", "减速器", capacity_share=0.3),
        link("丁", "减速器", capacity_share=0.2),
        link("远", "减速器", capacity_share=0.6),
    ),
    purchases=(*EXAMPLE.purchases, PurchaseFact("丙", "RV减速器", "减速器", 30 * MILLION, 0.2, 0.1)),
)


def test_another_ring_tells_only_what_is_the_same_there() -> None:
    home, delta = assess(WITH_MORE, TODAY), assess(WITH_MORE, TODAY, ring=Ring.DELTA)
    shown, wider = (disclosed_board(board, home).by_segment["减速器"].figures for board in (home, delta))
    assert shown["depth"].value is not None
    assert (wider["depth"].value, wider["depth"].note.template) == (None, COMBINED)
    assert wider["dependence"] == shown["dependence"]
    assert wider["dependence"].value is not None


def test_score_and_signs_follow_from_what_is_told() -> None:
    board = assess(EXAMPLE, TODAY)
    full, shown = board.by_segment["减速器"], disclosed_board(board, board).by_segment["减速器"]
    assert any(one.template == FEW_EFFECTIVE for one in full.reasons)
    assert [one.template for one in shown.reasons] == [SIGN_WITHHELD]
    assert shown.priority.score == sum(part.points for part in shown.priority.parts) < full.priority.score
    assert {part.name for part in shown.priority.parts if part.missing} >= {"gap", "dependence"}
    assert shown.gap_class is full.gap_class


def test_changes_tell_neither_scores_nor_graded_measures() -> None:
    less = replace(EXAMPLE, purchases=EXAMPLE.purchases[:1], links=EXAMPLE.links[:2] + EXAMPLE.links[3:])
    days = [
        record(assess(known, TODAY), [], [], at=None, by="甲", revision=1, settings=0)  # type: ignore[arg-type]
        for known in (less, EXAMPLE)
    ]
    full, told = compare(*days), compare(*days, withhold=True)
    titles = {"有效供应商数", "单一来源占比", "外部依赖", "供需缺口", "本地供应占比", "本地配套率"}
    said = [{str(r.values.get("title")) for r in one.reasons} & titles for one in full.segments]
    assert any(said), "there is something to withhold"
    assert told.segments, "what changed is still told"
    assert not any({str(r.values.get("title")) for r in one.reasons} & titles for one in told.segments)
    assert {(one.score_before, one.score_after) for one in told.segments} == {(None, None)}
    assert (full.withheld, told.withheld) == (False, True)
