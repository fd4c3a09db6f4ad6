"""Where the firms of the map are: how many in each ring, so that a board that counts none of them says so."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain

from graph.district import WUJIN, District
from graph.messages import N_, Message
from matching.gaps.facts import Facts
from matching.rings import RING_TITLES, Ring, nearest_with, within

EVERYWHERE = N_("不限地区")
INSIDE = N_("{ring}内有企业 {inside} 家；圈外 {outside} 家，所在地不明 {unplaced} 家，均不计入")
ANYWHERE = N_("企业 {total} 家，不论所在地都计入；其中所在地不明 {unplaced} 家")
NOBODY_HOME = N_("本区（{district}）没有企业：{total} 家企业中 {placed} 家在外地，{unplaced} 家所在地不明")
UNSET = N_("未设定")
NOBODY_INSIDE = N_("{ring}内没有企业：{total} 家企业中 {placed} 家在圈外，{unplaced} 家所在地不明")


def ring_title(ring: Ring | None) -> str:
    """What a ring is called; None is no limit."""
    return RING_TITLES[ring] if ring else EVERYWHERE


@dataclass(frozen=True)
class Presence:
    """Firms of a chain, or of all, by the ring they work in; None stands for an unknown place."""

    counts: Mapping[Ring | None, int] = field(default_factory=dict)
    district: District = WUJIN

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())

    @property
    def unplaced(self) -> int:
        """Those of unknown place."""
        return self.counts.get(None, 0)

    @property
    def home(self) -> Message:
        """What home is called; one that nobody set and no firm is in is not named: it is another region's."""
        return Message(self.district.name if self.district.by or self.inside(Ring.DISTRICT) else UNSET)

    def inside(self, ring: Ring | None) -> int:
        """Those a ring lets through."""
        return sum(count for own, count in self.counts.items() if within(own, ring))

    @property
    def opening(self) -> Ring | None:
        """The ring to begin with: the nearest with a firm, no limit when all are of unknown place, home without any."""
        return nearest_with(ring for ring, count in self.counts.items() if count) if self.total else Ring.DISTRICT

    def said(self, ring: Ring | None) -> Message:
        """How many firms a ring counts, and how many it does not."""
        values = {"ring": Message(ring_title(ring)), "total": self.total, "unplaced": self.unplaced}
        inside = self.inside(ring)
        values |= {"inside": inside, "outside": self.total - inside - self.unplaced}
        return Message(INSIDE if ring else ANYWHERE, values)

    def nobody(self, ring: Ring | None) -> Message | None:
        """That home, or the ring looked at, has no firm although there are some; None when it has."""
        if not self.total or (self.inside(Ring.DISTRICT) and self.inside(ring)):
            return None
        values = {"total": self.total, "unplaced": self.unplaced, "placed": self.total - self.unplaced}
        if not self.inside(Ring.DISTRICT):
            return Message(NOBODY_HOME, values | {"district": self.home})
        return Message(NOBODY_INSIDE, values | {"ring": Message(ring_title(ring))})


def presence(facts: Facts) -> Mapping[str | None, Presence]:
    """Where the firms are that any link or product joins to a chain, by chain; under None those of all chains."""
    chains = {segment.id: segment.chains for segment in facts.segments}
    rings = {firm.id: firm.ring for firm in facts.firms}
    found: dict[str | None, set[str]] = defaultdict(set)
    pairs = chain(((k.segment, k.firm) for k in facts.links), ((m.segment, m.firm) for m in facts.makers))
    for segment, firm in pairs:
        for own in chains.get(segment, ()):
            found[own].add(firm)
    found[None] = set().union(*found.values())
    return {
        own: Presence(Counter(rings[firm] for firm in firms if firm in rings), facts.district)
        for own, firms in found.items()
    }
