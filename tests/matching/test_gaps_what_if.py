"""What-if: equal to a second reckoning with plain loops, never better than before, and by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import Ambiguous, NotFound
from graph.model import FirmStatus, Substitutability
from matching.gaps.criticality import lost_without, spread
from matching.gaps.facts import ChainFact, Facts, FeedFact, PurchaseFact, SupplyFact
from matching.gaps.leaders import HIT_TITLES, HURT, Hit
from matching.gaps.losses import losses
from matching.gaps.network import Network
from matching.gaps.removal import ALL_IMPORTS, Removal, RemovalKind
from matching.gaps.resolve import resolve
from matching.gaps.settings import Settings
from matching.gaps.sites import PlaceFact, SiteFact
from matching.gaps.substitutes import Way
from matching.gaps.view import View
from matching.gaps.what_if import Effect, Outcome, what_if
from matching.rings import Ring, ring_of
from tests.matching.gaps_example import EXAMPLE, MILLION, TODAY, facts, firm, link, segment

GUIDE = Path(__file__).parents[2] / "docs" / "gap-measures.md"
TOWNS = ("320412100", "320412101", "320411001", "330502001")
COUNTRIES = ("甲国", "乙国")


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Random facts with plants in towns and purchases from named countries."""
    given_facts = draw(facts())
    ring = draw(st.none() | st.sampled_from(Ring))
    sites = []
    for one in given_facts.firms:
        for number in range(draw(st.integers(0, 2))):
            place = (PlaceFact(draw(st.sampled_from(TOWNS)), "镇"),) if draw(st.booleans()) else ()
            sites.append(SiteFact(one.id, f"{one.id}-{number}", f"{number} 厂", place))
    placed = {one.id: [c for s in sites if s.firm == one.id for c in s.codes] for one in given_facts.firms}
    firms = tuple(replace(one, ring=ring_of(placed[one.id])) if placed[one.id] else one for one in given_facts.firms)
    purchases = tuple(
        replace(p, import_country=draw(st.none() | st.sampled_from(COUNTRIES))) for p in given_facts.purchases
    )
    return Network(View(replace(given_facts, firms=firms, purchases=purchases), TODAY, ring), tuple(sites))


def removals_of(network: Network) -> list[Removal]:
    return [removal for named in network.names.values() for removal in named.values()]


@st.composite
def cases(draw: st.DrawFn) -> tuple[Network, list[Removal], list[Removal]]:
    """A network, some removals, and some more."""
    network = draw(networks())
    some = st.lists(st.sampled_from(removals_of(network)), max_size=4, unique=True)
    return network, draw(some), draw(some)


# --- a second reckoning ----------------------------------------------------------------------------------------------


def without(network: Network, removals: list[Removal]) -> Facts:
    """The facts as they would be if the firms and plants had never been there."""
    given_facts = network.view.facts
    firms = {one.id: one for one in given_facts.firms}
    for removal in removals:
        if removal.kind is RemovalKind.FIRM:
            firms.pop(removal.ref, None)
    for id_, one in list(firms.items()):
        plants = [s for s in network.sites if s.firm == id_]
        taken = [
            s
            for s in plants
            for r in removals
            if (r.kind is RemovalKind.SITE and s.site == r.ref)
            or (r.kind is RemovalKind.TOWN and any(code.startswith(r.ref) for code in s.codes))
        ]
        kept = [s for s in plants if s not in taken]
        if taken and not kept:
            del firms[id_]
        elif taken:
            firms[id_] = replace(one, ring=ring_of(code for s in kept for code in s.codes))
    return replace(
        given_facts,
        firms=tuple(firms.values()),
        links=tuple(f for f in given_facts.links if f.firm in firms),
        makers=tuple(f for f in given_facts.makers if f.firm in firms),
    )


def not_imported(network: Network, segment_: str, countries: set[str]) -> float:
    """Part of what home buys of a segment that no longer comes in; 0 when nobody says."""
    parts = []
    for every in (True, False):
        whole = lost = 0.0
        for p in network.view.facts.purchases:
            home = any(f.id == p.buyer and f.ring is Ring.DISTRICT for f in network.view.facts.firms)
            if p.segment != segment_ or not home or not p.amount or p.import_share is None:
                continue
            named = p.import_country is not None and p.single_country_share is not None
            if every:
                whole += p.amount
                lost += p.amount * p.import_share if ALL_IMPORTS in countries else 0
            elif named or p.import_share == 0:
                whole += p.amount
                if named and p.import_country in countries:
                    lost += p.amount * min(p.single_country_share or 0, p.import_share)
        parts.append(lost / whole if whole else 0.0)
    return max(parts)


