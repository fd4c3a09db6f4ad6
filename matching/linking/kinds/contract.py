"""Sales: what customers get from the firm."""

from __future__ import annotations

from collections.abc import Iterator

from graph.messages import N_, Message
from graph.model import Grade
from matching.linking.evidence import Evidence
from matching.linking.facts import Firm, Rules
from matching.linking.lexicon import Lexicon

TITLE = N_("供货关系")
SAID = N_("向 {customer} 供应“{name}”（{source}）")


def find(firm: Firm, lexicon: Lexicon, _: Rules) -> Iterator[Evidence]:
    """A supply relation that names the product: strong where a person reported it or the customer qualified the
    firm, else medium.
    """  # noqa: D205
    for sale in firm.sales:
        grade = Grade.STRONG if sale.qualified or sale.origin.grade is Grade.STRONG else Grade.MEDIUM
        for name in sale.products:
            said = Message(SAID, {"customer": sale.customer, "name": name, "source": sale.origin.source})
            for hit in lexicon.read(name):
                yield Evidence("contract", hit.segment, name, grade, sale.origin, said, hit)
