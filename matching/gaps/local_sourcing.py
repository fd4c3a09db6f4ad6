"""Local sourcing rate 本地配套率 of a chain, by value."""

from __future__ import annotations

from collections import defaultdict

from matching.gaps.attribution import rate
from matching.gaps.facts import PurchaseFact
from matching.gaps.figure import Figure
from matching.gaps.view import View


def local_sourcing(view: View) -> dict[str, Figure]:
    """Part of what the firms of a chain buy that comes from the ring, by value (DOMAIN 4.4).

    ``Σ purchases from ring r / Σ purchases``, over the purchases of the chain's firms at home (confirmed in one of its
    segments, or leading it), in whatever segment, whose source is settled: see ``attribution.attribute``. The note
    gives what part of the reported value that is, the bounds over all of it, and how many of the firms reported.
    Missing when that part is below ``Thresholds.sourcing_settled``. Range 0-1.
    """
    bought: dict[str, list[PurchaseFact]] = defaultdict(list)
    for segment in view.segments:
        for fact in view.purchases(segment):
            bought[fact.buyer].append(fact)
    figures = {}
    for chain in view.chains.values():
        firms = {link.firm.id for segment in view.members(chain.id) for link in view.locals(segment.id)}
        firms |= {leader for leader in chain.leaders if view.is_home(leader)}
        facts = [fact for firm in sorted(firms) for fact in bought.get(firm, ())]
        needed = view.facts.settings.of([chain.id]).thresholds.sourcing_settled
        figures[chain.id] = rate(view, facts, firms, needed)
    return figures
