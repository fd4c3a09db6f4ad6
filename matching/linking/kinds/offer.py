"""Offers and system solutions."""

from __future__ import annotations

from collections.abc import Iterator

from graph.messages import N_, Message
from graph.model import Grade, Offer, Solution
from matching.linking.evidence import Evidence
from matching.linking.facts import Firm, Rules
from matching.linking.kinds.naming import named
from matching.linking.lexicon import Lexicon

TITLE = N_("供给与方案")
SAID = N_("发布供给“{name}”（{source}）")


def find(firm: Firm, lexicon: Lexicon, _: Rules) -> Iterator[Evidence]:
    """An offer or a system solution the firm posted: medium, since offering is not proof of making."""
    for post in firm.posted:
        if post.label in {Offer.LABEL, Solution.LABEL}:
            said = Message(SAID, {"name": post.name, "source": post.origin.source})
            for segment, phrase, hit in named(post, lexicon):
                yield Evidence("offer", segment, phrase, Grade.MEDIUM, post.origin, said, hit)