def second_reckoning(network: Network, removals: list[Removal]) -> set[str]:
    """Segments that stop: everything runs at first, then stops one at a time until nothing changes."""
    before, after = network.view, View(without(network, removals), TODAY, network.view.ring)
    countries = {r.ref for r in removals if r.kind is RemovalKind.COUNTRY}
    running = {s.id for s in before.facts.segments} - {r.ref for r in removals if r.kind is RemovalKind.SEGMENT}
    for s in before.facts.segments:
        nobody = not after.suppliers(s.id)
        if nobody and (before.suppliers(s.id) or not_imported(network, s.id, countries) >= 0.5):
            running.discard(s.id)
    feeds = [f for f in before.facts.feeds if f.start != f.end]
    while True:
        for id_ in sorted(running):
            inputs = [f for f in feeds if f.end == id_]
            essential = all(f.start in running for f in inputs if f.essential)
            groups = {f.group for f in inputs if not f.essential}
            if not essential or not all(any(f.start in running for f in inputs if f.group == g) for g in groups):
                running.remove(id_)
                break
        else:
            return {s.id for s in before.facts.segments} - running


def produced(network: Network, removals: list[Removal]) -> int:
    stopped = second_reckoning(network, removals)
    after = View(without(network, removals), TODAY, network.view.ring)
    return sum(s.importance for s in network.view.facts.segments if s.id not in stopped and after.locals(s.id))


@settings(max_examples=250)
@given(cases())
def test_equals_a_second_reckoning_and_more_never_helps(case: tuple[Network, list[Removal], list[Removal]]) -> None:
    network, removals, more = case
    found = what_if(network, removals)
    equal_to_a_second_reckoning(network, removals, found)
    never_better(network, removals, more, found)
    explained(network, removals, found)


def equal_to_a_second_reckoning(network: Network, removals: list[Removal], found: Outcome) -> None:
    stopped = second_reckoning(network, removals)
    assert {one.segment.id for one in found.stopped} == stopped
    whole, left = produced(network, []), produced(network, removals)
    assert (found.output.value is None) == (whole == 0)
    if whole:
        assert found.output.numerator == whole - left
        assert found.output.value == pytest.approx(1 - left / whole)
    after = View(without(network, removals), TODAY, network.view.ring)
    for one in found.segments:
        assert one.before == len(network.view.suppliers(one.segment.id))
        assert one.after == len(after.suppliers(one.segment.id))
        assert one.stops == (one.segment.id in stopped)
    thinned = {
        s.id
        for s in network.view.facts.segments
        if len(after.suppliers(s.id)) < len(network.view.suppliers(s.id)) and s.id not in stopped
    }
    assert {one.segment.id for one in found.segments if one.effect is Effect.THINNED} == thinned


def never_better(network: Network, removals: list[Removal], more: list[Removal], some: Outcome) -> None:
    """Taking more away never raises output; taking nothing away changes nothing."""
    nothing, all_ = what_if(network, []), what_if(network, removals + more)
    assert (nothing.segments, nothing.limits, nothing.hit) == ((), (), ())
    assert not nothing.output.numerator
    assert (nothing.output.value or 0) <= (some.output.value or 0) <= (all_.output.value or 0)
    assert {one.segment.id for one in some.stopped} <= {one.segment.id for one in all_.stopped}
    assert {one.id for one in some.hit} <= {one.id for one in all_.hit}
    again = what_if(network, [*removals[::-1], *removals])
    assert (again.segments, again.leaders, again.output) == (some.segments, some.leaders, some.output)


def explained(network: Network, removals: list[Removal], found: Outcome) -> None:
    """Every stop has a reason that came before it; nobody who is gone steps in."""
    steps = {one.segment.id: one.step for one in found.stopped}
    for one in found.segments:
        assert one.reasons
        assert all(str(reason) for reason in one.reasons)
        assert (one.effect is Effect.STARVED) == bool(one.missing) == bool(one.step)
        assert all((steps[start] or 0) < (one.step or 0) for start in one.missing)
        assert not {substitute.id for substitute in one.substitutes} & network.cut(removals).firms
        assert len({substitute.id for substitute in one.substitutes}) == len(one.substitutes)


