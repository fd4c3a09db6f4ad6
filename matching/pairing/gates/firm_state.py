"""Is the offering firm in business?"""

from __future__ import annotations

from graph.messages import N_, Message
from graph.model import Enterprise, FirmStatus
from matching.pairing.gates.verdict import Verdict, failed, passed, unknown
from matching.pairing.pair import Pair

GATE = "firm_state"


def firm_state(pair: Pair) -> tuple[Verdict, ...]:
    """The firm is active. A firm that moves may deliver or not, so it is asked; institutes have no such state."""
    party = pair.offered.party
    if party is None:
        return (unknown(GATE, Message(N_("发布单位未知")), Message(N_("请问该供给由哪家单位发布？"))),)
    if party.kind != Enterprise.LABEL:
        return ()
    if party.status == FirmStatus.CLOSED:
        return (failed(GATE, Message(N_("企业已注销或停业")), None),)
    if party.status == FirmStatus.ABNORMAL:
        return (failed(GATE, Message(N_("企业经营异常")), Message(N_("若企业移出经营异常名录"))),)
    if party.status == FirmStatus.MOVING:
        return (unknown(GATE, Message(N_("企业正在搬迁")), Message(N_("请问搬迁期间能否按期供货？"))),)
    if party.status == FirmStatus.ACTIVE:
        return (passed(GATE, Message(N_("企业在营"))),)
    return (unknown(GATE, Message(N_("企业经营状态未知")), Message(N_("请确认企业是否正常经营"))),)
