"""What a criterion finds in a firm."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from graph.messages import Message
from matching.gaps.targets.prospect import Prospect
from matching.gaps.view import View


@dataclass(frozen=True, slots=True)
class Finding:
    """A value in [0, 1] and the sentences that say why; None when what it needs is missing, which is not zero."""

    value: float | None
    reasons: tuple[Message, ...]


Criterion = Callable[[View, Prospect], Finding]
