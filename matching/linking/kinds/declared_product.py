"""Declared products. A share is a secret of the firm, so the sentence does not quote it."""

from __future__ import annotations

from collections.abc import Iterator

from graph.messages import N_, Message
from graph.model import Grade
from matching.linking.evidence import Evidence
from matching.linking.facts import Firm, Rules
from matching.linking.lexicon import Lexicon

TITLE = N_("自报产品")
SAID = N_("产品中有“{name}”，未报收入占比（{source}）")
SMALL = N_("产品中有“{name}”，收入占比不足 {least:.0%}（{source}）")


def find(firm: Firm, lexicon: Lexicon, rules: Rules) -> Iterator[Evidence]:
    """A product the firm is said to make without a share of its revenue, or with a share below ``main_share``:
    medium.
    """  # noqa: D205
    for product in firm.products:
        small = product.share is not None and product.share < rules.main_share
        if product.origin.grade is Grade.WEAK or not (small or product.share is None):
            continue
        values: dict[str, object] = {"name": product.name, "least": rules.main_share, "source": product.origin.source}
        for hit in lexicon.read(product.name):
            said = Message(SMALL if small else SAID, values)
            yield Evidence("declared_product", hit.segment, product.name, Grade.MEDIUM, product.origin, said, hit)
