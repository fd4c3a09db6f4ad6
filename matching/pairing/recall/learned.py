"""Recall by the trained encoder: offers that go where the wanted thing goes, and offers its buyer's like would buy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from matching.pairing.recall.similarity import NOTHING, Similarity

if TYPE_CHECKING:
    from matching.learning.encoder import Encoder
    from matching.learning.links import Floats
    from matching.pairing.market import Market
    from matching.pairing.places import Positions
    from matching.pairing.recall import Question

FLOOR = 0.35  # cosines below say nothing
AT_ONCE = 4096  # texts encoded together: bounds the memory
FEW, PIECE = 4, 2048  # vectors
Names = Sequence[str]


@dataclass(frozen=True)
class EncoderIndex:
    """Vectors of all offers by the offering tower; without an encoder nothing is compared. numpy only, no torch."""

    encoder: Encoder | None
    vectors: Floats | None  # offers × width

    @classmethod
    def fit(cls, encoder: Encoder | None, texts: Sequence[str]) -> EncoderIndex:
        """Encode the offers' texts; names in one are joined by ；."""
        if encoder is None or not texts:
            return cls(None, None)
        parts = [encoder.document.encode(list(texts[at : at + AT_ONCE])) for at in range(0, len(texts), AT_ONCE)]
        return cls(encoder, np.concatenate(parts))

    def compare(self, asked: Sequence[tuple[Names, Names]]) -> list[tuple[Similarity, Similarity]]:
        """Cosines with every offer of what is wanted, and of what its buyer makes, for several at once: one product.

        The wanted thing goes through the offering tower: near are things that go into the same products. What the
        buyer makes goes through the asking tower: near is what such makers buy.
        """
        if self.encoder is None or self.vectors is None:
            return [(NOTHING, NOTHING) for _ in asked]
        alike = self.encoder.document.encode([joined(names) for names, _ in asked])
        makes = [joined(made) for _, made in asked]
        bought = self.encoder.query.encode(makes) if any(makes) else np.zeros_like(alike)
        said = np.concatenate([alike, bought])
        told = np.asarray(said.any(axis=1))
        found_for = iter(products(said[told], self.vectors))
        found = [Similarity(next(found_for)) if known else NOTHING for known in told]
        return list(zip(found[: len(asked)], found[len(asked) :], strict=True))

    def likely(self, made: Names, offered: Names) -> float | None:
        """Cosine of what one buyer makes with one offer; None when there is nothing to compare."""
        if self.encoder is None or not made or not offered:
            return None
        asking = self.encoder.query.encode([joined(made)])[0]
        given = self.encoder.document.encode([joined(offered)])[0]
        return max(0.0, min(1.0, float(asking @ given))) if asking.any() and given.any() else None


def products(said: Floats, vectors: Floats) -> Floats:
    """Products of some vectors with all; a few in pieces of the cache's size, without threads that wait for each other.

    On a busy machine a product of one vector with 10,000 took 180 ms by two threads and 0.3 ms by none.
    """
    if len(said) > FEW:
        return said @ vectors.T
    found = np.empty((len(said), len(vectors)), dtype=np.float32)
    for start in range(0, len(vectors), PIECE):
        piece = slice(start, start + PIECE)
        for row, one in enumerate(said):
            np.einsum("ij,j->i", vectors[piece], one, out=found[row, piece])
    return found


def joined(names: Names) -> str:
    """Several names as one text of the encoder."""
    from matching.learning.grams import SEPARATOR

    return SEPARATOR.join(names)


def by_learned(question: Question, market: Market, limit: int) -> Positions:
    """Offers the encoder leads to, the nearest first: first those like what is wanted, then those its buyer buys."""
    return np.concatenate([near.top(limit // 2, floor=FLOOR) for near in (question.alike, question.bought)])
