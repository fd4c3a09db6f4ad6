"""What a gate finds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from graph.messages import Message
from matching.pairing.pair import Pair


class Outcome(StrEnum):
    """``unknown`` is neither a pass nor a fail: it is a question to ask."""

    PASS = "pass"  # noqa: S105  no password
    FAIL = "fail"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Verdict:
    """A gate's finding on one thing the need asks.

    ``ask`` is the question that would settle an unknown; ``gap`` what would let a failed one pass, None when nothing
    the offering firm or the buyer can do would.
    """

    gate: str
    outcome: Outcome
    detail: Message
    ask: Message | None = None
    gap: Message | None = None


Gate = Callable[[Pair], tuple[Verdict, ...]]


def passed(gate: str, detail: Message) -> Verdict:
    """A pass."""
    return Verdict(gate, Outcome.PASS, detail)


def failed(gate: str, detail: Message, gap: Message | None) -> Verdict:
    """A fail and what would cure it."""
    return Verdict(gate, Outcome.FAIL, detail, gap=gap)


def unknown(gate: str, detail: Message, ask: Message) -> Verdict:
    """An unknown and the question it raises."""
    return Verdict(gate, Outcome.UNKNOWN, detail, ask=ask)
