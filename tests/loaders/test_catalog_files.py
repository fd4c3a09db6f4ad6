"""The catalog's data files keep their own rules, and broken ones are refused."""

from __future__ import annotations

import copy
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
import yaml
from pydantic import ValidationError

from graph.model import Stream, Tier
from loaders.catalog.files import (
    ChainEntry,
    FirmsFile,
    PlanFile,
    catalog_folder,
    read_chains,
    read_firms,
    read_plan,
    read_yaml,
)

CHAINS = {
    "smart-ev": Tier.LEADING,
    "equipment": Tier.LEADING,
    "metals": Tier.LEADING,
    "robotics": Tier.RISING,
    "carbon": Tier.RISING,
    "storage": Tier.RISING,
    "ai": Tier.RISING,
    "biomanufacturing": Tier.RISING,
    "future-energy": Tier.FUTURE,
    "future-network": Tier.FUTURE,
    "future-health": Tier.FUTURE,
}
SMALLEST = {Tier.LEADING: 22, Tier.RISING: 22, Tier.FUTURE: 9}
BLANK = re.compile(r"(?<=[\u3001-\uffee])\s+(?=[\u3001-\uffee])")  # between two Chinese characters
PLAN_TEXT = Path(__file__).parents[3] / "shared" / "plan-35x-2026-2028.txt"  # beside the repository, where there is one


@pytest.fixture(params=CHAINS)
def chain(request: pytest.FixtureRequest) -> ChainEntry:
    return ChainEntry.model_validate(read_yaml(f"chains/{request.param}.yaml"))


@pytest.fixture(scope="module")
def chains() -> dict[str, ChainEntry]:
    return {chain.id: chain for chain in read_chains()}


@pytest.fixture(scope="module")
def plan() -> PlanFile:
    return read_plan()


@pytest.fixture(scope="module")
def firms() -> FirmsFile:
    return read_firms()


# --- chains ----------------------------------------------------------------------------------------------------------


def test_the_eleven_chains_are_all_there_in_the_plans_order(chains: dict[str, ChainEntry]) -> None:
    in_order = sorted(chains.values(), key=lambda chain: chain.order)
    assert [chain.id for chain in in_order] == list(CHAINS)
    assert [chain.order for chain in in_order] == list(range(1, 12))


def test_each_chain_file_bears_the_name_of_its_chain() -> None:
    names = {file.name for file in (catalog_folder() / "chains").iterdir() if file.name.endswith(".yaml")}
    assert names == {f"{chain}.yaml" for chain in CHAINS}


def test_chain_has_its_tier_its_size_and_all_three_streams(chain: ChainEntry) -> None:
    assert chain.tier == CHAINS[chain.id]
    assert len(chain.segments) >= SMALLEST[chain.tier]
    assert {Stream.UPSTREAM, Stream.MIDSTREAM, Stream.DOWNSTREAM} <= {segment.stream for segment in chain.segments}


def test_no_term_stands_for_two_segments_of_a_chain(chain: ChainEntry) -> None:
    terms = Counter(term for segment in chain.segments for term in segment.terms)
    assert [term for term, times in terms.items() if times > 1] == []


def test_no_two_segments_of_a_chain_share_a_name(chain: ChainEntry) -> None:
    names = Counter(segment.name for segment in chain.segments)
    assert [name for name, times in names.items() if times > 1] == []


def test_every_segment_has_three_terms(chain: ChainEntry) -> None:
    assert [segment.id for segment in chain.segments if len(segment.terms) < 3] == []


def test_folded_lines_leave_no_blank_inside_chinese_text(chain: ChainEntry) -> None:
    words = [word for s in chain.segments for word in [s.name, *s.terms, *s.lookalikes, s.basis or ""]]
    texts = [chain.name, chain.summary, chain.basis, *words]
    assert [text for text in texts if BLANK.search(text) or text != text.strip()] == []


def test_supply_within_a_chain_runs_in_no_circle(chain: ChainEntry) -> None:
    supply = nx.DiGraph((segment.id, feed.to) for segment in chain.segments for feed in segment.feeds)
    circles = [] if nx.is_directed_acyclic_graph(supply) else nx.find_cycle(supply)
    assert circles == []


def test_every_upstream_segment_goes_into_something(chain: ChainEntry) -> None:
    assert [s.id for s in chain.segments if s.stream is Stream.UPSTREAM and not s.feeds] == []


def test_no_segment_feeds_another_twice(chain: ChainEntry) -> None:
    pairs = Counter((segment.id, feed.to) for segment in chain.segments for feed in segment.feeds)
    assert [pair for pair, times in pairs.items() if times > 1] == []


def test_no_segment_is_its_own_ancestor(chain: ChainEntry) -> None:
    parents = nx.DiGraph((segment.id, segment.parent) for segment in chain.segments if segment.parent)
    assert nx.is_directed_acyclic_graph(parents)


