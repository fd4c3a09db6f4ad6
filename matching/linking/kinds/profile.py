"""What the firm says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.messages import N_, Message
from graph.model import Grade
from matching.linking.evidence import Evidence
from matching.linking.facts import Firm, Rules
from matching.linking.lexicon import Lexicon

TITLE = N_("企业简介")
SAID = N_("简介写有“{phrase}”（{source}）")

_CLAUSES = re.compile(r"[，。；;,、\n]")


def find(firm: Firm, lexicon: Lexicon, _: Rules) -> Iterator[Evidence]:
    """The firm's profile, clause by clause: medium."""
    for phrase in filter(None, map(str.strip, _CLAUSES.split(firm.profile))):
        said = Message(SAID, {"phrase": phrase, "source": firm.origin.source})
        for hit in lexicon.read(phrase):
            yield Evidence("profile", hit.segment, phrase, Grade.MEDIUM, firm.origin, said, hit)
