"""Where facts come from: a source, and what one row of it said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.messages import Message
from graph.model import Grade, Node, Relationship

Fact = Node | Relationship


@dataclass(frozen=True)
class Source:
    """A source of facts.

    ``rank`` decides which statement is shown where sources differ: the lowest wins (0 set by users of the service, and
    whole, 1 reported by a person or firm, 2 our catalog, 3 public data sets); among equals the later observation.
    ``observed_on`` and ``grade`` hold for every row that says nothing else. ``minimum`` is the number of rows below
    which a load is taken for a broken file.
    """

    id: str
    name: str
    rank: int
    observed_on: date
    grade: Grade
    minimum: int = 1
    sample: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """The facts of one row; ``cleaned`` says what was left out of it and why, the rest goes in."""

    where: str
    facts: tuple[Fact, ...]
    cleaned: tuple[Message, ...] = ()
    observed_on: date | None = None
    grade: Grade | None = None


@dataclass(frozen=True, slots=True)
class Drop:
    """A row nothing could be taken from, and why."""

    where: str
    reason: Message
