"""Relatedness: against a second reckoning in whole fractions, its laws, and silence where too little is known."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import LinkState
from matching.gaps.board import assess
from matching.gaps.classify import GapClass
from matching.gaps.colocation import related
from matching.gaps.facts import ChainFact, Facts, FeedFact, SearchFact
from matching.gaps.relatedness import city_of, relatedness
from matching.gaps.settings import Settings
from matching.gaps.view import View
from matching.rings import Ring
from tests.matching.gaps_example import TODAY, firm, link, segment

SEGMENTS = "abcdef"
MATRICES = st.dictionaries(st.sampled_from("123456789"), st.frozensets(st.sampled_from(SEGMENTS)), max_size=9)
HERE = st.frozensets(st.sampled_from(SEGMENTS), max_size=4)
Matrix = dict[str, frozenset[str]]


def reckon(matrix: Matrix, here: frozenset[str], k: str) -> Fraction | None:
    """The formula with a loop for every sum."""
    places = [segments for segments in matrix.values() if len(segments) >= 2]
    ubiquity = {s: sum(s in segments for segments in places) for s in SEGMENTS}
    if not ubiquity[k]:
        return None
    near: dict[str, Fraction] = {}
    common: dict[str, Fraction] = {}
    for j in SEGMENTS:
        if j == k or not ubiquity[j]:
            continue
        together = Fraction(0)
        for segments in places:
            if j in segments and k in segments:
                together += Fraction(1, len(segments) - 1)
        near[j] = together / max(ubiquity[j], ubiquity[k])
        common[j] = Fraction(min(ubiquity[j], ubiquity[k]))
    density = sum(near[j] for j in near if j in here) / sum(near.values())
    return density - sum(common[j] for j in near if j in here) / sum(common.values())


@settings(max_examples=300)
@given(MATRICES, HERE)
def test_against_a_second_reckoning(matrix: Matrix, here: frozenset[str]) -> None:
    found = related(matrix, here)
    for k in SEGMENTS:
        expected = None if k in here else reckon(matrix, here, k)
        assert (k in found) == (expected is not None)
        if expected is not None:
            assert found[k].residual == pytest.approx(float(expected))
            assert 0 <= found[k].density <= 1
            assert 0 <= found[k].together <= found[k].places
            assert {one.segment for one in found[k].beside} <= here


@settings(max_examples=200)
@given(st.integers(2, 8), st.frozensets(st.sampled_from(SEGMENTS), min_size=2), HERE)
def test_where_every_place_has_everything_nothing_is_related(
    count: int, segments: frozenset[str], here: frozenset[str]
) -> None:
    matrix = {str(place): segments for place in range(count)}
    assert all(found.residual == pytest.approx(0) for found in related(matrix, here).values())


@settings(max_examples=200)
@given(MATRICES, HERE, st.permutations(SEGMENTS))
def test_names_do_not_matter(matrix: Matrix, here: frozenset[str], order: list[str]) -> None:
    other = dict(zip(SEGMENTS, order, strict=True))
    renamed = {place: frozenset(other[s] for s in segments) for place, segments in matrix.items()}
    mirrored = related(renamed, frozenset(other[s] for s in here))
    for k, found in related(matrix, here).items():
        assert mirrored[other[k]].residual == pytest.approx(found.residual)


@settings(max_examples=200)
@given(MATRICES, HERE, st.sampled_from(SEGMENTS))
def test_a_place_with_one_segment_says_nothing(matrix: Matrix, here: frozenset[str], alone: str) -> None:
    assert related(matrix | {"0": frozenset({alone})}, here) == related(matrix, here)


def test_the_example_of_the_guide() -> None:
    matrix = {
        "甲": {"减速器", "伺服"},
        "乙": {"减速器", "伺服"},
        "丙": {"减速器", "视觉"},
        "丁": {"伺服", "视觉", "钢"},
    }
    found = related(matrix, {"减速器"})
    servo = found["伺服"]
    assert [(one.segment, one.places) for one in servo.beside] == [("减速器", 2)]
    assert (servo.density, servo.expected) == (pytest.approx(2 / 3), pytest.approx(1 / 2))
    assert servo.residual == pytest.approx(1 / 6)
    assert found["钢"].residual < 0


CODES = ("3301", "3302", "4403", "4201", "3205", "3202", "3203", "3101", "1101", "5101")


def elsewhere(*cities: str) -> Facts:
    """Reducers here; elsewhere servo drives stand with reducers, and bearings with steel."""
    firms = [firm("本地", codes=("320412",))]
    links = [link("本地", "减速器")]
    for number, code in enumerate(cities):
        name = f"外地{number}"
        firms.append(firm(name, Ring.NATIONAL, codes=(code,)))
        pair = ("减速器", "伺服") if number % 2 else ("轴承", "钢")
        links += [link(name, k, LinkState.UNCERTAIN) for k in pair]
    return Facts(
        chains=(ChainFact("c", "c"),),
        segments=tuple(segment(name, chains=("c",)) for name in ("减速器", "伺服", "轴承", "钢")),
        settings=Settings({"all": {"colocation_minimum": 8}}),
        feeds=(FeedFact("轴承", "减速器", essential=True),),  # so that the chain knows of no demand for the others
        firms=tuple(firms),
        links=tuple(links),
        searches=(
            SearchFact("伺服", "局", ("甲", "乙", "丙"), 0, TODAY),
            SearchFact("钢", "局", ("甲", "乙", "丙"), 0, TODAY),
        ),
    )


def test_what_stands_together_elsewhere_is_an_extension_with_its_reason() -> None:
    facts = elsewhere(*CODES)
    figures = relatedness(View(facts, TODAY))
    assert figures["伺服"].value == pytest.approx(1 - 1 / 3)
    assert str(figures["伺服"].note).startswith("本区已有减速器（5），在外地 5 个地方与它同时出现（外地有它的共 5 个）")
    assert "20 条未确认" in str(figures["伺服"].note)
    assert figures["钢"].value == 0
    assert figures["减速器"].missing
    board = assess(facts, TODAY)
    assert board.by_segment["伺服"].gap_class is GapClass.EXTENSION
    assert "减速器" in str(board.by_segment["伺服"].sentence)
    assert board.by_segment["钢"].gap_class is GapClass.NOT_APPLICABLE


def test_too_few_places_is_unknown_and_said_so() -> None:
    facts = elsewhere(*CODES[:7])
    figure = relatedness(View(facts, TODAY))["伺服"]
    assert figure.missing
    assert str(figure.note) == "外地有两个以上环节记录的地方只有 7 个，至少要 8 个才能判断哪些环节常在一起"
    assert assess(facts, TODAY).by_segment["伺服"].gap_class is GapClass.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("code", "city"), [("320412100", "3204"), ("3305", "3305"), ("310115", "31"), ("31", "31"), ("33", None)]
)
def test_cities(code: str, city: str | None) -> None:
    assert city_of(code) == city
