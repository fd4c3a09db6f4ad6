"""How alike the words are in meaning."""

from __future__ import annotations

from graph.messages import N_, Message
from matching.pairing.pair import Pair
from matching.pairing.scorers.finding import Finding


def meaning(pair: Pair) -> Finding:
    """Cosine of the two texts by a general encoder, less what all texts share: the same said in other words.

    Counts only where an encoder was chosen. Likeness of meaning alone never makes a candidate: it finds what is of one
    kind, competitors as well as suppliers.
    """
    if pair.meant is None:
        return Finding(None, Message(N_("没有选用通用文本编码器")))
    share = f"{pair.meant:.0%}"
    return Finding(pair.meant, Message(N_("含义相近程度 {share}（通用文本编码器）"), {"share": share}))
