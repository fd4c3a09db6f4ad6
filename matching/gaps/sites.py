"""Where firms work: what a removal of a plant or of a town takes away."""

from __future__ import annotations

from dataclasses import dataclass

from graph.queries import queries
from graph.store import Store


@dataclass(frozen=True, slots=True)
class PlaceFact:
    """A division of GB/T 2260, towns with nine digits."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class SiteFact:
    """A plant of a firm; ``site`` is None for the firm itself, which stands for a plant when none is recorded."""

    firm: str
    site: str | None
    name: str
    places: tuple[PlaceFact, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the divisions it lies in."""
        return tuple(place.code for place in self.places)


def fetch_sites(store: Store) -> tuple[SiteFact, ...]:
    """Load where firms work, in order of firm and plant."""
    found = (
        SiteFact(
            row["firm"],
            row["site"],
            row["name"],
            tuple(sorted((PlaceFact(**place) for place in row["places"]), key=lambda place: place.code)),
        )
        for row in store.read(queries.list_gap_sites)
    )
    return tuple(sorted(found, key=lambda fact: (fact.firm, fact.site or "")))
