"""One hash over everything the graph says, so that two loads can be compared.

What only tells of the loading is left out: tags of runs and batches, import runs, the revision. The hash does not
depend on order: it is the sum of the hashes of all nodes, statements and relationships.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from graph.queries import queries
from graph.store import Row, Store

_IGNORED = {"run", "batch", "claimed"}
_MODULUS = 1 << 256


@dataclass(frozen=True)
class Digest:
    """The hash and what went into it."""

    value: str
    nodes: int
    statements: int
    relationships: int


def _number(row: Row) -> int:
    props = {key: value for key, value in row.pop("props").items() if key not in _IGNORED}
    text = json.dumps([row, props], sort_keys=True, ensure_ascii=False, default=str)
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=32).digest(), "big")


def _sum(rows: Iterable[Row]) -> tuple[int, int]:
    total = count = 0
    for row in rows:
        total += _number(row)
        count += 1
    return total, count


def digest(store: Store) -> Digest:
    """Hash the whole graph. Costs one pass over it: about 4 s for 400,000 rows."""
    parts = [
        _sum(store.stream(queries.stream_nodes)),
        _sum(store.stream(queries.stream_statements)),
        _sum(store.stream(queries.stream_relationships)),
    ]
    value = sum(total for total, _ in parts) % _MODULUS
    return Digest(f"{value:064x}", *(count for _, count in parts))
