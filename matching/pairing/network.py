"""Who makes, buys and supplies what, and what goes into what: the graph around every need, read once a revision.

Nodes are numbers, relationships three columns of four bytes for each end: a graph of 100,000 firms and 1.5 million
relationships takes 92 MB of memory, and what is around one need is looked up without asking the store.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import numpy.typing as npt

from graph.model import Makes, Product, SuppliesTo
from graph.store import Row
from matching.pairing.listings import Evidence

if TYPE_CHECKING:
    from matching.learning.links import Sparse

Codes = npt.NDArray[np.int32]
_NONE = -1
_NOTHING = np.zeros(0, dtype=np.int32)
Found = dict[int, tuple[int, ...]]  # the node at the other end → who says so


@dataclass(frozen=True)
class Links:
    """Relationships of one type, from ``starts[node]`` up to ``starts[node + 1]`` those of a node.

    ``others`` stand at the other end, ``said`` are places in the network's evidence. ``more`` is the place of the
    product among all that the firm makes, the largest share of its revenue first, or of the products supplied among
    the network's ``supplied``; −1 where nothing is said.
    """

    starts: npt.NDArray[np.int64]
    others: Codes = field(default_factory=lambda: _NOTHING)
    said: Codes = field(default_factory=lambda: _NOTHING)
    more: Codes = field(default_factory=lambda: _NOTHING)

    @classmethod
    def of(cls, nodes: Codes, others: Codes, said: Codes, more: Codes, count: int) -> Self:
        """Links by the nodes at one end, of ``count`` nodes in all."""
        order = np.lexsort((said, others, nodes))
        starts = np.searchsorted(nodes[order], np.arange(count + 1))
        return cls(starts, others[order], said[order], more[order])

    def at(self, node: int) -> Found:
        """The other ends of a node's relationships, in order, each with all who say so."""
        own = slice(self.starts[node], self.starts[node + 1])
        found: Found = {}
        for other, said in zip(self.others[own].tolist(), self.said[own].tolist(), strict=True):
            found[other] = (*found.get(other, ()), said)
        return found

    def notes(self, node: int) -> Iterator[tuple[int, int]]:
        """The other ends of a node's relationships, each with what more is said."""
        own = slice(self.starts[node], self.starts[node + 1])
        return zip(self.others[own].tolist(), self.more[own].tolist(), strict=True)


@dataclass(frozen=True)
class Network:
    """Firms, products and segments with their relationships. ``outward`` and ``inward`` go by the type."""

    ids: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    is_product: npt.NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=bool))
    groups: Mapping[int, str] = field(default_factory=dict)
    outward: Mapping[str, Links] = field(default_factory=dict)
    inward: Mapping[str, Links] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    supplied: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Self:
        """Index the rows of ``list_pairing_network``."""
        built = _Building()
        for row in rows:
            built.add(row)
        return cls(**built.finished())

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Nodes by id."""
        return {id_: node for node, id_ in enumerate(self.ids)}

    def matrix(self, *types: str) -> Sparse:
        """Nodes × nodes with a 1 where a relationship of one of the types leads from row to column."""
        from scipy import sparse

        count = max(len(self.ids), 1)
        found = sparse.csr_matrix((count, count), dtype=np.float32)
        for links in (self.outward[type_] for type_ in types if type_ in self.outward):
            ones = np.ones(len(links.others), dtype=np.float32)
            found = found + sparse.csr_matrix((ones, links.others, links.starts), shape=(count, count))
        found.data[:] = 1.0
        return found

    def leaving(self, type_: str, node: int) -> Found:
        """Where a node's relationships of a type lead."""
        return self.outward[type_].at(node) if type_ in self.outward else {}

    def arriving(self, type_: str, node: int) -> Found:
        """Where the relationships of a type that lead to a node come from."""
        return self.inward[type_].at(node) if type_ in self.inward else {}

    def product(self, id_: str) -> str | None:
        """The name of a product; None where the id is no product's."""
        node = self.places.get(id_)
        return self.names[node] if node is not None and self.is_product[node] else None

    def sources(self, said: Iterable[int]) -> tuple[Evidence, ...]:
        """Who said so, each once, by source and day."""
        found = {self.evidence[code] for code in said if code != _NONE}
        return tuple(sorted(found, key=lambda one: (one.source, one.observed_on or date.min)))


class _Building:
    """Rows on their way into columns; things that come again get the number they have."""

    def __init__(self) -> None:
        self.nodes: dict[str, int] = {}
        self.names: dict[int, str] = {}
        self.products: set[int] = set()
        self.groups: dict[int, str] = {}
        self.evidence: dict[Evidence, int] = {}
        self.supplied: dict[tuple[str, ...], int] = {}
        self.columns: dict[str, list[int]] = {}  # start, end, said, more, one link after another

    def add(self, row: Row) -> None:
        """Take a node with the relationships that leave it."""
        node = self._number(self.nodes, row["id"])
        self.names[node] = row["name"]
        if Product.LABEL in row["labels"]:
            self.products.add(node)
        if row["group"] is not None:
            self.groups[node] = row["group"]
        order = _by_share(row["links"])
        for type_, end, source, day, products, _ in row["links"]:
            more = _NONE
            if type_ == Makes.TYPE:
                more = order[end]
            elif type_ == SuppliesTo.TYPE and products:
                more = self._number(self.supplied, tuple(sorted(products)))
            said = self._number(self.evidence, Evidence(source, day)) if source else _NONE
            self.columns.setdefault(type_, []).extend((node, self._number(self.nodes, end), said, more))

    @staticmethod
    def _number(known: dict[Any, int], thing: object) -> int:
        return known.setdefault(thing, len(known))

    def finished(self) -> dict[str, Any]:
        """The fields of the network."""
        count = len(self.nodes)
        outward, inward = {}, {}
        for type_ in sorted(self.columns):
            starts, ends, said, more = np.array(self.columns.pop(type_), dtype=np.int32).reshape(-1, 4).T
            outward[type_] = Links.of(starts, ends, said, more, count)
            inward[type_] = Links.of(ends, starts, said, more, count)
        return {
            "ids": tuple(self.nodes),
            "names": tuple(self.names.get(node, id_) for id_, node in self.nodes.items()),
            "is_product": np.array([node in self.products for node in range(count)], dtype=bool),
            "groups": self.groups,
            "outward": outward,
            "inward": inward,
            "evidence": tuple(self.evidence),
            "supplied": tuple(self.supplied),
        }


def _by_share(links: list[list[Any]]) -> dict[str, int]:
    """Places of what a firm makes, the largest share of its revenue first."""
    shares: dict[str, float] = {}
    for type_, end, _, _, _, share in links:
        if type_ == Makes.TYPE:
            shares[end] = max(shares.get(end, 0.0), share or 0.0)
    order = sorted(shares, key=lambda end: (-shares[end], end))
    return {end: place for place, end in enumerate(order)}
