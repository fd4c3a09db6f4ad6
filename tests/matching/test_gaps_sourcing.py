"""Local sourcing by value: against a second reckoning, its bounds, and what is not known."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.gaps.attribution import attribute, purchases_of
from matching.gaps.facts import ChainFact, Facts, FeedFact, PurchaseFact, SupplyFact
from matching.gaps.local_sourcing import local_sourcing
from matching.gaps.local_supply import local_supply
from matching.gaps.view import View
from matching.rings import Ring
from tests.matching.gaps_example import EXAMPLE, TODAY, firm, link, segment

BUYERS, SUPPLIERS, PRODUCTS = ("甲", "乙"), ("近", "远", "邻", "谜"), {"p": ("k",), "q": ("k", "m"), "r": ("m",)}
RINGS = {"近": Ring.DISTRICT, "远": Ring.NATIONAL, "邻": Ring.DELTA, "谜": None}


@st.composite
def trade(draw: st.DrawFn) -> Facts:
    """Two buyers, three products of two segments, suppliers near, far, next door and of unknown place."""
    purchases = []
    for buyer in BUYERS:
        for product in draw(st.lists(st.sampled_from(sorted(PRODUCTS)), unique=True)):
            amount = draw(st.none() | st.integers(1, 9))
            abroad = draw(st.sampled_from([None, 0.0, 0.5, 1.0]))
            purchases += [PurchaseFact(buyer, product, k, amount, abroad, name=product) for k in PRODUCTS[product]]
    supply = st.builds(
        SupplyFact,
        st.sampled_from(SUPPLIERS),
        st.sampled_from(BUYERS),
        st.sampled_from("km"),
        st.none(),
        st.lists(st.sampled_from("pqr"), max_size=2, unique=True).map(tuple),
    )
    return Facts(
        chains=(ChainFact("c", "c", leaders=("甲",)),),
        segments=(segment("k", chains=("c",)), segment("m", chains=())),
        firms=(*(firm(name) for name in BUYERS), *(firm(name, ring) for name, ring in RINGS.items())),
        links=(link("乙", "k"),),
        purchases=tuple(purchases),
        supplies=tuple(draw(st.lists(supply, max_size=5))),
        feeds=(FeedFact("m", "k", True),),
    )


def reckon(facts: Facts, ring: Ring | None, buyers: set[str], segments: set[str]) -> tuple[float | None, float, float]:
    """The rate and its bounds, purchase by purchase, straight from the words of the definition."""
    near = {
        name
        for name, where in RINGS.items()
        if ring is None or (where and list(Ring).index(where) <= list(Ring).index(ring))
    }
    inside = settled = least = most = whole = 0.0
    done = set()
    for fact in facts.purchases:
        if (fact.buyer, fact.product) in done or fact.buyer not in buyers or fact.segment not in segments:
            continue
        done.add((fact.buyer, fact.product))
        if fact.amount is None:
            continue
        belongs = set(PRODUCTS[fact.product]) & segments
        sellers = {
            s.supplier
            for s in facts.supplies
            if s.buyer == fact.buyer and s.segment in belongs and (not s.products or fact.product in s.products)
        }
        domestic = fact.amount * (1 - (fact.import_share or 0))
        whole += fact.amount
        if domestic == 0 or (sellers and not sellers & near and ("谜" not in sellers or ring is None)):
            settled += fact.amount
        elif sellers and sellers <= near and fact.import_share is not None:
            settled, inside = settled + fact.amount, inside + domestic
            least, most = least + domestic, most + domestic
        else:
            most += domestic
    enough = settled and settled >= whole / 2
    return (inside / settled if enough else None, least / whole if whole else 0, most / whole if whole else 0)


@settings(max_examples=300)
@given(trade(), st.sampled_from([None, *Ring]))
def test_against_a_second_reckoning(facts: Facts, ring: Ring | None) -> None:
    view = View(facts, TODAY, ring)
    figure = local_sourcing(view)["c"]
    value, least, most = reckon(facts, ring, set(BUYERS), {"k", "m"})
    assert figure.value == (None if value is None else pytest.approx(value))
    if any(fact.amount for fact in facts.purchases):
        assert figure.note.values["least"] == pytest.approx(least)
        assert figure.note.values["most"] == pytest.approx(most)
        if figure.value is not None:
            assert least - 1e-9 <= (figure.numerator or 0) / sum(_amounts(facts)) <= most + 1e-9
    for k, found in local_supply(view).items():
        value, *_ = reckon(facts, ring, set(BUYERS), {k})
        assert found.value == (None if value is None else pytest.approx(value))


def _amounts(facts: Facts) -> list[int]:
    return [amount for (amount,) in {(f.buyer, f.product): (f.amount,) for f in facts.purchases}.values() if amount]


@settings(max_examples=200)
@given(trade())
def test_a_wider_ring_never_lowers_a_bound(facts: Facts) -> None:
    for group in purchases_of(facts.purchases):
        found = [attribute(View(facts, TODAY, ring), group) for ring in (*Ring, None)]
        for narrow, wide in pairwise(found):
            if narrow and wide and all(s.supplier != "谜" for s in facts.supplies):
                assert narrow.least <= wide.least
                assert narrow.most <= wide.most


def test_the_example() -> None:
    figure = local_sourcing(View(EXAMPLE, TODAY))["示例链"]
    assert (figure.numerator, figure.denominator) == (50_000_000, 80_000_000)
    assert str(figure.note).startswith("2/4 家买家填报了金额；能确定来源的 8,000 万元，占已填报的 100%")
    assert local_supply(View(EXAMPLE, TODAY))["减速器"].value == pytest.approx(0.625)


@pytest.mark.parametrize(
    ("import_share", "suppliers", "value"),
    [
        (0.5, ("传动",), 0.5),
        (None, ("传动",), None),  # inside, but perhaps a part is imported
        (None, ("湖州齿轮",), 0.0),
        (0.2, ("传动", "湖州齿轮"), None),  # nobody knows who sells how much
        (0.2, (), None),
        (1.0, (), 0.0),
    ],
)
def test_what_settles_a_purchase(import_share: float | None, suppliers: tuple[str, ...], value: float | None) -> None:
    facts = replace(
        EXAMPLE,
        purchases=(PurchaseFact("重工", "p", "减速器", 100, import_share),),
        supplies=tuple(SupplyFact(name, "重工", "减速器") for name in suppliers),
    )
    assert local_sourcing(View(facts, TODAY))["示例链"].value == value
