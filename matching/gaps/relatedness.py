"""Relatedness 关联度 of a segment that is not here to what is here: where to extend a chain 延链."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from graph.messages import N_, Listed, Message
from graph.model import LinkState
from matching.gaps.colocation import Relatedness, related, varied
from matching.gaps.figure import Figure, missing
from matching.gaps.links import Link
from matching.gaps.view import View
from matching.rings import within

NOTE = N_(
    "本区已有{names}，在外地 {together} 个地方与它同时出现（外地有它的共 {places} 个）；"
    "关联密度 {density:.0%}，按各环节常见程度应为 {expected:.0%}；"
    "依据 {records} 条外地企业记录，其中 {unconfirmed} 条未确认"
)
ALONE = N_("外地有它的 {places} 个地方都没有本区已有的环节；依据 {records} 条外地企业记录，其中 {unconfirmed} 条未确认")
PRESENT = N_("本区已有确认企业")
FEW_PLACES = N_("外地有两个以上环节记录的地方只有 {places} 个，至少要 {needed} 个才能判断哪些环节常在一起")
NOT_SEEN = N_("外地有两个以上环节记录的地方中，只有 {places} 个有该环节，至少要 {needed} 个")

_MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
_NAMED = 3
_MINIMUM_PLACES = 3


def city_of(code: str) -> str | None:
    """The prefecture or municipality of a division code; None for a code that names none."""
    if code[:2] in _MUNICIPALITIES:
        return code[:2]
    return code[:4] if len(code) >= 4 else None


def _elsewhere(view: View) -> list[tuple[Link, frozenset[str]]]:
    """Links of firms away from home that nobody ruled out, as stated for the segment itself, with their cities."""
    return [
        (link, frozenset(city for code in link.firm.codes if (city := city_of(code))))
        for links in view.links.values()
        for link in links
        if link.via is None and link.state is not LinkState.REJECTED and not within(link.firm.ring, view.home)
    ]


def _places(links: list[tuple[Link, frozenset[str]]]) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for link, cities in links:
        for city in cities:
            found[city].add(link.segment)
    return found


def _reason(view: View, found: Relatedness, links: list[tuple[Link, frozenset[str]]]) -> Message:
    values: dict[str, object] = {
        "records": len(links),
        "unconfirmed": sum(link.state is LinkState.UNCERTAIN for link, _ in links),
        "places": found.places,
    }
    if not found.beside:
        return Message(ALONE, values)
    beside = (f"{view.segments[one.segment].name}（{one.places}）" for one in found.beside)
    values |= {"names": Listed(beside, _NAMED), "together": found.together}
    return Message(NOTE, values | {"density": found.density, "expected": found.expected})


def kin(view: View) -> dict[str, Relatedness]:
    """How related each segment that is not here is, as far as it is seen elsewhere at all; however few the places."""
    here = {segment for segment in view.segments if view.locals(segment)}
    return related(_places(_elsewhere(view)), here)


def kindred(view: View, found: Relatedness | None) -> tuple[str, ...]:
    """Names of the segments here that one elsewhere is related to, the nearest first; none unless it is related."""
    if found is None or found.residual <= 0:
        return ()
    return tuple(view.segments[one.segment].name for one in found.beside[:_NAMED])


def relatedness(view: View) -> dict[str, Figure]:
    """Relatedness of a segment that is not here: ``max(0, ω_k − ω°_k)`` (what DOMAIN 4.9 means by related).

    ω is the relatedness density of Hidalgo et al. (2007), ω° what the commonness of the segments alone would give: see
    ``colocation.related``. Places are the cities away from home in which firms are confirmed in, or said or implied to
    work in, at least two segments; here are the segments with a confirmed firm at home. Missing for a segment that is
    here, with fewer than ``Thresholds.colocation_minimum`` places, or with fewer than three of them having the segment.
    Range 0-1.
    """
    links = _elsewhere(view)
    places = varied(_places(links))
    found = kin(view)
    figures = {}
    for segment in view.segments:
        one, needed = found.get(segment), view.thresholds(segment).colocation_minimum
        if view.locals(segment):
            figures[segment] = missing(PRESENT)
        elif len(places) < needed:
            figures[segment] = missing(
                FEW_PLACES, known=len(places), total=len(places), places=len(places), needed=needed
            )
        elif one is None or one.places < _MINIMUM_PLACES:
            figures[segment] = missing(NOT_SEEN, places=one.places if one else 0, needed=_MINIMUM_PLACES)
        else:
            value = max(0.0, one.residual)
            figures[segment] = Figure(value, _reason(view, one, links), value, 1.0, one.together, one.places)
    return figures
