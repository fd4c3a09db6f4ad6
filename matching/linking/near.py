"""Names that hold no term of a segment but nearly: weighted character n-grams, those of the pairing's towers.

The n-grams mark the edges of a name, so that the end, where the head noun stands, counts. Measured in overlap of
weights: 2·shared / (name + term). With the saved towers at hand the vectors of their document side take part, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from graph.ids import normalise
from matching.learning.grams import grams
from matching.linking.words import Hit, How, Vocabulary, core, parts

if TYPE_CHECKING:
    import numpy as np
    from scipy import sparse

_BATCH = 2_000
_TELLING = 5
"""The length from which a name that is only the end of a term says enough: 半导体分立器件, but not 系统集成."""


def _same_head(name: str, term: str) -> bool:
    """Whether both end alike and the name is more than the general end of the term."""
    return name[-2:] == term[-2:] and (len(name) >= _TELLING or name not in term)


class Nearness:
    """The terms of a vocabulary as weighted bags of n-grams."""

    def __init__(self, vocabulary: Vocabulary, least: float) -> None:
        self._vocabulary = vocabulary
        self._least = least
        self._owners = [(segment.id, term) for segment in vocabulary.segments.values() for term in segment.terms]
        self._places: dict[str, int] = {}
        bags = [set(grams(normalise(term))) for _, term in self._owners]
        for bag in bags:
            for gram in sorted(bag):
                self._places.setdefault(gram, len(self._places))
        self._weights = self._rarity(bags)
        self._terms = self._matrix(bags)
        self._sizes = [sum(self._weights[self._places[gram]] for gram in bag) for bag in bags]

    def read(self, phrases: Iterable[str]) -> dict[str, list[Hit]]:
        """For each phrase the segments one of whose terms it nearly holds, the nearest term each."""
        wanted = sorted(set(phrases))
        found: dict[str, list[Hit]] = {}
        for start in range(0, len(wanted), _BATCH):
            batch = wanted[start : start + _BATCH]
            pieces = [(phrase, part) for phrase in batch for part in parts(phrase)]
            for (phrase, part), near in zip(pieces, self._near([core(part) for _, part in pieces]), strict=True):
                found.setdefault(phrase, []).extend(
                    Hit(segment, term, part, How.NEAR, self._vocabulary.lookalike(segment, phrase))
                    for segment, term in near
                )
        return {phrase: hits for phrase, hits in found.items() if hits}

    def _near(self, names: Sequence[str]) -> list[list[tuple[str, str]]]:
        import numpy as np

        bags = [set(grams(name)) for name in names]
        sizes = np.array([sum(self._weight(gram) for gram in bag) for bag in bags], dtype=np.float32)
        shared = (self._matrix(bags) @ self._terms.T).tocoo()
        terms = np.asarray(self._sizes, dtype=np.float32)
        overlap = 2 * shared.data / (sizes[shared.row] + terms[shared.col])
        best: list[dict[str, tuple[float, str]]] = [{} for _ in names]
        for place in np.flatnonzero(overlap >= self._least):
            segment, term = self._owners[shared.col[place]]
            if not _same_head(names[shared.row[place]], normalise(term)):
                continue
            near = best[shared.row[place]]
            if segment not in near or (overlap[place], term) > near[segment]:
                near[segment] = (float(overlap[place]), term)
        return [[(segment, near[segment][1]) for segment in sorted(near)] for near in best]

    def _weight(self, gram: str) -> float:
        place = self._places.get(gram)
        return self._rarest if place is None else float(self._weights[place])

    def _rarity(self, bags: Sequence[set[str]]) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
        """How rare an n-gram is among the terms: the logarithm of terms per holding term; unknown ones are rarest."""
        import numpy as np

        counts = np.zeros(len(self._places), dtype=np.float32)
        for bag in bags:
            counts[[self._places[gram] for gram in bag]] += 1
        self._rarest = float(np.log(1 + len(bags)))
        return np.log(1 + len(bags) / counts).astype(np.float32)

    def _matrix(self, bags: Sequence[set[str]]) -> sparse.csr_matrix:
        import numpy as np
        from scipy import sparse

        rows = [(row, self._places[gram]) for row, bag in enumerate(bags) for gram in bag if gram in self._places]
        at = np.array(rows, dtype=np.int64).reshape(-1, 2)
        values = np.sqrt(self._weights[at[:, 1]])
        return sparse.csr_matrix((values, (at[:, 0], at[:, 1])), shape=(len(bags), len(self._places)))
