"""Which segments firms belong to, as far as what is said of them tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from graph.model import Grade
from matching.linking.doubts import doubt, line_doubt
from matching.linking.evidence import Evidence
from matching.linking.facts import Firm, Rules, Segment
from matching.linking.kinds import KINDS
from matching.linking.lexicon import Lexicon
from matching.linking.proposal import Proposal, propose


def propose_links(firms: Iterable[Firm], segments: Iterable[Segment], rules: Rules, today: date) -> Iterator[Proposal]:
    """Propose links of firms, a firm's best first; the same input gives the same proposals in the same order."""
    known = list(firms)
    lexicon = Lexicon(segments, rules)
    lexicon.prepare(known)
    for firm in known:
        by_segment: dict[str, list[Evidence]] = {}
        for find in KINDS.values():
            for one in find(firm, lexicon, rules):
                asks, grade = line_doubt(firm, one, lexicon.vocabulary, rules), _vouched(one)
                by_segment.setdefault(one.segment, []).append(replace(one, asks=asks, grade=grade))
        doubted = doubt(firm)
        found = (propose(firm.id, by_segment[segment], doubted, rules, today) for segment in sorted(by_segment))
        yield from sorted(filter(None, found), key=lambda one: (-one.score, one.segment))


def _vouched(one: Evidence) -> Grade:
    """How strong evidence is: what the firm's contact says, certificates and shares as well, nobody has seen."""
    return Grade.MEDIUM if one.origin.declared and one.grade is Grade.STRONG else one.grade
