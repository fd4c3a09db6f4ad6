"""What a workbook can refer to: chains, segments, places and terms of the catalog, and what it says itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from graph.ids import normalise
from graph.messages import N_
from graph.model import Capability, Enterprise, Listing, Node, Organisation, Place, Relationship
from graph.terms import TermIndex
from loaders.catalog.files import ChainEntry, PlaceEntry, read_chains, read_places
from loaders.catalog.loader import segment_terms
from loaders.provenance import Fact
from loaders.workbook.cells import refuse

Index = Mapping[str, frozenset[str]]


class Reference(Enum):
    """What a cell can point to: what to say when it points to nothing, and the cure."""

    FIRM = (
        N_("没有名为“{value}”的企业"),
        N_("请填“企业”表中的全称或统一社会信用代码；若该企业一行被退回，请先改好它"),
    )
    ORGANISATION = (
        N_("没有名为“{value}”的单位"),
        N_("请填“企业”或“机构”表中的全称；若该单位一行被退回，请先改好它"),
    )
    CHAIN = (N_("没有名为“{value}”的产业链"), N_("请填产业链目录中的名称，例如 机器人"))
    SEGMENT = (
        N_("没有名为“{value}”的环节"),
        N_("请填产业链目录中的环节，写成“链名/环节名”，例如 机器人/RV减速器"),
    )
    PLACE = (N_("没有名为“{value}”的地区"), N_("请填镇、街道、园区或城市的名称，例如 湖塘镇"))
    CAPABILITY = (
        N_("没有编号为“{value}”的加工与检测能力"),
        N_("请填“加工与检测能力”表中的编号；若该行被退回，请先改好它"),
    )

    def __init__(self, unknown: str, cure: str) -> None:
        self.unknown = unknown
        self.cure = cure


AMBIGUOUS = N_("“{value}”不止一个")
AMBIGUOUS_CURE = N_("请写得更准：企业填统一社会信用代码，环节写成“链名/环节名”")

_SUFFIXES = ("街道", "镇", "市", "区", "省")


@dataclass(frozen=True)
class Known:
    """What is known before the workbook is opened: ids by normalised word, and the terms of segments.

    ``words`` are the terms as text, for a fingerprint. ``organisations`` may bring the firms and institutions that are
    in the graph already, by name and code.
    """

    chains: Index
    segments: Index
    places: Index
    terms: TermIndex
    words: str
    organisations: Index = field(default_factory=dict)

    def digest(self) -> str:
        """A text that changes when anything known changes; part of a load's fingerprint."""
        indexes = (self.chains, self.segments, self.places, self.organisations)
        return repr([self.words, *(sorted((word, sorted(ids)) for word, ids in index.items()) for index in indexes)])


def _index(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for word, target in pairs:
        found.setdefault(normalise(word), set()).add(target)
    return {word: frozenset(ids) for word, ids in found.items()}


def known_from(chains: Iterable[ChainEntry], places: Iterable[PlaceEntry], organisations: Index | None = None) -> Known:
    """Index catalog files.

    A segment answers to its id, to ``链名/环节名`` and, where only one has it, to its name; a place to its name with or
    without 镇, 市 and the like, and to its code.
    """
    chains = list(chains)
    segments = [(chain, entry, f"{chain.id}.{entry.id}") for chain in chains for entry in chain.segments]
    terms = list(segment_terms(chains))
    return Known(
        chains=_index((word, chain.id) for chain in chains for word in (chain.id, chain.name)),
        segments=_index(
            (word, segment)
            for chain, entry, segment in segments
            for word in (segment, f"{chain.name}/{entry.name}", entry.name)
        ),
        places=_index((word, f"{Place.PREFIX}-{place.code}") for place in places for word in _words_for(place)),
        terms=TermIndex(terms),
        words=repr(terms),
        organisations=organisations or {},
    )


def _words_for(place: PlaceEntry) -> set[str]:
    short = next((place.name.removesuffix(end) for end in _SUFFIXES if place.name.endswith(end)), place.name)
    return {place.name, place.code, short} if len(short) > 1 else {place.name, place.code}


def known_from_catalog(organisations: Index | None = None) -> Known:
    """What the catalog of this version knows, and ``organisations`` that are in the graph already."""
    return known_from(read_chains(), read_places().places, organisations)


class Directory:
    """Answers references while a workbook is read; learns the nodes its rows state."""

    def __init__(self, known: Known) -> None:
        self.terms = known.terms
        self._known = {
            Reference.CHAIN: known.chains,
            Reference.SEGMENT: known.segments,
            Reference.PLACE: known.places,
            Reference.FIRM: known.organisations,
            Reference.ORGANISATION: known.organisations,
        }
        self._own: dict[tuple[Reference, str], set[str]] = {}
        self._said: dict[object, tuple[str, Fact]] = {}

    def find(self, kind: Reference, text: str) -> str:
        """Return the id a word points to; what the workbook says goes before what was known already.

        Raises:
            BadCell: when it points to nothing, or to more than one thing.
        """
        word = normalise(text)
        ids = self._own.get((kind, word)) or self._known.get(kind, {}).get(word) or frozenset()
        if len(ids) == 1:
            return next(iter(ids))
        if ids:
            raise refuse(AMBIGUOUS, AMBIGUOUS_CURE, text)
        raise refuse(kind.unknown, kind.cure, text)

    def differing(self, facts: Iterable[Fact]) -> str | None:
        """Return where an earlier row said something else about the same thing."""
        for fact in facts:
            where, earlier = self._said.get(_key(fact), (None, fact))
            if earlier != fact:
                return where
        return None

    def learn(self, facts: Iterable[Fact], where: str) -> None:
        """Remember what a row states, so that later rows can refer to it."""
        for fact in facts:
            self._said.setdefault(_key(fact), (where, fact))
            if isinstance(fact, Organisation):
                self._name(Reference.ORGANISATION, fact, fact.name)
            if isinstance(fact, Enterprise):
                self._name(Reference.FIRM, fact, fact.name)
                if fact.uscc:
                    self._name(Reference.FIRM, fact, fact.uscc)
                    self._name(Reference.ORGANISATION, fact, fact.uscc)
            if isinstance(fact, Capability):
                self._name(Reference.CAPABILITY, fact, fact.number)

    def _name(self, kind: Reference, node: Node, word: str) -> None:
        self._own.setdefault((kind, normalise(word)), set()).add(node.id)


def _key(fact: Fact) -> object:
    """What may be said once in a workbook: a relationship, a number of a kind of listing, else a node."""
    if isinstance(fact, Listing):
        return (fact.LABEL, normalise(fact.number))
    return (fact.TYPE, fact.start, fact.end) if isinstance(fact, Relationship) else fact.id
