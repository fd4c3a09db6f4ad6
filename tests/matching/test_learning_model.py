"""Features, folds, ranker and calibration on a small made-up market."""

from __future__ import annotations

import numpy as np
import pytest

from matching.learning.contrast import Recipe, Texts, Tower, _Batch, _Learner
from matching.learning.examples import Examples, scorers, values
from matching.learning.features import FEATURES, FIRM_FEATURES, MATERIAL_FEATURES, Feature
from matching.learning.fitting import fit
from matching.learning.folds import hold_out
from matching.learning.grams import END, START, Weighting, bags, grams
from matching.learning.learned import Learned, learn
from matching.learning.links import Asked, Links, Names, incidence
from matching.learning.model import Model, examples_of, learn_model
from matching.learning.ranker import STRAIGHT
from tests.matching.learning_example import KINDS, NEEDS, PLAN, RECIPE, links, pairs


@pytest.fixture(scope="module")
def learned() -> Learned:
    return learn(links(pairs()), 0, RECIPE)


@pytest.fixture(scope="module")
def model() -> Model:
    return learn_model(links(pairs()), PLAN)


def new_query(learned: Learned, *names: str) -> Asked:
    return Asked(Names(names, learned.links.queries.weighting), learned.links.given[[0] * len(names)] * 0)


def test_grams_mark_both_ends_and_keep_names_apart() -> None:
    assert grams("钢") == ["钢", f"{START}钢", f"钢{END}", f"{START}钢{END}"]
    assert grams("钢；铁") == grams("钢") + grams("铁")
    assert grams("  ") == []


@pytest.mark.parametrize(
    "feature", dict.fromkeys([*FIRM_FEATURES, *MATERIAL_FEATURES]), ids=lambda feature: feature.__name__
)
def test_every_feature_explains_itself_and_scores_every_item(feature: Feature, learned: Learned) -> None:
    assert feature.__doc__
    asked = Asked(learned.links.queries, learned.links.given)
    found = np.asarray(feature(learned)(asked))
    assert found.shape == learned.links.given.shape
    assert not np.isinf(found).any()
    for names in (("从未见过",), ("",)):
        assert np.asarray(feature(learned)(new_query(learned, *names))).shape == (1, len(learned.links.items))


def test_the_same_seed_gives_the_same_and_another_gives_another() -> None:
    market = links(pairs())
    first, again, other = (learn(market, seed, RECIPE).item_vectors for seed in (3, 3, 4))
    assert np.array_equal(first, again)
    assert not np.allclose(first, other)


def test_slopes_agree_with_finite_differences() -> None:
    random = np.random.default_rng(0)
    query, item = (random.standard_normal((40, 6)).astype(np.float32) for _ in range(2))
    texts = Texts(bags(["甲乙", "丙丁"], 40))
    offers = Texts(bags(["甲丁", "乙丙", "戊己"], 40))
    batch = _Batch(texts, offers, texts.bags[:, :3] * 0, np.array([0, 2]), np.zeros(3, dtype=np.float32))

    def loss(table: np.ndarray) -> float:
        q, d = Tower(table).encode(texts), Tower(item).encode(offers)
        logits = (q @ d.T / 0.5).astype(np.float64)
        return float(np.mean(np.log(np.exp(logits).sum(axis=1)) - logits[[0, 1], [0, 2]]))

    kept: list[np.ndarray] = []

    class Recording(_Learner):
        def step(self, texts: Texts, slope: np.ndarray) -> None:
            kept.append(slope)

    batch.learn(Recording(Tower(query), Recipe()), Recording(Tower(item), Recipe()), 0.5)
    gradient = texts.bags.T @ kept[0]
    row, column = int(texts.bags.indices[0]), 3
    moved = [query.copy(), query.copy()]
    moved[0][row, column] += 1e-2
    moved[1][row, column] -= 1e-2
    assert gradient[row, column] == pytest.approx((loss(moved[0]) - loss(moved[1])) / 2e-2, rel=0.05, abs=1e-3)


