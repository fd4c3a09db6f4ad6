"""Character 1-3-grams with the edges of the name marked: in Chinese the head noun stands last, so the end matters."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

ORDERS = (1, 2, 3)
START, END = "\x02", "\x03"
SEPARATOR = "；"


def grams(text: str) -> list[str]:
    """All 1-3-grams of a name between its edge marks; names joined by ；one by one; the marks alone are none."""
    found = []
    for name in text.lower().split(SEPARATOR):
        if name.strip():
            marked = f"{START}{name.strip()}{END}"
            found += [marked[at : at + size] for size in ORDERS for at in range(len(marked) - size + 1)]
    return [gram for gram in found if gram not in (START, END)]


def buckets(text: str, count: int) -> list[int]:
    """The n-grams of a name as numbers below ``count``; the same on every machine and in every run."""
    return [zlib.crc32(gram.encode()) % count for gram in grams(text)]


@dataclass(frozen=True)
class Weighting:
    """How rare each n-gram is, learned from names alone, never from links."""

    vectoriser: Any

    @classmethod
    def fit(cls, texts: Sequence[str]) -> Weighting:
        """Learn from the names of both sides."""
        from sklearn.feature_extraction.text import TfidfVectorizer

        vectoriser = TfidfVectorizer(analyzer=grams, sublinear_tf=True, dtype=np.float32)
        return cls(vectoriser.fit(texts))

    def vectors(self, texts: Sequence[str]) -> Any:
        """TF-IDF vectors, rows of length 1."""
        return self.vectoriser.transform(texts)


def bags(texts: Sequence[str], count: int) -> Any:
    """Texts × buckets: how often each n-gram of a text occurs in it."""
    from scipy import sparse

    found = [buckets(text, count) for text in texts]
    ends = np.cumsum([0, *(len(bag) for bag in found)])
    flat = np.array([bucket for bag in found for bucket in bag], dtype=np.int64)
    counted = sparse.csr_matrix((np.ones(len(flat), dtype=np.float32), flat, ends), shape=(len(texts), count))
    counted.sum_duplicates()
    return counted
