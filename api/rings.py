"""The ring 圈层 a user sets, as it is written in an address and on the command line."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matching.gaps import Ring


class RingChoice(StrEnum):
    """How far away a supplier may be to count."""

    DISTRICT = "district"
    CITY = "city"
    PROVINCE = "province"
    DELTA = "delta"
    NATIONAL = "national"
    ANYWHERE = "anywhere"

    @property
    def ring(self) -> Ring | None:
        """The ring of the domain; None counts firms whose place is unknown, too."""
        from matching.gaps import Ring

        return None if self is RingChoice.ANYWHERE else Ring(self.value)

    @classmethod
    def of(cls, ring: Ring | None) -> RingChoice:
        """How a ring of the domain is written."""
        return cls(ring.value) if ring else cls.ANYWHERE
