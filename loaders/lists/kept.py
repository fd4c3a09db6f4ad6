"""Mappings kept under a name, for the next file of the same kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from graph.errors import NotFound
from graph.queries import queries
from graph.store import Store
from loaders.lists.mapping import Grid, ListMapping, likeness

ALIKE = 0.99


@dataclass(frozen=True)
class KeptMapping:
    """A mapping with its name."""

    name: str
    mapping: ListMapping
    saved_at: datetime


def save_mapping(store: Store, name: str, mapping: ListMapping) -> None:
    """Keep a mapping; one of the same name is replaced."""
    payload, now = mapping.model_dump_json(), datetime.now(UTC)
    store.write(lambda tx: tx.run(queries.save_list_mapping, name=name, payload=payload, saved_at=now))


def list_mappings(store: Store) -> list[KeptMapping]:
    """All mappings, by name."""
    return [
        KeptMapping(row["name"], ListMapping.model_validate_json(row["payload"]), row["saved_at"])
        for row in store.read(queries.list_list_mappings)
    ]


def get_mapping(store: Store, name: str) -> ListMapping:
    """A mapping by name.

    Raises:
        NotFound: when there is none.
    """
    for kept in list_mappings(store):
        if kept.name == name:
            return kept.mapping
    raise NotFound(id=name)


def mapping_for(kept: Sequence[KeptMapping], grid: Grid) -> KeptMapping | None:
    """The kept mapping all of whose columns a file has."""
    fitting = [(likeness(one.mapping, grid), len(one.mapping.columns), one) for one in kept]
    best = max(fitting, key=lambda item: item[:2], default=None)
    return best[2] if best and best[0] >= ALIKE else None
