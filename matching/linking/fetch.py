"""From the store to plain data: segments with their words, firms with all that is said of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from graph.model import Grade
from graph.queries import queries
from graph.store import Row, Store
from matching.linking.facts import Firm, Origin, Posted, Product, Sale, Segment

_GENERAL = {"Entity", "Listing"}


def load_segments(store: Store) -> tuple[Segment, ...]:
    """All segments, by id."""
    return tuple(
        Segment(row["id"], row["name"], tuple(row["terms"]), tuple(row["lookalikes"]), tuple(row["inputs"]))
        for row in store.read(queries.list_linking_segments)
    )


def load_firms(store: Store, ids: Iterable[str] | None = None) -> Iterator[Firm]:
    """Firms by id, or all of them."""
    wanted = None if ids is None else list(ids)
    for row in store.stream(queries.list_linking_firms, firms=wanted):
        yield _firm(row)


def _firm(row: Row) -> Firm:
    return Firm(
        id=row["id"],
        name=row["name"],
        origin=_origin(row["said"] or {}),
        industries=tuple(row["industries"]),
        main_products=tuple(row["main_products"]),
        profile=row["profile"],
        business_scope=row["business_scope"],
        products=tuple(_product(product) for product in row["products"]),
        sales=tuple(
            Sale(tuple(sale["products"]), sale["customer"], _origin(sale), sale["qualified"]) for sale in row["sales"]
        ),
        purchases=tuple(_product(purchase) for purchase in row["purchases"]),
        posted=tuple(_posted(post) for post in row["posted"]),
    )


def _origin(said: dict[str, Any]) -> Origin:
    grade = Grade(said.get("grade") or Grade.MEDIUM)
    return Origin(said.get("source") or "", said.get("observed_on"), grade, bool(said.get("declared")))


def _product(said: dict[str, Any]) -> Product:
    return Product(said["name"], _origin(said), said["share"])


def _posted(said: dict[str, Any]) -> Posted:
    return Posted(
        label=min(set(said["labels"]) - _GENERAL, default="Listing"),
        name=said["name"],
        origin=_origin(said),
        process=said["process"],
        products=tuple(said["products"]),
        segments=tuple(said["segments"]),
        certificates=tuple(said["certificates"]),
        patents=tuple(said["patents"]),
    )
