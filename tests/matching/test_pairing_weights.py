"""Weights of the score: one ranker for the product and for ``evaluate``, chances only where they keep their word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from graph.messages import Message
from matching.learning.calibration import Calibration, Line, wilson
from matching.learning.links import Asked
from matching.learning.model import learn_model
from matching.learning.ranker import Ranker
from matching.pairing.context import Context, Path, Relation
from matching.pairing.explain import explain
from matching.pairing.market import Market
from matching.pairing.match import match
from matching.pairing.result import Candidate
from matching.pairing.score import score, values
from matching.pairing.scorers import SCORERS, Finding
from matching.pairing.weights import PRIOR, WEIGHTS, Lesson, Weights, ranker_of
from tests.matching.learning_example import PLAN, links, pairs
from tests.matching.pairing_cases import TODAY, offered, pair, wanted

KNOWN = {"identity": 40, "direction": 10, "text": 20, "shared_buyers": 25, "learned": 5}
NEW = {"identity": 70, "text": 20, "learned": 10}
LINE = Line(np.array([0.0, 50.0, 100.0]), np.array([0.0, 0.2, 0.8]), np.array([900.0, 100.0, 40.0]))
LESSON = Lesson(date(2026, 12, 1), 10, 90, 30, learned=0.5, prior=0.4, low=0.02, error=0.01)
TAUGHT = Weights(ranker_of(KNOWN, NEW), Calibration(LINE, LINE), LESSON)


def best(weights: Weights) -> Candidate:
    """The answer to a need of which nothing but the words is known."""
    market = Market((offered("行星减速器"),), weights=weights)
    return match(wanted("行星减速器"), market, Context(), TODAY).candidates[0]


def test_the_product_and_evaluate_score_by_the_same_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both go from features to a score through ``Ranker.parts``: halve it, and both scores halve."""
    model = learn_model(links(pairs()), PLAN)
    asked = Asked(model.learned.links.queries, model.learned.links.given)
    product, evaluated = best(PRIOR).points, model.score(asked)
    parts = Ranker.parts
    monkeypatch.setattr(Ranker, "parts", lambda self, of: parts(self, of) / 2)
    assert best(PRIOR).points == pytest.approx(product / 2, abs=3)
    assert np.allclose(model.score(asked), evaluated / 2, atol=1e-4)


def test_the_prior_is_a_ranker_that_says_it_is_not_calibrated() -> None:
    candidate = best(PRIOR)
    numbers = values([pair()], [[Finding(1.0, Message("")) for _ in SCORERS]])
    assert PRIOR.ranker.score(numbers)[0] == sum(WEIGHTS.values()) == 100
    assert (candidate.chance, PRIOR.learned) == (None, False)
    assert "未经本地数据校准" in str(match(wanted(), Market(()), Context(), TODAY).basis)


def test_parts_of_learned_weights_sum_to_the_score() -> None:
    candidate = best(TAUGHT)
    assert sum(part.points for part in candidate.parts) == round(100 * candidate.score)
    assert {part.name: part.weight for part in candidate.parts if part.weight} == {k: v for k, v in NEW.items() if v}
    assert not any(part.missing for part in candidate.parts if not part.weight), "what counts nothing is not missed"
    assert candidate.known_share == sum(part.weight for part in candidate.parts if not part.missing) / 100
    assert candidate.scored.relevance == best(PRIOR).points, "what is shown at all goes by the prior"


def test_who_asks_decides_which_weights_count() -> None:
    known = Context(inputs={"x": Path(Relation.INPUT, ("某物", "机器人"))})
    (one,) = score([pair(context=known, similarity=0.5)], TAUGHT)
    assert {part.name: part.weight for part in one.parts} == KNOWN
    (other,) = score([pair(wanted(party=None), context=known, similarity=0.5)], TAUGHT)
    assert {part.name: part.weight for part in other.parts if part.weight} == NEW


def test_a_chance_comes_with_how_sure_it_is() -> None:
    chance = best(TAUGHT).chance
    assert chance is not None
    assert 0 < chance.low < chance.share < chance.high < 1
    assert any("95% 区间" in str(sentence) for sentence in explain(best(TAUGHT)))
    assert wilson(0.5, 10_000)[1] - wilson(0.5, 10_000)[0] < 0.03 < wilson(0.5, 10)[1] - wilson(0.5, 10)[0]


@pytest.mark.parametrize("error", [None, 0.2])
def test_a_chance_that_did_not_keep_its_word_is_not_shown(error: float | None) -> None:
    weights = replace(TAUGHT, lesson=replace(LESSON, error=error))
    assert best(weights).chance is None
    assert "未通过检验" in str(weights.basis)


def test_weights_are_written_and_read_and_belong_to_one_encoder() -> None:
    again = Weights.read(TAUGHT.write("one"), "one")
    assert again.lesson == LESSON
    assert best(again) == best(TAUGHT)
    assert not Weights.read(TAUGHT.write("one"), "other").learned
    kept = Weights.read(replace(PRIOR, lesson=LESSON).write("one"), "one")
    assert (kept.learned, kept.lesson) == (False, LESSON)
