"""Does whoever is found work within the ring the user set?"""

from __future__ import annotations

from graph.district import District
from graph.messages import N_, Message
from graph.model import PairSide
from matching.pairing.gates.verdict import Verdict, failed, passed, unknown
from matching.pairing.pair import Pair
from matching.pairing.reach import Places
from matching.rings import RING_TITLES, Ring, ring_of, rings_of, within

GATE = "ring"


def ring(pair: Pair) -> tuple[Verdict, ...]:
    """The nearest place of the firm found lies in the ring asked for; no verdict where none is asked for.

    Without a place, or with one that only names a larger division around the district, the firm is asked.
    """
    reach = pair.reach
    if reach is None:
        return ()
    party = (pair.wanted if pair.asks is PairSide.SELLER else pair.offered).party
    places = reach.places.get(party.id, ()) if party else ()
    home = reach.district.code
    own, nearest = _nearest(places, reach.district)
    values: dict[str, object] = {"ring": Message(RING_TITLES[reach.ring]), "place": nearest}
    if own is None:
        return (
            unknown(GATE, Message(N_("所在地未知（要求：{ring}）"), values), Message(N_("请问单位在哪个市、区？"))),
        )
    values["own"] = Message(RING_TITLES[own])
    if within(own, reach.ring):
        return (passed(GATE, Message(N_("在{place}，属{own}"), values)),)
    if any(home.startswith(code) and len(code) < len(home) for code, _ in places):
        detail = Message(N_("只知在{place}，是否在{ring}未知"), values)
        return (unknown(GATE, detail, Message(N_("请问在{place}的哪个区、镇？"), values)),)
    detail = Message(N_("在{place}，不在{ring}"), values)
    wider = next(one for one in rings_of(reach.district) if within(own, one))
    return (failed(GATE, detail, Message(N_("若圈层放宽到{own}"), values | {"own": Message(RING_TITLES[wider])})),)


def _nearest(places: Places, district: District) -> tuple[Ring | None, str]:
    """The ring of the nearest place that tells one, and its name; of equal ones the more precise."""
    order = list(Ring)
    known = [(order.index(found), -len(code), name) for code, name in places if (found := ring_of([code], district))]
    if not known:
        return None, ""
    place, _, name = min(known)
    return order[place], name
