"""What a scorer finds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from graph.messages import Message
from matching.pairing.listings import Evidence
from matching.pairing.pair import Pair


@dataclass(frozen=True)
class Finding:
    """A value in [0,1] and the sentence that says why; None when what it needs is missing, which is not zero."""

    value: float | None
    reason: Message
    evidence: tuple[Evidence, ...] = ()


Scorer = Callable[[Pair], Finding]
