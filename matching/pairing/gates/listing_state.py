"""Is the offer still open?"""

from __future__ import annotations

from graph.messages import N_, Message
from graph.model import Enterprise, ListingState
from matching.pairing.gates.verdict import Verdict, failed, passed, unknown
from matching.pairing.pair import Pair

GATE = "listing_state"


def listing_state(pair: Pair) -> tuple[Verdict, ...]:
    """The offer is open and its last day, where one is stated, has not passed; a firm as a whole does not run out."""
    if pair.offered.kind == Enterprise.LABEL:
        return ()
    state, until = pair.offered.state, pair.offered.expires_on
    if state is not None and state != ListingState.OPEN:
        return (failed(GATE, Message(N_("供给信息已关闭")), Message(N_("若重新开放该供给信息"))),)
    if until is not None and until < pair.today:
        values: dict[str, object] = {"until": until}
        detail = Message(N_("供给信息已于 {until} 到期"), values)
        return (failed(GATE, detail, Message(N_("若更新供给信息的截止日期"))),)
    if state is None:
        return (unknown(GATE, Message(N_("供给信息状态未知")), Message(N_("请问该供给信息是否仍然有效？"))),)
    return (passed(GATE, Message(N_("供给信息有效"))),)
