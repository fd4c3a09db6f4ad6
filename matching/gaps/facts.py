"""What the gap measures look at, as plain data. Ids are the graph's; money is CNY a year; None is *unknown*."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from graph.district import WUJIN, District
from graph.model import FirmStatus, Grade, Gradient, LinkState, SignalKind, Stream, Substitutability
from matching.gaps.settings import Settings
from matching.rings import Ring


@dataclass(frozen=True, slots=True)
class ChainFact:
    """A chain, and the firms that lead it."""

    id: str
    name: str
    order: int = 0
    leaders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SegmentFact:
    """A segment; it may belong to several chains and refine several segments. ``terms`` are the words for it."""

    id: str
    name: str
    chains: tuple[str, ...]
    stream: Stream
    importance: int
    substitutability: Substitutability
    order: int = 0
    parents: tuple[str, ...] = ()
    sample: bool = False
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FirmFact:
    """A firm; ``ring`` is where its nearest site is, ``places`` the divisions its sites or itself lie in.

    ``codes`` are the codes of those divisions, else of its city; ``group`` is the name of the group it belongs to.
    """

    id: str
    name: str
    ring: Ring | None = None
    places: tuple[str, ...] = ()
    status: FirmStatus | None = None
    revenue: int | None = None
    sample: bool = False
    codes: tuple[str, ...] = ()
    group: str | None = None
    gradient: Gradient | None = None


@dataclass(frozen=True, slots=True)
class LinkFact:
    """What one source says of a firm in a segment; ``rank`` of the source decides where sources differ."""

    firm: str
    segment: str
    state: LinkState
    source: str
    rank: int = 9
    grade: Grade | None = None
    evidence: str = ""
    checked_on: date | None = None
    observed_on: date | None = None
    capacity_share: float | None = None
    certification_months: int | None = None


@dataclass(frozen=True, slots=True)
class MakerFact:
    """A firm makes products of a segment; ``share`` of its revenue, None unless known for all of them."""

    firm: str
    segment: str
    products: tuple[str, ...]
    sources: tuple[str, ...]
    share: float | None = None
    observed_on: date | None = None


@dataclass(frozen=True, slots=True)
class PurchaseFact:
    """A firm buys a product of a segment; ``name`` is the product's."""

    buyer: str
    product: str
    segment: str
    amount: int | None = None
    import_share: float | None = None
    single_country_share: float | None = None
    import_country: str | None = None
    name: str = ""
    observed_on: date | None = None


@dataclass(frozen=True, slots=True)
class SupplyFact:
    """A firm supplies a buyer with products of a segment; ``qualified`` None when nobody said.

    ``products`` are those named; none named when the supplier is confirmed in the segment and what it sells unsaid.
    """

    supplier: str
    buyer: str
    segment: str
    qualified: bool | None = None
    products: tuple[str, ...] = ()
    observed_on: date | None = None


@dataclass(frozen=True, slots=True)
class FeedFact:
    """``start`` goes into ``end``: essential, or one of ``group`` that replace each other there."""

    start: str
    end: str
    essential: bool
    group: str | None = None


@dataclass(frozen=True, slots=True)
class SearchFact:
    """Somebody looked for firms of a segment on a day, in these sources, and found so many."""

    segment: str
    by: str
    sources: tuple[str, ...]
    found: int
    on: date
    method: str = ""
    sample: bool = False


@dataclass(frozen=True, slots=True)
class NeedFact:
    """An open need about a segment; ``by`` is who posted it, ``amount`` the yearly purchase."""

    id: str
    name: str
    segment: str
    by: str | None = None
    amount: int | None = None
    posted_on: date | None = None


@dataclass(frozen=True, slots=True)
class AchievementFact:
    """An open research result about a segment, a possible subject of an open task 揭榜."""

    id: str
    name: str
    segment: str
    by: str | None = None


@dataclass(frozen=True, slots=True)
class SignalFact:
    """A dated sign that a firm expands; without ``segments`` it speaks of the whole firm."""

    id: str
    firm: str
    name: str
    kind: SignalKind
    on: date
    reference: str
    segments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CertificateFact:
    """A certificate a firm states on a listing; ``until`` is its last day, None when that is not said."""

    firm: str
    name: str
    until: date | None = None


@dataclass(frozen=True)
class Facts:
    """Everything the measures look at, for all chains: a figure is the same whichever chain is on the screen.

    ``settings`` are the thresholds and weights users set, ``district`` is the one rings are counted from.
    """

    chains: tuple[ChainFact, ...] = ()
    segments: tuple[SegmentFact, ...] = ()
    firms: tuple[FirmFact, ...] = ()
    links: tuple[LinkFact, ...] = ()
    makers: tuple[MakerFact, ...] = ()
    purchases: tuple[PurchaseFact, ...] = ()
    supplies: tuple[SupplyFact, ...] = ()
    feeds: tuple[FeedFact, ...] = ()
    searches: tuple[SearchFact, ...] = ()
    needs: tuple[NeedFact, ...] = ()
    achievements: tuple[AchievementFact, ...] = ()
    settings: Settings = field(default_factory=Settings)
    district: District = WUJIN
    signals: tuple[SignalFact, ...] = ()
    certificates: tuple[CertificateFact, ...] = ()
