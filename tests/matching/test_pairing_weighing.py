"""Weights learned from supplies and from pairs both sides accepted, and kept only where they do better."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from api import pairing, training
from api.training import Data
from graph.model import (
    Answer,
    Buys,
    Enterprise,
    Makes,
    MaterialOf,
    Need,
    Offer,
    PairSide,
    Posts,
    Product,
    SuppliesTo,
)
from graph.store import Store
from matching.learning.examples import Query
from matching.pairing import find
from matching.pairing.answers import answer
from matching.pairing.cases import evidence_of, load_cases, made_in, rows_of, unseen
from matching.pairing.directions import Pool, direction
from matching.pairing.pools import load_asking, load_pool
from matching.pairing.training import Size
from matching.pairing.weighing import ENOUGH_ANSWERS, Evidence, hundredths, learn_weights
from matching.pairing.weights import FEATURES, PRIOR, Weights
from tests.graphs import clear, source, write
from tests.matching.pairing_cases import TODAY

PLENTY = Evidence(agreed=20, supplied=100, buyers=40)
MATERIALS = ("轴承钢", "硅钢片", "石英砂", "正极材料")
BUYERS, EACH = 24, 3


def rows(buyers: int, deciding: int | None, rivals: int = 30) -> list[tuple[str, Query]]:
    """Queries where the value of one part tells the answer, beside some noise; of none where there is no such part."""
    random = np.random.default_rng(0)
    found = []
    for buyer in range(buyers):
        for known in (1.0, np.nan):
            numbers = random.random((rivals + 1, len(FEATURES))).astype(np.float32)
            if deciding is not None:
                numbers[0, deciding] = 1.0
                numbers[1:, deciding] *= 0.6
            numbers[:, -1] = known
            count = np.ones(rivals + 1, dtype=np.float32)
            found.append((f"buyer-{buyer}", Query(numbers, np.array([0]), np.arange(1, rivals + 1), count)))
    return found


def test_what_tells_the_answer_counts_most_and_beats_the_prior() -> None:
    at = FEATURES.index("shared_buyers")
    found = learn_weights(rows(40, at), PLENTY, TODAY)
    assert found.learned
    assert found.ranker.known[:, 0].argmax() == found.ranker.new[:, 0].argmax() == at
    assert found.ranker.known.sum() == found.ranker.new.sum() == 100
    assert found.ranker.known.min() >= 0, "more of a part never lowers a score"
    lesson = found.lesson
    assert lesson is not None
    assert None not in (lesson.learned, lesson.prior, lesson.low)
    assert (lesson.learned or 0) > (lesson.prior or 0) + (lesson.low or 0) > (lesson.prior or 0)


def test_what_cannot_be_told_leaves_the_prior() -> None:
    found = learn_weights(rows(40, None), PLENTY, TODAY)
    assert not found.learned
    assert found.lesson is not None
    assert found.lesson.learned is not None, "the figures are kept, to be printed"
    assert found.ranker is PRIOR.ranker


@pytest.mark.parametrize("evidence", [Evidence(0, ENOUGH_ANSWERS - 1, 40), Evidence(50, 50, 3)])
def test_too_little_evidence_leaves_the_prior_unasked(evidence: Evidence) -> None:
    found = learn_weights(iter([]), evidence, TODAY)
    assert (found.learned, found.lesson is not None and found.lesson.learned) == (False, None)


def test_whole_hundredths_sum_to_a_hundred() -> None:
    for seed in range(50):
        slopes = np.random.default_rng(seed).random(6).astype(np.float32)
        assert sum(hundredths(slopes)) == 100


@pytest.fixture(scope="module")
def market(_opened: Store) -> Store:
    """Of five makers of each material the one that makes much else supplies everybody."""
    clear(_opened)
    materials = [Product(name=name) for name in MATERIALS]
    more = [Product(name=name) for name in ("铸钢件", "光刻胶", "丙烯腈", "环氧树脂", "碳纤维")]
    usual = [Enterprise(name=f"示例大厂{at}") for at in range(len(materials))]
    others = [[Enterprise(name=f"示例小厂{at}之{place}") for place in range(4)] for at in range(len(materials))]
    buyers = [Enterprise(name=f"示例整机厂{at}") for at in range(BUYERS)]
    machines = [Product(name=f"{kind}{at}型机床") for at, kind in enumerate(["立式", "卧式", "龙门"] * (BUYERS // 3))]
    facts: list[object] = [*materials, *more, *usual, *buyers, *machines, *(one for some in others for one in some)]
    for at, material in enumerate(materials):
        facts += [Makes(start=one.id, end=material.id) for one in (usual[at], *others[at])]
        facts += [Makes(start=usual[at].id, end=one.id) for one in more]
    for at, (buyer, machine) in enumerate(zip(buyers, machines, strict=True)):
        facts.append(Makes(start=buyer.id, end=machine.id))
        for place in range(EACH):
            material, maker = materials[(at + place) % len(materials)], usual[(at + place) % len(materials)]
            facts += [
                MaterialOf(start=material.id, end=machine.id),
                Buys(start=buyer.id, end=material.id),
                SuppliesTo(start=maker.id, end=buyer.id, products=[material.name]),
            ]
    fresh = Enterprise(name="示例新厂")  # of which no supplier is known
    facts += [fresh, Makes(start=fresh.id, end=machines[0].id), Buys(start=fresh.id, end=materials[0].id)]
    write(_opened, *facts)  # type: ignore[arg-type]
    return _opened


def test_supplies_of_the_graph_teach_what_the_product_then_does(market: Store) -> None:
    cases = load_cases(market, TODAY)
    assert evidence_of(cases) == Evidence(0, BUYERS * EACH, BUYERS)
    weights = learn_weights(rows_of(cases), evidence_of(cases), TODAY)
    assert weights.learned
    asking = load_asking(market, direction("firm-supplier"), "示例新厂")

    def first(own: Weights) -> str:
        pool = replace(load_pool(market, Pool.MAKERS, TODAY), weights=own)
        party = find(market, asking, pool, TODAY).candidates[0].offered.party
        return party.name if party else ""

    assert (first(PRIOR)[:4], first(weights)[:4]) == ("示例小厂", "示例大厂")


def test_an_encoder_for_learning_was_not_told_the_cases(market: Store) -> None:
    cases = load_cases(market, TODAY)
    told = [("立式0型机床", material) for material in MATERIALS]
    assert unseen(told, cases, made_in(cases)) == [("立式0型机床", MATERIALS[3])]


def test_one_sides_word_is_no_case(market: Store) -> None:
    need, offer = Need(number="N-9", name="轴承钢"), Offer(number="O-9", name="轴承钢")
    buyer, seller = Enterprise(name="示例整机厂0"), Enterprise(name="示例小厂0之1")
    write(
        market, need, offer, Posts(start=buyer.id, end=need.id), Posts(start=seller.id, end=offer.id), of=source("more")
    )
    agreed = []
    for side in PairSide:
        answer(market, need.id, offer.id, side, Answer.ACCEPTED, by="张三", at=datetime(2026, 12, 1, tzinfo=UTC))
        agreed.append(evidence_of(load_cases(market, TODAY)).agreed)
    assert agreed == [0, 1]


def test_weights_are_kept_for_the_encoder_in_use(
    market: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RONGLIAN_HOME", str(tmp_path))
    assert pairing.weights() is PRIOR
    stamp = pairing.model_stamp()
    kept = training.weigh(market, None, Size(32, 1 << 12, 1), seed=0)
    assert kept.learned
    assert pairing.model_stamp() != stamp
    assert pairing.weights().lesson == kept.lesson
    blind = training.weigh(
        market, Data("", "", [(f"某机{at}", f"某料{at % 9}") for at in range(300)]), Size(16, 1 << 10, 1), seed=0
    )
    assert blind.learned
    pairing.weights_file().write_text(kept.write("another encoder"), encoding="utf-8")
    assert not pairing.weights().learned
