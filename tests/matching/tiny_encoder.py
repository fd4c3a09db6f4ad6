"""A real model of sentence-transformers, small and made by hand: characters with chosen vectors, their mean."""

from __future__ import annotations

from pathlib import Path

import numpy as np

WIDTH = 8
ALIKE = ("土豆", "马铃薯")  # two words for one thing, no character in common


def save_tiny(folder: Path, *, width: int = WIDTH, seed: int = 0) -> Path:
    """Write a model to which the words of ``ALIKE`` mean the same and all others anything."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Regex, Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Split

    signs = ["[UNK]", *dict.fromkeys("".join(ALIKE) + "水泥轴承钢锻件齿轮箱电机减速器谐波行星采购供应精密")]
    rows = np.random.default_rng(seed).normal(size=(len(signs), width))
    for word in ALIKE:
        rows[[signs.index(sign) for sign in word]] = np.eye(width)[0] * 5
    tokenizer = Tokenizer(WordLevel({sign: at for at, sign in enumerate(signs)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Split(Regex("."), "isolated")
    weights = torch.tensor(rows, dtype=torch.float32)
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weights)], device="cpu").save(str(folder))
    return folder
