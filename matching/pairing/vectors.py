"""The encoder's vectors of listings in Neo4j's vector index ``listing_vector``, so that other tools can search them.

A node ``ListingVector`` holds the listing's id, what was encoded and the vector; the listing itself stays as it is::

    CALL db.index.vector.queryNodes('listing_vector', 10, $vector) YIELD node, score
    MATCH (listing:Listing {id: node.id}) RETURN listing.name, score
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from graph.queries import queries
from matching.pairing.fetch import load_offers, load_segments
from matching.pairing.market import Market
from matching.pairing.pools import load_needs
from matching.pairing.recall.learned import joined

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from graph.store import Row, Store
    from matching.learning.encoder import Encoder
    from matching.learning.text_vectors import TextVectors

INDEX = "listing_vector"
AT_ONCE = 2_000


def keep_vectors(store: Store, encoder: Encoder, model: str, today: date) -> int:
    """Fill the index with the vectors of all offers and open needs; ``model`` names the encoder. Returns how many.

    Vectors of another model and of listings that are gone are deleted. The graph's revision stays: nothing is said of
    the world.
    """
    market = Market((*load_offers(store), *load_needs(store, today)), load_segments(store), encoder=encoder)
    return _fill(store, _rows(market), model)


def keep_text_vectors(store: Store, texts: TextVectors, today: date) -> int:
    """The same with the vectors a general encoder made of their words; those without one stay out."""
    listings = (*load_offers(store), *load_needs(store, today))
    vectors = texts.rows([one.words for one in listings])
    known = (at for at in range(len(listings)) if vectors[at].any())
    rows = ({"id": listings[at].id, "text": listings[at].words, "vector": vectors[at].tolist()} for at in known)
    return _fill(store, rows, texts.encoder.mark)


def _fill(store: Store, rows: Iterator[Row], model: str) -> int:
    kept = 0
    while some := list(islice(rows, AT_ONCE)):
        _keep(store, some, model)
        kept += len(some)
    store.keep(lambda tx: tx.run(queries.delete_listing_vectors, model=model))
    return kept


def _keep(store: Store, rows: list[Row], model: str) -> None:
    store.keep(lambda tx: tx.run(queries.upsert_listing_vectors, rows=rows, model=model))


def _rows(market: Market) -> Iterator[Row]:
    """Those whose words the model knows: a vector of zeros has no direction."""
    vectors = market.learned.vectors
    for position, listing in enumerate(market.offers):
        if vectors is not None and vectors[position].any():
            text = joined(market.meanings[position].cores)
            yield {"id": listing.id, "text": text, "vector": vectors[position].tolist()}
