"""Reported main products. The share itself is a secret of the firm, so the sentence does not quote it."""

from __future__ import annotations

from collections.abc import Iterator

from graph.messages import N_, Message
from graph.model import Grade
from matching.linking.evidence import Evidence
from matching.linking.facts import Firm, Rules
from matching.linking.lexicon import Lexicon

TITLE = N_("上报主营产品")
SHARE = N_("“{name}”是主营产品，收入占比不低于 {least:.0%}（{source}）")
LISTED = N_("主要产品列有“{name}”（{source}）")


def find(firm: Firm, lexicon: Lexicon, rules: Rules) -> Iterator[Evidence]:
    """A product with a reported share of the revenue of at least ``main_share``: strong. Main products a person or
    the firm itself reported: strong; from other sources: medium.
    """  # noqa: D205  the docstring is shown as one paragraph
    for product in firm.products:
        if product.share is None or product.share < rules.main_share or product.origin.grade is Grade.WEAK:
            continue
        said = Message(SHARE, {"name": product.name, "least": rules.main_share, "source": product.origin.source})
        for hit in lexicon.read(product.name):
            yield Evidence("main_product", hit.segment, product.name, Grade.STRONG, product.origin, said, hit)
    for name in firm.main_products:
        said = Message(LISTED, {"name": name, "source": firm.origin.source})
        for hit in lexicon.read(name):
            yield Evidence("main_product", hit.segment, name, firm.origin.grade, firm.origin, said, hit)
