"""The encoder as a sentence-transformers model, and the same folder read without torch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from graph.errors import SourceMissing
from matching.learning import encoder
from matching.learning.learned import learn
from tests.matching.learning_example import RECIPE, links, pairs

TEXTS = ["重载电机", "正极材料；负极材料", "", "never seen", "一" * 5000]


def test_round_trip_through_sentence_transformers(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer

    from matching.learning.two_tower import save

    learned = learn(links(pairs()), 0, RECIPE)
    save(learned.towers, tmp_path / "model")
    loaded = SentenceTransformer(str(tmp_path / "model"), device="cpu", trust_remote_code=True)
    query, document = loaded.encode_query(TEXTS), loaded.encode_document(TEXTS)
    light = encoder.load(tmp_path / "model")
    assert np.allclose(light.query.encode(TEXTS), query, atol=1e-4)  # 15,000 n-grams summed in another order
    assert np.allclose(light.document.encode(TEXTS), document, atol=1e-4)  # 15,000 n-grams summed in another order
    assert not np.allclose(query[0], document[0], atol=0.1)
    assert list(tmp_path.rglob("*.safetensors"))
    assert np.allclose(light.document.encode(list(learned.links.items.texts)), learned.item_vectors, atol=0.02)


def test_a_folder_without_a_model_says_so(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing):
        encoder.load(tmp_path)
