"""Lists of firms: a firm stands for what it makes, and chances are learned on lists like those of the test."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from matching.evaluation.firm_lists import ENOUGH, FirmLists
from matching.evaluation.trade import Curve, Trade
from matching.learning.examples import Query
from matching.learning.ranker import Ranker
from tests.matching.learning_example import links, pairs

MARKER = 1


def trade(firms: list[list[int]]) -> Trade:
    known = links(pairs())
    makes = sparse.lil_matrix((len(firms), len(known.items)), dtype=np.float32)
    for firm, items in enumerate(firms):
        makes[firm, items] = 1.0
    own = sparse.csr_matrix((np.ones(1, np.float32), ([0], [3])), shape=(len(firms), len(known.queries)))
    return Trade(makes.tocsr(), own, known)


def test_several_ways_to_be_the_supplier_add_up() -> None:
    scores = np.array([[5.0, 4.9, 4.9, *[-5.0] * (len(trade([[0]]).links.items) - 3)]], dtype=np.float32)
    one, two = trade([[0], [1, 2]]).together(scores)[0]
    assert one == pytest.approx(5.0)
    assert two == pytest.approx(4.9 + np.log(2))


def test_a_higher_score_is_never_a_lower_chance_and_chances_come_true() -> None:
    random = np.random.default_rng(0)
    scores = random.normal(size=4000)
    right = random.random(4000) < 1 / (1 + np.exp(2 - scores))
    curve = Curve.fit(scores, right)
    assert curve.chance(scores.astype(np.float32)).mean() == pytest.approx(right.mean(), abs=0.01)
    assert Curve.fit(scores, random.random(4000) < 1 / (1 + np.exp(2 + scores))).slope == 0
    assert Curve.fit(scores, right & False).chance(np.zeros(1, np.float32))[0] < 1e-6
    assert Curve.fit(np.zeros(0), np.zeros(0, dtype=np.bool_)).chance(np.zeros(1, np.float32))[0] < 1e-6


def test_only_products_that_a_firm_makes_teach_chances_and_known_suppliers_are_not_in_the_list() -> None:
    ranker = Ranker(("score", "marker"), np.zeros((2, 2)), *[np.array([[1.0], [0.0]])] * 2, MARKER)
    lists = FirmLists(trade([[0], [1], [2], [3]]))
    values = np.zeros((len(lists.trade.links.items), 2), dtype=np.float32)
    values[:4, 0] = 9.0, 3.0, 2.0, 1.0  # the firm of item 0 supplies already
    nothing = np.zeros(0, dtype=np.int64)

    def query(place: int) -> Query:
        return Query(values, np.array([1]), nothing, lists.trade.makers, 1.0, place, np.array([0]))

    for _ in range(ENOUGH):
        lists.see(query(3))
        lists.see(query(4))  # nobody makes it
    assert len(lists.seen) == ENOUGH
    chances = lists.chances(ranker)
    first, second = chances.of(np.array([[3.0, 2.0]], dtype=np.float32), np.array([False]))[0]
    assert first > 0.9
    assert second < 0.1
    new = chances.of(np.array([[3.0]], dtype=np.float32), np.array([True]))[0, 0]
    assert new == pytest.approx(first)  # too few new products for a curve of their own
