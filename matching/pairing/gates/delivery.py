"""Can the offer deliver in time?"""

from __future__ import annotations

from graph.messages import N_, Message
from matching.pairing.gates.verdict import Verdict, failed, passed, unknown
from matching.pairing.pair import Pair

GATE = "delivery"


def delivery(pair: Pair) -> tuple[Verdict, ...]:
    """The lead time offered is at most the one the need allows."""
    wanted, offered = pair.wanted.lead_time_days, pair.offered.lead_time_days
    if wanted is None:
        return ()
    values: dict[str, object] = {"wanted": wanted}
    if offered is None:
        detail = Message(N_("供方未写交期（需求：{wanted} 天内）"), values)
        return (unknown(GATE, detail, Message(N_("请问能否在 {wanted} 天内交货？"), values)),)
    values["offered"] = offered
    if offered <= wanted:
        return (passed(GATE, Message(N_("交期 {offered} 天 ≤ {wanted} 天"), values)),)
    detail = Message(N_("交期 {offered} 天 > {wanted} 天"), values)
    return (failed(GATE, detail, Message(N_("若交期缩短到 {wanted} 天"), values)),)
