"""The gap board: every segment with its class, figures, evidence and next step; every chain summed up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from math import floor
from statistics import median

from graph.messages import Message
from matching.gaps.classify import GAPS, GapClass, Situation, Verdict, classify
from matching.gaps.colocation import Relatedness
from matching.gaps.demand import Pull, pulls
from matching.gaps.evidence import Evidence, evidence
from matching.gaps.facts import ChainFact, Facts, FeedFact, SearchFact, SegmentFact
from matching.gaps.figure import Figure
from matching.gaps.links import Link
from matching.gaps.measures import CHAIN_MEASURES, SEGMENT_MEASURES, measure
from matching.gaps.presence import Presence, presence
from matching.gaps.priority import Priority, Rank, priority, ranks
from matching.gaps.relatedness import kin, kindred
from matching.gaps.router import NextStep, next_step
from matching.gaps.settings import Settings
from matching.gaps.view import View
from matching.rings import Ring


@dataclass(frozen=True)
class SegmentAssessment:
    """A segment as the board shows it.

    ``confirmed`` count in the figures; ``beyond`` are confirmed outside the ring or of unknown place, ``uncertain`` are
    shown beside. ``figures`` are the segment measures by name. ``rank`` is the place among
    all gaps and how far it moves under other weights, None for a segment that is no gap.
    """

    segment: SegmentFact
    gap_class: GapClass
    sentence: Message
    reasons: tuple[Message, ...]
    figures: dict[str, Figure]
    priority: Priority
    evidence: Evidence
    searches: tuple[SearchFact, ...]
    confirmed: tuple[Link, ...]
    beyond: tuple[Link, ...]
    uncertain: tuple[Link, ...]
    step: NextStep
    rank: Rank | None = None

    @property
    def is_gap(self) -> bool:
        """Whether it calls for a next step."""
        return self.gap_class in GAPS

    @property
    def to_check(self) -> tuple[Message, ...]:
        """What must be checked before anything is claimed; empty unless the evidence test fails."""
        return self.evidence.to_check

    @property
    def sample(self) -> bool:
        """Whether made-up data is behind it."""
        links = (*self.confirmed, *self.beyond, *self.uncertain)
        made_up = any(link.firm.sample for link in links) or any(search.sample for search in self.searches)
        return self.segment.sample or made_up


@dataclass(frozen=True)
class ChainSummary:
    """A chain in figures.

    Depth stands beside coverage: segments with one firm only, and the median number of firms of those that have any.
    """

    chain: ChainFact
    segments: int
    with_firms: int
    with_one_firm: int
    median_firms: float | None
    firms: int
    classes: dict[GapClass, int]
    coverage: Figure
    sourcing: Figure
    local_sourcing: Figure


@dataclass(frozen=True)
class Board:
    """All chains and segments on a day; ``segments`` stand in the order of their priority."""

    today: date
    ring: Ring | None
    home: Ring | None
    settings: Settings
    presence: Mapping[str | None, Presence]
    chains: tuple[ChainSummary, ...]
    segments: tuple[SegmentAssessment, ...]
    feeds: tuple[FeedFact, ...]

    @cached_property
    def by_segment(self) -> dict[str, SegmentAssessment]:
        """Segments by id."""
        return {found.segment.id: found for found in self.segments}

    @cached_property
    def by_chain(self) -> dict[str, ChainSummary]:
        """Chains by id."""
        return {summary.chain.id: summary for summary in self.chains}

    def where(self, chain: str | None = None) -> Presence:
        """Where the firms of a chain are, or those of all."""
        return self.presence.get(chain) or Presence(district=self.presence[None].district)

    def of(self, chain: str | None = None) -> tuple[SegmentAssessment, ...]:
        """Segments of a chain, or all, by priority."""
        return tuple(found for found in self.segments if chain is None or chain in found.segment.chains)

    def gaps(self, chain: str | None = None) -> tuple[SegmentAssessment, ...]:
        """Missing, at risk, weak and extension segments of a chain, or of all, by priority."""
        return tuple(found for found in self.of(chain) if found.is_gap)

    def to_verify(self, chain: str | None = None) -> tuple[SegmentAssessment, ...]:
        """Segments of a chain, or of all, that nothing can be claimed of before somebody checks."""
        return tuple(found for found in self.of(chain) if found.gap_class is GapClass.UNVERIFIED)


def percentile(values: list[float], share: float) -> float | None:
    """Return the value at ``share`` of the way through the ordered values, linear between two; None without values."""
    if not values:
        return None
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def _related(view: View, segment: str) -> tuple[str, ...]:
    """Names of the segments with firms at home that feed this one or are near it."""
    others = {feed.start for feed in view.feeds_into.get(segment, ())} | view.near(segment)
    return tuple(view.segments[other].name for other in view.segments if other in others and view.locals(other))


def _akin(figure: Figure, view: View, found: Relatedness | None) -> tuple[str, ...]:
    """Names of the segments at home that stand together with this one elsewhere, where that can be told."""
    return kindred(view, found) if figure.value else ()


def _verdicts(
    view: View, figures: dict[str, dict[str, Figure]], tested: dict[str, Evidence], pulled: dict[str, Pull]
) -> dict[str, Verdict]:
    critical = [value for found in figures.values() if (value := found["criticality"].value) is not None]
    wanted = {view.thresholds(segment).critical_percentile for segment in view.segments}
    critical_from = {share: percentile(critical, share) for share in wanted}
    elsewhere = kin(view)
    return {
        segment: classify(
            Situation(
                firms=view.suppliers(segment),
                aged=len(view.aged(segment)),
                evidence=tested[segment],
                depth=found["depth"],
                single_source=found["single_source"],
                criticality=found["criticality"],
                dependence=found["dependence"],
                gap=found["gap"],
                pull=pulled[segment],
                critical_from=critical_from[view.thresholds(segment).critical_percentile],
                related=tuple(
                    dict.fromkeys(_related(view, segment) + _akin(found["relatedness"], view, elsewhere.get(segment)))
                ),
            ),
            view.thresholds(segment),
        )
        for segment, found in figures.items()
    }


def _summary(view: View, chain: ChainFact, figures: dict[str, Figure], verdicts: dict[str, Verdict]) -> ChainSummary:
    members = view.members(chain.id)
    counts = [len(found) for segment in members if (found := view.suppliers(segment.id))]
    classes = Counter(verdicts[segment.id].gap_class for segment in members)
    return ChainSummary(
        chain=chain,
        segments=len(members),
        with_firms=len(counts),
        with_one_firm=counts.count(1),
        median_firms=median(counts) if counts else None,
        firms=len({link.firm.id for segment in members for link in view.suppliers(segment.id)}),
        classes={gap_class: classes[gap_class] for gap_class in GapClass},
        coverage=figures["coverage"],
        sourcing=figures["sourcing"],
        local_sourcing=figures["local_sourcing"],
    )


def _assessments(
    view: View, figures: dict[str, dict[str, Figure]], verdicts: dict[str, Verdict]
) -> tuple[SegmentAssessment, ...]:
    tested = evidence(view)
    scores = {segment: priority(found, view.weights(segment)) for segment, found in figures.items()}
    found = [
        SegmentAssessment(
            segment=view.segments[k],
            gap_class=verdicts[k].gap_class,
            sentence=verdicts[k].sentence,
            reasons=verdicts[k].reasons,
            figures=figures[k],
            priority=scores[k],
            evidence=tested[k],
            searches=view.searches(k),
            confirmed=view.suppliers(k),
            beyond=view.beyond(k),
            uncertain=view.uncertain(k),
            step=next_step(view, k, verdicts[k].gap_class, figures[k]["dependence"], tested[k].to_check),
        )
        for k in view.segments
    ]
    return in_order(found)


def in_order(found: Iterable[SegmentAssessment]) -> tuple[SegmentAssessment, ...]:
    """Segments by priority, each gap with its place among the gaps."""
    by_score = sorted(found, key=lambda one: (-round(one.priority.exact, 9), -one.segment.importance, one.segment.id))
    placed = ranks({one.segment.id: one.priority for one in by_score if one.is_gap})
    return tuple(replace(one, rank=placed.get(one.segment.id)) for one in by_score)


def assess(
    facts: Facts,
    today: date,
    *,
    ring: Ring | None = Ring.DISTRICT,
    home: Ring | None = Ring.DISTRICT,
) -> Board:
    """Return the gap board of all chains.

    ``ring`` is the filter a user sets on suppliers (None: anywhere); ``home`` says whose demand and value is meant.
    Thresholds and weights are those of ``facts.settings``. The same facts and day give the same board.
    """
    view = View(facts, today, ring, home)
    figures = measure(SEGMENT_MEASURES, view)
    verdicts = _verdicts(view, figures, evidence(view), pulls(view))
    chains = measure(CHAIN_MEASURES, view)
    return Board(
        today=today,
        ring=ring,
        home=home,
        settings=facts.settings,
        presence=presence(facts),
        chains=tuple(_summary(view, chain, chains[chain.id], verdicts) for chain in view.chains.values()),
        segments=_assessments(view, figures, verdicts),
        feeds=tuple(feed for feeds in view.feeds_from.values() for feed in feeds),
    )