def test_feeds_into_other_chains_arrive(chains: dict[str, ChainEntry]) -> None:
    known = {f"{chain.id}.{segment.id}" for chain in chains.values() for segment in chain.segments}
    crossing = {
        f"{chain.id}.{segment.id} -> {feed.to}": feed.to
        for chain in chains.values()
        for segment in chain.segments
        for feed in segment.feeds
        if "." in feed.to
    }
    assert [where for where, to in crossing.items() if to not in known] == []


def test_what_can_be_replaced_has_a_replacement(chains: dict[str, ChainEntry]) -> None:
    members: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for chain in chains.values():
        for segment in chain.segments:
            for feed in segment.feeds:
                if feed.group:
                    target = feed.to if "." in feed.to else f"{chain.id}.{feed.to}"
                    members[target, feed.group].add(f"{chain.id}.{segment.id}")
    assert {group: inputs for group, inputs in members.items() if len(inputs) < 2} == {}


# --- the plan --------------------------------------------------------------------------------------------------------


def test_the_plan_has_all_its_parts(plan: PlanFile) -> None:
    assert [task.number for task in plan.tasks] == list(range(1, 16))
    assert len({task.action for task in plan.tasks}) == 5
    assert [platform.id for platform in sorted(plan.platforms, key=lambda p: p.order)] == [
        "hub",
        "supply-demand",
        "shared-capability",
        "solutions",
        "technology-transfer",
    ]
    assert len(plan.targets) == 29


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("total-scale", ("reach", 5400, "亿元", "2028")),
        ("major-projects", ("reach", 600, "个", "2026-2028")),
        ("high-tech-firms", ("more_than", 1800, "家", "2028")),
        ("firms-served", ("more_than", 500, "家", "yearly")),
        ("chain-leaders-met", ("more_than", 50, "家", "yearly")),
        ("intentions", ("at_least", 20, "个", "yearly")),
        ("industrial-land-renewed", ("more_than", 1200, "亩", "yearly")),
        ("first-sets", ("about", 100, "项", "2026-2028")),
        ("green-factories", ("at_least", 100, "家", "2026-2028")),
    ],
)
def test_known_figures_of_the_plan(plan: PlanFile, target: str, expected: tuple[str, float, str, str]) -> None:
    found = next(entry for entry in plan.targets if entry.id == target)
    assert (found.comparison, found.value, found.unit, found.period) == expected


def test_every_target_quotes_its_own_figure(plan: PlanFile) -> None:
    assert [target.id for target in plan.targets if f"{target.value:g}" not in target.quote] == []


def test_platforms_are_named_in_their_quotes(plan: PlanFile) -> None:
    assert [platform.id for platform in plan.platforms if platform.name not in platform.quote] == []


def test_every_office_answers_for_a_task_and_every_chain_names_one(
    plan: PlanFile, chains: dict[str, ChainEntry]
) -> None:
    assert {office for task in plan.tasks for office in task.offices} == {office.id for office in plan.offices}
    assert {chain.office for chain in chains.values()} <= {office.name for office in plan.offices}


def test_the_eight_ones_are_plainly_placeholders(plan: PlanFile) -> None:
    assert all(item.placeholder and "占位" in item.basis for item in plan.checklist)
    assert [item.order for item in plan.checklist] == list(range(1, 9))


if PLAN_TEXT.is_file():

    def test_quotes_and_names_are_the_plans_own_words(plan: PlanFile) -> None:
        text = PLAN_TEXT.read_text(encoding="utf-8")
        quotes = [target.quote for target in plan.targets] + [task.quote for task in plan.tasks]
        quotes += [platform.quote for platform in plan.platforms]
        names = [word for task in plan.tasks for word in (task.name, task.action)]
        offices = [office.name for office in plan.offices]
        assert [words for words in quotes + names + offices if words not in text] == []


# --- firms -----------------------------------------------------------------------------------------------------------


def test_firms_are_many_differ_and_are_mostly_local(firms: FirmsFile) -> None:
    codes = [firm.exchange_code for firm in firms.firms]
    assert 58 <= len(codes) == len(set(codes)) <= 66
    assert sum(firm.city == "常州市" for firm in firms.firms) >= 40
    assert len({firm.short_name for firm in firms.firms}) == len(codes)


def test_every_chain_has_a_firm_and_no_other_chain_is_named(firms: FirmsFile) -> None:
    assert {chain for firm in firms.firms for chain in firm.chains} == set(CHAINS)


# --- what is refused -------------------------------------------------------------------------------------------------

CHAIN = """
id: sample
name: 样例
tier: future
order: 1
office: 工信局
summary: 样例
basis: 样例
segments:
"""
SEGMENT = """
  - id: s{n}
    name: 环节{n}
    stream: upstream
    importance: 1
    substitutability: free
    terms: [甲{n}, 乙{n}, 丙{n}]
    lookalikes: [丁{n}]
    feeds: [{{to: s{next}, essential: true}}]
"""


def _chain() -> dict[str, Any]:
    text = CHAIN + "".join(SEGMENT.format(n=n, next=(n + 1) % 8) for n in range(8))
    data: dict[str, Any] = yaml.safe_load(text)
    return data


