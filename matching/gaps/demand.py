"""Demand pull 需求拉动 of a segment."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

from graph.messages import N_, Message
from matching.gaps.figure import Figure, missing
from matching.gaps.view import View

NOTE = N_("下游本地企业 {firms} 家次、其他采购企业 {buyers} 家、有效需求 {needs} 条；高于 {lower}/{others} 个环节")
UNKNOWN = N_("还没有下游企业、采购或需求的数据")

UNTOLD = N_("所在产业链没有记录供给关系、采购或需求，需求未知")


@dataclass(frozen=True, slots=True)
class Pull:
    """What pulls at a segment: weighted firms downstream, buyers beside them, open needs; ``total`` adds them up."""

    total: float
    firms: int = 0
    buyers: int = 0
    needs: int = 0

    @property
    def any(self) -> bool:
        """Whether anybody wants the segment."""
        return self.total > 0


def pulls(view: View) -> dict[str, Pull]:
    """Return ``Σ_down a_kj·size_j + buyers + λ·open needs`` of each segment, in firms.

    ``size_j`` is the number of firms confirmed in j at home; ``a_kj`` is 1 for an essential input and 1/m for one of m
    that replace each other. Buyers are firms at home that report purchases and are not counted downstream; ``λ`` is
    ``Weights.open_need``.
    """
    at_home = {segment: {link.firm.id for link in view.locals(segment)} for segment in view.segments}
    choices = Counter((feed.end, feed.group) for feeds in view.feeds_into.values() for feed in feeds)
    found = {}
    for segment in view.segments:
        feeds = view.feeds_from.get(segment, ())
        shares = [1.0 if f.essential or f.group is None else 1 / choices[f.end, f.group] for f in feeds]
        sizes = [len(at_home[feed.end]) for feed in feeds]
        downstream = set().union(*(at_home[feed.end] for feed in feeds))
        buyers = {fact.buyer for fact in view.purchases(segment)} - downstream
        needs = len({need.id for need in view.needs(segment)})
        weighted = sum(share * size for share, size in zip(shares, sizes, strict=True))
        total = weighted + len(buyers) + view.weights(segment).open_need * needs
        found[segment] = Pull(total, sum(sizes), len(buyers), needs)
    return found


def demand(view: View) -> dict[str, Figure]:
    """Demand of each segment: the percentile rank of its pull among all segments (DOMAIN 4.5).

    ``D_k = #{j: pull_j < pull_k} / (N - 1)``, so that no pull is 0 and never a middle score. Missing for all while
    nothing at all is known of demand, and where a chain has neither supply relations nor purchases nor needs.
    Range 0-1.
    """
    found = pulls(view)
    if not any(pull.any for pull in found.values()):
        return {segment: missing(UNKNOWN) for segment in found}
    ordered = sorted(pull.total for pull in found.values())
    others = len(found) - 1
    figures = {}
    for segment, pull in found.items():
        if not view.has_demand(segment):
            figures[segment] = missing(UNTOLD)
            continue
        lower = bisect_left(ordered, pull.total)
        counts = {"firms": pull.firms, "buyers": pull.buyers, "needs": pull.needs}
        note = Message(NOTE, {**counts, "lower": lower, "others": others})
        value = lower / others if others else 1.0
        figures[segment] = Figure(value, note, lower, others, len(found), len(found))
    return figures
