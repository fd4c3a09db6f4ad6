"""Link proposals held against labels: the figures themselves, and what they must reach on ChainKnowledgeGraph."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph.errors import SourceMissing
from graph.model import LinkState
from loaders.catalog.files import read_chains
from loaders.catalog.loader import segment_terms
from matching.evaluation.linking import (
    OBSERVED_ON,
    Judged,
    Label,
    LinkEvaluation,
    Rate,
    default_labels,
    evaluate_linking,
    read_firms,
    read_labels,
)
from matching.linking import Rules, Segment
from tests.matching.linking_cases import SEGMENTS, firm, makes, proposals

CHAINKG = Path("../shared/data/chainkg")
LABELS = read_labels(default_labels())
CATALOG = [Segment(s.segment, s.segment, s.terms, s.lookalikes) for s in segment_terms(list(read_chains()))]


def label(segment: str, belongs: bool, lookalike: bool = False) -> Label:
    return Label("f", "示例", segment, belongs, lookalike, "A", "")


def test_the_figures() -> None:
    sure = proposals(firm(products=(makes("RV减速器", 0.4),)))["robotics.rv"]
    asked = proposals(firm(products=(makes("RV减速器"),)))["robotics.rv"]
    found = LinkEvaluation(
        (
            Judged(label("a", True), sure),
            Judged(label("b", False, lookalike=True), sure),
            Judged(label("c", True), asked),
            Judged(label("d", True), None),
            Judged(label("e", False, lookalike=True), None),
        )
    )
    assert (found.precision.right, found.precision.of) == (1, 2)
    assert (found.recall.right, found.recall.of) == (2, 3)
    assert found.asked.value == 1
    assert found.lookalikes.value == 0.5


def test_a_rate_and_its_interval() -> None:
    assert Rate(0, 0).value is None
    assert Rate(0, 0).interval is None
    low, high = Rate(9, 10).interval or (0, 0)
    assert (round(low, 3), round(high, 3)) == (0.596, 0.982)  # Wilson 1927, worked by hand


def test_the_labels_are_enough_and_a_quarter_look_alike() -> None:
    assert len(LABELS) >= 300
    assert sum(one.lookalike for one in LABELS) >= len(LABELS) / 4
    assert not any(one.lookalike and one.belongs for one in LABELS)
    assert len({(one.code, one.segment) for one in LABELS}) == len(LABELS)
    assert {one.segment for one in LABELS} <= {segment.id for segment in CATALOG}


@pytest.mark.chainkg
@pytest.mark.skipif(not CHAINKG.is_dir(), reason="ChainKnowledgeGraph lies beside the repository where there is one")
def test_what_proposals_must_reach() -> None:
    found = evaluate_linking(read_firms(CHAINKG), CATALOG, LABELS, Rules())
    assert found.precision.value is not None
    assert found.recall.value is not None
    assert found.precision.of >= 80
    assert found.precision.value >= 0.9
    assert found.recall.value >= 0.8


@pytest.mark.chainkg
@pytest.mark.skipif(not CHAINKG.is_dir(), reason="ChainKnowledgeGraph lies beside the repository where there is one")
def test_what_proposals_must_reach_on_later_draws() -> None:
    drawn = read_labels(default_labels().with_name("linking_draws.csv"))
    assert not {(one.code, one.segment) for one in drawn} & {(one.code, one.segment) for one in LABELS}
    judged = evaluate_linking(read_firms(CHAINKG), CATALOG, drawn, Rules()).judged
    for stratum in "QRSTU":
        found = LinkEvaluation(tuple(one for one in judged if one.label.stratum == stratum))
        assert len(found.judged) >= 60
        assert (found.precision.value or 0) >= 0.9
        assert (found.recall.value or 0) >= 0.8


def test_the_last_draw_is_of_firms_never_labelled_before() -> None:
    drawn = read_labels(default_labels().with_name("linking_draws.csv"))
    last = [one for one in drawn if one.stratum == "V"]
    assert len(last) >= 120
    assert len({one.code for one in last}) == len(last)
    assert not {one.code for one in last} & {one.code for one in [*LABELS, *drawn] if one.stratum != "V"}
    assert sum(one.lookalike for one in last) >= len(last) / 4
    assert not any(one.lookalike and one.belongs for one in last)
    assert {one.segment for one in last} <= {segment.id for segment in CATALOG}


def write(folder: Path, **rows: list[dict[str, object]]) -> Path:
    for name, lines in rows.items():
        (folder / f"{name}.json").write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    return folder


def test_a_share_of_a_thousandth_is_the_registered_scope(tmp_path: Path) -> None:
    product = {"company_code": "1.SZ", "company_name": "示例", "product_name": "RV减速器"}
    folder = write(
        tmp_path,
        company=[{"code": "1", "fullname": "示例股份有限公司"}],
        company_product=[product | {"rel_weight": 0.001, "company_code": "000001.SZ"}],
        company_industry=[{"company_code": "000001.SZ", "industry_name": "机器人"}],
    )
    found = evaluate_linking(
        read_firms(folder), SEGMENTS, [Label("000001", "", "robotics.rv", True, False, "", "")], Rules()
    )
    (judged,) = found.judged
    assert judged.state is LinkState.UNCERTAIN
    assert judged.proposal is not None
    assert [one.kind for one in judged.proposal.evidence] == ["scope"]
    assert judged.proposal.observed_on == OBSERVED_ON


def test_missing_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing):
        read_firms(tmp_path)
    with pytest.raises(SourceMissing):
        read_labels(tmp_path / "none.csv")
