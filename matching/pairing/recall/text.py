"""Recall by text: character 1-3-grams, TF-IDF, cosine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matching.pairing.market import Market
    from matching.pairing.recall import Question


@dataclass(frozen=True)
class TextIndex:
    """TF-IDF vectors of all offers, stored by n-gram, so that a query touches the n-grams it holds and no others."""

    vectoriser: Any
    by_gram: Any  # scipy CSR, n-grams × offers
    count: int

    @classmethod
    def fit(cls, texts: list[str]) -> TextIndex:
        """Learn the n-grams' weights from the offers' texts."""
        if not any(text.strip() for text in texts):
            return cls(None, None, len(texts))
        # imported here: a second that only matching needs
        import numpy as np
        from sklearn.feature_extraction.text import TfidfVectorizer

        vectoriser = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True, dtype=np.float32)
        return cls(vectoriser, vectoriser.fit_transform(texts).T.tocsr(), len(texts))

    def similarity(self, text: str) -> Similarity:
        """Compare ``text`` with every offer: one product of a sparse vector and a sparse matrix."""
        if self.vectoriser is None:
            return Similarity(None)
        return Similarity((self.vectoriser.transform([text]) @ self.by_gram).toarray().ravel())


@dataclass(frozen=True)
class Similarity:
    """Cosine of one text with every offer, by position."""

    values: Any  # numpy array of float32, or None when no offer has a word

    def of(self, position: int) -> float | None:
        """Cosine in [0,1] with one offer; None when offers have no words."""
        return None if self.values is None else min(1.0, max(0.0, float(self.values[position])))

    def top(self, limit: int, *, floor: float = 0.0) -> list[int]:
        """Positions of the most similar offers, more than ``floor``; equal ones in order of position."""
        if self.values is None or limit < 1:
            return []
        import numpy as np

        values = self.values
        last = np.partition(values, -limit)[-limit] if limit < values.size else floor
        kept = np.flatnonzero((values >= last) & (values > floor))
        return [int(position) for position in kept[np.lexsort((kept, -values[kept]))][:limit]]


def by_text(question: Question, market: Market, limit: int) -> list[int]:
    """Offers whose words resemble the need's, the most similar first."""
    return question.similarity.top(limit)
