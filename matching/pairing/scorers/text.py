"""How alike the words are."""

from __future__ import annotations

from graph.messages import N_, Message
from matching.pairing.pair import Pair
from matching.pairing.scorers.finding import Finding


def text(pair: Pair) -> Finding:
    """Cosine of the two texts in character 1-3-grams (TF-IDF). Likeness of words alone never makes a candidate."""
    if pair.similarity is None:
        return Finding(None, Message(N_("没有可比较的文字")))
    share = f"{pair.similarity:.0%}"
    return Finding(pair.similarity, Message(N_("文字相近程度 {share}"), {"share": share}))
