"""What the firm buys."""

from __future__ import annotations

from collections.abc import Iterator

from graph.messages import N_, Message
from graph.model import Grade
from matching.linking.evidence import Evidence
from matching.linking.facts import Firm, Rules
from matching.linking.lexicon import Lexicon

TITLE = N_("采购上游产品")
SAID = N_("采购“{name}”，是“{segment}”的上游（{source}）")


def find(firm: Firm, lexicon: Lexicon, _: Rules) -> Iterator[Evidence]:
    """A purchase of what feeds the segment: weak, and it counts only beside other evidence of the segment."""
    for purchase in firm.purchases:
        inputs = {hit.segment for hit in lexicon.read(purchase.name) if hit.clean}
        for segment in lexicon.segments.values():
            if inputs & set(segment.inputs):
                values: dict[str, object] = {
                    "name": purchase.name,
                    "segment": segment.name,
                    "source": purchase.origin.source,
                }
                said = Message(SAID, values)
                grade = Grade.WEAK
                yield Evidence("purchase", segment.id, purchase.name, grade, purchase.origin, said, supporting=True)
