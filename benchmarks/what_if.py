"""What-ifs among 100,000 firms: a click against what a person waits for, and against the barest way to ask the same.

The facts are random on the feeds of the catalog. The reference of a click is one plain pass over the confirmed links
that counts who is left, without any spreading, leaders or substitutes; that of the ranking is a bare walk downstream
for every firm. Seconds are of the processor, so that other work on the machine does not count.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from random import Random
from statistics import median

import networkx as nx

from benchmarks.harness import Result
from graph.model import LinkState, Substitutability
from loaders.catalog.files import read_chains
from loaders.catalog.loader import segment_id
from matching.gaps import Network, Removal, RemovalKind, SiteFact, View, losses, what_if
from matching.gaps.facts import (
    ChainFact,
    Facts,
    FeedFact,
    FirmFact,
    LinkFact,
    PurchaseFact,
    SegmentFact,
    SupplyFact,
)
from matching.gaps.sites import PlaceFact
from matching.rings import Ring

FIRMS = 100_000
CLICK = 0.2
TODAY = date(2026, 11, 20)
TOWNS = tuple(f"3204121{number:02}" for number in range(16))
COUNTRIES = ("甲国", "乙国", "丙国", None)


def make(firms: int = FIRMS, seed: int = 0) -> Network:
    """Random firms on the catalog: a few segments hang on one or two of them, some have none."""
    random = Random(seed)
    chains = list(read_chains())
    feeds = {}
    for chain in chains:
        for one in chain.segments:
            for feed in one.feeds:
                start, end = segment_id(chain.id, one.id), segment_id(chain.id, feed.to)
                feeds[start, end] = FeedFact(start, end, feed.essential, feed.group)
    ids = [segment_id(chain.id, one.id) for chain in chains for one in chain.segments]
    segments = tuple(
        SegmentFact(
            segment_id(chain.id, one.id), one.name, (chain.id,), one.stream, one.importance, Substitutability.CERTIFIED
        )
        for chain in chains
        for one in chain.segments
    )
    random.shuffle(ids)
    few, many = ids[: len(ids) // 3], ids[len(ids) // 3 :]
    names = [f"f{number}" for number in range(firms)]
    rings = random.choices([Ring.DISTRICT, Ring.CITY, Ring.DELTA, Ring.NATIONAL], (60, 10, 20, 10), k=firms)
    links = [
        LinkFact(name, segment, random.choices(list(LinkState), (75, 20, 5))[0], "s")
        for name in names
        for segment in random.sample(many, random.choice((1, 1, 2, 3)))
    ]
    sole = random.sample(names, 2 * len(few))
    links += [
        LinkFact(sole[2 * at + turn], few[at], LinkState.CONFIRMED, "s") for at in range(len(few)) for turn in (0, 1)
    ]
    leaders = random.sample(names, 30)
    facts = Facts(
        chains=tuple(ChainFact(c.id, c.name, c.order, tuple(random.sample(leaders, 3))) for c in chains),
        segments=segments,
        firms=tuple(FirmFact(name, name, ring) for name, ring in zip(names, rings, strict=True)),
        links=tuple(links),
        purchases=tuple(
            PurchaseFact(buyer, "p", random.choice(ids), 10_000, 0.6, 0.5, random.choice(COUNTRIES))
            for buyer in random.choices(names, k=firms)
        ),
        supplies=tuple(
            SupplyFact(random.choice(names), buyer, random.choice(ids), random.choice((True, None)))
            for buyer in random.choices(names, k=firms)
        ),
        feeds=tuple(feeds.values()),
    )
    sites = tuple(
        SiteFact(name, f"{name}-1", "一厂", (PlaceFact(random.choice(TOWNS), "镇"),))
        for name, ring in zip(names, rings, strict=True)
        if ring is Ring.DISTRICT
    )
    return Network(View(facts, TODAY), sites)


def _seconds(work: Callable[[], object], runs: int = 5) -> float:
    taken = []
    for _ in range(runs):
        started = time.process_time()
        work()
        taken.append(time.process_time() - started)
    return median(taken)


def one_pass(network: Network, gone: set[str]) -> dict[str, int]:
    """The barest way to ask who is left: every confirmed link is looked at once."""
    left = dict.fromkeys(network.view.segments, 0)
    for fact in network.view.facts.links:
        if fact.state is LinkState.CONFIRMED and fact.firm not in gone:
            left[fact.segment] += 1
    return left


def walk_for_every_firm(network: Network) -> int:
    """The barest ranking: what lies downstream of each firm's segments."""
    plain: nx.DiGraph[str] = nx.DiGraph()
    plain.add_nodes_from(network.view.segments)
    plain.add_edges_from((f.start, f.end) for feeds in network.view.feeds_from.values() for f in feeds)
    total = 0
    for segments in network.segments_of.values():
        total += len(set().union(*(nx.descendants(plain, k) for k in segments)))
    return total


def run() -> list[Result]:
    """Index once, then click."""
    network = make()
    started = time.process_time()
    worst = losses(network).firms[0].firm.id
    what_if(network, [Removal(RemovalKind.FIRM, worst, worst)])
    first = time.process_time() - started
    bare = _seconds(lambda: one_pass(network, {worst}))
    segment = max(network.view.feeds_from, key=lambda k: len(network.view.feeds_from[k]))
    cases = {
        "the firm that hurts most": [Removal(RemovalKind.FIRM, worst, worst)],
        "a segment": [Removal(RemovalKind.SEGMENT, segment, segment)],
        "a plant": [Removal(RemovalKind.SITE, f"{network.sites[0].firm}-1", "")],
        "a country": [Removal(RemovalKind.COUNTRY, "甲国", "甲国")],
        "a town": [Removal(RemovalKind.TOWN, TOWNS[0], "镇")],
    }
    cases["all of these at once"] = [removal for several in cases.values() for removal in several]
    results = []
    for name, removals in cases.items():
        ours = _seconds(lambda removals=removals: what_if(network, removals))  # type: ignore[misc]
        title = f"what-if, {FIRMS:,} firms, {name}"
        results += [
            Result(f"{title}: seconds / allowed", ours, CLICK, 1.0),
            Result(f"{title} / one pass over the links", ours, bare, 12.0),
        ]
    index = f"first answer with its index {first:.1f} s"
    ranking = _seconds(lambda: losses(network), 1)
    results.append(
        Result(
            "losses of every firm / a walk each", ranking, _seconds(lambda: walk_for_every_firm(network), 1), 1.0, index
        )
    )
    return results


if __name__ == "__main__":
    for result in run():
        figures = f"{result.ours:.3f} / {result.reference:.3f} = {result.ratio:.2f} (≤ {result.limit:g})"
        print(f"{result.name}: {figures} {result.note}")
