"""Neo4j's own vector index over the listings, for other tools: filled, searched, kept in step."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.pairing import SHIPPED
from graph.model import Need, Offer
from graph.queries import Cardinality, Query
from graph.store import Store
from matching.learning.encoder import Encoder, load
from matching.learning.general import open_encoder
from matching.learning.text_vectors import TextVectors
from matching.pairing.vectors import INDEX, keep_text_vectors, keep_vectors
from tests.graphs import clear, source, write
from tests.matching.tiny_encoder import WIDTH, save_tiny
from tests.service import TODAY

SEARCH = Query(
    "search",
    "CALL db.index.vector.queryNodes($index, $limit, $vector) YIELD node, score "
    "MATCH (n:Listing {id: node.id}) RETURN n.name AS name, node.model AS model, score",
    "Search as another tool would.",
    frozenset({"index", "limit", "vector"}),
    ("name", "model", "score"),
    Cardinality.MANY,
)
COUNT = Query("count", "MATCH (v:ListingVector) RETURN count(v) AS count", "", frozenset(), ("count",), Cardinality.ONE)
WIDTHS = Query(
    "widths",
    "MATCH (v:ListingVector) RETURN size(v.embedding) AS width, count(*) AS count",
    "",
    frozenset(),
    ("width", "count"),
    Cardinality.MANY,
)
AWAIT = Query("await", "CALL db.awaitIndexes(60)", "", frozenset(), (), Cardinality.WRITE)
OFFERS = [Offer(number=f"O-{at}", name=name) for at, name in enumerate(("谐波减速器", "RV减速器", "磷酸铁锂", "隔膜"))]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load(SHIPPED)


@pytest.fixture
def filled(_opened: Store) -> Store:
    clear(_opened)
    write(_opened, *OFFERS, Need(number="N-1", name="精密减速器"))
    return _opened


def search(store: Store, encoder: Encoder, words: str) -> list[str]:
    store.write(lambda tx: tx.run(AWAIT))
    vector = encoder.document.encode([words])[0].tolist()
    return [row["name"] for row in store.read(SEARCH, index=INDEX, limit=3, vector=vector)]


def test_other_tools_find_what_goes_into_the_same_products(filled: Store, encoder: Encoder) -> None:
    before = filled.revision()
    assert keep_vectors(filled, encoder, "one", TODAY) == 5
    assert filled.revision() == before, "nothing is said of the world"
    assert set(search(filled, encoder, "减速器")) == {"谐波减速器", "RV减速器", "精密减速器"}
    assert search(filled, encoder, "磷酸铁锂")[0] == "磷酸铁锂"


def test_what_is_gone_or_of_another_model_goes(filled: Store, encoder: Encoder) -> None:
    keep_vectors(filled, encoder, "one", TODAY)
    keep_vectors(filled, encoder, "other", TODAY)
    write(filled, *OFFERS[:2], of=source("test"))
    keep_vectors(filled, encoder, "other", TODAY)
    rows = filled.read(SEARCH, index=INDEX, limit=9, vector=encoder.document.encode(["减速器"])[0].tolist())
    assert {row["model"] for row in rows} == {"other"}
    found = filled.one(COUNT)
    assert found is not None
    assert found["count"] == 2


def test_another_encoder_replaces_all_vectors_whatever_its_width(
    filled: Store, encoder: Encoder, tmp_path: Path
) -> None:
    keep_vectors(filled, encoder, "one", TODAY)
    for width in (WIDTH, 3 * WIDTH):
        texts = TextVectors(open_encoder(str(save_tiny(tmp_path / f"{width}", width=width))))
        texts.fill(["谐波减速器", "RV减速器", "磷酸铁锂", "隔膜", "精密减速器"])
        assert keep_text_vectors(filled, texts, TODAY) == 5
        assert filled.read(WIDTHS) == [{"width": width, "count": 5}]
        filled.write(lambda tx: tx.run(AWAIT))
        vector = texts.rows(["谐波减速器"])[0].tolist()
        assert filled.read(SEARCH, index=INDEX, limit=1, vector=vector)[0]["name"] == "谐波减速器"
