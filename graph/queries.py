"""The registry of Cypher: ``cypher/read/find_firms.cypher`` would be ``queries.find_firms``.

A file begins with its header::

    // What it answers, in one or more lines.
    // parameters: chain, limit          (or: none)
    // returns: id, name                 (or: none)
    // cardinality: one | many | write

Values reach a query as ``$parameters`` only; nothing is ever spliced into its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from importlib.resources.abc import Traversable

_FIELD = re.compile(r"^// (parameters|returns|cardinality): (.+)$")


class Cardinality(StrEnum):
    """How many rows a query answers with, and whether it writes."""

    ONE = "one"
    MANY = "many"
    WRITE = "write"


@dataclass(frozen=True)
class Query:
    """One file of ``cypher/``."""

    name: str
    text: str
    purpose: str
    parameters: frozenset[str]
    returns: tuple[str, ...]
    cardinality: Cardinality

    def bind(self, values: dict[str, object]) -> dict[str, object]:
        """Return ``values`` when they are exactly the declared parameters.

        Raises:
            TypeError: when a parameter is missing or unknown.
        """
        if self.parameters != values.keys():
            raise TypeError(f"{self.name} takes {sorted(self.parameters)}, got {sorted(values)}")
        return values


def _names(listed: str) -> tuple[str, ...]:
    return () if listed == "none" else tuple(name.strip() for name in listed.split(","))


def parse(name: str, text: str) -> Query:
    """Read a query and its header.

    Raises:
        ValueError: when the header lacks a field.
    """
    header = [line for line in text.splitlines() if line.startswith("//")]
    fields = {found[1]: found[2].strip() for line in header if (found := _FIELD.match(line))}
    if missing := {"parameters", "returns", "cardinality"} - fields.keys():
        raise ValueError(f"{name}.cypher: header lacks {sorted(missing)}")
    purpose = " ".join(line.removeprefix("//").strip() for line in header if not _FIELD.match(line))
    return Query(
        name=name,
        text=text,
        purpose=purpose,
        parameters=frozenset(_names(fields["parameters"])),
        returns=_names(fields["returns"]),
        cardinality=Cardinality(fields["cardinality"]),
    )


def _folder() -> Traversable:
    return files("cypher")


class Queries:
    """Queries by name, read on first use."""

    def __getattr__(self, name: str) -> Query:
        for room in ("read", "write"):
            file = _folder() / room / f"{name}.cypher"
            if file.is_file():
                query = parse(name, file.read_text(encoding="utf-8"))
                vars(self)[name] = query
                return query
        raise AttributeError(f"no query {name} in cypher/")

    def __iter__(self) -> Iterator[Query]:
        """Yield every query, for tests and docs."""
        for room in ("read", "write"):
            for file in sorted((_folder() / room).iterdir(), key=lambda f: f.name):
                if file.name.endswith(".cypher"):
                    yield getattr(self, file.name.removesuffix(".cypher"))


queries = Queries()


def schema_statements() -> list[str]:
    """The statements of ``cypher/schema.cypher``, in order."""
    text = (_folder() / "schema.cypher").read_text(encoding="utf-8")
    plain = "\n".join(line for line in text.splitlines() if not line.startswith("//"))
    return [statement.strip() for statement in plain.split(";") if statement.strip()]
