"""What a node shows after its statements changed, and nodes nobody needs any more."""

from __future__ import annotations

from collections.abc import Collection

from graph.queries import queries
from graph.store import Row, Transaction


def settle(tx: Transaction, ids: Collection[str]) -> None:
    """Show of these nodes what the best of their sources states; those without a statement stay as they are."""
    if ids:
        tx.run(queries.settle_nodes, ids=list(ids))


def delete(tx: Transaction, ids: Collection[str]) -> None:
    """Delete nodes nobody states and nothing refers to."""
    if ids:
        tx.run(queries.delete_nodes, ids=list(ids))


def put_right(tx: Transaction, rows: Collection[Row]) -> int:
    """Let nodes show what is still said of them, and delete those not ``needed``; return how many."""
    settle(tx, [row["id"] for row in rows if row["needed"]])
    unneeded = [row["id"] for row in rows if not row["needed"]]
    delete(tx, unneeded)
    return len(unneeded)
