"""The worked example: every figure as computed by hand in docs/gap-measures.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from matching.gaps.board import Board, assess
from matching.gaps.classify import CLASS_TITLES, GapClass
from matching.gaps.router import StepKind
from tests.matching.gaps_example import EXAMPLE, TODAY

GUIDE = Path(__file__).parents[2] / "docs" / "gap-measures.md"


@pytest.fixture(scope="module")
def board() -> Board:
    return assess(EXAMPLE, TODAY)


@pytest.mark.parametrize(
    ("segment", "measure", "value"),
    [
        ("减速器", "depth", 1.6),
        ("减速器", "single_source", 0.75),
        ("减速器", "demand", 1.0),
        ("轴承钢", "demand", 0.75),
        ("力传感器", "demand", 0.25),
        ("视觉", "demand", 0.25),
        ("本体", "demand", 0.0),
        ("减速器", "criticality", 1.0),
        ("轴承钢", "criticality", 1.0),
        ("力传感器", "criticality", 0.0),
        ("减速器", "dependence", 0.18),
        ("减速器", "gap", 0.5),
        ("减速器", "local_supply", 0.625),
        ("本体", "local_supply", None),
        ("轴承钢", "gap", 1.0),
        ("减速器", "feasibility", 0.3),
        ("本体", "depth", None),
        ("减速器", "confidence", None),
        ("轴承钢", "dependence", None),
        ("轴承钢", "feasibility", None),
    ],
)
def test_figure(board: Board, segment: str, measure: str, value: float | None) -> None:
    assert board.by_segment[segment].figures[measure].value == (None if value is None else pytest.approx(value))


def test_chain(board: Board) -> None:
    chain = board.by_chain["示例链"]
    assert chain.coverage.value == pytest.approx(0.6)
    assert (chain.segments, chain.with_firms, chain.with_one_firm, chain.median_firms, chain.firms) == (5, 2, 0, 2, 4)
    assert chain.sourcing.value == 1
    assert chain.local_sourcing.value == pytest.approx(0.625)
    assert {c: n for c, n in chain.classes.items() if n} == {
        GapClass.MISSING: 1,
        GapClass.AT_RISK: 1,
        GapClass.UNVERIFIED: 2,
        GapClass.NORMAL: 1,
    }


@pytest.mark.parametrize(
    ("segment", "gap_class", "parts", "step"),
    [
        ("轴承钢", GapClass.MISSING, [23, 25, 25, 0, 0], StepKind.INVEST),
        ("减速器", GapClass.AT_RISK, [30, 25, 12, 2, 3], StepKind.CONNECT),
        ("力传感器", GapClass.UNVERIFIED, [8, 0, 25, 0, 0], StepKind.VERIFY),
        ("视觉", GapClass.UNVERIFIED, [8, 0, 25, 0, 5], StepKind.VERIFY),
        ("本体", GapClass.NORMAL, [0, 0, 0, 0, 0], StepKind.KEEP),
    ],
)
def test_class_priority_and_step(
    board: Board, segment: str, gap_class: GapClass, parts: list[int], step: StepKind
) -> None:
    found = board.by_segment[segment]
    assert found.gap_class is gap_class
    assert [part.points for part in found.priority.parts] == parts
    assert found.priority.score == sum(parts)
    assert found.step.kind is step


def test_order_and_sentences(board: Board) -> None:
    assert [found.segment.name for found in board.gaps("示例链")] == ["轴承钢", "减速器"]
    assert [found.segment.name for found in board.to_verify()] == ["视觉", "力传感器"]
    missing, at_risk = board.gaps()
    assert str(missing.sentence).startswith(
        "查过 3 个来源（须 3 个），2026-11-02 排查未发现企业；需要它的有下游企业 2 家次"
    )
    assert [str(reason) for reason in at_risk.reasons] == [
        "有效供应商数 1.60，低于 2",
        "75% 的采购额只有一个合格供应商，高于 50%",
    ]
    assert [candidate.name for candidate in at_risk.step.candidates] == ["湖州齿轮"]
    sensor = board.by_segment["力传感器"]
    assert [str(message) for message in sensor.to_check] == ["只查过 1 个来源（企业库），至少还须查 2 个"]
    assert str(board.by_segment["视觉"].to_check[-1]) == "核实 光电 是否在该环节（产品目录）"


def test_ranks(board: Board) -> None:
    missing, at_risk = board.gaps()
    assert missing.rank is not None
    assert at_risk.rank is not None
    assert (missing.rank.place, at_risk.rank.place) == (1, 2)
    assert (missing.rank.best, missing.rank.worst) == (1, 2)  # 0.2 points apart: the weights decide


def test_guide_shows_the_same_figures(board: Board) -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    for found in board.segments:
        points = " + ".join(str(part.points) for part in found.priority.parts)
        title = CLASS_TITLES[found.gap_class]
        assert f"| {found.segment.name} | {title} | {found.priority.score} = {points} |" in guide
    for function in board.segments[0].figures:
        assert f"`{function}`" in guide
