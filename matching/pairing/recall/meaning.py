"""Recall by meaning: offers whose words mean the like to a general encoder, in whatever words they say it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matching.pairing.recall.learned import products
from matching.pairing.recall.similarity import NOTHING, Similarity

if TYPE_CHECKING:
    from matching.learning.links import Floats
    from matching.learning.text_vectors import TextVectors
    from matching.pairing.market import Market
    from matching.pairing.places import Positions
    from matching.pairing.recall import Question

FLOOR = 0.15
"""Of 2,220 names of the 35X catalog, nine of ten that have nothing to do with each other stay below .12."""
AT_MOST = 500
"""New texts that an answer waits for, 4 to 8 ms each; more are encoded by ``ronglian db vectors``."""


@dataclass(frozen=True)
class MeaningIndex:
    """Vectors of the words of all offers; those that have none yet, and all without an encoder, are not compared."""

    texts: TextVectors | None = None
    vectors: Floats | None = None  # offers × width

    @classmethod
    def fit(cls, texts: TextVectors | None, words: Sequence[str]) -> MeaningIndex:
        """Look up the vectors, making those of some new texts."""
        if texts is None or not words:
            return cls()
        texts.fill(words, most=AT_MOST)
        return cls(texts, texts.rows(words))

    def compare(self, words: Sequence[str]) -> list[Similarity]:
        """Cosines of each text with every offer."""
        if self.texts is None or self.vectors is None:
            return [NOTHING] * len(words)
        return [Similarity(own) for own in products(self.texts.of(words), self.vectors)]


def by_meaning(question: Question, market: Market, limit: int) -> Positions:
    """Offers whose words mean the like, the nearest first."""
    return question.meant.top(limit, floor=FLOOR)