@settings(max_examples=200)
@given(networks())
def test_the_ranking_is_that_of_each_firm_alone(network: Network) -> None:
    found = losses(network)
    ranked = {one.firm.id: one for one in found.firms}
    worst = []
    for one in network.view.firms.values():
        outcome = what_if(network, [Removal(RemovalKind.FIRM, one.id, one.name)])
        others = {leader.id for leader in outcome.leaders if leader.hit in HURT and leader.id != one.id}
        alone = {s.segment.id for s in outcome.segments if not s.stops and s.after == 1}
        stopped = [s.segment.id for s in outcome.stopped]
        harm = bool(outcome.output.numerator or others or alone or stopped)
        assert harm == (one.id in ranked)
        if harm:
            entry = ranked[one.id]
            assert (entry.output.value, set(entry.leaders)) == (outcome.output.value, others)
            assert (set(entry.stopped), set(entry.alone)) == (set(stopped), alone)
            worst.append((-(outcome.output.numerator or 0), -len(others), -len(stopped), -len(alone)))
    places = [one.rank for one in found.firms]
    assert places == [sorted(worst).index(key) + 1 for key in sorted(worst)]
    assert found.harmless + len(ranked) == len(
        set(network.segments_of) | {s.supplier for s in network.view.facts.supplies}
    )


@settings(max_examples=50)
@given(networks())
def test_a_chains_ranking_counts_that_chain_only(network: Network) -> None:
    for chain in network.view.chains:
        for one in losses(network, chain).firms:
            outcome = what_if(network, [Removal(RemovalKind.FIRM, one.firm.id, "")])
            impact = next(found for found in outcome.chains if found.id == chain)
            assert (impact.output.value, impact.stopped) == (one.output.value, len(one.stopped))


@settings(max_examples=200)
@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.sampled_from(["", "g", "h"])), max_size=15), st.data()
)
def test_what_stops_is_the_least_set_that_is_closed(edges: list[tuple[int, int, str]], data: st.DataObject) -> None:
    ids = [str(number) for number in range(6)]
    unique = {(a, b): FeedFact(str(a), str(b), not g, g or None) for a, b, g in edges if a != b}
    view = View(Facts(segments=tuple(segment(id_) for id_ in ids), feeds=tuple(unique.values())), TODAY)
    removed = data.draw(st.sets(st.sampled_from(ids)))
    steps = spread(removed, view.feeds_from, view.feeds_into)
    larger = [set(some) | removed for count in range(7) for some in combinations(ids, count)]
    closed = [one for one in larger if not any(starved(view, id_, one) for id_ in set(ids) - one)]
    assert steps.keys() == lost_without(removed, view.feeds_from, view.feeds_into) == set.intersection(*closed)
    for id_, step in steps.items():
        assert (step == 0) == (id_ in removed)
        assert not step or starved(view, id_, {k for k in steps if steps[k] < step})
        assert not step or not starved(view, id_, {k for k in steps if steps[k] < step - 1})


def starved(view: View, id_: str, gone: set[str]) -> bool:
    inputs = view.feeds_into.get(id_, ())
    groups = {f.group for f in inputs if f.group and not f.essential}
    return any(f.start in gone for f in inputs if f.essential) or any(
        all(f.start in gone for f in inputs if f.group == g and not f.essential) for g in groups
    )


# --- by hand ---------------------------------------------------------------------------------------------------------

NETWORK = Network(View(EXAMPLE, TODAY))


def take(network: Network, *words: str) -> Outcome:
    return what_if(network, [resolve(network, word) for word in words])


def effects(outcome: Outcome) -> dict[str, Effect]:
    return {one.segment.name: one.effect for one in outcome.segments}


@pytest.mark.parametrize(
    ("words", "row"),
    [
        (["传动"], "| 传动 | 无（减速器 2 家减为 1 家） | 无 | 0/6 | 缺投入 |"),
        (["传动", "精密"], "| 传动、精密 | 减速器 | 本体 | 6/6 | 停产 |"),
        (["力传感器"], "| 力传感器 | 力传感器 | 无（视觉可替代） | 0/6 | 不受影响 |"),
        (["力传感器", "视觉"], "| 力传感器、视觉 | 力传感器、视觉 | 本体 | 3/6 | 停产 |"),
    ],
)
def test_the_worked_example_of_the_guide(words: list[str], row: str) -> None:
    outcome = take(NETWORK, *words)
    at_once = "、".join(one.segment.name for one in outcome.stopped if one.step == 0)
    later = "、".join(one.segment.name for one in outcome.stopped if one.step)
    lost = f"{outcome.output.numerator:g}/{outcome.output.denominator:g}"
    assert row in GUIDE.read_text("utf-8")
    cells = [cell.strip().split("（")[0] for cell in row.strip("|").split("|")]
    assert cells == ["、".join(words), at_once or "无", later or "无", lost, HIT_TITLES[outcome.leaders[0].hit]]


