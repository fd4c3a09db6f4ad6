"""Are buyer and supplier one house?"""

from __future__ import annotations

from graph.messages import N_, Message
from matching.pairing.gates.verdict import Verdict, failed, passed
from matching.pairing.pair import Pair

GATE = "same_group"


def same_group(pair: Pair) -> tuple[Verdict, ...]:
    """Buyer and supplier are neither the same firm nor of the same corporate group.

    Most firms belong to no group, so "no group on record" passes rather than raising a question on nearly every pair;
    the sentence says no more than that none is on record. Without a buyer (free text) there is nothing to compare.
    """
    buyer, supplier = pair.wanted.party, pair.offered.party
    if buyer is None or supplier is None:
        return ()
    if buyer.id == supplier.id:
        return (failed(GATE, Message(N_("供需双方是同一家单位")), None),)
    if buyer.group is not None and buyer.group == supplier.group:
        return (failed(GATE, Message(N_("供需双方同属{group}"), {"group": buyer.group}), None),)
    return (passed(GATE, Message(N_("没有登记在同一集团"))),)
