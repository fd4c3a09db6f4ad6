"""What can be taken away in a what-if."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from graph.messages import N_


class RemovalKind(StrEnum):
    """What is taken away: a firm, one of its plants, a segment, imports from a country, or all firms of a town."""

    FIRM = "firm"
    SITE = "site"
    SEGMENT = "segment"
    COUNTRY = "country"
    TOWN = "town"


REMOVAL_TITLES = {
    RemovalKind.FIRM: N_("企业"),
    RemovalKind.SITE: N_("厂区"),
    RemovalKind.SEGMENT: N_("环节"),
    RemovalKind.COUNTRY: N_("进口来源"),
    RemovalKind.TOWN: N_("镇街"),
}
ALL_IMPORTS = "*"
"""Stands for every country."""
EVERY_COUNTRY = N_("全部进口")


@dataclass(frozen=True, slots=True)
class Removal:
    """One thing taken away; ``ref`` is its id, a country's name (``*``: every country) or a division's code."""

    kind: RemovalKind
    ref: str
    name: str
