"""Recall by text: character 1-3-grams, TF-IDF, cosine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from matching.pairing.recall.similarity import NOTHING, Similarity, TextSimilarity

if TYPE_CHECKING:
    from matching.pairing.market import Market
    from matching.pairing.places import Positions
    from matching.pairing.recall import Question

POSTINGS = 50_000  # looked through for one text: its rarest n-grams first

_NONE, _NOWHERE = np.zeros(0, dtype=np.float32), np.zeros(0, dtype=np.int32)


@dataclass(frozen=True)
class TextIndex:
    """TF-IDF vectors of all offers, by n-gram, so that a query touches the n-grams it holds, and by offer."""

    vectoriser: Any = None
    by_gram: Any = None  # scipy CSR, n-grams × offers
    rows: Any = None  # scipy CSR, offers × n-grams

    @classmethod
    def fit(cls, texts: Sequence[str]) -> TextIndex:
        """Learn the n-grams' weights from the offers' texts."""
        if not any(text.strip() for text in texts):
            return cls()
        # imported here: a second that only matching needs
        from sklearn.feature_extraction.text import TfidfVectorizer

        vectoriser = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True, dtype=np.float32)
        rows = vectoriser.fit_transform(texts)
        return cls(vectoriser, rows.T.tocsr(), rows)

    def similarities(self, texts: Sequence[str]) -> list[Similarity]:
        """Compare each text with every offer: products of a sparse vector and a sparse matrix."""
        if self.vectoriser is None:
            return [NOTHING for _ in texts]
        asked = self.vectoriser.transform(texts)
        return [self._similarity(asked[row]) for row in range(len(texts))]

    def _similarity(self, asked: Any) -> Similarity:
        starts = self.by_gram.indptr
        postings = starts[asked.indices + 1] - starts[asked.indices]
        order = np.argsort(postings, kind="stable")
        rare = order[np.cumsum(postings[order]) <= POSTINGS]
        spans = [slice(starts[gram], starts[gram + 1]) for gram in asked.indices[rare].tolist()]
        found = np.concatenate([_NOWHERE, *(self.by_gram.indices[span] for span in spans)])
        weights = np.concatenate([_NONE, *(self.by_gram.data[span] for span in spans)])
        weights *= np.repeat(asked.data[rare], postings[rare])
        values = np.bincount(found, weights, self.rows.shape[0]).astype(np.float32)
        return Similarity(values) if len(rare) == asked.nnz else TextSimilarity(values, self.rows, asked)


def by_text(question: Question, market: Market, limit: int) -> Positions:
    """Offers whose words resemble the need's, the most similar first."""
    return question.similarity.top(limit)
