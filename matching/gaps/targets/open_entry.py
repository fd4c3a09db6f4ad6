"""Open entry: no criterion may look at where a firm sits; this moves the firms and looks whether anything changes.

The words of rules, weights and thresholds are read by ``matching.gaps.fairness``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from graph.messages import Message
from matching.gaps.fairness import PLACE, UnfairRule
from matching.gaps.targets.finding import Criterion
from matching.gaps.targets.prospect import Prospect
from matching.gaps.view import View
from matching.rings import Ring


def _moved(prospect: Prospect, ring: Ring) -> Prospect:
    """The same firm somewhere else: another ring, other divisions, as many of them."""
    codes = tuple(f"99{number:04d}" for number in range(len(prospect.firm.codes)))
    firm = replace(prospect.firm, ring=ring, places=("elsewhere",) * len(prospect.firm.places), codes=codes)
    link = replace(prospect.link, firm=firm) if prospect.link else None
    return replace(prospect, firm=firm, link=link)


def check_criteria(view: View, prospects: Iterable[Prospect], criteria: Mapping[str, Criterion]) -> None:
    """Refuse criteria that value a firm otherwise when it sits somewhere else and nothing more is changed.

    Raises:
        UnfairRule: naming the criterion.
    """
    for prospect in prospects:
        for name, criterion in criteria.items():
            here = criterion(view, prospect).value
            if any(criterion(view, _moved(prospect, ring)).value != here for ring in Ring):
                raise UnfairRule(where=name, rule=name, subject=Message(PLACE))
