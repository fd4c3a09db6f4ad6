"""From the store to plain data: needs, the market, and what the graph knows around a need."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from graph.errors import NotFound
from graph.ids import make_id
from graph.model import Organisation, Product
from graph.queries import queries
from graph.store import Row, Store
from matching.pairing.context import Context, Partner, Path, Relation, SharedBuyers
from matching.pairing.listings import Evidence, Offered, Party, Wanted, read_certificate, read_limits
from matching.pairing.market import Market, Segment
from matching.pairing.subject import name_ends, things

if TYPE_CHECKING:
    from matching.learning.encoder import Encoder

PATH_LIMIT = 5_000
_NAMES_SHOWN = 3
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
    return _with_products(store, Wanted(**terms_in(row["need"], row), second_source=second_source))


def read_text(store: Store, text: str) -> Wanted:
    """Read a need from free text and find the products it names.

    Raises:
        EmptyQuery: when the text holds no word.
    """
    return _with_products(store, Wanted.from_text(text))


def load_market(store: Store, encoder: Encoder | None = None) -> Market:
    """Load everything offered and the segments' words, with the revision they were read at."""
    revision = store.revision()
    return Market(load_offers(store), load_segments(store), revision, encoder)


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


def load_context(store: Store, wanted: Wanted) -> Context:
    """Load what the graph knows around a need; the cost goes with the need's products and buyer, not with the graph."""
    products = list(wanted.meant_products)
    party = wanted.party.id if wanted.party else None
    related = _paths(store.read(queries.list_pairing_relatives, products=products, limit=PATH_LIMIT))
    buyers = store.read(queries.list_pairing_shared_buyers, products=products, party=party)
    context = Context(related=related, shared_buyers=_shared(buyers), other_buyers=len(buyers))
    if party is None:
        return context
    inputs = store.read(queries.list_pairing_inputs, party=party, limit=PATH_LIMIT)
    feeding = store.read(queries.list_pairing_feeding, party=party, limit=PATH_LIMIT)
    partners = (_partner(row) for row in store.read(queries.list_pairing_partners, party=party))
    return replace(
        context,
        made=made_by(store, party),
        inputs=_paths(inputs, Relation.INPUT),
        feeding=_paths(feeding, Relation.FEEDS),
        partners={partner.id: partner for partner in partners},
    )


def _with_products(store: Store, wanted: Wanted) -> Wanted:
    """Add the products a need's words name when none of its tags says what it is: the longest known end of a name."""
    if wanted.meant_products:
        return wanted
    cores = [item.core for item in things(wanted.name, wanted.product_names)]
    ends = [[make_id(Product.PREFIX, end) for end in name_ends(core)] for core in cores]
    rows = store.read(queries.list_pairing_products, ids=[id_ for some in ends for id_ in some])
    names = {row["id"]: row["name"] for row in rows}
    found = [next((id_ for id_ in some if id_ in names), None) for some in ends]
    known = [id_ for id_ in dict.fromkeys(found) if id_ is not None and id_ not in wanted.product_ids]
    return replace(
        wanted,
        product_ids=(*wanted.product_ids, *known),
        product_names=(*wanted.product_names, *(names[id_] for id_ in known)),
    )


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
    }


def _offered(row: Row) -> Offered:
    node = row["offer"]
    kind = _special(row["labels"])
    return Offered(**terms_in(node, row), kind=kind, state=node.get("state"), expires_on=node.get("expires_on"))


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


def _paths(rows: list[Row], relation: Relation | None = None) -> dict[str, Path]:
    """The first path to each id (rows come nearest first), with the evidence of equal ones from other sources."""
    found: dict[str, Path] = {}
    for row in rows:
        path = Path(relation or Relation(row["relation"]), tuple(row["names"]), evidence_in(row["evidence"]))
        first = found.setdefault(row["id"], path)
        if first is not path and first.names == path.names:
            found[row["id"]] = replace(first, evidence=tuple(dict.fromkeys([*first.evidence, *path.evidence])))
    return found


def _partner(row: Row) -> Partner:
    return Partner(row["id"], row["name"], row["group"], tuple(row["products"]), evidence_in(row["evidence"]))


def _shared(rows: list[Row]) -> dict[str, SharedBuyers]:
    """By firm: the other buyers it supplies."""
    buyers: dict[str, dict[str, str]] = {}
    evidence: dict[str, list[tuple[str | None, date | None]]] = {}
    for row in rows:
        for supplier, source, day in row["suppliers"]:
            buyers.setdefault(supplier, {})[row["buyer"]] = row["buyer_name"]
            evidence.setdefault(supplier, []).append((source, day))
    return {
        firm: SharedBuyers(len(names), tuple(sorted(names.values())[:_NAMES_SHOWN]), evidence_in(evidence[firm]))
        for firm, names in buyers.items()
    }
