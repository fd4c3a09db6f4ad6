"""What a node shows after its statements changed, and nodes nobody needs any more."""

from __future__ import annotations

from collections.abc import Collection

from graph.queries import queries
from graph.store import Transaction


def settle(tx: Transaction, ids: Collection[str]) -> None:
    """Show of these nodes what the best of their sources states; those without a statement stay as they are."""
    if ids:
        tx.run(queries.settle_nodes, ids=list(ids))


def delete(tx: Transaction, ids: Collection[str]) -> None:
    """Delete nodes nobody states and nothing refers to."""
    if ids:
        tx.run(queries.delete_nodes, ids=list(ids))
