"""From the store to plain data: needs, the market, and the graph around needs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from graph.errors import NotFound
from graph.model import Organisation
from graph.queries import queries
from graph.store import Row, Store
from matching.pairing.listings import Evidence, Offered, Party, Wanted, read_certificate, read_limits
from matching.pairing.market import Market, Segment
from matching.pairing.network import Network
from matching.pairing.weights import PRIOR, Weights

if TYPE_CHECKING:
    from matching.learning.encoder import Encoder
    from matching.learning.text_vectors import TextVectors

_MADE = 12  # what a buyer makes most tells enough of it
_GENERAL = {"Entity", Organisation.LABEL, "Listing"}


def load_need(store: Store, ref: str) -> Wanted:
    """Load a need by its id, number or name.

    Raises:
        NotFound: when there is none.
    """
    row = store.one(queries.get_pairing_need, ref=ref)
    if row is None:
        raise NotFound(id=ref)
    second_source = row["need"].get("second_source")
    return Wanted(**terms_in(row["need"], row), second_source=second_source, answered=row["answered"])


def load_market(
    store: Store,
    encoder: Encoder | None = None,
    network: Network | None = None,
    weights: Weights = PRIOR,
    texts: TextVectors | None = None,
) -> Market:
    """Load everything offered, the segments' words and the graph around needs, with the revision they were read at.

    Several markets of one revision share a ``network``.
    """
    revision = store.revision()
    around = network or load_network(store)
    return Market(load_offers(store), load_segments(store), revision, encoder, around, weights, texts)


def load_network(store: Store) -> Network:
    """Load what firms make, buy and supply, and what goes into what."""
    return Network.of(store.stream(queries.list_pairing_network))


def load_segments(store: Store) -> tuple[Segment, ...]:
    """Load the segments with the words that mean them."""
    return tuple(
        Segment(row["id"], row["name"], tuple(row["chains"]), tuple(row["terms"]), tuple(row["lookalikes"]))
        for row in store.read(queries.list_pairing_segments)
    )


def load_offers(store: Store) -> tuple[Offered, ...]:
    """Load all offers, capabilities, solutions and achievements, in order of id."""
    return tuple(_offered(row) for row in store.stream(queries.list_pairing_offers))


def made_by(store: Store, party: str) -> tuple[str, ...]:
    """Names of what a firm makes, the largest share of its revenue first."""
    made = store.read(queries.list_pairing_makes, party=party)
    made.sort(key=lambda row: -max(row["shares"], default=0.0))
    return tuple(row["name"] for row in made[:_MADE])


def load_training_links(store: Store, limit: int) -> dict[str, list[tuple[str, str]]]:
    """Supply relations by kind, as names of who asks and what is offered."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in store.stream(queries.list_training_links, limit=limit):
        found.setdefault(row["kind"], []).append((row["asking"], row["offered"]))
    return found


def terms_in(node: Row, row: Row) -> dict[str, Any]:
    """The fields need and offer share."""
    limits, unread = read_limits(node.get("limits") or [])
    return {
        "id": node["id"],
        "number": node.get("number"),
        "name": node["name"],
        "text": node.get("text") or "",
        "product_ids": tuple(id_ for id_, _ in row["products"]),
        "product_names": tuple(name for _, name in row["products"]),
        "segment_ids": tuple(row["segments"]),
        "process": node.get("process"),
        "limits": limits,
        "unread_limits": unread,
        "certificates": tuple(read_certificate(text) for text in node.get("certificates") or []),
        "quantity": node.get("quantity"),
        "unit": node.get("unit"),
        "lead_time_days": node.get("lead_time_days"),
        "party": party_in(row["party"]),
        "sample": node.get("sample"),
        "evidence": evidence_in(row["evidence"]),
        "state": node.get("state"),
        "expires_on": node.get("expires_on"),
    }


def _offered(row: Row) -> Offered:
    return Offered(**terms_in(row["offer"], row), kind=_special(row["labels"]))


def _special(labels: Iterable[str]) -> str:
    """The label that is neither common nor general; the first by name should there be several."""
    return min(set(labels) - _GENERAL, default=Organisation.LABEL)


def party_in(row: Row | None) -> Party | None:
    """Who posts a listing."""
    if row is None:
        return None
    known = {key: row[key] for key in ("id", "name", "status", "sample", "group", "town", "customers_known")}
    return Party(kind=_special(row["labels"]), **known)


def evidence_in(pairs: Iterable[tuple[str | None, date | None]]) -> tuple[Evidence, ...]:
    """Sources with their days, each once."""
    return tuple(dict.fromkeys(Evidence(source, day) for source, day in pairs if source))
