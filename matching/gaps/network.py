"""Who keeps which segment going: a view indexed for removals, once for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from matching.gaps.candidates import Candidate
from matching.gaps.criticality import spread, values
from matching.gaps.facts import PurchaseFact
from matching.gaps.figure import Figure
from matching.gaps.imports import Imports, imports
from matching.gaps.links import Link
from matching.gaps.removal import ALL_IMPORTS, EVERY_COUNTRY, Removal, RemovalKind
from matching.gaps.sites import SiteFact
from matching.gaps.ties import Ties, ties
from matching.gaps.view import View
from matching.rings import Ring, ring_of, within


@dataclass(frozen=True)
class Cut:
    """What removals take away at once.

    ``moved`` are firms that lose plants and go on from the ring of those left (None: of unknown place).
    """

    segments: frozenset[str] = frozenset()
    firms: frozenset[str] = frozenset()
    moved: Mapping[str, Ring | None] = field(default_factory=dict)
    countries: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Network:
    """A view with the plants of its firms.

    A segment goes on while a confirmed firm in the ring is left. One that has none is bought from outside and counts as
    available, until it is taken away itself or ``Thresholds.import_stop`` of its purchases at home no longer comes in.
    """

    view: View
    sites: tuple[SiteFact, ...] = ()

    @cached_property
    def suppliers(self) -> dict[str, tuple[Link, ...]]:
        """Confirmed firms in the ring by segment; segments without any are left out."""
        found = {segment: self.view.suppliers(segment) for segment in self.view.segments}
        return {segment: links for segment, links in found.items() if links}

    @cached_property
    def locals(self) -> dict[str, frozenset[str]]:
        """Confirmed firms at home by segment, whatever the ring."""
        return {k: frozenset(link.firm.id for link in self.view.locals(k)) for k in self.view.segments}

    @cached_property
    def segments_of(self) -> dict[str, tuple[str, ...]]:
        """Segments a firm is confirmed in, in their order, wherever it is."""
        found: dict[str, list[str]] = defaultdict(list)
        for segment in self.view.segments:
            for link in (*self.view.suppliers(segment), *self.view.beyond(segment)):
                found[link.firm.id].append(segment)
        return {firm: tuple(segments) for firm, segments in found.items()}

    @cached_property
    def plants(self) -> dict[str, tuple[SiteFact, ...]]:
        """Plants of every firm."""
        found: dict[str, list[SiteFact]] = defaultdict(list)
        for fact in self.sites:
            found[fact.firm].append(fact)
        return {firm: tuple(facts) for firm, facts in found.items()}

    @cached_property
    def places(self) -> dict[str, tuple[SiteFact, ...]]:
        """Plants by the code of each division they lie in."""
        found: dict[str, list[SiteFact]] = defaultdict(list)
        for fact in self.sites:
            for code in fact.codes:
                found[code].append(fact)
        return {code: tuple(facts) for code, facts in found.items()}

    @cached_property
    def imports(self) -> dict[str, Imports]:
        """What home buys of each segment from abroad; segments nobody at home buys are left out."""
        found = {segment: self.view.purchases(segment) for segment in self.view.segments}
        return {segment: imports(facts) for segment, facts in found.items() if facts}

    @cached_property
    def names(self) -> dict[RemovalKind, dict[str, Removal]]:
        """Everything that can be taken away, by kind and id."""
        firms = self.view.firms
        places = {place.code: place for fact in self.sites for place in fact.places if fact.firm in firms}
        named = {f.import_country for f in self.view.facts.purchases if f.import_country}
        every: dict[RemovalKind, Iterable[tuple[str, str]]] = {
            RemovalKind.FIRM: ((firm.id, firm.name) for firm in firms.values()),
            RemovalKind.SITE: (
                (fact.site, f"{firms[fact.firm].name} {fact.name}")
                for fact in self.sites
                if fact.site is not None and fact.firm in firms
            ),
            RemovalKind.SEGMENT: ((segment.id, segment.name) for segment in self.view.segments.values()),
            RemovalKind.COUNTRY: ((ALL_IMPORTS, EVERY_COUNTRY), *((name, name) for name in sorted(named))),
            RemovalKind.TOWN: ((code, places[code].name) for code in sorted(places)),
        }
        return {kind: {ref: Removal(kind, ref, name) for ref, name in pairs} for kind, pairs in every.items()}

    @cached_property
    def ties(self) -> dict[str, Ties]:
        """What each leader hangs on."""
        return ties(self.view, self.segments_of)

    @cached_property
    def qualified(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """Names of the buyers that have qualified a supplier, by segment and supplier."""
        firms = self.view.firms
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for supply in self.view.facts.supplies:
            if supply.qualified and supply.buyer in firms:
                found[supply.segment, supply.supplier].add(firms[supply.buyer].name)
        return {key: tuple(sorted(buyers)) for key, buyers in found.items()}

    @cached_property
    def bought(self) -> tuple[PurchaseFact, ...]:
        """Everything home buys of any segment."""
        return tuple(fact for segment in self.view.segments for fact in self.view.purchases(segment))

    @cached_property
    def candidates(self) -> dict[str, tuple[tuple[str, Candidate], ...]]:
        """Who could fill a segment as the board sees it, with the way; filled in as segments are asked for."""
        return {}

    @cached_property
    def worth(self) -> dict[str, int]:
        """Local value of each segment, as criticality counts it."""
        return values(self.view)

    def cut(self, removals: Iterable[Removal]) -> Cut:
        """What ``removals`` take away at once.

        Plants go with their town; a firm whose last plant goes is gone, one with plants left goes on from there.
        """
        taken: dict[RemovalKind, set[str]] = {kind: set() for kind in RemovalKind}
        for removal in removals:
            taken[removal.kind].add(removal.ref)
        codes = [code for code in self.places if any(code.startswith(town) for town in taken[RemovalKind.TOWN])]
        shut: dict[str, set[str | None]] = defaultdict(set)
        for fact in self.sites if taken[RemovalKind.SITE] else ():
            if fact.site in taken[RemovalKind.SITE]:
                shut[fact.firm].add(fact.site)
        for fact in (fact for code in codes for fact in self.places[code]):
            shut[fact.firm].add(fact.site)
        gone = taken[RemovalKind.FIRM] | {f for f in shut if all(p.site in shut[f] for p in self.plants[f])}
        home = self.view.facts.district
        moved = {
            firm: ring_of((c for p in self.plants[firm] if p.site not in shut[firm] for c in p.codes), home)
            for firm in shut
            if firm not in gone
        }
        return Cut(frozenset(taken[RemovalKind.SEGMENT]), frozenset(gone), moved, frozenset(taken[RemovalKind.COUNTRY]))

    def stays(self, firm: str, cut: Cut, limit: Ring | None) -> bool:
        """Whether a firm that was within ``limit`` still is."""
        return firm not in cut.firms and (firm not in cut.moved or within(cut.moved[firm], limit))

    def out(self, cut: Cut) -> frozenset[str]:
        """Firms that are no longer in the ring."""
        ring = self.view.ring
        return frozenset(firm for firm in (*cut.firms, *cut.moved) if not self.stays(firm, cut, ring))

    def left(self, cut: Cut) -> dict[str, tuple[Link, ...]]:
        """Confirmed firms still in the ring, of every segment that loses one."""
        out = self.out(cut)
        mine = {segment for firm in out for segment in self.segments_of.get(firm, ())} & self.suppliers.keys()
        found = {k: tuple(link for link in self.suppliers[k] if link.firm.id not in out) for k in mine}
        return {k: links for k, links in found.items() if len(links) < len(self.suppliers[k])}

    def cut_off(self, cut: Cut, left: Mapping[str, tuple[Link, ...]]) -> dict[str, Figure]:
        """Segments no firm of the ring is left in, of which too much came from where nothing comes any more."""
        if not cut.countries:
            return {}
        found = {segment: bought.without(cut.countries) for segment, bought in self.imports.items()}
        return {
            segment: figure
            for segment, figure in found.items()
            if figure.value and figure.value >= self.view.thresholds(segment).import_stop
            if not left.get(segment, self.suppliers.get(segment))
        }

    def stops(self, cut: Cut, left: Mapping[str, tuple[Link, ...]]) -> dict[str, int]:
        """Segments that stop, each with the step at which it does (``criticality.spread``)."""
        emptied = {segment for segment, links in left.items() if not links}
        at_once = (cut.segments & self.view.segments.keys()) | emptied | self.cut_off(cut, left).keys()
        return spread(sorted(at_once), self.view.feeds_from, self.view.feeds_into)

    def lost_worth(self, cut: Cut, stopped: Iterable[str]) -> dict[str, int]:
        """Local value that goes, by segment: of those that stop, and of those no firm at home is left in."""
        home = self.view.home
        leavers = [firm for firm in (*cut.firms, *cut.moved) if not self.stays(firm, cut, home)]
        mine = {segment for firm in leavers for segment in self.segments_of.get(firm, ())}
        left_home = {k for k in mine if not any(self.stays(local, cut, home) for local in self.locals[k])}
        return {k: self.worth[k] for k in {*stopped, *left_home} if self.worth[k]}
