"""What the trained encoder says of the pair."""

from __future__ import annotations

from graph.messages import N_, Message
from matching.pairing.pair import Pair
from matching.pairing.scorers.finding import Finding


def learned(pair: Pair) -> Finding:
    """The larger of two cosines of the trained encoder: in use like what is wanted; bought by makers like the buyer.

    The encoder learned from known supply relations, so both are predictions. Missing without a model, or when it knows
    none of the words.
    """
    if pair.alike is None and pair.bought is None:
        return Finding(None, Message(N_("没有可用的模型，或模型不认识这些名称")))
    alike, bought = pair.alike or 0.0, pair.bought or 0.0
    share: dict[str, object] = {"share": f"{max(alike, bought):.0%}"}
    if bought > alike:
        return Finding(bought, Message(N_("模型推测：需方这类产品常采购它（{share}）"), share))
    return Finding(alike, Message(N_("模型推测：与所需产品用在相同的地方（{share}）"), share))
