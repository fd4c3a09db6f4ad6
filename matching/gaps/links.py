"""One link a firm and segment out of what several sources say, with the firms of finer segments counted above."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from graph.messages import Listed
from graph.model import FirmStatus, Grade, LinkState
from matching.gaps.facts import FirmFact, LinkFact, MakerFact, SegmentFact


@dataclass(frozen=True, slots=True)
class Link:
    """A firm in a segment after all sources were heard.

    ``seen_on`` is the last day somebody or some source vouched for it; ``via`` the finer segment it came from;
    ``implied`` when nobody linked the firm, but it makes a product of the segment (``evidence`` names the products);
    ``aged`` when it was confirmed, too long ago or nobody knows when, and so is uncertain again.
    """

    firm: FirmFact
    segment: str
    state: LinkState
    sources: tuple[str, ...]
    grade: Grade | None = None
    evidence: str = ""
    checked_on: date | None = None
    seen_on: date | None = None
    capacity_share: float | None = None
    certification_months: int | None = None
    sales: int | None = None
    via: str | None = None
    implied: bool = False
    aged: bool = False

    @property
    def alive(self) -> bool:
        """Whether the firm is not closed."""
        return self.firm.status is not FirmStatus.CLOSED


def _trust(fact: LinkFact) -> tuple[int, int, str]:
    """Lowest rank first, among equals the later observation, then the name of the source."""
    return fact.rank, -(fact.observed_on or date.min).toordinal(), fact.source


def settle(facts: Iterable[LinkFact], firm: FirmFact) -> Link:
    """Return the link that statements about one firm and segment amount to: the most trusted decides the state."""
    said = sorted(facts, key=_trust)
    first = said[0]
    agreeing = [fact for fact in said if fact.state is first.state]
    days = [day for fact in agreeing for day in (fact.checked_on, fact.observed_on) if day is not None]
    return Link(
        firm=firm,
        segment=first.segment,
        state=first.state,
        sources=tuple(sorted({fact.source for fact in agreeing})),
        grade=first.grade,
        evidence=first.evidence,
        checked_on=max((fact.checked_on for fact in agreeing if fact.checked_on), default=None),
        seen_on=max(days, default=None),
        capacity_share=next((fact.capacity_share for fact in agreeing if fact.capacity_share is not None), None),
        certification_months=next(
            (k.certification_months for k in agreeing if k.certification_months is not None), None
        ),
    )


def _implied(fact: MakerFact, firm: FirmFact) -> Link:
    return Link(
        firm=firm,
        segment=fact.segment,
        state=LinkState.UNCERTAIN,
        sources=tuple(sorted(fact.sources)),
        evidence=Listed(fact.products),
        seen_on=fact.observed_on,
        implied=True,
    )


def _sales(fact: MakerFact, firm: FirmFact) -> int | None:
    if fact.share is None or firm.revenue is None:
        return None
    return round(firm.revenue * min(1.0, fact.share))


def direct(
    facts: Iterable[LinkFact], makers: Iterable[MakerFact], firms: Mapping[str, FirmFact]
) -> dict[tuple[str, str], Link]:
    """Return the links by (segment, firm): those stated, and those implied where nobody stated anything."""
    said: dict[tuple[str, str], list[LinkFact]] = defaultdict(list)
    for fact in facts:
        said[fact.segment, fact.firm].append(fact)
    made = {(maker.segment, maker.firm): maker for maker in makers}
    links = {key: settle(statements, firms[key[1]]) for key, statements in said.items()}
    links |= {key: _implied(maker, firms[key[1]]) for key, maker in made.items() if key not in links}
    sales = {key: _sales(maker, links[key].firm) for key, maker in made.items()}
    return links | {key: replace(links[key], sales=sold) for key, sold in sales.items() if sold is not None}


def age(links: Mapping[tuple[str, str], Link], fresh_since: Callable[[str], date]) -> Mapping[tuple[str, str], Link]:
    """Return the links, the confirmed that nobody vouched for since their segment's day being uncertain again."""
    since = {segment: fresh_since(segment) for segment in {segment for segment, _ in links}}
    aged = {
        key: replace(link, state=LinkState.UNCERTAIN, aged=True)
        for key, link in links.items()
        if link.state is LinkState.CONFIRMED and (link.seen_on is None or link.seen_on < since[key[0]])
    }
    return {**links, **aged} if aged else links


def ancestors(segment: str, segments: Mapping[str, SegmentFact]) -> frozenset[str]:
    """Return the segments that ``segment`` refines, near and far; a circle ends where it began."""
    found: set[str] = set()
    waiting = [segment]
    while waiting:
        known = segments.get(waiting.pop())
        fresh = {parent for parent in (known.parents if known else ()) if parent in segments} - found - {segment}
        found |= fresh
        waiting.extend(fresh)
    return frozenset(found)


_BEST = (LinkState.CONFIRMED, LinkState.UNCERTAIN)


def roll_up(links: Mapping[tuple[str, str], Link], segments: Mapping[str, SegmentFact]) -> dict[tuple[str, str], Link]:
    """Add the firms of finer segments to those they refine: who makes RV reducers is in reducers.

    What is said of the firm at the upper segment itself stands, unless it is only uncertain and the finer one
    confirmed. Capacity shares hold for the segment they were stated for, so they stay below.
    """
    merged = dict(links)
    above = {segment: ancestors(segment, segments) for segment in segments}
    for state in _BEST:
        for (segment, firm), link in links.items():
            if link.state is not state:
                continue
            for upper in above.get(segment, ()):
                standing = merged.get((upper, firm))
                if standing is None or (state is LinkState.CONFIRMED and standing.state is LinkState.UNCERTAIN):
                    merged[upper, firm] = replace(link, segment=upper, via=segment, capacity_share=None)
    return merged
