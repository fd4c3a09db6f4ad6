"""Local supply 本地供应占比 of a segment, by value."""

from __future__ import annotations

from matching.gaps.attribution import rate
from matching.gaps.figure import Figure
from matching.gaps.view import View


def local_supply(view: View) -> dict[str, Figure]:
    """Part of what firms at home buy of a segment that comes from the ring, by value (DOMAIN 4.4).

    ``Σ purchases of k from ring r / Σ purchases of k``, over the purchases whose source is settled: see
    ``attribution.attribute``. Who should have reported: the firms at home confirmed in a segment that k goes into, and
    whoever did report. Missing when less than
    ``Thresholds.sourcing_settled`` of the reported amount is settled. Range 0-1.
    """
    return {
        segment: rate(
            view,
            view.purchases(segment),
            {link.firm.id for feed in view.feeds_from.get(segment, ()) for link in view.locals(feed.end)},
            view.thresholds(segment).sourcing_settled,
        )
        for segment in view.segments
    }
