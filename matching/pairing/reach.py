"""How far away whoever is found may work: the ring 圈层 the user set, and where firms are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.queries import queries

if TYPE_CHECKING:
    from graph.district import District
    from graph.store import Store
    from matching.rings import Ring

Places = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Reach:
    """Who is found works within ``ring`` of ``district``.

    ``places`` has the divisions of each firm, by its id, as code and name; who is not in it works nobody knows where.
    """

    ring: Ring
    district: District
    places: Mapping[str, Places] = field(default_factory=dict)


def load_places(store: Store) -> dict[str, Places]:
    """Where organisations work: at their sites, without sites in their own division, without that in their city."""
    rows = store.stream(queries.list_pairing_places)
    found = ((row["id"], row["sites"] or row["own"] or row["city"]) for row in rows)
    return {id_: tuple((code, name) for code, name in places) for id_, places in found if places}
