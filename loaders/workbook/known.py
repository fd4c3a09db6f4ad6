"""What a workbook can refer to: chains, segments, places and terms of the catalog, and what it says itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cache, cached_property
from typing import Any

from graph.district import WUJIN, list_places, load_district
from graph.divisions import Gazetteer
from graph.ids import exchange_code, make_id, normalise
from graph.messages import N_
from graph.model import Capability, Enterprise, Event, Node, Organisation, Place
from graph.queries import queries
from graph.store import Row as StoreRow
from graph.store import Store
from graph.terms import SegmentTerms, TermIndex
from loaders.catalog.files import ChainEntry, PlaceEntry, read_chains, read_places
from loaders.catalog.loader import segment_terms
from loaders.workbook import facts
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
    EVENT = (
        N_("没有编号为“{value}”的对接活动"),
        N_("请填“对接活动”表中的活动编号；若该行被退回，请先改好它"),
    )

    def __init__(self, unknown: str, cure: str) -> None:
        self.unknown = unknown
        self.cure = cure


AMBIGUOUS = N_("“{value}”不止一个")
AMBIGUOUS_CURE = N_("请写得更准：企业填统一社会信用代码，环节写成“链名/环节名”")

NO_CATALOG_CURE = N_("图谱里还没有产业链环节：请先执行 ronglian load catalog，或用导入向导载入自己的产业链名录")

_SUFFIXES = ("街道", "镇", "市", "区", "省")


@dataclass(frozen=True)
class Known:
    """What is known before the workbook is opened: ids by normalised word, and the terms of segments.

    ``words`` are the terms as text, for a fingerprint. ``organisations`` are firms and institutions by name and code,
    ``firms`` only the firms, ``capabilities`` and ``events`` are listed by number; ``home`` is the district's code.
    """

    chains: Index
    segments: Index
    places: Index
    terms: TermIndex
    words: str
    organisations: Index = field(default_factory=dict)
    firms: Index = field(default_factory=dict)
    home: str = WUJIN.code
    capabilities: Index = field(default_factory=dict)
    events: Index = field(default_factory=dict)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Finds the division that a text of a place means, in the graph or in the country."""
        cut = len(f"{Place.PREFIX}-")
        return Gazetteer(self.home, {word: frozenset(one[cut:] for one in ids) for word, ids in self.places.items()})

    def digest(self) -> str:
        """A text that changes when anything known changes; part of a load's fingerprint."""
        named = (self.organisations, self.firms, self.capabilities, self.events)
        indexes = (self.chains, self.segments, self.places, *named)
        return repr(
            [self.words, self.home, *(sorted((word, sorted(ids)) for word, ids in index.items()) for index in indexes)]
        )


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
        firms=organisations or {},
    )


def _words_for(place: PlaceEntry) -> set[str]:
    return {place.name, place.code, _short_place(place.name)}


def known_from_graph(store: Store, source: str = "") -> Known:
    """What the graph knows, apart from what only ``source`` itself says: a row it drops must not hold up another."""
    chains, segments, places = _catalogue(store, source)
    named = store.read(queries.list_known_organisations, source=source)
    terms = [SegmentTerms(row["id"], tuple(row["terms"]), tuple(row["lookalikes"])) for row in segments if row["terms"]]
    return Known(
        chains=_index((word, row["id"]) for row in chains for word in (row["id"], *_chain_names(row["name"]))),
        segments=_index(
            (word, row["id"])
            for row in segments
            for word in (row["id"], row["name"], *(f"{chain}/{row['name']}" for chain in row["chains"]))
        ),
        places=_index(
            (word, row["id"]) for row in places for word in {row["name"], row["code"], _short_place(row["name"])}
        ),
        terms=TermIndex(terms),
        words=repr(terms),
        home=load_district(store).code,
        organisations=_index((word, row["id"]) for row in named for word in row["words"]),
        firms=_index((word, row["id"]) for row in named if row["firm"] for word in row["words"]),
        capabilities=_index(
            (row["number"], row["id"]) for row in store.read(queries.list_known_capabilities, source=source)
        ),
        events=_index((row["number"], row["id"]) for row in store.read(queries.list_known_events, source=source)),
    )


def _catalogue(store: Store, source: str = "") -> tuple[list[StoreRow], list[StoreRow], list[StoreRow]]:
    return (
        store.read(queries.list_known_chains, source=source),
        _segments(store, source),
        list_places(store),
    )


def names_in_graph(store: Store) -> dict[Reference, list[str]]:
    """Chains, segments and places as a person would write them into a cell."""
    chains, segments, places = _catalogue(store)
    return {
        Reference.CHAIN: [row["name"] for row in chains],
        Reference.SEGMENT: sorted(f"{chain}/{row['name']}" for row in segments for chain in row["chains"]),
        Reference.PLACE: list(dict.fromkeys(row["name"] for row in places)),
    }


def _segments(store: Store, source: str) -> list[StoreRow]:
    return store.read(queries.list_known_segments, source=source)


def segment_paths(store: Store) -> dict[str, str]:
    """How a person would write each segment into a cell, by its id."""
    return {row["id"]: "/".join((*row["chains"][:1], row["name"])) for row in _segments(store, "")}


