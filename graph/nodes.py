"""Any node with its facts: what each source states, and how it is tied to others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from graph.errors import NotFound
from graph.model import Grade
from graph.queries import queries
from graph.store import Row, Store

PROVENANCE = (
    *("source", "run", "batch", "row", "observed_on", "grade"),
    *("stated_id", "start_id", "end_id"),  # ids of the same firm, see loaders.resolution.joining
)


@dataclass(frozen=True)
class Statement:
    """What one source states about the node."""

    source: str
    source_name: str
    rank: int
    sample: bool
    observed_on: Any
    row: str
    grade: str
    facts: Row
    stated_id: str | None = None
    """The id the source speaks of, where another one stands for the firm."""
    run: str = ""


@dataclass(frozen=True)
class Neighbour:
    """The other end of a relationship, with what the relationship says; no source where we keep it ourselves."""

    id: str
    name: str
    labels: list[str]
    sample: bool
    source: str
    observed_on: Any
    grade: str
    facts: Row
    row: str = ""
    run: str = ""


@dataclass(frozen=True)
class Ties:
    """Relationships of one type and direction: some of them, and how many there are."""

    type: str
    outgoing: bool
    total: int
    neighbours: list[Neighbour]


@dataclass(frozen=True)
class NodeView:
    """A node as shown: the values chosen among the sources, each source's own, and the ties."""

    id: str
    labels: list[str]
    facts: Row
    statements: list[Statement]
    ties: list[Ties]

    @property
    def sample(self) -> bool:
        """Whether the node is made up."""
        return bool(self.facts.get("sample"))


def _without(props: Row, *keys: str) -> Row:
    return {key: value for key, value in props.items() if key not in keys}


def _neighbour(row: Row) -> Neighbour:
    said = row["props"]
    return Neighbour(
        id=row["id"],
        name=row["name"],
        labels=[label for label in row["labels"] if label != "Entity"],
        sample=bool(row["sample"]),
        source=said.get("source", ""),
        observed_on=said.get("observed_on"),
        grade=said.get("grade", Grade.STRONG.value),
        facts=_without(said, *PROVENANCE),
        row=str(said.get("row") or ""),
        run=str(said.get("run") or ""),
    )


def _statement(row: Row) -> Statement:
    said = row["props"]
    return Statement(
        source=row["source"],
        source_name=row["source_name"],
        rank=row["rank"],
        sample=bool(row["sample"]),
        observed_on=said["observed_on"],
        row=said["row"],
        grade=said["grade"],
        facts=_without(said, *PROVENANCE),
        stated_id=said.get("stated_id"),
        run=str(said.get("run") or ""),
    )


def find_id(store: Store, ref: str) -> str:
    """The id of a node by any id it has, listing number, exchange code or name.

    Raises:
        NotFound: when there is none.
    """
    node = store.one(queries.get_node, ref=ref.strip())
    if node is None:
        raise NotFound(id=ref)
    return str(node["id"])


def view_node(store: Store, ref: str, limit: int = 20) -> NodeView:
    """Return a node by id, listing number, exchange code or name, with up to ``limit`` ties of each kind.

    Raises:
        NotFound: when there is none.
    """
    node = store.one(queries.get_node, ref=ref.strip())
    if node is None:
        raise NotFound(id=ref)
    ties = store.read(queries.list_neighbours, id=node["id"], limit=limit)
    return NodeView(
        id=node["id"],
        labels=[label for label in node["labels"] if label != "Entity"],
        facts=_without(node["props"], "id"),
        statements=[_statement(row) for row in store.read(queries.list_statements, id=node["id"])],
        ties=[
            Ties(row["type"], row["outgoing"], row["total"], [_neighbour(other) for other in row["neighbours"]])
            for row in ties
        ],
    )


def ids_of(store: Store, id: str) -> list[str]:  # noqa: A002  its name everywhere
    """An id and those that were joined to its node."""
    return [str(row["id"]) for row in store.read(queries.list_ids, id=id)]


def find_node(store: Store, ref: str, label: str) -> str | None:
    """Return the id of a node of one label by id, code or name, of a segment also by ``链名/环节名``; None for none."""
    row = store.one(queries.find_labelled, ref=ref.strip(), label=label)
    return str(row["id"]) if row else None


def names_of(store: Store, ids: Iterable[str]) -> dict[str, str]:
    """Names of nodes by id."""
    return {row["id"]: row["name"] for row in store.read(queries.list_names, ids=sorted(ids))}
