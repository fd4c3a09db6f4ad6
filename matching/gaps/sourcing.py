"""Category sourcing 品类配套率 of a chain."""

from __future__ import annotations

from graph.messages import N_, Message
from matching.gaps.figure import Counts, Figure, missing, ratio
from matching.gaps.view import View

NOTE = N_("链主采购的 {total} 个环节中 {known} 个有圈内确认企业；依据 {reported}/{leaders} 家链主填报的采购")
UNKNOWN = N_("{leaders} 家链主中没有一家填报采购")


def sourcing(view: View) -> dict[str, Figure]:
    """Part of the leaders' purchase categories with a confirmed supplier in the ring (DOMAIN 4.4, second form).

    ``#{k bought by leaders: n_k(r) ≥ 1} / #{k bought by leaders}``, where a category is a segment k the chain's leaders
    report purchases of, in whatever chain it lies. The first form, by value, is ``local_sourcing``. Range 0-1.
    """
    bought: dict[str, set[str]] = {}
    for fact in view.facts.purchases:
        if fact.segment in view.segments:
            bought.setdefault(fact.buyer, set()).add(fact.segment)
    figures = {}
    for chain in view.chains.values():
        reported = [leader for leader in chain.leaders if leader in bought]
        wanted = {segment for leader in reported for segment in bought[leader]}
        if not wanted:
            figures[chain.id] = missing(UNKNOWN, leaders=len(chain.leaders))
            continue
        served = [segment for segment in wanted if view.suppliers(segment)]
        counts: Counts = {"known": len(served), "total": len(wanted)}
        note = Message(NOTE, {**counts, "reported": len(reported), "leaders": len(chain.leaders)})
        figures[chain.id] = ratio(len(served), len(wanted), note, **counts)
    return figures
