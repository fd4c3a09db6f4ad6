"""What cannot reach the threshold is not compared, and that changes nothing: the bound is never below the score."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.corruption import Listed, Rates, corrupt
from benchmarks.resolution import made_up
from loaders.resolution import Firm, Resolution, resolve
from loaders.resolution.blocking import Pairs
from loaders.resolution.columns import Bits
from loaders.resolution.comparison import compare
from loaders.resolution.reach import Reach
from loaders.resolution.records import prepare_all
from loaders.resolution.statistics import Statistics
from tests.loaders.test_resolution_laws import CODES, FIRMS, NAMES, same

SEVERAL = st.builds(
    lambda firm, name, code: Firm("x", f"{firm.name};{name}", f"{firm.code};{code}", firm.town, firm.phone),
    FIRMS,
    NAMES,
    CODES,
)


def _pairs(left: int, right: int) -> Pairs:
    return np.array([(one, other) for one in range(left) for other in range(right)], dtype=np.int64).reshape(-1, 2)


def _exceeding(left: list[Firm], right: list[Firm], pairs: Pairs) -> tuple[int, float]:
    """Pairs that score more than their bound, and by how much the bounds are above the scores in the middle."""
    ours, theirs = prepare_all(left), prepare_all(right)
    statistics = Statistics.count([*ours, *theirs])
    most = Reach(ours, theirs, pairs, statistics).most(pairs)
    scores = [
        sum(part.bits for part in compare(ours[one], theirs[other], statistics).parts) for one, other in pairs.tolist()
    ]
    above = most - np.array(scores)
    return int((above < 0).sum()), float(np.median(above))


@given(st.lists(st.one_of(FIRMS, SEVERAL), min_size=1, max_size=4), st.lists(FIRMS, min_size=1, max_size=4))
@same
def test_no_pair_scores_more_than_its_bound(left: list[Firm], right: list[Firm]) -> None:
    assert _exceeding(left, right, _pairs(len(left), len(right)))[0] == 0


def listed(count: int, chance: random.Random) -> list[Listed]:
    """Made-up listed firms, with the lengths and the words of real ones."""
    signs = "华新金天东海中达力源利泰通宏鑫恒盛瑞德佳康安龙星光云博科永信"
    trades = ("机械", "电子科技", "新材料", "生物医药", "精密机械", "汽车部件", "光电", "化工")
    places = ("常州", "江苏", "无锡市", "深圳市", "中国", "")
    names = ["".join(chance.choices(signs, k=2)) + chance.choice(trades) for _ in range(count)]
    return [
        Listed(name, f"{chance.choice(places)}{name}股份有限公司", f"{number:06d}") for number, name in enumerate(names)
    ]


@pytest.mark.parametrize("seed", [4, 5])
@pytest.mark.parametrize("rates", [Rates(), Rates(digits=6, code_slip=0.3), Rates(cell_missing=1.0, code_missing=1.0)])
def test_the_bound_holds_and_is_near_among_corrupted_names(rates: Rates, seed: int) -> None:
    lists = corrupt(listed(60, random.Random(seed)), rates, seed)
    exceeding, above = _exceeding(lists.left, lists.right, _pairs(len(lists.left), len(lists.right)))
    assert exceeding == 0
    assert above < 2


def _found(resolution: Resolution) -> list[tuple[object, ...]]:
    return [(d.scored.left, d.scored.right, d.zone, d.scored.parts, d.scored.vetoes) for d in resolution.decisions]


@pytest.mark.parametrize("seed", [4, 5, 6])
def test_decisions_are_those_without_the_bound(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(seed)
    lists = corrupt(listed(300, chance), Rates(digits=6, code_missing=0.5), seed)
    many = made_up(400, chance)
    bounded = [_found(resolve(*many)), _found(resolve(lists.left, lists.right))]
    assert all(bounded)

    def everything(self: Reach, pairs: Pairs) -> Bits:
        return np.full(len(pairs), np.inf)

    monkeypatch.setattr(Reach, "most", everything)
    assert bounded == [_found(resolve(*many)), _found(resolve(lists.left, lists.right))]
