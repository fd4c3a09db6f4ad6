"""The facts as one user looks at them: on a day, with a ring for supply; indexed once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Protocol, TypeVar

from graph.model import FirmStatus, LinkState
from matching.gaps.facts import (
    AchievementFact,
    CertificateFact,
    ChainFact,
    Facts,
    FeedFact,
    FirmFact,
    MakerFact,
    NeedFact,
    PurchaseFact,
    SearchFact,
    SegmentFact,
    SignalFact,
    SupplyFact,
)
from matching.gaps.links import Link, age, direct, roll_up
from matching.gaps.settings import Tuned
from matching.gaps.thresholds import Thresholds, Weights
from matching.rings import Ring, within


class _OfSegment(Protocol):
    @property
    def segment(self) -> str: ...


Item = TypeVar("Item", bound=_OfSegment)


def _by_segment(items: Iterable[Item]) -> dict[str, tuple[Item, ...]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        found[item.segment].append(item)
    return {segment: tuple(group) for segment, group in found.items()}


@dataclass(frozen=True)
class View:
    """Facts and how to look at them.

    ``ring`` filters suppliers (None: anywhere, also where the place is unknown); ``home`` says whose demand and whose
    value is meant, the district's by default. Only the first is the filter a user sets on the screen.
    """

    facts: Facts
    today: date
    ring: Ring | None = Ring.DISTRICT
    home: Ring | None = Ring.DISTRICT

    @cached_property
    def chains(self) -> dict[str, ChainFact]:
        """Chains by id, in their order."""
        return {chain.id: chain for chain in sorted(self.facts.chains, key=lambda c: (c.order, c.id))}

    @cached_property
    def segments(self) -> dict[str, SegmentFact]:
        """Segments by id, in their order."""
        return {segment.id: segment for segment in sorted(self.facts.segments, key=lambda s: (s.order, s.id))}

    @cached_property
    def firms(self) -> dict[str, FirmFact]:
        """Firms by id."""
        return {firm.id: firm for firm in self.facts.firms}

    @cached_property
    def links(self) -> dict[str, tuple[Link, ...]]:
        """Settled links of every segment, in order of the firms' names; those of closed firms are left out."""
        alive = {k: tuple(link for link in links if link.alive) for k, links in self.all_links.items()}
        return {k: links for k, links in alive.items() if links}

    @cached_property
    def all_links(self) -> dict[str, tuple[Link, ...]]:
        """Settled links of every segment as of the day, those of closed firms too, in order of the firms' names."""
        stated = age(direct(self.facts.links, self.facts.makers, self.firms), self.fresh_since)
        every = roll_up(stated, self.segments).values()
        return _by_segment(sorted(every, key=lambda link: (link.firm.name, link.firm.id)))

    @cached_property
    def _purchases(self) -> dict[str, tuple[PurchaseFact, ...]]:
        return _by_segment(fact for fact in self.facts.purchases if self.is_home(fact.buyer))

    @cached_property
    def _supplies(self) -> dict[str, tuple[SupplyFact, ...]]:
        closed = {firm.id for firm in self.facts.firms if firm.status is FirmStatus.CLOSED}
        return _by_segment(fact for fact in self.facts.supplies if fact.supplier not in closed)

    @cached_property
    def _needs(self) -> dict[str, tuple[NeedFact, ...]]:
        return _by_segment(self.facts.needs)

    @cached_property
    def _searches(self) -> dict[str, tuple[SearchFact, ...]]:
        return _by_segment(self.facts.searches)

    @cached_property
    def _achievements(self) -> dict[str, tuple[AchievementFact, ...]]:
        return _by_segment(self.facts.achievements)

    @cached_property
    def signals(self) -> dict[str, tuple[SignalFact, ...]]:
        """Signs of expansion up to the day, by firm, the latest first."""
        found: dict[str, list[SignalFact]] = defaultdict(list)
        for fact in sorted(self.facts.signals, key=lambda fact: (-fact.on.toordinal(), fact.id)):
            if fact.on <= self.today:
                found[fact.firm].append(fact)
        return {firm: tuple(facts) for firm, facts in found.items()}

    @cached_property
    def certificates(self) -> dict[str, tuple[CertificateFact, ...]]:
        """Stated certificates by firm."""
        found: dict[str, list[CertificateFact]] = defaultdict(list)
        for fact in self.facts.certificates:
            found[fact.firm].append(fact)
        return {firm: tuple(facts) for firm, facts in found.items()}

    @cached_property
    def made(self) -> dict[tuple[str, str], MakerFact]:
        """What a firm makes of a segment, by segment and firm."""
        return {(fact.segment, fact.firm): fact for fact in self.facts.makers}

    @cached_property
    def all_supplies(self) -> dict[str, tuple[SupplyFact, ...]]:
        """Who supplies whom with products of each segment, closed suppliers too."""
        return _by_segment(self.facts.supplies)

    @cached_property
    def customers(self) -> dict[str, tuple[SupplyFact, ...]]:
        """What a firm supplies to whom, in whatever segment, by supplier."""
        found: dict[str, list[SupplyFact]] = defaultdict(list)
        for fact in self.facts.supplies:
            found[fact.supplier].append(fact)
        return {firm: tuple(facts) for firm, facts in found.items()}

    @cached_property
    def supplies_to(self) -> dict[tuple[str, str], tuple[SupplyFact, ...]]:
        """Who supplies a buyer with products of a segment, by buyer and segment."""
        found: dict[tuple[str, str], list[SupplyFact]] = defaultdict(list)
        for segment in self._supplies.values():
            for fact in segment:
                found[fact.buyer, fact.segment].append(fact)
        return {key: tuple(facts) for key, facts in found.items()}

    @cached_property
    def leaders(self) -> frozenset[str]:
        """Firms at home that lead a chain."""
        return frozenset(firm for chain in self.facts.chains for firm in chain.leaders if self.is_home(firm))

    @cached_property
    def _members(self) -> dict[str, tuple[SegmentFact, ...]]:
        found: dict[str, list[SegmentFact]] = defaultdict(list)
        for segment in self.segments.values():
            for chain in segment.chains:
                found[chain].append(segment)
        return {chain: tuple(members) for chain, members in found.items()}

    @cached_property
    def feeds_from(self) -> dict[str, tuple[FeedFact, ...]]:
        """Feeds by the segment they come from; a segment feeding itself says nothing and is left out."""
        found: dict[str, list[FeedFact]] = {}
        for feed in self._feeds:
            found.setdefault(feed.start, []).append(feed)
        return {segment: tuple(feeds) for segment, feeds in found.items()}

    @cached_property
    def feeds_into(self) -> dict[str, tuple[FeedFact, ...]]:
        """Feeds by the segment they go into."""
        found: dict[str, list[FeedFact]] = {}
        for feed in self._feeds:
            found.setdefault(feed.end, []).append(feed)
        return {segment: tuple(feeds) for segment, feeds in found.items()}

    @cached_property
    def _feeds(self) -> tuple[FeedFact, ...]:
        known = self.segments.keys()
        ends = {
            (f.start, f.end): f for f in self.facts.feeds if f.start != f.end and f.start in known and f.end in known
        }
        return tuple(ends.values())

    @cached_property
    def _joined(self) -> frozenset[str]:
        """Segments in a chain of which at least one supply relation is recorded, or with one of their own."""
        return self._with_their_chains({end for feed in self._feeds for end in (feed.start, feed.end)})

    @cached_property
    def _wanted(self) -> frozenset[str]:
        """Segments in a chain of which anything is recorded that demand could be seen in."""
        asked = {fact.segment for fact in self.facts.purchases} | {fact.segment for fact in self.facts.needs}
        return self._joined | self._with_their_chains(asked & self.segments.keys())

    def _with_their_chains(self, known: Set[str]) -> frozenset[str]:
        chains = {chain for segment in known for chain in self.segments[segment].chains}
        return frozenset(s.id for s in self.segments.values() if s.id in known or chains.intersection(s.chains))

    def has_feeds(self, segment: str) -> bool:
        """Whether the supply relations of the segment's chains are recorded at all."""
        return segment in self._joined

    def has_demand(self, segment: str) -> bool:
        """Whether supply relations, purchases or needs of the segment's chains are recorded: else demand is unknown."""
        return segment in self._wanted

    @cached_property
    def _tuned(self) -> dict[str, Tuned]:
        settings = self.facts.settings
        place = {chain: number for number, chain in enumerate(self.chains)}
        return {
            segment.id: settings.of(sorted(segment.chains, key=lambda chain: place.get(chain, len(place))))
            for segment in self.segments.values()
        }

    def thresholds(self, segment: str) -> Thresholds:
        """The thresholds a segment is judged by: those of the first of its chains that has its own."""
        return self._tuned[segment].thresholds

    def weights(self, segment: str) -> Weights:
        """The weights a segment is scored with."""
        return self._tuned[segment].weights

    def fresh_since(self, segment: str) -> date:
        """The first day whose evidence about a segment still holds."""
        return self.today - timedelta(days=self.thresholds(segment).stale_days)

    def is_home(self, firm: str) -> bool:
        """Whether a firm is at home."""
        return self.home is None or (firm in self.firms and within(self.firms[firm].ring, self.home))

    def members(self, chain: str) -> tuple[SegmentFact, ...]:
        """Segments of a chain in their order."""
        return self._members.get(chain, ())

    def suppliers(self, segment: str) -> tuple[Link, ...]:
        """Confirmed firms of a segment inside the ring: what counts."""
        return tuple(link for link in self._confirmed(segment) if within(link.firm.ring, self.ring))

    def locals(self, segment: str) -> tuple[Link, ...]:
        """Confirmed firms of a segment at home, whatever the ring."""
        return tuple(link for link in self._confirmed(segment) if within(link.firm.ring, self.home))

    def beyond(self, segment: str) -> tuple[Link, ...]:
        """Confirmed firms of a segment outside the ring or of unknown place."""
        return tuple(link for link in self._confirmed(segment) if not within(link.firm.ring, self.ring))

    def uncertain(self, segment: str) -> tuple[Link, ...]:
        """Firms said or implied to work in a segment and not confirmed, inside the ring or of unknown place."""
        return tuple(
            link
            for link in self.links.get(segment, ())
            if link.state is LinkState.UNCERTAIN and (link.firm.ring is None or within(link.firm.ring, self.ring))
        )

    def aged(self, segment: str) -> tuple[Link, ...]:
        """Firms inside the ring that were confirmed in a segment, but not since the first day that still counts."""
        return tuple(link for link in self.links.get(segment, ()) if link.aged and within(link.firm.ring, self.ring))

    def _confirmed(self, segment: str) -> Iterable[Link]:
        return (link for link in self.links.get(segment, ()) if link.state is LinkState.CONFIRMED)

    def purchases(self, segment: str) -> tuple[PurchaseFact, ...]:
        """What firms at home buy of a segment."""
        return self._purchases.get(segment, ())

    def supplies(self, segment: str) -> tuple[SupplyFact, ...]:
        """Who supplies whom with products of a segment, anywhere."""
        return self._supplies.get(segment, ())

    def needs(self, segment: str) -> tuple[NeedFact, ...]:
        """Open needs about a segment."""
        return self._needs.get(segment, ())

    def searches(self, segment: str) -> tuple[SearchFact, ...]:
        """Searches for firms of a segment."""
        return self._searches.get(segment, ())

    def achievements(self, segment: str) -> tuple[AchievementFact, ...]:
        """Open research results about a segment."""
        return self._achievements.get(segment, ())

    def near(self, segment: str) -> frozenset[str]:
        """Segments whose firms could turn to this one: same parent, or a replacement of it as an input."""
        parents = set(self.segments[segment].parents)
        siblings = {s.id for s in self.segments.values() if parents.intersection(s.parents)}
        slots = {(feed.end, feed.group) for feed in self.feeds_from.get(segment, ()) if feed.group}
        twins = {feed.start for end, group in slots for feed in self.feeds_into[end] if feed.group == group}
        return frozenset((siblings | twins) - {segment})
