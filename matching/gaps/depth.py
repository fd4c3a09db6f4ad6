"""Depth 有效供应商数 of a segment."""

from __future__ import annotations

from collections.abc import Iterable

from graph.messages import N_, Message
from matching.gaps.figure import Counts, Figure, sums
from matching.gaps.view import View

NOTE = N_("{total} 家确认企业的产能占比均已知")
NO_FIRMS = N_("没有确认企业")
UNKNOWN_SHARES = N_("{total} 家确认企业中只有 {known} 家的产能占比已知，不计算有效供应商数，只列企业数")


def effective_number(shares: Iterable[float]) -> float | None:
    """Return ``(Σ c_e)² / Σ c_e²``, the inverse Simpson index of shares on any scale; None when none is positive.

    Hill, M. O. (1973), Diversity and evenness: a unifying notation, Ecology 54:427-432 (order 2).
    """
    values = list(shares)
    largest = max(values, default=0.0)
    if largest <= 0:
        return None
    scaled = [value / largest for value in values]  # squares of tiny shares must not vanish
    return sum(scaled) ** 2 / sum(value * value for value in scaled)


def depth(view: View) -> dict[str, Figure]:
    """Depth of each segment: ``N_eff = 1 / Σ s_e²`` over its confirmed firms in the ring (DOMAIN 4.2).

    ``s_e`` is firm e's part of the capacity known, so N_eff lies between 1 and the number of firms. It is computed only
    when every firm has a positive capacity share; else the count stands alone (``total``), never an assumed equal
    share. A newcomer of at most twice the mean share never lowers it; a dominating one does, as concentration rises.
    """
    figures = {}
    for segment in view.segments:
        links = view.suppliers(segment)
        shares = [link.capacity_share for link in links if link.capacity_share]
        counts: Counts = {"known": len(shares), "total": len(links)}
        value = effective_number(shares) if len(shares) == len(links) else None
        template = NOTE if value is not None else UNKNOWN_SHARES if links else NO_FIRMS
        behind = [(link.firm.id, segment) for link in links if link.capacity_share]
        note = Message(template, dict(counts))
        figures[segment] = Figure(value, note, value, 1.0 if value else None, **counts, secrets=sums(behind))
    return figures
