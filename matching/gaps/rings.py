"""Rings 圈层: how far from the district a firm works. A ring is a filter the user sets, never a score."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from graph.messages import N_

WUJIN = "320412"
DELTA_PROVINCES = frozenset({"31", "32", "33", "34"})
_CODE_LENGTHS = frozenset({2, 4, 6, 9, 12})


class Ring(StrEnum):
    """From near to far; a filter at one ring lets the nearer ones through."""

    DISTRICT = "district"
    CITY = "city"
    DELTA = "delta"
    NATIONAL = "national"


RING_TITLES = {
    Ring.DISTRICT: N_("本区"),
    Ring.CITY: N_("本市"),
    Ring.DELTA: N_("长三角"),
    Ring.NATIONAL: N_("国内"),
}
_ORDER = list(Ring)


def _ring_of_code(code: str, district: str) -> Ring | None:
    if not code.isdigit() or len(code) not in _CODE_LENGTHS:
        return None
    if code.startswith(district):
        return Ring.DISTRICT
    if code.startswith(district[:4]):
        return Ring.CITY
    return Ring.DELTA if code[:2] in DELTA_PROVINCES else Ring.NATIONAL


def ring_of(codes: Iterable[str], district: str = WUJIN) -> Ring | None:
    """Return the nearest ring that division codes (GB/T 2260, towns with nine digits) vouch for; None when none does.

    A code less precise than a district says only what it says: ``3204`` is in the city, perhaps in the district.
    """
    rings = [ring for code in codes if (ring := _ring_of_code(code, district)) is not None]
    return min(rings, key=_ORDER.index, default=None)


def within(ring: Ring | None, limit: Ring | None) -> bool:
    """Whether a firm of ``ring`` passes the filter ``limit``; no limit lets all through, an unknown place only that."""
    if limit is None:
        return True
    return ring is not None and _ORDER.index(ring) <= _ORDER.index(limit)
