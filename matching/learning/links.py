"""What is learned from: who asked for what. Plain arrays and texts; no store, no files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.learning.grams import Weighting
from matching.learning.meanings import Meanings

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Sparse = Any  # scipy.sparse.csr_matrix of float32; scipy has no types


@dataclass(frozen=True)
class Names:
    """Texts of one side with their n-gram vectors, made once.

    ``groups`` are attributes from coarse to fine (industry of level 1, 2, 3), "" where unknown. ``ids`` say which query
    and which item are the same thing; without them the same text is the same thing. ``meanings`` are shared by all
    names that are compared; without them nothing is known of what a name means.
    """

    texts: tuple[str, ...]
    weighting: Weighting
    groups: tuple[tuple[str, ...], ...] = ()
    ids: tuple[str, ...] = ()
    meanings: Meanings | None = None

    def __len__(self) -> int:
        """How many there are."""
        return len(self.texts)

    @cached_property
    def vectors(self) -> Sparse:
        """TF-IDF of character n-grams, rows of length 1 (0 for an empty text)."""
        return self.weighting.vectors(self.texts)

    def meant(self, meanings: Meanings) -> Names:
        """The same names with what they mean."""
        return replace(self, meanings=meanings)

    @property
    def meaning(self) -> Floats:
        """Vectors of what the names mean, rows of length 1; only with ``meanings``."""
        if self.meanings is None:
            raise ValueError("these names come without meanings")
        return self.meanings.of(self.texts)

    @property
    def keys(self) -> tuple[str, ...]:
        """What each one is known by."""
        return self.ids or self.texts

    def places(self, among: Names) -> Ints:
        """Where the same things stand among others, −1 where they do not."""
        place = {key: at for at, key in enumerate(among.keys)}
        return np.array([place.get(key, -1) for key in self.keys], dtype=np.int64)

    def take(self, rows: Ints) -> Names:
        """Some of them; vectors that are made already come along."""
        taken = Names(
            tuple(self.texts[row] for row in rows),
            self.weighting,
            tuple(self.groups[row] for row in rows if self.groups),
            tuple(self.ids[row] for row in rows if self.ids),
            self.meanings,
        )
        taken.__dict__["vectors"] = self.vectors[rows]
        return taken


@dataclass(frozen=True)
class Links:
    """Known links from queries (what asks: a product, a firm) to items (what is asked for).

    ``given`` is queries × items, 1 where a link is known.
    """

    queries: Names
    items: Names
    given: Sparse

    def keep(self, given: Sparse) -> Links:
        """The same queries and items with other links."""
        return replace(self, given=given)

    def linked(self) -> Links:
        """The same links among the items that have one, in their order."""
        places = np.unique(self.given.indices)
        return replace(self, items=self.items.take(places), given=self.given[:, places])

    def meant(self, meanings: Meanings) -> Links:
        """The same links between names that come with what they mean; names without a link need not all be read."""
        asked_for = [self.items.texts[place] for place in np.unique(self.given.indices)]
        meanings.prepare([*self.queries.texts, *asked_for], self.items.texts)
        return replace(self, queries=self.queries.meant(meanings), items=self.items.meant(meanings))


@dataclass(frozen=True)
class Asked:
    """Queries to score: their texts, and the items known for each (an empty row when nothing is)."""

    names: Names
    known: Sparse

    def __len__(self) -> int:
        """How many there are."""
        return len(self.names)

    def meant(self, meanings: Meanings) -> Asked:
        """The same queries with what their names mean."""
        return replace(self, names=self.names.meant(meanings))

    @cached_property
    def degree(self) -> Floats:
        """How many items are known for each query."""
        return np.asarray(self.known.sum(axis=1), dtype=np.float32).ravel()


def incidence(pairs: Sequence[tuple[int, int]], shape: tuple[int, int]) -> Sparse:
    """Queries × items with a 1 for each pair; a pair named twice counts once."""
    rows = np.array([row for row, _ in pairs], dtype=np.int64)
    columns = np.array([column for _, column in pairs], dtype=np.int64)
    found = sparse.csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=shape)
    found.data[:] = 1.0
    return found
