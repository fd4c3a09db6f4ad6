"""What every page with a ring shows of it: the choices around the district, and where the firms are."""

from __future__ import annotations

from api.rings import RingChoice
from api.schemas.chains import Whereabouts
from graph.district import District
from matching.gaps import RING_TITLES
from matching.gaps.presence import Presence
from matching.rings import rings_of


def reach_choices(ring: RingChoice, district: District) -> dict[str, object]:
    """The ring looked at, and the ones around a district to choose from."""
    offered = {*(RingChoice.of(one) for one in rings_of(district)), RingChoice.ANYWHERE, ring}
    return {"ring": ring, "rings": [one for one in RingChoice if one in offered], "ring_titles": RING_TITLES}


def ring_choices(ring: RingChoice, where: Presence) -> dict[str, object]:
    """``reach_choices`` around the district of ``where``, the ring a page opens on, and what the ring counts."""
    shown = {"opening": RingChoice.of(where.opening), "where": Whereabouts.of(where, ring.ring)}
    return reach_choices(ring, where.district) | shown
