"""The saved towers without torch: vectors of texts from the same folder, by numpy."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file
from scipy import sparse

from graph.errors import SourceMissing
from graph.messages import N_, Message
from matching.learning.contrast import unit
from matching.learning.grams import bags
from matching.learning.links import Floats, Sparse


@dataclass(frozen=True)
class Side:
    """One side of the saved model: rows of the n-grams known to it."""

    rows: Floats
    pick: Sparse  # buckets × rows
    blocks: int

    def encode(self, texts: list[str]) -> Floats:
        """Vectors of length 1; 0 for a text of which no n-gram is known."""
        total = np.asarray((bags(texts, self.pick.shape[0]) @ self.pick) @ self.rows, dtype=np.float32)
        parts = unit(total.reshape(len(texts) * self.blocks, -1))[0]
        return np.asarray(parts.reshape(len(texts), -1) / np.sqrt(self.blocks), dtype=np.float32)


@dataclass(frozen=True)
class Encoder:
    """Both sides."""

    query: Side
    document: Side


def load(folder: Path) -> Encoder:
    """Read a model that ``matching.learning.two_tower.save`` wrote.

    Raises:
        SourceMissing: there is no such model in the folder.
    """
    if not (folder / "router_config.json").is_file():
        raise SourceMissing(path=folder, expected=Message(N_("应为 ronglian train 保存的模型文件夹"), {}))
    routes = json.loads((folder / "router_config.json").read_text(encoding="utf-8"))["structure"]
    return Encoder(*(_side(folder / routes[route][0]) for route in ("query", "document")))


def _side(folder: Path) -> Side:
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    found = load_file(folder / "model.safetensors")
    rows = found["rows"][1:].astype(np.float32) * found["scale"][1:, None]
    places = found["places"].astype(np.int64)
    ones = np.ones(len(places), dtype=np.float32)
    pick = sparse.csr_matrix((ones, (places, np.arange(len(places)))), shape=(config["buckets"], len(places)))
    return Side(rows, pick, config["blocks"])
