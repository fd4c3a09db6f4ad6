"""Confidence 名录完整度 of a segment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from graph.messages import N_, Message
from matching.gaps.figure import Counts, Figure
from matching.gaps.view import View

NOTE = N_("{sources} 个独立来源共列出 {total} 家，估计实有 {estimate:.1f} 家")
TOO_FEW = N_("{sources} 个来源，列出 {total} 家；至少 3 个独立来源才能估计完整度")
NO_FIRMS = N_("没有确认企业，无法估计完整度")
MINIMUM_SOURCES = 3


def chao2(incidences: Sequence[int], sources: int) -> float:
    """Return the bias-corrected Chao2 estimate of how many there are: ``S + (m-1)/m · Q1(Q1-1) / (2(Q2+1))``.

    ``incidences`` holds for each firm seen in how many of the ``sources`` it stands; Q1, Q2 count those in one, in two.
    Chao, A. (1987), Biometrics 43:783-791; Chao, A. (2005), Encyclopedia of Statistical Sciences 12:7907-7916.
    """
    once, twice = incidences.count(1), incidences.count(2)
    return len(incidences) + (sources - 1) / sources * once * (once - 1) / (2 * (twice + 1))


def confidence(view: View) -> dict[str, Figure]:
    """Confidence in the firms of each segment: ``S_obs / Ŝ`` with Chao2 from three sources on (DOMAIN 4.8).

    Sources are those that confirm a firm of the segment in the ring. With fewer than three it is missing and says how
    many there are; without firms it is undefined and the evidence test decides instead. Range 0-1.
    """
    figures = {}
    for segment in view.segments:
        links = view.suppliers(segment)
        named = Counter(source for link in links for source in link.sources)
        counts: Counts = {"known": len(named), "total": len(links)}
        said: dict[str, object] = {"sources": len(named), "total": len(links)}
        if len(named) < MINIMUM_SOURCES:
            note = Message(TOO_FEW, said) if links else Message(NO_FIRMS)
            figures[segment] = Figure(None, note, **counts)
            continue
        estimate = chao2([len(link.sources) for link in links], len(named))
        note = Message(NOTE, {**said, "estimate": estimate})
        figures[segment] = Figure(len(links) / estimate, note, len(links), estimate, **counts)
    return figures
