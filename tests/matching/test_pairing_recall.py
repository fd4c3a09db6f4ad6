"""Each recall finds what it alone can find; what is made faster gives what the plain way gives."""

from __future__ import annotations

import numpy as np

from benchmarks.made_up_listings import make_up
from matching.pairing import Market
from matching.pairing.places import Places
from matching.pairing.recall.learned import FEW, PIECE, products
from matching.pairing.recall.text import TextIndex
from matching.pairing.scorers.identity import kinship
from tests.matching.pairing_cases import offered

MADE_UP = make_up(offers=500, needs=40)


def test_words_weigh_what_the_vectoriser_says() -> None:
    index = TextIndex.fit([one.words for one in MADE_UP.offers])
    texts = [need.words for need, _ in MADE_UP.needs] + ["ZZ 未知词 ξξ"]
    exact = (index.vectoriser.transform(texts) @ index.rows.T).toarray()
    for row, found in zip(exact, index.similarities(texts), strict=True):
        assert found.values is not None
        assert np.allclose(found.values, row, atol=1e-6)


def test_products_in_pieces_are_the_product() -> None:
    draw = np.random.default_rng(0)
    vectors = draw.normal(size=(2 * PIECE + 7, 8)).astype(np.float32)
    for count in (0, 1, FEW, FEW + 1):
        said = draw.normal(size=(count, 8)).astype(np.float32)
        assert np.allclose(products(said, vectors), said @ vectors.T, atol=1e-5)


def test_names_that_end_otherwise_are_no_kin() -> None:
    names = ["减速器", "行星减速器", "轴承", "陶瓷轴承", "电机"]
    market = Market(tuple(offered(name, number=at) for at, name in enumerate(names)))
    places: Places = market.places
    everything = np.arange(len(places.names))
    for asked in (*names, "谐波减速器", "减速器壳体"):
        kin = {places.names[code] for code in places.ending([asked], everything).tolist()}
        assert {name for name in places.names if kinship(asked, name, market.lexicon)} <= kin
