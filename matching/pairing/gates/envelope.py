"""Can the offer reach the technical limits asked for?

A bound in an offer means one of two things. Of a *product* or a *tolerance* it is a promise: 背隙≤3 promises no more
than 3, so a need of ≤1 fails and one of ≤5 passes. Of a *workpiece's size* in a capability it is an envelope: 外径≤800
means parts up to 800 fit, so a need of ≤500 passes. A range always is an envelope: 外径 60~300 takes a part of 200.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from graph.ids import normalise
from graph.messages import N_, Listed, Message
from graph.model import Capability
from graph.values import Limit
from matching.pairing.gates.verdict import Outcome, Verdict, failed, passed, unknown
from matching.pairing.pair import Pair
from matching.pairing.units import factor

GATE = "envelope"
_SIZE = re.compile(r"(?:径|长度?|宽度?|高度?|厚度?|深度?|重量?|质量|模数|行程|尺寸|幅面|吨位|中心距|面积|体积|工件)$")
_MARGIN = 1e-9


@dataclass(frozen=True)
class Span:
    """An interval; an open side is infinite."""

    low: float
    high: float

    @classmethod
    def of(cls, limit: Limit, rate: float = 1.0) -> Span:
        """The interval of a limit, its values multiplied by ``rate``."""
        low = -math.inf if limit.low is None else limit.low * rate
        high = math.inf if limit.high is None else limit.high * rate
        return cls(low, high)

    def holds(self, other: Span) -> bool:
        """Whether ``other`` lies inside, but for rounding."""
        slack = _MARGIN * max([1.0, *(abs(x) for x in (self.low, self.high) if math.isfinite(x))])
        return self.low - slack <= other.low and other.high <= self.high + slack

    def meets(self, other: Span) -> bool:
        """Whether the two have a value in common."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        return low <= high + _MARGIN * max([1.0, *(abs(x) for x in (low, high) if math.isfinite(x))])

    @property
    def one_sided(self) -> bool:
        """Whether exactly one side is bounded."""
        return math.isinf(self.low) != math.isinf(self.high)

    @property
    def bound(self) -> Span:
        """The bounded side of a one-sided interval, as a point."""
        value = self.low if math.isinf(self.high) else self.high
        return Span(value, value)


def reach(asked: Span, given: Span, *, sizes: bool) -> Outcome:
    """Whether ``given`` reaches ``asked``; ``sizes`` when both speak of workpieces an equipment takes.

    ====================  =======================  ==========================================================
    asked                 given                    passes when
    ====================  =======================  ==========================================================
    any                   a point                  the point lies in what is asked
    one-sided             a range                  they meet; for sizes: the bound asked lies in the range
    one-sided             one-sided                what is given lies in what is asked; for sizes the reverse
    a point               one-sided, range         the point lies in what is given
    a range               one-sided, range         what is asked lies in what is given
    ====================  =======================  ==========================================================

    Intervals without a common value fail. A one-sided bound of the other direction, or a range that overlaps a range
    of a product without covering it, leaves open what the offer really has: unknown.
    """
    if not asked.meets(given):
        return Outcome.FAIL
    if given.low == given.high:
        return Outcome.PASS
    if not asked.one_sided:
        fits = given.holds(asked) or (asked.holds(given) and not sizes)
        return Outcome.PASS if fits else Outcome.FAIL if sizes else Outcome.UNKNOWN
    if given.one_sided and math.isinf(asked.low) != math.isinf(given.low):
        return Outcome.UNKNOWN
    if given.one_sided:
        fits = given.holds(asked) if sizes else asked.holds(given)
    else:
        fits = given.holds(asked.bound) or not sizes
    return Outcome.PASS if fits else Outcome.FAIL


def envelope(pair: Pair) -> tuple[Verdict, ...]:
    """Each technical limit the need states is within what the offer states for the same quantity.

    A quantity the offer does not state, units that cannot be compared and requirements without figures are asked.
    """
    read = tuple(_one(limit, pair) for limit in pair.wanted.limits)
    return read + tuple(_words(text, pair) for text in pair.wanted.unread_limits)


def _words(text: str, pair: Pair) -> Verdict:
    values: dict[str, object] = {"limit": text}
    if normalise(text) in {normalise(own) for own in pair.offered.unread_limits}:
        return passed(GATE, Message(N_("{limit}"), values))
    return unknown(GATE, Message(N_("“{limit}”无法自动核对"), values), Message(N_("请问能否满足“{limit}”？"), values))


def _one(asked: Limit, pair: Pair) -> Verdict:
    values: dict[str, object] = {"limit": str(asked)}
    ask = Message(N_("请问能否达到 {limit}？"), values)
    stated = [one for one in pair.offered.limits if normalise(one.name) == normalise(asked.name)]
    if not stated:
        return unknown(GATE, Message(N_("供方未写{name}（需求：{limit}）"), {**values, "name": asked.name}), ask)
    values["offered"] = Listed(map(str, stated))
    rates = [factor(one.unit, asked.unit) for one in stated]
    sizes = pair.offered.kind == Capability.LABEL and _SIZE.search(asked.name) is not None
    outcomes = {
        reach(Span.of(asked), Span.of(one, rate), sizes=sizes)
        for one, rate in zip(stated, rates, strict=True)
        if rate is not None
    }
    if None in rates:
        outcomes.add(Outcome.UNKNOWN)
    if Outcome.FAIL in outcomes:
        detail = Message(N_("供方 {offered}，达不到 {limit}"), values)
        return failed(GATE, detail, Message(N_("若能达到 {limit}"), values))
    if Outcome.UNKNOWN in outcomes:
        return unknown(GATE, Message(N_("供方 {offered}，与 {limit} 无法直接比较"), values), ask)
    return passed(GATE, Message(N_("{offered}，满足 {limit}"), values))
