"""What is looked through in each direction, and who asks: from the store to plain data."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from graph.errors import NotFound
from graph.model import Achievement, Capability, Enterprise, PairSide, Solution
from graph.nodes import find_node
from graph.queries import queries
from graph.store import Row, Store
from matching.pairing.directions import Asker, Direction, Pool
from matching.pairing.fetch import evidence_in, load_need, load_network, load_offers, load_segments, party_in, terms_in
from matching.pairing.listings import Basis, Listing, Offered, Wanted
from matching.pairing.market import Market
from matching.pairing.network import Network
from matching.pairing.weights import PRIOR, Weights

if TYPE_CHECKING:
    from matching.learning.encoder import Encoder
    from matching.learning.text_vectors import TextVectors

_KINDS = {
    Pool.CAPABILITIES: Capability.LABEL,
    Pool.SOLUTIONS: Solution.LABEL,
    Pool.ACHIEVEMENTS: Achievement.LABEL,
}
_PRODUCTS = 40  # of a firm; the rest is told by no list
_TITLE = 3
Products = list[list[str]]


def load_pool(
    store: Store,
    pool: Pool,
    today: date,
    encoder: Encoder | None = None,
    network: Network | None = None,
    *,
    weights: Weights = PRIOR,
    texts: TextVectors | None = None,
) -> Market:
    """What is looked through, indexed, at the graph's revision; pools of one revision share a ``network``."""
    revision = store.revision()
    items = _items(store, pool, today)
    around = network or load_network(store)
    return Market(items, load_segments(store), revision, encoder, around, weights, texts)


def _items(store: Store, pool: Pool, today: date) -> tuple[Listing, ...]:
    if pool is Pool.NEEDS:
        return load_needs(store, today)
    if pool in (Pool.MAKERS, Pool.BUYERS, Pool.USERS):
        found = (_firm(row, pool) for row in _firms(store))
        return tuple(one for one in found if one.product_ids)
    offers = load_offers(store)
    return offers if pool is Pool.OFFERS else tuple(one for one in offers if one.kind == _KINDS[pool])


def load_needs(store: Store, today: date) -> tuple[Wanted, ...]:
    """Load the needs that are open on a day."""
    return tuple(_need(row) for row in store.stream(queries.list_pairing_needs, today=today))


def load_asking(store: Store, way: Direction, ref: str) -> Listing:
    """Who asks in a direction, by id, number or name.

    Raises:
        NotFound: when there is no such listing or firm.
    """
    if way.asker is Asker.NEED:
        return load_need(store, ref)
    if way.asker is Asker.FIRM:
        return _asking_firm(store, way, ref)
    kind = Achievement.LABEL if way.asker is Asker.ACHIEVEMENT else None
    for offer in load_offers(store):
        if ref in (offer.id, offer.number, offer.name) and kind in (None, offer.kind):
            return offer
    raise NotFound(id=ref)


def read_asking(way: Direction, text: str) -> Listing:
    """Who asks in a direction, from free text.

    Raises:
        EmptyQuery: when the text holds no word.
    """
    wanted = Wanted.from_text(text)
    if way.asks is PairSide.BUYER:
        return wanted
    shared = {name: getattr(wanted, name) for name in Wanted.shared()}
    return Offered(**shared | {"state": "open"})


def _asking_firm(store: Store, way: Direction, ref: str) -> Listing:
    own = find_node(store, ref, Enterprise.LABEL)
    if own is None:
        raise NotFound(id=ref)
    row = next(iter(_firms(store, own)))
    return _firm(row, Pool.BUYERS if way.asks is PairSide.BUYER else Pool.MAKERS)


def _firms(store: Store, firm: str | None = None) -> list[Row]:
    return store.read(queries.list_pairing_firms, firm=firm, limit=_PRODUCTS)


def _need(row: Row) -> Wanted:
    return Wanted(**terms_in(row["need"], row), second_source=row["need"].get("second_source"))


def _firm(row: Row, pool: Pool) -> Listing:
    """A firm as what it offers (all it makes) or as what it wants (known purchases, else what its products need)."""
    makes = _makes(row)
    if pool is Pool.MAKERS:
        return Offered(**_terms(row, makes), kind=Enterprise.LABEL, state="open")
    if pool is Pool.USERS:
        products = [*makes, *(one for one in row["buys"] if one not in makes)]
        return Wanted(**_terms(row, products), kind=Enterprise.LABEL, basis=Basis.MADE)
    known = row["buys"]
    terms = _terms(row, known or row["inputs"])
    return Wanted(**terms, kind=Enterprise.LABEL, basis=Basis.STATED if known else Basis.INFERRED)


def _makes(row: Row) -> Products:
    """Products a firm makes, the largest share of its revenue first."""
    ordered = sorted(row["makes"], key=lambda made: -max(made[2], default=0.0))
    return [[id_, name] for id_, name, _ in ordered[:_PRODUCTS]]


def _terms(row: Row, products: Products) -> dict[str, Any]:
    party = party_in(row["party"])
    title = "、".join(name for _, name in products[:_TITLE]) or row["party"]["name"]
    return {
        "id": row["party"]["id"],
        "number": None,
        "name": title,
        "product_ids": tuple(id_ for id_, _ in products),
        "product_names": tuple(name for _, name in products),
        "segment_ids": tuple(row["segments"]),
        "party": party,
        "sample": row["party"]["sample"],
        "evidence": evidence_in((source, day) for source, day in row["evidence"]),
    }


__all__ = ["load_asking", "load_needs", "load_pool", "read_asking"]
