"""Facts for the gap measures out of the graph: fourteen aggregate queries, whatever the number of segments."""

from __future__ import annotations

from datetime import date
from typing import Any

from graph.district import District, load_district
from graph.messages import told
from graph.model import FirmStatus, Grade, Gradient, LinkState, SignalKind, Stream, Substitutability
from graph.queries import queries
from graph.store import Store
from graph.values import Certificate
from matching.gaps.facts import (
    AchievementFact,
    CertificateFact,
    ChainFact,
    Facts,
    FeedFact,
    FirmFact,
    LinkFact,
    MakerFact,
    NeedFact,
    PurchaseFact,
    SearchFact,
    SegmentFact,
    SignalFact,
    SupplyFact,
)
from matching.gaps.tuning import load_history
from matching.rings import ring_of

Row = dict[str, Any]


def _segment(row: Row) -> SegmentFact:
    return SegmentFact(
        **{
            **row,
            "chains": tuple(row["chains"]),
            "parents": tuple(row["parents"]),
            "terms": tuple(row["terms"]),
            "stream": Stream(row["stream"]),
            "substitutability": Substitutability(row["substitutability"]),
        }
    )


def _firm(row: Row, district: District) -> FirmFact:
    """Sites say where a firm works; without sites its own division does, without that its city."""
    codes = row["site_codes"] or row["own_codes"] or row["city_codes"]
    return FirmFact(
        id=row["id"],
        name=row["name"],
        ring=ring_of(codes, district),
        places=tuple(sorted(row["places"])),
        status=FirmStatus(row["status"]) if row["status"] else None,
        revenue=row["revenue"],
        sample=row["sample"],
        codes=tuple(codes),
        group=row["group"],
        gradient=Gradient(row["gradient"]) if row["gradient"] else None,
    )


def _share(value: float | None) -> float | None:
    """A share that cannot be, written by another hand than our loaders, is not known."""
    return value if value is not None and 0 <= value <= 1 else None


def _link(row: Row) -> LinkFact:
    kept = row.pop("wording")
    evidence = row["evidence"] or ""
    said = {"state": LinkState(row["state"]), "evidence": told(evidence, kept, "evidence") if kept else evidence}
    grade = Grade(row["grade"]) if row["grade"] else None
    return LinkFact(**{**row, **said, "grade": grade, "capacity_share": _share(row["capacity_share"])})


def _purchase(row: Row) -> PurchaseFact:
    return PurchaseFact(**{**row, **{key: _share(row[key]) for key in ("import_share", "single_country_share")}})


def _maker(row: Row) -> MakerFact:
    sources = tuple(sorted({source for source in row["sources"] if source}))
    shares, products = row.pop("shares"), tuple(sorted(row["products"]))
    share = sum(shares) if len(shares) == len(products) else None
    return MakerFact(**{**row, "products": products, "share": share, "sources": sources})


def _signal(row: Row) -> SignalFact:
    return SignalFact(**{**row, "kind": SignalKind(row["kind"]), "segments": tuple(row["segments"])})


def _certificates(row: Row) -> list[CertificateFact]:
    """The certificates of a firm, each with the latest day any listing gives it."""
    latest: dict[str, date | None] = {}
    for text in row["certificates"]:
        stated = Certificate.parse(text)
        until = latest.get(stated.name)
        latest[stated.name] = max(filter(None, (until, stated.until)), default=None)
    return [CertificateFact(row["firm"], name, until) for name, until in sorted(latest.items())]


def fetch(store: Store, today: date) -> Facts:
    """Load the facts of all chains as of ``today``; rings are counted from the district at home.

    All chains are loaded even for the screen of one: ranks and percentiles are taken over all segments and supply
    crosses chains, so a figure must not depend on what was loaded. Keep the result with the store's revision.
    """
    district = load_district(store)
    return Facts(
        district=district,
        chains=tuple(
            ChainFact(**{**row, "leaders": tuple(row["leaders"])}) for row in store.read(queries.list_gap_chains)
        ),
        segments=tuple(_segment(row) for row in store.read(queries.list_gap_segments)),
        firms=tuple(_firm(row, district) for row in store.read(queries.list_gap_firms)),
        links=tuple(_link(row) for row in store.read(queries.list_gap_links)),
        makers=tuple(_maker(row) for row in store.read(queries.list_gap_makers)),
        purchases=tuple(_purchase(row) for row in store.read(queries.list_gap_purchases)),
        supplies=tuple(
            SupplyFact(**{**row, "products": tuple(row["products"])}) for row in store.read(queries.list_gap_supplies)
        ),
        feeds=tuple(FeedFact(**row) for row in store.read(queries.list_gap_feeds)),
        searches=tuple(
            SearchFact(**{**row, "sources": tuple(row["sources"])}) for row in store.read(queries.list_gap_searches)
        ),
        needs=tuple(NeedFact(**row) for row in store.read(queries.list_gap_needs, today=today)),
        achievements=tuple(AchievementFact(**row) for row in store.read(queries.list_gap_achievements, today=today)),
        settings=load_history(store).settings,
        signals=tuple(_signal(row) for row in store.read(queries.list_gap_signals)),
        certificates=tuple(
            fact for row in store.read(queries.list_gap_certificates, today=today) for fact in _certificates(row)
        ),
    )
