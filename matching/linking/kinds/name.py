"""The firm's name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.messages import N_, Message
from graph.model import Grade
from matching.linking.evidence import Evidence
from matching.linking.facts import Firm, Rules
from matching.linking.lexicon import Lexicon

TITLE = N_("企业名称")
SAID = N_("企业名称为“{name}”")

_FORM = re.compile(r"(?:科技|制造|实业|工业|技术|集团|\(集团\))*(?:股份|集团)*(?:有限责任|有限)?公司$")


def find(firm: Firm, lexicon: Lexicon, _: Rules) -> Iterator[Evidence]:
    """A term at the end of the name, its legal form aside: weak."""
    bare = _FORM.sub("", firm.name)
    for hit in lexicon.vocabulary.read(bare):
        said = Message(SAID, {"name": firm.name})
        yield Evidence("name", hit.segment, firm.name, Grade.WEAK, firm.origin, said, hit)