def test_the_ranking_of_the_guide() -> None:
    found = losses(NETWORK)
    assert [(one.firm.name, one.rank) for one in found.firms] == [("传动", 1), ("智造", 2), ("精密", 2), ("重工", 2)]
    assert (found.firms[0].leaders, found.firms[0].alone, found.harmless) == (("重工",), ("减速器",), 1)


def test_one_of_two_firms_gone_thins() -> None:
    outcome = take(NETWORK, "传动")
    [reducer] = outcome.segments
    assert (reducer.effect, reducer.before, reducer.after) == (Effect.THINNED, 2, 1)
    assert reducer.capacity is not None
    assert reducer.capacity.value == 0.75
    assert [{one.firm for one in sum_} for sum_ in reducer.capacity.secrets] == [{"传动"}, {"精密"}, {"传动", "精密"}]
    assert str(reducer.reasons[0]) == "圈内确认企业由 2 家减为 1 家，失去：传动"
    assert outcome.output.value == 0
    [leader] = outcome.leaders  # 重工 buys reducers from 传动 only
    assert (leader.hit, [str(reason) for reason in leader.reasons]) == (Hit.SHORT, ["已知供应商全部失去：减速器"])


def test_several_removals_together_do_what_none_does_alone() -> None:
    outcome = take(NETWORK, "传动", "精密")
    assert effects(outcome) == {"减速器": Effect.EMPTIED, "本体": Effect.STARVED}
    assert [one.step for one in outcome.segments] == [0, 1]
    assert (outcome.output.value, outcome.output.numerator, outcome.output.denominator) == (1.0, 6, 6)
    assert outcome.leaders[0].hit is Hit.STOPPED
    [substitute] = outcome.segments[0].substitutes
    assert (substitute.name, substitute.way, substitute.months) == ("湖州齿轮", Way.CONNECT, None)
    assert str(substitute.when) == "需认证，时间未知"


def test_a_segment_is_found_by_name_and_its_group_holds() -> None:
    assert effects(take(NETWORK, "力传感器")) == {"力传感器": Effect.REMOVED}
    both = take(NETWORK, "力传感器", "视觉")
    assert effects(both)["本体"] is Effect.STARVED
    assert str(both.segments[-1].reasons[0]) == "可互相替代的投入全部停供：力传感器、视觉"


@pytest.mark.parametrize(
    ("more", "months", "when"),
    [
        ({}, None, "需认证，时间未知"),
        ({"certification_months": 6}, 6, "认证 6 个月"),
        ({"certification_months": 0}, 0, "无需认证"),
    ],
)
def test_how_quickly_is_said_only_where_it_is_known(more: dict[str, object], months: int | None, when: str) -> None:
    links = (*(f for f in EXAMPLE.links if f.firm != "湖州齿轮"), link("湖州齿轮", "减速器", **more))
    outcome = take(Network(View(replace(EXAMPLE, links=links), TODAY)), "传动", "精密")
    [substitute] = outcome.segments[0].substitutes
    assert (substitute.months, str(substitute.when)) == (months, when)


def test_a_supplier_already_qualified_is_so_for_its_buyers_only() -> None:
    supplies = (*EXAMPLE.supplies, SupplyFact("湖州齿轮", "重工", "减速器", True))
    outcome = take(Network(View(replace(EXAMPLE, supplies=supplies), TODAY)), "传动", "精密")
    [substitute] = outcome.segments[0].substitutes
    assert (substitute.months, str(substitute.when)) == (None, "已是 重工 的合格供应商；其他买家：需认证，时间未知")


