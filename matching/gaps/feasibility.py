"""Feasibility 可行性 of filling a segment."""

from __future__ import annotations

from graph.messages import N_, Message
from matching.gaps.candidates import connectable, convertible, topics
from matching.gaps.figure import Figure, missing
from matching.gaps.view import View

NOTE = N_("可转产的本地企业 {convertible} 家、可对接的圈外企业 {connectable} 家、相关科技成果 {topics} 项")
UNKNOWN = N_("没有记录到可转产的本地企业、可对接的圈外企业或相关科技成果")


def feasibility(view: View) -> dict[str, Figure]:
    """Feasibility of filling each segment: ``.5·1[convertible] + .3·1[connectable] + .2·1[research]`` (DOMAIN 4.10).

    A simple first measure: whether a firm at home could convert, whether a confirmed firm of the delta could be
    connected, whether a research result is on offer; weights are in ``Weights``. Nothing recorded is missing, since
    nobody may have looked. Range 0-1.
    """
    figures = {}
    for segment in view.segments:
        own = view.weights(segment)
        weights = (own.convertible, own.connectable, own.achievement)
        counts = [len(find(view, segment)) for find in (convertible, connectable, topics)]
        known = sum(count > 0 for count in counts)
        if not known:
            figures[segment] = missing(UNKNOWN, total=len(counts))
            continue
        note = Message(NOTE, dict(zip(("convertible", "connectable", "topics"), counts, strict=True)))
        value = sum(weight for weight, count in zip(weights, counts, strict=True) if count)
        figures[segment] = Figure(value, note, value, 1.0, known, len(counts))
    return figures
