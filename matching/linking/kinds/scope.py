"""Registered business scope."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.messages import N_, Message
from graph.model import Grade
from matching.linking.evidence import Evidence
from matching.linking.facts import Firm, Rules
from matching.linking.lexicon import Lexicon

TITLE = N_("经营范围")
SAID = N_("经营范围写有“{phrase}”（{source}）")

_ITEMS = re.compile(r"[，。；;,\n]")


def find(firm: Firm, lexicon: Lexicon, _: Rules) -> Iterator[Evidence]:
    """The registered scope, item by item, and products taken from it: weak. It says what a firm may do, not what it
    does.
    """  # noqa: D205
    items = [(phrase.strip(), firm.origin) for phrase in _ITEMS.split(firm.business_scope) if phrase.strip()]
    items += [(product.name, product.origin) for product in firm.products if product.origin.grade is Grade.WEAK]
    for phrase, origin in items:
        said = Message(SAID, {"phrase": phrase, "source": origin.source})
        for hit in lexicon.vocabulary.read(phrase):
            yield Evidence("scope", hit.segment, phrase, Grade.WEAK, origin, said, hit)
