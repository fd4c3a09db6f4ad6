"""Recall by text: character 1-3-grams, TF-IDF, cosine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from matching.pairing.recall.similarity import NOTHING, Similarity, TextSimilarity

if TYPE_CHECKING:
    from matching.learning.links import Floats, Ints
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
        return [self._similarity(*self._vector(text)) if self.vectoriser else NOTHING for text in texts]

    @cached_property
    def _grams(self) -> Callable[[str], list[str]]:
        analyse: Callable[[str], list[str]] = self.vectoriser.build_analyzer()
        return analyse

    def _vector(self, text: str) -> tuple[Ints, Floats]:
        """Known n-grams of a text and their weights: what ``transform`` gives, without its checks of a whole matrix."""
        known = self.vectoriser.vocabulary_
        found = [known[gram] for gram in self._grams(text) if gram in known]
        grams, counts = np.unique(np.array(found, dtype=np.int64), return_counts=True)
        weights = (1 + np.log(counts)) * self.vectoriser.idf_[grams]
        return grams, (weights / max(float(np.linalg.norm(weights)), 1e-12)).astype(np.float32)

    def _similarity(self, grams: Ints, weights: Floats) -> Similarity:
        starts = self.by_gram.indptr
        postings = starts[grams + 1] - starts[grams]
        order = np.argsort(postings, kind="stable")
        rare = order[np.cumsum(postings[order]) <= POSTINGS]
        spans = [slice(starts[gram], starts[gram + 1]) for gram in grams[rare].tolist()]
        found = np.concatenate([_NOWHERE, *(self.by_gram.indices[span] for span in spans)])
        added = np.concatenate([_NONE, *(self.by_gram.data[span] for span in spans)])
        added *= np.repeat(weights[rare], postings[rare])
        values = np.bincount(found, added, self.rows.shape[0]).astype(np.float32)
        if len(rare) == len(grams):
            return Similarity(values)
        asked = np.zeros(self.rows.shape[1], dtype=np.float32)
        asked[grams] = weights
        return TextSimilarity(values, self.rows, asked)


def by_text(question: Question, market: Market, limit: int) -> Positions:
    """Offers whose words resemble the need's, the most similar first."""
    return question.similarity.top(limit)
