"""Ranks, measures and intervals against brute force."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.evaluation.bootstrap import Resampling
from matching.evaluation.experiment import Experiment, Trial, compare
from matching.evaluation.ranks import MEASURES, area, expected_ranks
from matching.evaluation.reliability import SHOWN, Reliability, calibration_error, reliability

SCORES = st.lists(st.integers(-3, 3).map(float), min_size=1, max_size=12)


@given(SCORES, SCORES)
def test_expected_rank_is_the_mean_over_all_orders_of_ties(answers: list[float], rivals: list[float]) -> None:
    found = expected_ranks(answers, rivals)
    for answer, rank in zip(answers, found, strict=True):
        assert rank == 1 + sum(rival > answer for rival in rivals) + sum(rival == answer for rival in rivals) / 2


@given(SCORES, SCORES)
def test_area_is_the_share_of_pairs_in_the_right_order(answers: list[float], rivals: list[float]) -> None:
    found = area(expected_ranks(answers, rivals), len(rivals))
    for answer, value in zip(answers, found, strict=True):
        wins = sum((answer > rival) + 0.5 * (answer == rival) for rival in rivals)
        assert value == pytest.approx(wins / len(rivals))


@given(st.integers(1, 200))
def test_measures_of_one_answer(rank: int) -> None:
    ranks = np.array([float(rank)])
    assert MEASURES["nDCG@10"](ranks)[0] == pytest.approx(1 / math.log2(1 + rank) if rank <= 10 else 0)
    assert MEASURES["MRR@10"](ranks)[0] == pytest.approx(1 / rank if rank <= 10 else 0)
    assert [MEASURES[f"R@{k}"](ranks)[0] for k in (1, 10, 50)] == [rank <= k for k in (1, 10, 50)]


@given(st.integers(0, 1000))
def test_filtered_ranks_against_brute_force(seed: int) -> None:
    random = np.random.default_rng(seed)
    scores = random.integers(0, 4, (3, 9)).astype(np.float32)
    truth = [random.choice(9, 3, replace=False) for _ in range(3)]
    trials = tuple(Trial(q, int(item), str(q), 9, 1.0, ("all",)) for q, items in enumerate(truth) for item in items)
    found = Experiment(trials, tuple(truth)).ranks(scores)
    for trial, rank in zip(trials, found, strict=True):
        rivals = [scores[trial.query, item] for item in range(9) if item not in truth[trial.query]]
        own = scores[trial.query, trial.answer]
        assert rank == 1 + sum(r > own for r in rivals) + sum(r == own for r in rivals) / 2


def test_rivals_are_only_the_first_items() -> None:
    scores = np.array([[1.0, 5.0, 0.0, 9.0]], dtype=np.float32)
    trials = (Trial(0, 2, "q", 3, 1.0, ("narrow",)), Trial(0, 2, "q", 4, 1.0, ("wide",)))
    assert list(Experiment(trials, (np.array([2]),)).ranks(scores)) == [3.0, 4.0]


def test_whole_groups_are_drawn_and_weights_count() -> None:
    drawn = Resampling.of(["a", "a", "b"], np.array([1.0, 1.0, 2.0]), draws=500)
    found = drawn.mean(np.array([1.0, 1.0, 0.0]))
    assert found.mean == pytest.approx(0.5)
    assert (found.low, found.high) == (0.0, 1.0)
    assert drawn.mean(np.ones(3)).low == 1.0


def test_differences_are_paired() -> None:
    random = np.random.default_rng(0)
    trials = tuple(Trial(q, 0, str(q), 20, 1.0, ("all",)) for q in range(40))
    worse = random.standard_normal((40, 20)).astype(np.float32)
    better = worse.copy()
    better[:, 0] = worse.max(axis=1) + 1
    found = {f.method: f for f in compare(Experiment(trials, (np.array([0]),) * 40), {"w": worse, "b": better}, "b")}
    assert found["b"].measures["R@1"].mean == 1.0
    assert found["w"].gain["R@1"].mean == pytest.approx(1.0 - found["w"].measures["R@1"].mean)
    assert not found["b"].gain


def test_calibration_error_of_true_and_of_boasting_chances() -> None:
    random = np.random.default_rng(0)
    chances = random.random(20_000)
    right = random.random(20_000) < chances
    assert calibration_error(reliability(chances, right)) < 0.02
    assert calibration_error(reliability(np.sqrt(chances), right)) == pytest.approx(1 / 6, abs=0.02)
    assert calibration_error([]) == 0.0


def test_reliability_looks_at_what_is_shown_first_and_not_at_what_is_known() -> None:
    trials = (Trial(0, 2, "a", 30, 1.0, ("all",)), Trial(0, 40, "a", 50, 1.0, ("pool",)))
    experiment = Experiment(trials, (np.array([0, 2, 40]),))
    scores = np.zeros((1, 50), dtype=np.float32)
    scores[0, [0, 1, 2, 40]] = (9, 8, 7, 6)
    chances = np.where(scores > 0, 0.5, 0.0)
    found = Reliability.of(experiment, scores, chances)
    assert [(each.count, each.right) for each in found.bins] == [(SHOWN - 2, 0.0), (2, 0.5)]
    assert found.error == 0.0
    boasting = Reliability.of(experiment, scores, np.where(scores > 0, 0.9, 0.0))
    assert boasting.error == pytest.approx(2 * 0.4 / SHOWN)


def test_lists_of_one_group_share_one_voice_and_lists_without_a_trial_have_none() -> None:
    trials = (Trial(0, 1, "a", 30, 1.0, ("all",)), Trial(1, 2, "a", 30, 1.0, ("all",)), Trial(2, 3, "b", 30, 1.0, ()))
    experiment = Experiment(trials, tuple(np.array([each + 1]) for each in range(4)))
    assert experiment.list_weights().tolist() == [0.5, 0.5, 1.0, 0.0]
    chances = np.zeros((4, 30))
    chances[2] = 0.35
    found = Reliability.of(experiment, chances.astype(np.float32), chances)
    assert [(each.count, each.weight) for each in found.bins] == [(2 * SHOWN, SHOWN), (SHOWN, SHOWN)]
    assert found.error == pytest.approx((0.05 + 0.3) / 2)
