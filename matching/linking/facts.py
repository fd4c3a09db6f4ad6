"""What link proposals are made from: a firm with everything said of it, and the words of the segments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from graph.model import Grade


@dataclass(frozen=True, slots=True)
class Origin:
    """Who says it, when, how surely; ``declared`` when the firm's own contact does and nobody vouches for it."""

    source: str
    observed_on: date | None = None
    grade: Grade = Grade.MEDIUM
    declared: bool = False


@dataclass(frozen=True, slots=True)
class Product:
    """A product the firm is said to make; ``share`` of its revenue, 0-1. Of grade weak: from its registered scope."""

    name: str
    origin: Origin
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Sale:
    """Products the firm supplies to a customer, by name; ``qualified`` when the customer lists it as such."""

    products: tuple[str, ...]
    customer: str
    origin: Origin
    qualified: bool | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """A listing of the firm; ``label`` is its most special label, ``segments`` those it names itself."""

    label: str
    name: str
    origin: Origin
    process: str | None = None
    products: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()
    patents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm; whatever is unknown is left out. ``origin`` is that of the texts the firm gave of itself."""

    id: str
    name: str
    origin: Origin
    industries: tuple[str, ...] = ()
    main_products: tuple[str, ...] = ()
    profile: str = ""
    business_scope: str = ""
    products: tuple[Product, ...] = ()
    sales: tuple[Sale, ...] = ()
    purchases: tuple[Product, ...] = ()
    posted: tuple[Posted, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment with its words; ``inputs`` are the segments that feed it."""

    id: str
    name: str
    terms: tuple[str, ...]
    lookalikes: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rules:
    """The figures users may change.

    ``stale_days``: evidence older than this needs asking again; ``stale_of``: the same by segment, where its chain has
    a figure of its own. ``main_share``: the part of the revenue from which a product is a main one. ``near``: how much
    of its n-grams a name must share with a term to be worth asking.
    """

    stale_days: int = 365
    stale_of: Mapping[str, int] = field(default_factory=dict)
    main_share: float = 0.05
    near: float = 0.5

    def days(self, segment: str) -> int:
        """How many days evidence about a segment holds."""
        return self.stale_of.get(segment, self.stale_days)
