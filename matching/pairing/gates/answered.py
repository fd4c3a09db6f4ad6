"""What was said of this pair, or of this firm, before."""

from __future__ import annotations

from dataclasses import replace

from graph.messages import N_, Message
from graph.model import PairSide
from matching.pairing.gates.verdict import Outcome, Verdict, failed, passed
from matching.pairing.opinion import REASON_TITLES, SIDE_TITLES, Said
from matching.pairing.pair import Pair

GATE = "answered"


def answered(pair: Pair) -> tuple[Verdict, ...]:
    """The asking side has not declined this pair, nor this firm or its group as a present partner.

    A pair the *other* side declined is a near miss: were it to think again, they could meet.
    """
    opinion = pair.opinion
    other = pair.wanted if pair.asks is PairSide.SELLER else pair.offered
    if own := opinion.declined.get(other.id):
        return (failed(GATE, Message(N_("{side}已于 {day} 谢绝（{reason}）"), _values(own)), None),)
    party = other.party
    if party and (party.id in opinion.firms or (party.group is not None and party.group in opinion.groups)):
        return (failed(GATE, Message(N_("曾答复与该单位或其集团已有合作")), None),)
    if theirs := opinion.refused.get(other.id):
        values = _values(theirs)
        return (
            failed(
                GATE, Message(N_("{side}已于 {day} 谢绝（{reason}）"), values), Message(N_("若{side}改变主意"), values)
            ),
        )
    if other.id in opinion.accepted:
        return (passed(GATE, Message(N_("已答复愿意对接"))),)
    return ()


def _values(said: Said) -> dict[str, object]:
    reason = said.answer.reason
    return {
        "side": Message(SIDE_TITLES[said.answer.side]),
        "day": said.answer.at.date(),
        "reason": Message(REASON_TITLES[reason]) if reason else Message(N_("未写理由")),
    }


def firm(verdict: Verdict, strict: frozenset[str]) -> Verdict:
    """A verdict as it counts for who declined for this before: what is open is no longer good enough."""
    if verdict.outcome is not Outcome.UNKNOWN or verdict.gate not in strict:
        return verdict
    gap = Message(N_("若供方先答复“{question}”"), {"question": verdict.ask or verdict.detail})
    return replace(verdict, outcome=Outcome.FAIL, ask=None, gap=gap)
