"""Depth 有效供应商数 of a segment."""

from __future__ import annotations

from collections.abc import Iterable

from graph.messages import N_, Message
from matching.gaps.figure import Figure, missing
from matching.gaps.view import View

NOTE = N_("{total} 家确认企业的产能占比均已知")
NO_FIRMS = N_("没有确认企业")
UNKNOWN_SHARES = N_("{total} 家确认企业中 {known} 家的产能占比已知，不足以计算有效供应商数，只列企业数")


def effective_number(shares: Iterable[float]) -> float | None:
    """Return ``(Σ c_e)² / Σ c_e²``, the inverse Simpson index of shares on any scale; None when they are all zero.

    Hill, M. O. (1973), Diversity and evenness: a unifying notation, Ecology 54:427-432 (order 2).
    """
    values = list(shares)
    # scaled by the largest so that squares of tiny shares do not vanish
    largest = max(values, default=0.0)
    if largest == 0:
        return None
    scaled = [value / largest for value in values]
    return sum(scaled) ** 2 / sum(value * value for value in scaled)


def depth(view: View) -> dict[str, Figure]:
    """Depth of each segment: ``N_eff = 1 / Σ s_e²`` over its confirmed firms in the ring (DOMAIN 4.2).

    ``s_e`` is firm e's part of the capacity known, so N_eff lies between 1 and the number of firms. It is computed only
    when the capacity share of every firm is known; else the count stands alone (``total``), never an assumed equal
    share. A newcomer of at most twice the mean share never lowers it; a dominating one does, as concentration rises.
    """
    figures = {}
    for segment in view.segments:
        links = view.suppliers(segment)
        shares = [link.capacity_share for link in links if link.capacity_share is not None]
        count = {"known": len(shares), "total": len(links)}
        value = effective_number(shares) if len(shares) == len(links) else None
        if value is not None:
            figures[segment] = Figure(value, Message(NOTE, dict(count)), sum(shares) ** 2, _squares(shares), **count)
        else:
            figures[segment] = _unknown(count) if links else missing(NO_FIRMS)
    return figures


def _squares(shares: list[float]) -> float:
    return sum(share * share for share in shares)


def _unknown(count: dict[str, int]) -> Figure:
    return Figure(None, Message(UNKNOWN_SHARES, dict(count)), **count)