def _chain_names(name: str) -> set[str]:
    return {name, name.removesuffix("产业链"), f"{name.removesuffix('产业链')}产业链"}


def _short_place(name: str) -> str:
    short = next((name.removesuffix(end) for end in _SUFFIXES if name.endswith(end)), name)
    return short if len(short) > 1 else name


def known_from_catalog(organisations: Index | None = None) -> Known:
    """What the catalog of this version knows, and ``organisations`` that are in the graph already."""
    return known_from(read_chains(), read_places().places, organisations)


Token = str | tuple[object, ...]
"""What a word points to: an id, or the prefix and key an id is made of, hashed only when it is needed."""


Cells = Sequence[Any]


@dataclass(frozen=True)
class Naming:
    """How rows of a sheet become something to refer to: ``tokens`` of columns (texts folded), known by ``words``.

    A row that lacks what its token needs has None.
    """

    fields: tuple[str, ...]
    tokens: Callable[..., list[Token | None]]
    words: tuple[tuple[Reference, str], ...]


def _firm_tokens(codes: Cells, usccs: Cells, names: Cells) -> list[Token | None]:
    if any(codes) or any(usccs):
        names = [
            name and ((code and exchange_code(code)) or uscc or name)
            for code, uscc, name in zip(codes, usccs, names, strict=True)
        ]
    return [(Enterprise.PREFIX, name) if name else None for name in names]


def _organisation_tokens(categories: Cells, names: Cells) -> list[Token | None]:
    prefixes = {title: kind.PREFIX for title, kind in facts.ORGANISATIONS.items()}
    pairs = zip(categories, names, strict=True)
    return [(prefixes[category], name) if category and name else None for category, name in pairs]


def _capability_tokens(posters: Cells, numbers: Cells) -> list[Token | None]:
    pairs = zip(posters, numbers, strict=True)
    return [(Capability.PREFIX, poster, number) if poster and number else None for poster, number in pairs]


def _event_tokens(numbers: Cells) -> list[Token | None]:
    return [(Event.PREFIX, number) if number else None for number in numbers]


NAMINGS: dict[type[Node], Naming] = {
    Enterprise: Naming(
        ("exchange_code", "uscc", "name"),
        _firm_tokens,
        tuple((kind, word) for word in ("name", "uscc") for kind in (Reference.FIRM, Reference.ORGANISATION)),
    ),
    Organisation: Naming(("category", "name"), _organisation_tokens, ((Reference.ORGANISATION, "name"),)),
    Capability: Naming(("organisation", "number"), _capability_tokens, ((Reference.CAPABILITY, "number"),)),
    Event: Naming(("number",), _event_tokens, ((Reference.EVENT, "number"),)),
}


@cache
def identify(token: Token) -> str:
    """The id a token stands for."""
    if isinstance(token, str):
        return token
    prefix, *key = token
    return make_id(str(prefix), *(identify(part) if isinstance(part, tuple) else str(part) for part in key))


class Directory:
    """Answers references while a workbook is read; learns what its rows state.

    ``subject`` is the firm that a workbook about one firm is about: its first firm, whatever it is called there now.
    """

    def __init__(self, known: Known, subject: str | None = None) -> None:
        self.subject = subject
        self.products = facts.Products(known.terms)
        self._known = {
            Reference.CHAIN: known.chains,
            Reference.SEGMENT: known.segments,
            Reference.PLACE: known.places,
            Reference.FIRM: known.firms,
            Reference.ORGANISATION: known.organisations,
            Reference.CAPABILITY: known.capabilities,
            Reference.EVENT: known.events,
        }
        self._own: dict[Reference, dict[str, Token | set[Token]]] = {kind: {} for kind in Reference}

    def find(self, kind: Reference, text: str) -> Token:
        """Return what a word points to; what the workbook says goes before what was known already.

        Raises:
            BadCell: when it points to nothing, or to more than one thing.
        """
        word = normalise(text)
        own = self._own[kind].get(word)
        if own is not None:
            if isinstance(own, set):
                raise refuse(AMBIGUOUS, AMBIGUOUS_CURE, text)
            return own
        ids = self._known[kind].get(word) or frozenset()
        if len(ids) == 1:
            return next(iter(ids))
        if ids:
            raise refuse(AMBIGUOUS, AMBIGUOUS_CURE, text)
        if kind is Reference.SEGMENT and not self._known[Reference.SEGMENT]:
            raise refuse(kind.unknown, NO_CATALOG_CURE, text)
        raise refuse(kind.unknown, kind.cure, text)

    def learn(self, kind: Reference, words: Sequence[object], tokens: Sequence[Token | None]) -> None:
        """Remember what rows are called, so that later rows can refer to them."""
        own = self._own[kind]
        kinds = set(map(type, words))
        if str not in kinds:
            return
        if not own and kinds == {str} and len(fresh := dict(zip(words, tokens, strict=True))) == len(words):
            own.update(fresh)  # type: ignore[arg-type]
            return
        for word, token in zip(words, tokens, strict=True):
            if not isinstance(word, str) or token is None:
                continue
            earlier = own.setdefault(word, token)
            if isinstance(earlier, set):
                earlier.add(token)
            elif earlier != token:
                own[word] = {earlier, token}
