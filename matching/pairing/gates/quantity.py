"""Can the offer deliver enough a month?"""

from __future__ import annotations

from graph.messages import N_, Message
from matching.pairing.gates.verdict import Verdict, failed, passed, unknown
from matching.pairing.pair import Pair
from matching.pairing.units import factor

GATE = "quantity"


def quantity(pair: Pair) -> tuple[Verdict, ...]:
    """The monthly quantity offered, in the need's unit, is at least the quantity wanted."""
    wanted, offered = pair.wanted.quantity, pair.offered.quantity
    if wanted is None:
        return ()
    values: dict[str, object] = {"wanted": f"{wanted:,g}", "unit": pair.wanted.unit or ""}
    ask = Message(N_("请问每月能否供应 {wanted} {unit}？"), values)
    if offered is None:
        return (unknown(GATE, Message(N_("供方未写月可供量（需求：{wanted} {unit}）"), values), ask),)
    values |= {"offered": f"{offered:,g}", "offered_unit": pair.offered.unit or ""}
    rate = factor(pair.offered.unit, pair.wanted.unit)
    if rate is None:
        detail = Message(N_("计量单位不同：供方 {offered} {offered_unit}，需求 {wanted} {unit}"), values)
        return (unknown(GATE, detail, ask),)
    if offered * rate >= wanted:
        return (passed(GATE, Message(N_("月供 {offered} {offered_unit} ≥ {wanted} {unit}"), values)),)
    detail = Message(N_("月供 {offered} {offered_unit} < {wanted} {unit}"), values)
    return (failed(GATE, detail, Message(N_("若月可供量增至 {wanted} {unit}"), values)),)
