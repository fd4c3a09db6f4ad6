"""Does the firm already supply buyers like this one?"""

from __future__ import annotations

from graph.messages import N_, Listed, Message
from matching.pairing.pair import Pair
from matching.pairing.scorers.finding import Finding


def shared_buyers(pair: Pair) -> Finding:
    """Other buyers of the wanted product that the firm already supplies: 1 - 1/2ⁿ for n of them.

    Missing when no other buyer of the product is on record, or no customer of the firm.
    """
    party = pair.offered.party
    if party is None or not pair.context.other_buyers:
        return Finding(None, Message(N_("没有该产品其他买家的记录")))
    shared = pair.context.shared_buyers.get(party.id)
    if shared and shared.count:
        values: dict[str, object] = {"count": shared.count, "names": Listed(shared.names)}
        reason = Message(N_("已向 {count} 家同类买家供货（{names}）"), values)
        return Finding(1 - 0.5**shared.count, reason, shared.evidence)
    if not party.customers_known:
        return Finding(None, Message(N_("没有该企业客户的记录")))
    return Finding(0.0, Message(N_("已知客户中没有该产品的其他买家")))
