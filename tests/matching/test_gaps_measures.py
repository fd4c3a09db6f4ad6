"""Every measure: described, in range, repeatable, honest about what is missing, equal to a second reckoning."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import FirmStatus, LinkState, Substitutability
from matching.gaps.confidence import chao2
from matching.gaps.coverage import coverage
from matching.gaps.criticality import criticality, lost_without, output, values
from matching.gaps.demand import demand, pulls
from matching.gaps.dependence import dependence
from matching.gaps.depth import depth, effective_number
from matching.gaps.facts import ChainFact, Facts, FeedFact, FirmFact, LinkFact, MakerFact, NeedFact, PurchaseFact
from matching.gaps.figure import Figure
from matching.gaps.gap import gap
from matching.gaps.measures import CHAIN_MEASURES, MEASURE_TITLES, SEGMENT_MEASURES, Measure
from matching.gaps.single_source import single_source
from matching.gaps.view import View
from matching.rings import Ring, ring_of, within
from tests.matching.gaps_example import EXAMPLE, MILLION, TODAY, facts, firm, link, segment

MEASURES = SEGMENT_MEASURES + CHAIN_MEASURES
over_measures = pytest.mark.parametrize("measure", MEASURES, ids=lambda m: m.__name__)
rings = st.none() | st.sampled_from(Ring)


def same(figure: Figure, value: float | None) -> bool:
    return figure.value == (None if value is None else pytest.approx(value))


# --- over the list ---------------------------------------------------------------------------------------------------


@over_measures
def test_is_described_and_titled(measure: Measure) -> None:
    text = inspect.getdoc(measure) or ""
    assert re.search(r"DOMAIN 4\.\d+", text), "names its formula's number"
    assert "``" in text, "prints its formula"
    assert re.search(r"[一-鿿]", MEASURE_TITLES[measure.__name__])
    assert inspect.getmodule(measure).__name__.endswith("." + measure.__name__)  # type: ignore[union-attr]


@over_measures
@given(facts(), rings)
def test_range_and_note(measure: Measure, given_facts: Facts, ring: Ring | None) -> None:
    top = len(given_facts.firms) if measure is depth else 1.0
    for figure in measure(View(given_facts, TODAY, ring)).values():
        assert figure.value is None or -1e-12 <= figure.value <= top + 1e-9
        assert 0 <= figure.known <= max(figure.total, figure.known)
        assert str(figure.note)
        if figure.value is not None and figure.denominator and measure not in {gap}:
            assert figure.value == pytest.approx((figure.numerator or 0.0) / figure.denominator)


@over_measures
@given(facts(), st.randoms())
def test_order_of_facts_does_not_matter(measure: Measure, given_facts: Facts, random: object) -> None:
    def shuffled(items: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(sorted(items, key=lambda _: random.random()))  # type: ignore[attr-defined]

    other = replace(given_facts, **{name: shuffled(getattr(given_facts, name)) for name in _UNORDERED})
    assert measure(View(other, TODAY)) == measure(View(given_facts, TODAY))


_UNORDERED = ("firms", "makers", "supplies", "feeds", "searches")


@over_measures
def test_nothing_known_is_missing(measure: Measure) -> None:
    bare = Facts(chains=(ChainFact("c", "c"),), segments=(segment("k", chains=("c",)),))
    [figure] = measure(View(bare, TODAY)).values()
    assert figure.value == (0.0 if measure is coverage else None)


@over_measures
def test_empty_graph(measure: Measure) -> None:
    assert measure(View(Facts(), TODAY)) == {}


def test_chain_without_segments() -> None:
    [figure] = coverage(View(Facts(chains=(ChainFact("c", "c"),)), TODAY)).values()
    assert figure.missing


# --- against a second reckoning --------------------------------------------------------------------------------------


def heard(given_facts: Facts, firm_: str, segment_: str) -> LinkFact | None:
    said = [f for f in given_facts.links if (f.firm, f.segment) == (firm_, segment_)]
    best: LinkFact | None = None
    for fact in said:
        if best is None:
            best = fact
            continue
        newer = (fact.observed_on is not None) and (best.observed_on is None or fact.observed_on > best.observed_on)
        equal = fact.observed_on == best.observed_on
        if fact.rank < best.rank or (fact.rank == best.rank and (newer or (equal and fact.source < best.source))):
            best = fact
    return best


def below(given_facts: Facts, segment_: str) -> set[str]:
    """The segment and all that refine it."""
    tree: nx.DiGraph[str] = nx.DiGraph()
    tree.add_nodes_from(s.id for s in given_facts.segments)
    tree.add_edges_from((s.id, parent) for s in given_facts.segments for parent in s.parents)
    return nx.ancestors(tree, segment_) | {segment_}


def counted(given_facts: Facts, segment_: str, ring: Ring | None) -> set[str]:
    found = set()
    for candidate in given_facts.firms:
        if candidate.status is FirmStatus.CLOSED or not within(candidate.ring, ring):
            continue
        here = heard(given_facts, candidate.id, segment_)
        if here is not None and here.state is LinkState.REJECTED:
            continue
        if any(holds(given_facts, candidate.id, k) for k in below(given_facts, segment_)):
            found.add(candidate.id)
    return found


def holds(given_facts: Facts, firm_: str, segment_: str) -> bool:
    """Whether a firm is confirmed in a segment, by somebody within a year."""
    best = heard(given_facts, firm_, segment_)
    if best is None or best.state is not LinkState.CONFIRMED:
        return False
    said = [f for f in given_facts.links if (f.firm, f.segment, f.state) == (firm_, segment_, best.state)]
    return any(f.observed_on is not None and TODAY - f.observed_on <= timedelta(days=365) for f in said)


def distinct_feeds(given_facts: Facts) -> list[FeedFact]:
    return [f for f in given_facts.feeds if f.start != f.end]


@given(facts(), rings)
def test_who_counts(given_facts: Facts, ring: Ring | None) -> None:
    view = View(given_facts, TODAY, ring)
    for s in given_facts.segments:
        links = view.suppliers(s.id)
        assert {found.firm.id for found in links} == counted(given_facts, s.id, ring)
        assert len({found.firm.id for found in links}) == len(links), "a firm counts once"


@given(facts(), rings)
def test_coverage(given_facts: Facts, ring: Ring | None) -> None:
    for chain, figure in coverage(View(given_facts, TODAY, ring)).items():
        whole = covered = 0
        for s in given_facts.segments:
            if chain in s.chains:
                whole += s.importance
                if counted(given_facts, s.id, ring):
                    covered += s.importance
        assert same(figure, covered / whole if whole else None)


@given(st.lists(st.floats(0.001, 1), min_size=1, max_size=8))
def test_depth_is_the_inverse_of_the_herfindahl_index(shares: list[float]) -> None:
    whole = sum(shares)
    assert effective_number(shares) == pytest.approx(1 / sum((share / whole) ** 2 for share in shares))


def test_depth_is_never_guessed() -> None:
    known = Facts(
        chains=EXAMPLE.chains,
        segments=(segment("k"),),
        firms=(firm("a"), firm("b")),
        links=(link("a", "k", capacity_share=0.5), link("b", "k")),
    )
    [figure] = depth(View(known, TODAY)).values()
    assert (figure.value, figure.known, figure.total) == (None, 1, 2)


@given(facts())
def test_single_source(given_facts: Facts) -> None:
    for id_, figure in single_source(View(given_facts, TODAY)).items():
        whole = hanging = 0
        for buyer in given_facts.firms:
            if buyer.ring is not Ring.DISTRICT:
                continue
            bought = [p.amount for p in given_facts.purchases if (p.buyer, p.segment) == (buyer.id, id_)]
            sellers = {
                supply.supplier
                for supply in given_facts.supplies
                if (supply.buyer, supply.segment) == (buyer.id, id_)
                and supply.qualified is not False
                and not any(f.id == supply.supplier and f.status is FirmStatus.CLOSED for f in given_facts.firms)
            }
            if sellers and bought and None not in bought:
                spent = sum(amount for amount in bought if amount is not None)
                whole += spent
                hanging += spent if len(sellers) == 1 else 0
        assert same(figure, hanging / whole if whole else None)


def told(given_facts: Facts, *, demanded: bool) -> set[str]:
    """Segments that share a chain with one a supply relation (or a purchase or need) speaks of, or are one."""
    spoken = {end for feed in distinct_feeds(given_facts) for end in (feed.start, feed.end)}
    if demanded:
        spoken |= {fact.segment for fact in (*given_facts.purchases, *given_facts.needs)}
    own = {s.id: set(s.chains) for s in given_facts.segments}
    return {k for k, chains in own.items() if k in spoken or any(chains & own[other] for other in spoken)}


@given(facts())
def test_demand(given_facts: Facts) -> None:
    view = View(given_facts, TODAY)
    feeds = distinct_feeds(given_facts)
    raw: dict[str, float] = {}
    for s in given_facts.segments:
        raw[s.id] = 0.0
        downstream: set[str] = set()
        for feed in feeds:
            if feed.start == s.id:
                rivals = [f for f in feeds if f.end == feed.end and f.group == feed.group and not f.essential]
                there = counted(given_facts, feed.end, Ring.DISTRICT)
                downstream |= there
                raw[s.id] += len(there) * (1 if feed.essential else 1 / len(rivals))
        local = {f.id for f in given_facts.firms if f.ring is Ring.DISTRICT}
        raw[s.id] += len(
            {p.buyer for p in given_facts.purchases if p.segment == s.id and p.buyer in local} - downstream
        )
        raw[s.id] += len({n.id for n in given_facts.needs if n.segment == s.id})
    assert {k: pull.total for k, pull in pulls(view).items()} == pytest.approx(raw)
    for id_, figure in demand(view).items():
        if not any(raw.values()) or id_ not in told(given_facts, demanded=True):
            assert figure.missing
            continue
        others = [k for k in raw if k != id_]
        lower = sum(raw[k] < raw[id_] - 1e-12 for k in others)
        assert same(figure, lower / len(others) if others else 1.0)


def producible(given_facts: Facts, gone: str) -> set[str]:
    """Start with everything running and stop, one at a time, whatever lacks an input, until nothing changes."""
    running = {s.id for s in given_facts.segments} - {gone}
    while True:
        for id_ in sorted(running):
            inputs = [f for f in distinct_feeds(given_facts) if f.end == id_]
            essential = all(f.start in running for f in inputs if f.essential)
            groups = {f.group for f in inputs if not f.essential}
            if not essential or not all(any(f.start in running for f in inputs if f.group == g) for g in groups):
                running.remove(id_)
                break
        else:
            return running


@given(facts())
def test_criticality(given_facts: Facts) -> None:
    for id_, figure in criticality(View(given_facts, TODAY)).items():
        mine = next(s for s in given_facts.segments if s.id == id_)
        scope = [s for s in given_facts.segments if s.id != id_ and set(s.chains) & set(mine.chains)]
        worth = {s.id: s.importance for s in scope if counted(given_facts, s.id, Ring.DISTRICT)}
        left = producible(given_facts, id_)
        before, after = sum(worth.values()), sum(v for k, v in worth.items() if k in left)
        known = before and id_ in told(given_facts, demanded=False)
        assert same(figure, 1 - after / before if known else None)


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=15), st.integers(0, 6))
def test_with_essential_inputs_only_all_downstream_is_lost(edges: list[tuple[int, int]], removed: int) -> None:
    feeds = [FeedFact(str(a), str(b), True) for a, b in edges if a != b]
    plain: nx.DiGraph[str] = nx.DiGraph([(f.start, f.end) for f in feeds])
    plain.add_node(str(removed))
    view = View(Facts(segments=tuple(segment(str(i)) for i in range(7)), feeds=tuple(feeds)), TODAY)
    lost = lost_without([str(removed)], view.feeds_from, view.feeds_into)
    assert lost == nx.descendants(plain, str(removed)) | {str(removed)}


def circle(*outer: FeedFact) -> View:
    feeds = (FeedFact("a", "b", True), FeedFact("b", "c", True), FeedFact("c", "a", True), *outer)
    ids = sorted({end for f in feeds for end in (f.start, f.end)})
    return View(Facts(segments=tuple(segment(id_) for id_ in ids), feeds=feeds), TODAY)


@pytest.mark.parametrize(
    ("outer", "removed", "lost"),
    [
        ((), "x", {"x"}),  # a circle goes on by itself
        ((), "b", {"a", "b", "c"}),
        ((FeedFact("x", "a", True),), "x", {"x", "a", "b", "c"}),
        ((FeedFact("x", "a", False, "g"), FeedFact("y", "a", False, "g")), "x", {"x"}),
        ((FeedFact("x", "a", False, "g"),), "x", {"x", "a", "b", "c"}),
        ((FeedFact("x", "a", False),), "x", {"x"}),  # neither essential nor in a group: can be done without
    ],
)
def test_circles(outer: tuple[FeedFact, ...], removed: str, lost: set[str]) -> None:
    view = circle(*outer)
    assert lost_without([removed], view.feeds_from, view.feeds_into) == lost


@given(facts(), st.data())
def test_removing_never_raises_output(given_facts: Facts, data: st.DataObject) -> None:
    view = View(given_facts, TODAY)
    removed = data.draw(st.sets(st.sampled_from([s.id for s in given_facts.segments])))
    more = removed | data.draw(st.sets(st.sampled_from([s.id for s in given_facts.segments])))
    assert output(view, more) <= output(view, removed) <= output(view) == sum(values(view).values())
    if given_facts.firms:
        leaver = data.draw(st.sampled_from(given_facts.firms))
        without = replace(given_facts, links=tuple(fact for fact in given_facts.links if fact.firm != leaver.id))
        assert output(View(without, TODAY), removed) <= output(view, removed)


@given(facts())
def test_dependence(given_facts: Facts) -> None:
    hard = {Substitutability.NONE: 1.0, Substitutability.CERTIFIED: 0.6, Substitutability.FREE: 0.2}
    local = {f.id for f in given_facts.firms if f.ring is Ring.DISTRICT}
    for s in given_facts.segments:
        whole = imported = single = 0.0
        for p in given_facts.purchases:
            known = p.import_share == 0 or (p.import_share is not None and p.single_country_share is not None)
            if p.segment == s.id and p.buyer in local and p.amount and known:
                whole += p.amount
                imported += p.amount * (p.import_share or 0)
                single += p.amount * (p.single_country_share or 0) if p.import_share else 0
        expected = (imported / whole + single / whole) / 2 * hard[s.substitutability] if whole else None
        assert same(dependence(View(given_facts, TODAY))[s.id], expected)


@given(facts())
def test_gap(given_facts: Facts) -> None:
    view = View(given_facts, TODAY)
    revenue = {f.id: f.revenue for f in given_facts.firms}
    local = {f.id for f in given_facts.firms if f.ring is Ring.DISTRICT}
    for id_, figure in gap(view).items():
        if given_facts.needs or any(s.parents for s in given_facts.segments):
            continue  # reckoned by hand in the worked example and in test_links
        firms = counted(given_facts, id_, Ring.DISTRICT)
        shares = {m.firm: m.share for m in given_facts.makers if m.segment == id_}
        sold = [
            round(revenue[f] * shares[f])  # type: ignore[operator]
            for f in firms
            if revenue[f] is not None and shares.get(f) is not None
        ]
        spent: dict[str, list[int | None]] = {}
        for p in given_facts.purchases:
            if p.segment == id_ and p.buyer in local:
                spent.setdefault(p.buyer, []).append(p.amount)
        wanted = sum(sum(a for a in amounts if a) for amounts in spent.values() if None not in amounts)
        expected: float | None
        if not pulls(view)[id_].any:
            expected = None
        elif not wanted:
            expected = None if firms else 1.0
        elif len(sold) == len(firms) or sum(sold) >= wanted:
            expected = max(0.0, 1 - sum(sold) / wanted)
        else:
            expected = None
        assert same(figure, expected)


@given(st.lists(st.integers(1, 4), min_size=1, max_size=12))
def test_chao2_never_estimates_fewer_than_were_seen(incidences: list[int]) -> None:
    assert chao2(incidences, 4) >= len(incidences)


def test_chao2_by_hand() -> None:
    # 7 firms in 4 sources; 4 stand in one, 2 in two: 7 + 3/4 * 4*3 / (2*3)
    assert chao2([1, 1, 1, 1, 2, 2, 4], 4) == pytest.approx(8.5)
    assert chao2([3, 3, 3], 3) == 3


# --- more supply -----------------------------------------------------------------------------------------------------


def with_newcomer(given_facts: Facts, segment_: str, share: float | None, date_: object = TODAY) -> Facts:
    newcomer = FirmFact("new", "new", Ring.DISTRICT, status=FirmStatus.ACTIVE)
    fact = link("new", segment_, capacity_share=share, observed_on=date_)
    return replace(given_facts, firms=(*given_facts.firms, newcomer), links=(*given_facts.links, fact))


@given(facts(), st.data())
def test_a_confirmed_newcomer_never_lowers_coverage_or_depth(given_facts: Facts, data: st.DataObject) -> None:
    k = data.draw(st.sampled_from([s.id for s in given_facts.segments]))
    before = View(given_facts, TODAY)
    shares = [found.capacity_share for found in before.suppliers(k) if found.capacity_share]
    mean = sum(shares) / len(shares) if shares else 0.5
    share = data.draw(st.none() | st.floats(0.001, min(1.0, 2 * mean)))
    after = View(with_newcomer(given_facts, k, share), TODAY)
    for chain, figure in coverage(after).items():
        old = coverage(before)[chain].value
        assert old is None or figure.value >= old - 1e-12  # type: ignore[operator]
    assert depth(after)[k].total == depth(before)[k].total + 1
    old, new = depth(before)[k].value, depth(after)[k].value
    assert old is None or new is None or new >= old - 1e-9


def test_a_dominating_newcomer_concentrates() -> None:
    even = Facts(
        segments=(segment("k"),),
        firms=(firm("a"), firm("b")),
        links=(link("a", "k", capacity_share=0.05), link("b", "k", capacity_share=0.05)),
    )
    before, after = depth(View(even, TODAY))["k"].value, depth(View(with_newcomer(even, "k", 0.9), TODAY))["k"].value
    assert before == pytest.approx(2)
    assert after is not None
    assert after < 2


# --- rings -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("codes", "ring"),
    [
        (["320412"], Ring.DISTRICT),
        (["320412100"], Ring.DISTRICT),
        (["320411", "320412"], Ring.DISTRICT),
        (["3204"], Ring.CITY),
        (["320481"], Ring.CITY),
        (["31"], Ring.DELTA),
        (["330502"], Ring.DELTA),
        (["440300"], Ring.NATIONAL),
        ([], None),
        (["abroad", ""], None),
    ],
)
def test_ring_of(codes: Iterable[str], ring: Ring | None) -> None:
    assert ring_of(codes) is ring


def test_rings_nest() -> None:
    for near, far in permutations(Ring, 2):
        assert within(near, far) == (list(Ring).index(near) < list(Ring).index(far))
        assert not within(None, near)
    assert within(None, None)


@given(facts())
def test_a_wider_ring_never_loses_a_supplier(given_facts: Facts) -> None:
    steps = [View(given_facts, TODAY, ring) for ring in [*Ring, None]]
    for s in given_facts.segments:
        counts = [len(view.suppliers(s.id)) for view in steps]
        assert counts == sorted(counts)


def test_segment_in_two_chains_counts_in_both() -> None:
    both = Facts(
        chains=(ChainFact("甲", "甲"), ChainFact("乙", "乙")),
        segments=(segment("k", 2, chains=("甲", "乙")), segment("m", 1, chains=("乙",))),
        firms=(firm("a", revenue=MILLION),),
        links=(link("a", "k"),),
        feeds=(FeedFact("m", "k", True),),
    )
    view = View(both, TODAY)
    assert {chain: figure.value for chain, figure in coverage(view).items()} == {"甲": 1, "乙": pytest.approx(2 / 3)}
    assert criticality(view)["m"].value == 1


# --- supply against demand -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sold", "spent", "needed", "expected"),
    [
        ([], [100], [], 1.0),
        ([], [None], [], 1.0),  # nobody there, somebody wants it: no amount is needed
        ([], [], [], None),
        ([30], [100], [], 0.7),
        ([30, None], [100], [], None),  # unknown sales could change it
        ([120, None], [100], [], 0.0),  # and here they could not
        ([150], [100], [], 0.0),
        ([30], [None], [], None),
        ([30], [100], [50], 0.8),
        ([30], [], [None, 60], 0.5),
    ],
)
def test_gap_by_hand(
    sold: list[int | None], spent: list[int | None], needed: list[int | None], expected: float | None
) -> None:
    makers = [f"maker {i}" for i in range(len(sold))]
    buyers = [f"buyer {i}" for i in range(len(spent))]
    given_facts = Facts(
        segments=(segment("k"),),
        firms=(*(firm(m, revenue=s) for m, s in zip(makers, sold, strict=True)), *(firm(b) for b in buyers)),
        links=tuple(link(m, "k") for m in makers),
        makers=tuple(MakerFact(m, "k", ("p",), ("s",), share=1.0) for m in makers),
        purchases=tuple(PurchaseFact(b, "p", "k", amount) for b, amount in zip(buyers, spent, strict=True)),
        needs=tuple(NeedFact(f"n{i}", "n", "k", amount=amount) for i, amount in enumerate(needed)),
    )
    assert same(gap(View(given_facts, TODAY))["k"], expected)
