"""Two nodes that are one firm become one, and can be taken apart again exactly.

Every fact that stands at another node than the one it was stated about carries the id it was stated about. The ids of
one firm are a tree: each but the root was joined *into* another. So a join moves what stands at one root to the other,
a split cuts one id with all below it off again, with whatever was loaded about them meanwhile; the order in which joins
are taken back does not matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.queries import queries
from graph.settle import delete, settle
from graph.store import Transaction

WITHIN = "WITHIN"
"""The type of a relationship between two ids that are one node now."""


@dataclass(frozen=True)
class Family:
    """The node an id stands at and the ids that stand there with it; ``labels`` is None when that node is gone."""

    root: str
    labels: frozenset[str] | None
    name: str
    sample: bool
    stated: bool
    into: Mapping[str, str]

    @property
    def ids(self) -> list[str]:
        """All ids, the root first."""
        return [self.root, *self.into]

    def below(self, top: str) -> list[str]:
        """An id and those that were joined into it, directly or by way of others."""
        found = [top]
        for own in found:
            found += [alias for alias, into in self.into.items() if into == own]
        return found


def family(tx: Transaction, own: str) -> Family:
    """The family of an id."""
    (row,) = tx.run(queries.get_alias_family, id=own)
    return Family(
        root=row["root"],
        labels=None if row["labels"] is None else frozenset(row["labels"]),
        name=row["name"] or row["root"],
        sample=row["sample"],
        stated=row["stated"],
        into={alias["id"]: alias["into"] for alias in row["aliases"]},
    )


def join(tx: Transaction, keep: Family, drop: Family) -> None:
    """Let everything at one root stand at the other; both nodes are there."""
    _move(tx, drop.root, keep.root, drop.ids)
    tx.run(queries.join_node, id=drop.root, into=keep.root)
    record_aliases(tx, [{"id": alias, "root": keep.root} for alias in drop.into])
    settle(tx, [keep.root])


def split(tx: Transaction, top: str) -> None:
    """Take an id, with all that were joined into it, off the node it stands at."""
    whole = family(tx, top)
    ids = whole.below(top)
    tx.run(queries.split_node, id=top)
    if whole.labels is not None:
        _move(tx, whole.root, top, ids)
    record_aliases(tx, [{"id": alias, "root": top} for alias in ids[1:]])
    both = [whole.root, top]
    delete(tx, [row["id"] for row in tx.run(queries.list_bare_nodes, ids=both)])
    settle(tx, both)


def _move(tx: Transaction, source: str, target: str, ids: list[str]) -> None:
    tx.run(queries.move_statements, **{"from": source}, to=target, ids=ids)
    tx.run(queries.move_relationships, **{"from": source}, to=target, ids=ids)


def record_aliases(tx: Transaction, rows: list[dict[str, object]]) -> None:
    """Record ids that arrive and stand at another node from the start."""
    if rows:
        tx.run(queries.upsert_aliases, rows=rows)
