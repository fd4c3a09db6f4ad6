"""Is the offering firm in business?"""

from __future__ import annotations

from graph.messages import N_, Message
from graph.model import Enterprise, FirmStatus
from matching.pairing.gates.verdict import Verdict, failed, passed, unknown
from matching.pairing.pair import Pair

GATE = "firm_state"
_VERDICTS = {
    FirmStatus.ACTIVE: passed(GATE, Message(N_("企业在营"))),
    FirmStatus.MOVING: unknown(GATE, Message(N_("企业正在搬迁")), Message(N_("请问搬迁期间能否按期供货？"))),
    FirmStatus.ABNORMAL: failed(GATE, Message(N_("企业经营异常")), Message(N_("若企业移出经营异常名录"))),
    FirmStatus.CLOSED: failed(GATE, Message(N_("企业已注销或停业")), None),
}
_UNKNOWN = unknown(GATE, Message(N_("企业经营状态未知")), Message(N_("请确认企业是否正常经营")))
_NOBODY = unknown(GATE, Message(N_("发布单位未知")), Message(N_("请问该供给由哪家单位发布？")))


def firm_state(pair: Pair) -> tuple[Verdict, ...]:
    """The firm is active. A firm that moves may deliver or not, so it is asked; institutes have no such state."""
    party = pair.offered.party
    if party is None:
        return (_NOBODY,)
    if party.kind != Enterprise.LABEL:
        return ()
    return (_VERDICTS[FirmStatus(party.status)] if party.status else _UNKNOWN,)
