"""Vectors of texts, each made once by one encoder and kept in a file of that encoder's name.

Whoever changes the encoder gets another file: vectors of two models, or of two widths, never meet. A text is known by a
digest of its words, so a text that changed is another text. Rows are kept as the encoder gives them; what all texts
share is taken off when they are read, since raw cosines of such models are all high.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np

from matching.learning.contrast import unit
from matching.learning.general import LONGEST

if TYPE_CHECKING:
    from matching.learning.general import TextEncoder
    from matching.learning.links import Floats

AT_ONCE = 32  # texts encoded together: how often progress is told
DIGEST = 16  # bytes
Progress = Callable[[int, int], None]

COMMON = tuple(Path(__file__).with_name("common_texts.txt").read_text(encoding="utf-8").split())
"""Texts of many trades: the mean of their vectors is what all texts have in common to an encoder."""


class TextVectors:
    """The vectors one encoder makes; ``folder`` holds the files, without it they last as long as this object."""

    def __init__(self, encoder: TextEncoder, folder: Path | None = None) -> None:
        self.encoder = encoder
        self._file = folder / f"{encoder.mark}.npz" if folder else None
        self._lock = RLock()
        self._places: dict[bytes, int] = {}
        self._table: Floats = np.zeros((0, 0), dtype=np.float32)
        self._centre: Floats | None = None
        self._read_at = 0
        self.round = 0

    def refresh(self) -> int:
        """Read the file again where another process wrote it; a number that grows whenever that was so."""
        with self._lock:
            changed = self._changed()
            if changed not in (0, self._read_at):
                self._read()
                self.round += 1
            return self.round

    def fill(self, texts: Iterable[str], progress: Progress | None = None, most: int | None = None) -> int:
        """Make the vectors of new texts, at most so many, and keep them; returns how many are left to make.

        Stopped half-way, what was made until then is kept.
        """
        with self._lock:
            self.refresh()
            common = self._missing(COMMON)
            new = [text for text in self._missing(texts) if text not in common]
            now = [*common, *new[:most]]
            try:
                self._make(now, progress)
            finally:
                if now:
                    self._save()
            return max(0, len(new) - len(now[len(common) :]))

    def _missing(self, texts: Iterable[str]) -> list[str]:
        wanted = {_digest(text): text for text in texts}
        return [text for digest, text in wanted.items() if digest not in self._places]

    def _make(self, texts: list[str], progress: Progress | None) -> None:
        made: list[Floats] = []
        try:
            for at in range(0, len(texts), AT_ONCE):
                made.append(self._encode(texts[at : at + AT_ONCE]))
                if progress:
                    progress(min(at + AT_ONCE, len(texts)), len(texts))
        finally:
            if made:
                rows = np.concatenate(made)
                self._add([_digest(text) for text in texts[: len(rows)]], rows)

    def _encode(self, texts: list[str]) -> Floats:
        """In half precision, as they are kept: an answer is the same before and after."""
        return self.encoder.encode(texts).astype(np.float16).astype(np.float32)

    def rows(self, texts: Sequence[str]) -> Floats:
        """Texts × width, of length 1, what all texts share taken off; zeros where there is no vector yet."""
        with self._lock:
            known = np.array([self._places.get(_digest(text), -1) for text in texts], dtype=np.int64)
            found = np.zeros((len(texts), self._table.shape[1]), dtype=np.float32)
            found[known >= 0] = self._bare(self._table[known[known >= 0]])
            return found

    def of(self, texts: Sequence[str]) -> Floats:
        """The same, where texts without a vector are encoded now; what somebody asks is not kept."""
        with self._lock:
            self.fill(())
            found = self.rows(texts)
            new = [at for at, text in enumerate(texts) if _digest(text) not in self._places]
            if new:
                found[new] = self._bare(self._encode([texts[at] for at in new]))
            return found

    def keep_only(self, texts: Iterable[str]) -> None:
        """Forget the vectors of all other texts."""
        with self._lock:
            wanted = {_digest(text) for text in (*COMMON, *texts)}
            if wanted.issuperset(self._places):
                return
            kept = {digest: place for digest, place in self._places.items() if digest in wanted}
            self._table = self._table[list(kept.values())]
            self._places = {digest: at for at, digest in enumerate(kept)}
            self._save(anew=True)

    def _bare(self, vectors: Floats) -> Floats:
        if self._centre is None:
            common = [self._places[_digest(text)] for text in COMMON]
            self._centre = self._table[common].mean(axis=0)
        return unit(vectors - self._centre)[0]

    def _add(self, digests: list[bytes], rows: Floats) -> None:
        self._table = np.concatenate([self._table, rows]) if len(self._table) else rows
        self._places.update({digest: len(self._places) + at for at, digest in enumerate(digests)})

    def _changed(self) -> int:
        return self._file.stat().st_mtime_ns if self._file and self._file.is_file() else 0

    def _read(self) -> None:
        """Take over what the file holds beside what is known here; a file that cannot be read holds nothing."""
        assert self._file is not None
        self._read_at = self._changed()
        try:
            with self._file.open("rb") as file, np.load(file) as kept:
                digests, table = kept["digests"], kept["vectors"].astype(np.float32)
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):
            return
        known = [one.tobytes() for one in digests]
        fresh = [at for at, digest in enumerate(known) if digest not in self._places]
        if fresh and len(known) == len(table) and self._fits(table):
            self._add([known[at] for at in fresh], table[fresh])

    def _fits(self, table: Floats) -> bool:
        return not len(self._table) or table.shape[1] == self._table.shape[1]

    def _save(self, *, anew: bool = False) -> None:
        """Write the file whole, with what another process wrote meanwhile unless ``anew``."""
        if self._file is None:
            return
        from filelock import FileLock

        self._file.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(self._file.with_suffix(".lock")):
            if not anew and self._changed() not in (0, self._read_at):
                self._read()
            fresh = self._file.with_suffix(".new")
            digests = np.frombuffer(b"".join(self._places), dtype=np.uint8).reshape(-1, DIGEST)
            with fresh.open("wb") as out:
                np.savez(out, digests=digests, vectors=self._table.astype(np.float16))
            os.replace(fresh, self._file)
            self._read_at = self._changed()


def _digest(text: str) -> bytes:
    return blake2b(text[:LONGEST].encode(errors="replace"), digest_size=DIGEST).digest()
