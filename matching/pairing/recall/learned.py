"""Recall by the trained encoder: offers that go where the wanted thing goes, and offers its buyer's like would buy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from matching.pairing.recall.text import Similarity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matching.learning.encoder import Encoder
    from matching.learning.links import Floats
    from matching.pairing.market import Market
    from matching.pairing.recall import Question

FLOOR = 0.35  # cosines below say nothing
AT_ONCE = 4096  # texts encoded together: bounds the memory


@dataclass(frozen=True)
class EncoderIndex:
    """Vectors of all offers by the offering tower; without an encoder nothing is compared. numpy only, no torch."""

    encoder: Encoder | None
    vectors: Floats | None  # offers × width

    @classmethod
    def fit(cls, encoder: Encoder | None, texts: list[str]) -> EncoderIndex:
        """Encode the offers' texts; names in one are joined by ；."""
        if encoder is None or not texts:
            return cls(None, None)
        import numpy as np

        parts = [encoder.document.encode(texts[at : at + AT_ONCE]) for at in range(0, len(texts), AT_ONCE)]
        return cls(encoder, np.concatenate(parts))

    def alike(self, names: Sequence[str]) -> Similarity:
        """Cosine with every offer in the offering tower: near are things that go into the same products."""
        return self._compare(names, asking=False)

    def bought(self, names: Sequence[str]) -> Similarity:
        """Cosine of what a buyer makes, in the asking tower, with every offer: near is what such makers buy."""
        return self._compare(names, asking=True)

    def likely(self, made: Sequence[str], offered: Sequence[str]) -> float | None:
        """Cosine of what one buyer makes with one offer; None when there is nothing to compare."""
        if self.encoder is None or not made or not offered:
            return None
        asking = self.encoder.query.encode([joined(made)])[0]
        given = self.encoder.document.encode([joined(offered)])[0]
        return max(0.0, min(1.0, float(asking @ given))) if asking.any() and given.any() else None

    def _compare(self, names: Sequence[str], *, asking: bool) -> Similarity:
        if self.encoder is None or self.vectors is None or not names:
            return Similarity(None)
        side = self.encoder.query if asking else self.encoder.document
        vector = side.encode([joined(names)])[0]
        return Similarity(self.vectors @ vector if vector.any() else None)


def joined(names: Sequence[str]) -> str:
    """Several names as one text of the encoder."""
    from matching.learning.grams import SEPARATOR

    return SEPARATOR.join(names)


def by_learned(question: Question, market: Market, limit: int) -> list[int]:
    """Offers the encoder leads to, the nearest first: first those like what is wanted, then those its buyer buys."""
    found = [position for near in (question.alike, question.bought) for position in near.top(limit // 2, floor=FLOOR)]
    return list(dict.fromkeys(found))
