"""Rings 圈层: how far from the district a firm works. A ring is a filter the user sets, never a score."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from graph.district import DELTA_PROVINCES, WUJIN, District
from graph.messages import N_

_CODE_LENGTHS = frozenset({2, 4, 6, 9, 12})


class Ring(StrEnum):
    """From near to far; a filter at one ring lets the nearer ones through."""

    DISTRICT = "district"
    CITY = "city"
    PROVINCE = "province"
    DELTA = "delta"
    NATIONAL = "national"


RING_TITLES = {
    Ring.DISTRICT: N_("本区"),
    Ring.CITY: N_("本市"),
    Ring.PROVINCE: N_("本省"),
    Ring.DELTA: N_("长三角"),
    Ring.NATIONAL: N_("国内"),
}
_ORDER = list(Ring)


def around(district: District) -> Ring:
    """The ring beyond the city from which suppliers are fetched in hours: the delta, elsewhere the province."""
    return Ring.DELTA if district.in_delta else Ring.PROVINCE


def rings_of(district: District) -> tuple[Ring, ...]:
    """The rings a district is looked at with, from near to far."""
    return Ring.DISTRICT, Ring.CITY, around(district), Ring.NATIONAL


def _ring_of_code(code: str, district: District) -> Ring | None:
    if not code.isdigit() or len(code) not in _CODE_LENGTHS:
        return None
    if code.startswith(district.code):
        return Ring.DISTRICT
    if code.startswith(district.city):
        return Ring.CITY
    if code.startswith(district.code[:2]):
        return Ring.PROVINCE
    return Ring.DELTA if district.in_delta and code[:2] in DELTA_PROVINCES else Ring.NATIONAL


def ring_of(codes: Iterable[str], district: District = WUJIN) -> Ring | None:
    """Return the nearest ring that division codes (GB/T 2260, towns with nine digits) vouch for; None when none does.

    A code less precise than a district says only what it says: ``3204`` is in the city, perhaps in the district.
    """
    rings = [ring for code in codes if (ring := _ring_of_code(code, district)) is not None]
    return min(rings, key=_ORDER.index, default=None)


def nearest_with(rings: Iterable[Ring | None]) -> Ring | None:
    """The nearest ring that lets any of ``rings`` through; None, without a limit, when all are of unknown place."""
    return min(filter(None, rings), key=_ORDER.index, default=None)


def within(ring: Ring | None, limit: Ring | None) -> bool:
    """Whether a firm of ``ring`` passes the filter ``limit``; no limit lets all through, an unknown place only that."""
    if limit is None:
        return True
    return ring is not None and _ORDER.index(ring) <= _ORDER.index(limit)
