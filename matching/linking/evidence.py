"""A piece of evidence that a firm works in a segment, and how much it weighs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from graph.messages import N_, Message
from graph.model import Grade
from matching.linking.facts import Origin
from matching.linking.words import Hit, How

GRADE_WEIGHTS = {Grade.STRONG: 0.7, Grade.MEDIUM: 0.4, Grade.WEAK: 0.15}
HOW_WEIGHTS = {How.EXACT: 1.0, How.HEAD: 0.9, How.INSIDE: 0.5, How.NEAR: 0.5}
GRADES = tuple(Grade)
"""The strongest first."""

READS = {
    How.EXACT: N_("“{part}”就是环节词“{term}”"),
    How.HEAD: N_("“{part}”的中心词是环节词“{term}”"),
    How.INSIDE: N_("“{part}”含有环节词“{term}”，但中心词不同"),
    How.NEAR: N_("“{part}”与环节词“{term}”用字相近"),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one statement says: its kind (a key of ``KINDS``), the phrase, and how the phrase holds a term.

    ``supporting`` evidence counts only beside some other; ``hit`` is None where the firm names the segment itself;
    ``asks`` is what has to be asked before it is believed.
    """

    kind: str
    segment: str
    phrase: str
    grade: Grade
    origin: Origin
    said: Message
    hit: Hit | None = None
    supporting: bool = False
    asks: Message | None = None

    @property
    def key(self) -> str:
        """What makes it the same evidence when it is met again, whoever says it and whenever."""
        return f"{self.kind}:{self.phrase}"

    @property
    def clean(self) -> bool:
        """Whether no word of it speaks against it."""
        return self.hit is None or self.hit.clean

    @property
    def exact(self) -> bool:
        """Whether it names the thing itself."""
        return self.hit is None or self.hit.how in (How.EXACT, How.HEAD)

    @property
    def weight(self) -> float:
        """Between 0 and 1: its grade's weight by how surely it names the thing."""
        return GRADE_WEIGHTS[self.grade] * (HOW_WEIGHTS[self.hit.how] if self.hit else 1.0)

    def fresh(self, today: date, days: int) -> bool:
        """Whether it was observed within ``days``; evidence nobody dated is not."""
        seen = self.origin.observed_on
        return seen is not None and seen >= today - timedelta(days=days)

    @property
    def sentence(self) -> Message:
        """What it says and why that means the segment."""
        if self.hit is None:
            return self.said
        values: dict[str, object] = {"part": self.hit.part, "term": self.hit.term}
        return Message(N_("{said}：{read}"), {"said": self.said, "read": Message(READS[self.hit.how], values)})
