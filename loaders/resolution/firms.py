"""Organisations as the graph and as a load state them, made rows of a list that can be resolved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.model import Organisation
from graph.queries import queries
from graph.store import Store
from loaders.resolution.records import Firm

ENTITY = "Entity"


@dataclass(frozen=True)
class Candidate:
    """An organisation with its kind; made-up ones and real ones are never one firm."""

    firm: Firm
    name: str
    labels: frozenset[str]
    sample: bool

    @property
    def kind(self) -> tuple[frozenset[str], bool]:
        """What two organisations must have in common to be one."""
        return self.labels, self.sample


def organisations(store: Store, run: str = "") -> list[tuple[Candidate, bool]]:
    """The organisations in the graph, each with whether somebody stated it before a run."""
    return [(_known(row), row["earlier"]) for row in store.read(queries.list_known_firms, run=run)]


def _known(row: Mapping[str, Any]) -> Candidate:
    """An organisation of the graph: every name and code any source states."""
    firm = Firm(
        row["id"],
        _joined(row["names"]),
        _joined(row["codes"]),
        next(filter(None, row["towns"]), ""),
        next(filter(None, row["phones"]), ""),
        _joined(row["sites"]),
    )
    return Candidate(firm, row["name"] or row["id"], _labels(row["labels"]), row["sample"])


def arriving(row: Mapping[str, Any]) -> Candidate | None:
    """An organisation as a row of a load states it; None for any other node."""
    if Organisation.LABEL not in row["labels"]:
        return None
    props = row["props"]
    firm = Firm(
        row["id"],
        _joined([props["name"], props.get("short_name"), *props.get("former_names", [])]),
        _joined([props.get("uscc"), props.get("exchange_code")]),
        props.get("city") or "",
        props.get("phone") or "",
        props.get("address") or "",
    )
    return Candidate(firm, props["name"], _labels(row["labels"]), bool(props.get("sample")))


def _joined(texts: Iterable[str | None]) -> str:
    return ";".join(dict.fromkeys(text.replace(";", " ") for text in texts if text))


def _labels(labels: Iterable[str]) -> frozenset[str]:
    return frozenset(labels) - {ENTITY}