@pytest.mark.parametrize(
    ("substitutability", "months", "when"),
    [
        (Substitutability.FREE, 0, "可自由替代，无需认证"),
        (Substitutability.CERTIFIED, None, "需认证，时间未知"),
        (Substitutability.NONE, None, "难以替代，须重新开发，时间未知"),
    ],
)
def test_unknown_times_follow_substitutability(
    substitutability: Substitutability, months: int | None, when: str
) -> None:
    two = Facts(
        segments=(segment("k", substitutability=substitutability), segment("m")),
        firms=(firm("a"), firm("far", Ring.DELTA)),
        links=(link("a", "k"), link("far", "k")),
    )
    [substitute] = take(Network(View(two, TODAY)), "a").segments[0].substitutes
    assert (substitute.months, str(substitute.when)) == (months, when)


def with_sites(*sites: tuple[str, str, str]) -> Network:
    facts_ = tuple(SiteFact(f, name, name, (PlaceFact(code, f"镇{code[-1]}"),)) for f, name, code in sites)
    return Network(View(EXAMPLE, TODAY), facts_)


def test_the_last_plant_takes_the_firm_with_it() -> None:
    network = with_sites(("传动", "一厂", "320412100"), ("精密", "二厂", "320412100"))
    assert effects(take(network, "一厂")) == {"减速器": Effect.THINNED}
    assert effects(take(network, "镇0")) == {"减速器": Effect.EMPTIED, "本体": Effect.STARVED}


def test_a_plant_left_keeps_the_firm_going_and_that_is_said() -> None:
    network = with_sites(("传动", "一厂", "320412100"), ("传动", "二厂", "320412101"))
    outcome = take(network, "一厂")
    assert outcome.segments == ()
    assert "哪个厂区生产什么没有记录" in str(outcome.limits[0])


def test_a_plant_left_elsewhere_is_out_of_the_ring_and_could_step_in() -> None:
    network = with_sites(("传动", "一厂", "320412100"), ("传动", "苏州厂", "320505001"), ("精密", "三厂", "320412100"))
    outcome = take(network, "镇0")
    assert effects(outcome)["减速器"] is Effect.EMPTIED
    assert [(s.name, s.way, s.ring) for s in outcome.segments[0].substitutes] == [
        ("传动", Way.OTHER_SITE, Ring.PROVINCE),
        ("湖州齿轮", Way.CONNECT, Ring.DELTA),
    ]


def test_a_countrys_imports() -> None:
    bought = (
        PurchaseFact("重工", "p", "力传感器", 8 * MILLION, 0.9, 0.6, "甲国"),
        PurchaseFact("智造", "p", "力传感器", 2 * MILLION, 0.5, None, None),
        PurchaseFact("重工", "q", "减速器", 8 * MILLION, 0.9, 0.6, "甲国"),
    )
    network = Network(View(replace(EXAMPLE, purchases=bought), TODAY))
    outcome = take(network, "甲国")
    assert effects(outcome) == {"力传感器": Effect.CUT_OFF}  # reducers are also made here
    assert str(outcome.segments[0].reasons[0]) == "圈内没有企业，采购额的 60% 不再进口"
    assert outcome.segments[0].cut_off is not None
    assert [{one.firm for one in sum_} for sum_ in outcome.segments[0].cut_off.secrets] == [{"重工"}, {"重工"}]
    assert outcome.leaders[0].abroad == ("减速器",)
    assert [str(text) for text in outcome.limits] == ["3 笔进口采购中 1 笔未写明主要进口国及其占比，未计入"]
    assert [str(reason) for reason in outcome.leaders[0].reasons] == ["所采购的环节停供：力传感器", "进口中断：减速器"]
    assert effects(what_if(network, [Removal(RemovalKind.COUNTRY, ALL_IMPORTS, "")])) == {"力传感器": Effect.CUT_OFF}
    assert what_if(network, [Removal(RemovalKind.COUNTRY, "乙国", "乙国")]).segments == ()
    strict = replace(EXAMPLE, purchases=bought, settings=Settings({"all": {"import_stop": 0.61}}))
    assert effects(take(Network(View(strict, TODAY)), "甲国")) == {}, "the share that must be lost is a setting"


def test_a_segment_in_two_chains_stops_in_both_and_counts_once() -> None:
    both = Facts(
        chains=(ChainFact("甲", "甲"), ChainFact("乙", "乙")),
        segments=(segment("k", 2, chains=("甲", "乙")), segment("m", 1, chains=("乙",))),
        firms=(firm("a"), firm("b")),
        links=(link("a", "k"), link("b", "m")),
    )
    outcome = take(Network(View(both, TODAY)), "a")
    found = {chain.id: (chain.stopped, chain.output.value) for chain in outcome.chains}
    assert found == {"甲": (1, 1.0), "乙": (1, pytest.approx(2 / 3))}
    assert outcome.output.value == pytest.approx(2 / 3)


