"""Our load of ChainKnowledgeGraph against the bare driver writing the same rows in the same batches.

The rows are captured from our own load: what is sent to the server, batch by batch. The bare driver then writes them
to an emptied database with plain ``UNWIND … MERGE`` statements, one transaction a batch, and nothing else.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import neo4j

from graph.digest import digest
from graph.queries import queries
from graph.server import Connection
from graph.store import Store
from graph.terms import load_terms
from loaders.base import load
from loaders.catalog.loader import open_catalog
from loaders.chainkg import open_folder
from loaders.report import LoadReport

NODES = """
MATCH (s:Source {id: $source}) UNWIND $rows AS row
MERGE (n:Entity {id: row.id}) SET n:$(row.labels) SET n += row.props
MERGE (s)-[said:STATES]->(n) SET said = row.said
"""
RELATIONSHIPS = """
UNWIND $rows AS row MATCH (a:Entity {id: row.start}) MATCH (b:Entity {id: row.end})
MERGE (a)-[r:$($type) {source: $source}]->(b) SET r = row.props
"""
LIMIT_FIRST = 1.3
LIMIT_AGAIN = 0.7


@dataclass(frozen=True)
class Ratios:
    """Seconds and ratios of one run."""

    rows: int
    ours: float
    bare: float
    again: float
    same_digest: bool

    @property
    def first(self) -> float:
        """Our first load over the bare driver."""
        return self.ours / self.bare

    @property
    def reload(self) -> float:
        """Our second load over our first."""
        return self.again / self.ours
