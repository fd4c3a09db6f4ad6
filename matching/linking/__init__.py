"""Links of firms and segments 挂链: proposals from what is said of a firm, each with grade, state and evidence.

``propose_links`` is pure; ``fetch`` loads what it needs. Only a strong source or a person confirms; what is older than
``Rules.stale_days`` asks again. To add a kind of evidence see ``matching.linking.kinds``.
"""

from matching.linking.evidence import Evidence
from matching.linking.facts import Firm, Origin, Posted, Product, Rules, Sale, Segment
from matching.linking.kinds import KIND_TITLES, KINDS
from matching.linking.proposal import DOUBT, DOUBT_TITLE, Part, Proposal
from matching.linking.propose import propose_links

__all__ = [
    "DOUBT",
    "DOUBT_TITLE",
    "KINDS",
    "KIND_TITLES",
    "Evidence",
    "Firm",
    "Origin",
    "Part",
    "Posted",
    "Product",
    "Proposal",
    "Rules",
    "Sale",
    "Segment",
    "propose_links",
]
