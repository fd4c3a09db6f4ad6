"""The saved towers without torch: vectors of texts from the same folder, by numpy."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

from graph.errors import SourceMissing
from graph.messages import N_, Message
from matching.learning.contrast import Tower, unit
from matching.learning.grams import buckets
from matching.learning.links import Floats, Ints

SIDES = ("query", "document")
_ROUTES = "router_config.json"
MARKED = 256  # rows that tell one model from another


@dataclass(frozen=True)
class Side:
    """One side of the saved model: rows of the n-grams known to it."""

    rows: Floats
    places: Ints  # by bucket its row, −1 where it has none
    blocks: int

    def encode(self, texts: list[str]) -> Floats:
        """Vectors of length 1; 0 for a text of which no n-gram is known."""
        total = np.zeros((len(texts), self.rows.shape[1]), dtype=np.float32)
        for at, text in enumerate(texts):
            found = self.places[buckets(text, len(self.places))]
            self.rows[found[found >= 0]].sum(axis=0, out=total[at])
        parts = unit(total.reshape(len(texts) * self.blocks, -1))[0]
        return np.asarray(parts.reshape(len(texts), -1) / np.sqrt(self.blocks), dtype=np.float32)


@dataclass(frozen=True)
class Encoder:
    """Both sides."""

    query: Side
    document: Side

    @cached_property
    def mark(self) -> str:
        """Tells one model from another."""
        digest = blake2b(digest_size=8)
        for side in (self.query, self.document):
            digest.update(repr(side.rows.shape).encode() + side.rows[:MARKED].tobytes())
        return digest.hexdigest()


def of(towers: Sequence[tuple[Tower, Tower]]) -> Encoder:
    """Towers just trained, as they would be read back: pairs of them stand side by side."""
    return Encoder(*(_beside([pair[side] for pair in towers]) for side in (0, 1)))


def _beside(towers: Sequence[Tower]) -> Side:
    table = np.hstack([tower.table for tower in towers])
    places = np.flatnonzero(np.abs(table).max(axis=1))
    return Side(table[places], _by_bucket(places, len(table)), len(towers))


def _by_bucket(places: Ints, count: int) -> Ints:
    found = np.full(count, -1, dtype=np.int64)
    found[places] = np.arange(len(places))
    return found


def is_two_towers(folder: Path) -> bool:
    """Whether ``matching.learning.two_tower.save`` wrote a folder."""
    try:
        routes = json.loads((folder / _ROUTES).read_text(encoding="utf-8"))["structure"]
        sides = [json.loads((folder / routes[side][0] / "config.json").read_text(encoding="utf-8")) for side in SIDES]
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return False
    return all("buckets" in side for side in sides)


def load(folder: Path) -> Encoder:
    """Read a model that ``matching.learning.two_tower.save`` wrote.

    Raises:
        SourceMissing: there is no such model in the folder.
    """
    if not (folder / _ROUTES).is_file():
        raise SourceMissing(path=folder, expected=Message(N_("应为 ronglian train 保存的模型文件夹"), {}))
    routes = json.loads((folder / _ROUTES).read_text(encoding="utf-8"))["structure"]
    return Encoder(*(_side(folder / routes[route][0]) for route in SIDES))


def _side(folder: Path) -> Side:
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    found = load_file(folder / "model.safetensors")
    rows = found["rows"][1:].astype(np.float32) * found["scale"][1:, None]
    places = found["places"].astype(np.int64)
    return Side(rows, _by_bucket(places, config["buckets"]), config["blocks"])
