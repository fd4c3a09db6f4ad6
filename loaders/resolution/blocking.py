"""Which pairs are worth comparing: every cheap key proposes a few, so that the work grows with the lists' length.

Keys: code, halves of a long code, phone, whole name, and for every firm the nearest names by rare sign pairs (also
pairs with up to two signs between them, which survive a typo and an abbreviation).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from loaders.resolution.codes import CodeKind
from loaders.resolution.records import Prepared

NEAREST = 10
REACH = 3
"""Signs from the first to the last of a sign pair."""
COMMON = 400
"""A sign pair that more firms have proposes nobody, unless it is among a name's rarest."""
ALWAYS = 3
BLOCK = 40
"""A key shared by more pairs than its square is a filler."""
CHUNK = 1000

Pairs = NDArray[np.int64]
"""Rows of (place in the left list, place in the right list)."""


def candidates(left: Sequence[Prepared], right: Sequence[Prepared], index: SignIndex | None = None) -> Pairs:
    """All pairs any key proposes, each once, in order.

    With an ``index`` of the right list, which a caller keeps for several left ones, the nearest of the left list are
    not asked for: the work grows with the left list alone.
    """
    found = [_by_key(left, right, key) for key in KEYS]
    if index:
        found.append(index.nearest(left))
    else:
        found += [SignIndex(right).nearest(left), SignIndex(left).nearest(right)[:, ::-1]]
    return np.unique(np.concatenate(found), axis=0)


def repeats(records: Sequence[Prepared]) -> Pairs:
    """Pairs of one list that may be one firm, each once, the earlier record first.

    The nearest names are asked for of records without a code only: the others' codes tell them apart.
    """
    found = [_by_key(records, records, key) for key in KEYS]
    bare = np.array([place for place, record in enumerate(records) if not record.codes], dtype=np.int64)
    if len(bare):
        nearest = SignIndex(records).nearest([records[place] for place in bare])
        found.append(np.stack([bare[nearest[:, 0]], nearest[:, 1]], axis=1))
    pairs = np.sort(np.concatenate(found), axis=1)
    return np.unique(pairs[pairs[:, 0] < pairs[:, 1]], axis=0)


def _codes(record: Prepared) -> Iterator[str]:
    for code in record.codes:
        yield code.value
        if code.kind is CodeKind.USCC:
            yield code.value[-10:-1]


def _code_halves(record: Prepared) -> Iterator[str]:
    """Each slip leaves one half of an organisation code as it is."""
    for code in record.codes:
        if code.kind in (CodeKind.USCC, CodeKind.ORGANISATION):
            own = code.value[-10:-1] if code.kind is CodeKind.USCC else code.value
            yield f"<{own[:5]}"
            yield f"{own[4:]}>"


def _phones(record: Prepared) -> Iterator[str]:
    if record.phone:
        yield record.phone[-7:]


def _texts(record: Prepared) -> Iterator[str]:
    yield from (name.text for name in record.names)
    yield from (name.stem for name in record.names if name.stem != name.text)


Key = Callable[[Prepared], Iterable[str]]
KEYS: tuple[Key, ...] = (_codes, _code_halves, _phones, _texts)


def _by_key(left: Sequence[Prepared], right: Sequence[Prepared], key: Key) -> Pairs:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, record in enumerate(right):
        for value in set(key(record)):
            places[value].append(place)
    counts = Counter(value for record in left for value in set(key(record)))
    pairs = [
        (place, other)
        for place, record in enumerate(left)
        for value in set(key(record))
        if counts[value] * len(places.get(value, ())) <= BLOCK**2
        for other in places.get(value, ())
    ]
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def _signs(record: Prepared) -> set[str]:
    """Pairs of signs of all names, in order, with up to ``REACH - 2`` signs between them."""
    found: set[str] = set()
    for name in record.names:
        text = name.stem
        for reach in range(1, REACH + 1):
            found.update(a + b for a, b in zip(text, text[reach:], strict=False))
        found.update(f"^{sign}{reach}" for reach, sign in enumerate(name.body[:2]))
        if len(text) == 1:
            found.add(text)
    return found


class SignIndex:
    """A list of firms made ready to be asked for the nearest of a name."""

    def __init__(self, records: Sequence[Prepared]) -> None:
        grams = [_signs(record) for record in records]
        self._counts: Counter[str] = Counter()
        for found in grams:
            self._counts.update(found)
        self._columns = {gram: number for number, gram in enumerate(self._counts)}
        self._idf = {gram: float(np.log2(1 + len(records) / count)) for gram, count in self._counts.items()}
        self._matrix = _matrix(grams, self._columns, self._idf).T.tocsr() if self._columns else None

    def nearest(self, records: Sequence[Prepared]) -> Pairs:
        """Pairs (place among ``records``, place in the list)."""
        if self._matrix is None:
            return np.empty((0, 2), dtype=np.int64)
        selected = [_selective(_signs(record), self._counts) for record in records]
        queries = _matrix(selected, self._columns, self._idf)
        starts = range(0, len(records), CHUNK)
        found = [_nearest(queries[start : start + CHUNK] @ self._matrix, start) for start in starts]
        return np.concatenate([np.empty((0, 2), dtype=np.int64), *found])


def _selective(grams: set[str], counts: Counter[str]) -> list[str]:
    known = sorted((gram for gram in grams if gram in counts), key=lambda gram: (counts[gram], gram))
    return [gram for rank, gram in enumerate(known) if rank < ALWAYS or counts[gram] <= COMMON]


def _matrix(rows: Sequence[Iterable[str]], columns: dict[str, int], idf: dict[str, float]) -> csr_matrix:
    indices: list[int] = []
    data: list[float] = []
    starts = [0]
    for row in rows:
        for gram in row:
            indices.append(columns[gram])
            data.append(idf[gram])
        starts.append(len(indices))
    shape = (len(rows), len(columns))
    return csr_matrix((np.array(data, np.float32), np.array(indices, np.int32), np.array(starts)), shape=shape)


def _nearest(similar: csr_matrix, start: int) -> Pairs:
    found: list[tuple[int, int]] = []
    for row in range(similar.shape[0]):
        low, high = similar.indptr[row], similar.indptr[row + 1]
        places, values = similar.indices[low:high], similar.data[low:high]
        if len(places) > NEAREST:
            edge = np.partition(values, -NEAREST)[-NEAREST]
            sure, tied = places[values > edge], np.sort(places[values == edge])
            places = np.concatenate([sure, tied[: 2 * NEAREST - len(sure)]])
        found += [(start + row, int(place)) for place in places]
    return np.array(found, dtype=np.int64).reshape(-1, 2)