def _feed(to: str, *, essential: bool, group: str | None = None) -> Callable[[dict[str, Any]], None]:
    def change(data: dict[str, Any]) -> None:
        data["segments"][0]["feeds"] = [{"to": to, "essential": essential, "group": group}]

    return change


def _set(n: int, field: str, value: object) -> Callable[[dict[str, Any]], None]:
    def change(data: dict[str, Any]) -> None:
        data["segments"][n][field] = value

    return change


def _drop_a_segment(data: dict[str, Any]) -> None:
    data["segments"].pop()
    data["segments"][-1]["feeds"] = []


def test_the_sample_chain_is_sound() -> None:
    assert len(ChainEntry.model_validate(_chain()).segments) == 8


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        pytest.param(_feed("s9", essential=True), "unknown segments", id="unknown feed target"),
        pytest.param(_feed("s0", essential=True), "refers to itself", id="feeds itself"),
        pytest.param(_feed("s1", essential=True, group="g"), "no group", id="essential with group"),
        pytest.param(_feed("s1", essential=False), "names the group", id="substitutable without group"),
        pytest.param(_feed("No Slug", essential=True), "pattern", id="feed target is no slug"),
        pytest.param(_set(1, "id", "s0"), "ids repeat", id="repeated id"),
        pytest.param(_set(1, "parent", "s9"), "unknown segments", id="unknown parent"),
        pytest.param(_set(1, "lookalikes", ["甲1"]), "listed twice", id="term and lookalike at once"),
        pytest.param(_set(1, "terms", ["甲", "甲", "乙"]), "listed twice", id="term twice"),
        pytest.param(_set(1, "terms", ["甲", "乙"]), "at least 3", id="two terms"),
        pytest.param(_set(1, "importance", 4), "less than or equal to 3", id="importance four"),
        pytest.param(_set(1, "stream", "sideways"), "stream", id="unknown stream"),
        pytest.param(_set(1, "note", "?"), "Extra inputs", id="unknown field"),
        pytest.param(_drop_a_segment, "at least 8 wanted", id="too few segments"),
    ],
)
def test_a_broken_chain_is_refused(change: Callable[[dict[str, Any]], None], complaint: str) -> None:
    data = _chain()
    change(data)
    with pytest.raises(ValidationError, match=complaint):
        ChainEntry.model_validate(data)


@pytest.mark.parametrize(
    ("part", "entry", "field", "value", "complaint"),
    [
        pytest.param("tasks", 0, "offices", ["nobody"], "undeclared offices", id="undeclared office"),
        pytest.param("tasks", 0, "offices", [], "at least 1", id="task of nobody"),
        pytest.param("tasks", 1, "number", 1, "numbers repeated", id="task number twice"),
        pytest.param("targets", 1, "id", "total-scale", "ids repeated", id="target id twice"),
        pytest.param("targets", 0, "period", "monthly", "period", id="unknown period"),
        pytest.param("targets", 0, "comparison", "below", "comparison", id="unknown comparison"),
        pytest.param("targets", 0, "value", 0, "greater than 0", id="target of nothing"),
    ],
)
def test_a_broken_plan_is_refused(part: str, entry: int, field: str, value: object, complaint: str) -> None:
    data: Any = copy.deepcopy(read_yaml("plan.yaml"))
    data[part][entry][field] = value
    with pytest.raises(ValidationError, match=complaint):
        PlanFile.model_validate(data)


def test_seven_ones_are_refused() -> None:
    data: Any = copy.deepcopy(read_yaml("plan.yaml"))
    data["checklist"].pop()
    with pytest.raises(ValidationError, match="at least 8"):
        PlanFile.model_validate(data)


@pytest.mark.parametrize(
    ("field", "value", "complaint"),
    [
        pytest.param("exchange_code", "60110", "pattern", id="five digits"),
        pytest.param("exchange_code", "601100.SH", "pattern", id="code with its exchange"),
        pytest.param("exchange_code", 601100, "valid string", id="code as a number"),
        pytest.param("main_products", ["轴承"], "at least 2", id="one product"),
        pytest.param("main_products", ["轴承", "轴承"], "main_products repeated", id="product twice"),
        pytest.param("products_from", "hearsay", "products_from", id="unknown origin"),
        pytest.param("chains", ["metals", "metals"], "chains repeated", id="chain twice"),
        pytest.param("district", 320412, "valid string", id="district as a number"),
    ],
)
def test_a_broken_firm_is_refused(field: str, value: object, complaint: str) -> None:
    data: Any = copy.deepcopy(read_yaml("firms.yaml"))
    data["firms"][0][field] = value
    with pytest.raises(ValidationError, match=complaint):
        FirmsFile.model_validate(data)


def test_a_repeated_firm_is_refused() -> None:
    data: Any = copy.deepcopy(read_yaml("firms.yaml"))
    data["firms"].append(data["firms"][0])
    with pytest.raises(ValidationError, match="exchange codes repeated"):
        FirmsFile.model_validate(data)
