"""What the graph holds at a glance: its chains, its sources, its needs page by page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.model import ListingState, Tier
from graph.queries import queries
from graph.store import Row, Store


@dataclass(frozen=True)
class ChainCard:
    """A chain as the catalog describes it."""

    id: str
    name: str
    tier: Tier
    order: int
    summary: str | None
    office: str | None
    basis: str
    reviewed_by: str | None
    reviewed_on: date | None
    sample: bool


@dataclass(frozen=True)
class SourceCard:
    """A source and the day it speaks of."""

    id: str
    name: str
    rank: int
    observed_on: date
    sample: bool
    note: str | None


@dataclass(frozen=True)
class Catalogue:
    """The chains in their order, who says what is known, and the towns by code and name."""

    chains: tuple[ChainCard, ...]
    sources: tuple[SourceCard, ...]
    towns: tuple[tuple[str, str], ...] = ()

    @property
    def as_of(self) -> date | None:
        """The latest day any source speaks of."""
        return max((source.observed_on for source in self.sources), default=None)

    @property
    def sample(self) -> bool:
        """Whether made-up data is in the graph."""
        return any(source.sample for source in self.sources)

    @property
    def source_names(self) -> dict[str, str]:
        """Names of the sources by id."""
        return {source.id: source.name for source in self.sources}

    def unjudged(self, ref: str = "") -> bool:
        """Whether a chain (without one: any) was set up by a list, so that nobody judged its segments yet."""
        return any(chain.tier is Tier.OTHER for chain in self.chains if ref in {"", chain.id})

    def chain(self, ref: str) -> ChainCard | None:
        """A chain by id."""
        return next((chain for chain in self.chains if chain.id == ref), None)


@dataclass(frozen=True)
class Reference:
    """A thing named: its id and what it is called."""

    id: str
    name: str


@dataclass(frozen=True)
class NeedCard:
    """A need in a list."""

    id: str
    number: str
    name: str
    text: str | None
    state: ListingState
    posted_on: date | None
    expires_on: date | None
    expired: bool
    quantity: float | None
    unit: str | None
    limits: tuple[str, ...]
    certificates: tuple[str, ...]
    sample: bool
    buyer: Reference | None
    segments: tuple[Reference, ...]


@dataclass(frozen=True)
class NeedPage:
    """Some of the needs found, and how many there are."""

    total: int
    needs: tuple[NeedCard, ...]


def load_catalogue(store: Store) -> Catalogue:
    """Read chains, sources and towns."""
    chains = tuple(ChainCard(**(row | {"tier": Tier(row["tier"])})) for row in store.read(queries.list_chains))
    towns = tuple((row["code"], row["name"]) for row in store.read(queries.list_towns))
    return Catalogue(chains, tuple(SourceCard(**row) for row in store.read(queries.list_sources)), towns)


def find_needs(store: Store, today: date, text: str = "", *, skip: int = 0, limit: int = 50) -> NeedPage:
    """Find needs that hold ``text`` in number, title, text, product or buyer: valid ones first, then the latest."""
    row = store.one(queries.list_needs, text=text.strip().lower(), today=today, skip=skip, limit=limit)
    return NeedPage(row["total"], tuple(_need(need) for need in row["needs"])) if row else NeedPage(0, ())


def _need(row: Row) -> NeedCard:
    return NeedCard(
        **row
        | {
            "state": ListingState(row["state"]),
            "limits": tuple(row["limits"]),
            "certificates": tuple(row["certificates"]),
            "buyer": Reference(**row["buyer"]) if row["buyer"] else None,
            "segments": tuple(Reference(**segment) for segment in row["segments"]),
        }
    )