def test_a_chain_without_firms_has_no_output_to_lose() -> None:
    bare = Facts(
        chains=(ChainFact("甲", "甲"), ChainFact("乙", "乙")),
        segments=(segment("k", chains=("甲",)), segment("m", chains=("甲",))),
        feeds=(FeedFact("k", "m", True),),
    )
    network = Network(View(bare, TODAY))
    outcome = take(network, "k")
    assert effects(outcome) == {"k": Effect.REMOVED, "m": Effect.STARVED}
    assert outcome.output.missing
    assert [chain.output.missing for chain in outcome.chains] == [True, True]
    assert str(outcome.limits[0]) == "“k”圈内没有确认企业，按外购供应中断计"
    assert losses(network).firms == ()


def test_a_firm_in_forty_segments_takes_all_it_is_alone_in() -> None:
    ids = [f"k{number}" for number in range(40)]
    wide = Facts(
        chains=(ChainFact("示例链", "示例链", leaders=("b",)),),
        segments=tuple(segment(id_) for id_ in ids),
        firms=(firm("a"), firm("b")),
        links=(*(link("a", id_) for id_ in ids), link("b", "k0"), link("b", "k1")),
    )
    network = Network(View(wide, TODAY))
    outcome = take(network, "a")
    assert (len(outcome.stopped), len(outcome.segments)) == (38, 40)
    assert outcome.output.value == pytest.approx(38 / 40)
    first, second = losses(network).firms
    assert (first.firm.id, first.rank, len(first.emptied), len(first.alone)) == ("a", 1, 38, 2)
    assert (second.firm.id, second.rank, second.alone) == ("b", 2, ("k0", "k1"))


def test_a_map_without_feeds_or_purchases_says_what_cannot_be_reckoned() -> None:
    foreign = Facts(
        chains=(ChainFact("c", "c", leaders=("x",)),),
        segments=(segment("k", chains=("c",)),),
        firms=(firm("a"), firm("x")),
        links=(link("a", "k"),),
    )
    outcome = take(Network(View(foreign, TODAY)), "a")
    assert str(outcome.limits[0]) == "图谱中没有环节之间的供给关系，只能算直接影响"
    assert outcome.leaders[0].hit is Hit.UNKNOWN


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"status": FirmStatus.CLOSED}, "已注销"),
        ({"ring": Ring.NATIONAL}, "不在所选圈层之内"),
    ],
)
def test_a_firm_that_does_not_count_anyway(more: dict[str, object], said: str) -> None:
    one = Facts(segments=(segment("k"),), firms=(firm("a", **more),), links=(link("a", "k"),))  # type: ignore[arg-type]
    outcome = take(Network(View(one, TODAY)), "a")
    assert outcome.segments == ()
    assert any(said in str(text) for text in outcome.limits)


def test_an_unconfirmed_firm_is_said_to_be_so() -> None:
    outcome = take(NETWORK, "光电")
    assert [str(text) for text in outcome.limits] == ["光电 没有已确认的环节（待核实 1 个），停供影响无从计算"]


def test_what_is_meant() -> None:
    assert resolve(NETWORK, " 湖州 ").ref == "湖州齿轮"
    assert resolve(NETWORK, "减速器").kind is RemovalKind.SEGMENT
    assert resolve(NETWORK, ALL_IMPORTS).kind is RemovalKind.COUNTRY
    plants = with_sites(("精密", "一厂", "320412100"))
    assert [resolve(plants, word).kind for word in ("精", "一厂", "精密 一厂")] == [
        RemovalKind.FIRM,
        RemovalKind.SITE,
        RemovalKind.SITE,
    ]
    with pytest.raises(NotFound):
        resolve(NETWORK, "没有这个")
    with pytest.raises(NotFound):
        resolve(NETWORK, "减速器", RemovalKind.FIRM)
    with pytest.raises(NotFound):
        resolve(NETWORK, "  ")
    twins = replace(EXAMPLE, firms=(*EXAMPLE.firms, replace(firm("双胞胎"), id="x"), replace(firm("双胞胎"), id="y")))
    with pytest.raises(Ambiguous, match="双胞胎（x）、双胞胎（y）"):
        resolve(Network(View(twins, TODAY)), "双胞胎")
