"""The trained towers as a sentence-transformers model.

``SentenceTransformer(folder, trust_remote_code=True)`` loads what ``save`` wrote: since version 6 sentence-transformers
asks for that consent whenever a model names a class that is not its own, even one that is installed.

Importing this imports torch; whoever only needs vectors reads the same folder with ``matching.learning.encoder``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import InputModule, Router
from torch import Tensor, nn

from matching.learning.contrast import Tower
from matching.learning.grams import buckets


class GramBag(InputModule):
    """Sum of the rows of a text's character 1-3-grams, brought to length 1 in each of ``blocks`` equal parts.

    Only the rows of n-grams that occurred in training are kept: ``places`` are their bucket numbers, ascending; row 0
    is zero and stands for every other n-gram. ``rows`` are whole numbers of 8 bits, ``scale`` turns them back.
    """

    config_keys = ["buckets", "blocks"]  # noqa: RUF012  as the base class declares it

    def __init__(self, places: Tensor, rows: Tensor, scale: Tensor, *, buckets: int, blocks: int) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.buckets = buckets
        self.blocks = blocks
        self.register_buffer("places", places)
        self.register_buffer("rows", rows)
        self.register_buffer("scale", scale)

    @classmethod
    def of(cls, towers: Sequence[Tower]) -> GramBag:
        """Towers that stand side by side, rounded to 8 bits a number."""
        table = np.hstack([tower.table for tower in towers])
        places = np.flatnonzero(np.abs(table).max(axis=1))
        kept = np.vstack([np.zeros((1, table.shape[1]), dtype=np.float32), table[places]])
        scale = np.maximum(np.abs(kept).max(axis=1), 1e-12) / 127.0
        rows = np.rint(kept / scale[:, None]).astype(np.int8)
        tensors = [torch.from_numpy(each) for each in (places.astype(np.int32), rows, scale.astype(np.float32))]
        return cls(tensors[0], tensors[1], tensors[2], buckets=table.shape[0], blocks=len(towers))

    def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **_: Any) -> dict[str, Tensor]:
        """Row numbers of each text's n-grams, 0 for unknown ones."""
        places = self.places.cpu().numpy()
        found = []
        for text in inputs:
            wanted = np.array(buckets(f"{prompt or ''}{text}", self.buckets), dtype=np.int64)
            at = np.minimum(np.searchsorted(places, wanted), max(len(places) - 1, 0))
            found.append(np.where(places[at] == wanted, at + 1, 0) if len(places) else np.zeros_like(wanted))
        starts = np.cumsum([0, *(len(one) for one in found)])[:-1]
        flat = np.concatenate([np.zeros(0, dtype=np.int64), *found])
        return {"input_ids": torch.from_numpy(flat), "offsets": torch.from_numpy(starts.astype(np.int64))}

    def forward(self, features: dict[str, Tensor], **_: Any) -> dict[str, Tensor]:
        """Vectors of length 1."""
        numbers = features["input_ids"]
        rows = self.rows[numbers].float() * self.scale[numbers][:, None]
        total = torch.zeros(len(features["offsets"]), rows.shape[1], device=rows.device)
        text = torch.searchsorted(features["offsets"], torch.arange(len(numbers), device=rows.device), right=True) - 1
        total.index_add_(0, text, rows)
        parts = nn.functional.normalize(total.view(len(total), self.blocks, -1), dim=2)
        features["sentence_embedding"] = parts.reshape(len(total), -1) / self.blocks**0.5
        return features

    def get_embedding_dimension(self) -> int:
        """Length of a vector."""
        return int(self.rows.shape[1])

    def save(self, output_path: str, *_: Any, safe_serialization: bool = True, **__: Any) -> None:
        """Write configuration and numbers."""
        self.save_config(output_path)
        self.save_torch_weights(output_path, safe_serialization=safe_serialization)

    @classmethod
    def load(cls, model_name_or_path: str, subfolder: str = "", **kwargs: Any) -> GramBag:  # type: ignore[override]
        """Read what ``save`` wrote."""
        keys = ("token", "cache_folder", "revision", "local_files_only")
        where = {key: kwargs[key] for key in keys if key in kwargs}
        config = cls.load_config(model_name_or_path, subfolder=subfolder, **where)
        weights = cls.load_torch_weights(model_name_or_path, subfolder=subfolder, **where)
        return cls(weights["places"], weights["rows"], weights["scale"], **config)


def sentence_transformer(towers: Sequence[tuple[Tower, Tower]]) -> SentenceTransformer:
    """Pairs of towers as one model: ``encode_query`` asks, ``encode_document`` offers."""
    asking, offering = ([pair[side] for pair in towers] for side in (0, 1))
    router = Router.for_query_document([GramBag.of(asking)], [GramBag.of(offering)])
    return SentenceTransformer(modules=[router], similarity_fn_name="dot", device="cpu")


def save(towers: Sequence[tuple[Tower, Tower]], folder: Path) -> None:
    """Write the model with safetensors."""
    sentence_transformer(towers).save(str(folder), create_model_card=False)