def test_what_is_held_out_is_nowhere_in_what_is_learned_from() -> None:
    market = links(pairs())
    fold = hold_out(market, 1)
    kept = fold.links.given[fold.rows]
    assert fold.held.nnz > 0
    assert kept.multiply(fold.held).nnz == 0
    assert fold.asked.known.multiply(fold.held).nnz == 0
    assert (fold.links.given.nnz + fold.held.nnz) == market.given.nnz


def test_a_buyer_of_which_nothing_is_known_loses_its_customers_too() -> None:
    firms = Names(tuple("甲乙丙丁"), Weighting.fit(tuple("甲乙丙丁")), ids=("1", "2", "3", "4"))
    market = Links(firms, firms, incidence([(0, 1), (1, 2), (2, 3), (3, 0)], (4, 4)))
    fold = hold_out(market, 0, queries=0.5, single=0.0, unsold=1.0)
    assert 0 < len(fold.rows) < 4
    assert fold.links.given[fold.rows].nnz == fold.links.given[:, fold.rows].nnz == 0
    assert hold_out(market, 0, queries=0.5, single=0.0).links.given[:, fold.rows].nnz > 0


def test_a_line_bends_where_values_thin_out() -> None:
    """Answers lie at one value only: a straight line cannot put them first, a bent one can."""
    low, middle, high = np.zeros(80), np.full(10, 1.0), np.full(10, 2.0)
    column = np.concatenate([middle, low, high] * 40).astype(np.float32)
    values = np.stack([column, np.full(len(column), np.nan, dtype=np.float32)], axis=1)
    query = np.repeat(np.arange(40), 100)
    examples = Examples(values, column == 1.0, np.ones(len(column), np.float32), query, np.ones(40, np.float32))
    scores = fit(examples, ("bent", "marker"), "marker").score(np.array([[0, np.nan], [1, np.nan], [2, np.nan]]))
    assert scores.argmax() == 1
    straight = fit(examples, ("bent", "marker"), "marker", STRAIGHT)
    assert straight.new.shape == (2, 1)
    assert straight.score(np.array([[0, np.nan], [1, np.nan], [2, np.nan]])).argmax() != 1


def test_features_of_held_out_links_do_not_know_the_answer() -> None:
    """Links tossed at random cannot be predicted: features that saw them would do far better than chance."""
    random = np.random.default_rng(0)
    names = [f"{chr(0x4E00 + 7 * i)}{chr(0x6000 + 11 * i)}" for i in range(60)]
    wares = [f"{chr(0x7000 + 13 * i)}{chr(0x5000 + 5 * i)}" for i in range(40)]
    market = links([(name, str(ware)) for name in names for ware in random.choice(wares, 4, replace=False)])
    examples = examples_of(market, PLAN)
    order = np.argsort(np.argsort(examples.values[:, 0]))
    place = order[examples.positive].mean() / len(order)
    assert place == pytest.approx(0.5, abs=0.1)
    seen = learn(market, 0, RECIPE)
    scores = scorers(seen)[0](Asked(market.queries, market.given))
    known = market.given.toarray() > 0
    assert (scores[known][:, None] > scores[~known][None, :400]).mean() > 0.9


def test_the_market_is_learned_and_parts_sum_to_the_score(model: Model) -> None:
    asked = new_query(model.learned, "新型电池", "深海轴承")
    found = model.score(asked)
    items = model.learned.links.items.texts
    for row, kind in enumerate(("电池", "轴承")):
        assert NEEDS[KINDS.index(kind)] in items[int(found[row].argmax())]
    parts = model.ranker.parts(values(model.scorers, asked))
    assert parts.shape[-1] == len(FEATURES)
    assert np.allclose(parts.sum(axis=-1), found, atol=1e-4)


@pytest.mark.parametrize("new", [False, True])
def test_a_higher_score_never_means_a_lower_chance(model: Model, new: bool) -> None:
    chances = model.calibration.chance(np.linspace(-60, 60, 500, dtype=np.float32), np.full(500, new))
    assert (np.diff(chances) >= 0).all()
    assert 0 <= chances.min() < chances.max() <= 1
