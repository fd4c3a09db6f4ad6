"""A figure and what it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, TypedDict

from graph.messages import Message


class Secret(NamedTuple):
    """A firm's sensitive value that a figure adds up: whose it is, and which of its values."""

    firm: str
    what: str


Secrets = frozenset[Secret]

CNY = "CNY"
"""Unit of figures whose numerator and denominator are amounts of money, in yuan."""


class Counts(TypedDict):
    """How many records had what a figure asks for, of how many."""

    known: int
    total: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value, or None when it cannot be computed; ``note`` then says why, else what the value rests on.

    ``numerator`` and ``denominator`` are those of the formula, in ``unit`` if they have one; ``known`` of ``total``
    records had what it asks for.
    ``secrets`` holds each sum of sensitive values in it, as the values that are added up; none when nothing is secret.
    """

    value: float | None
    note: Message
    numerator: float | None = None
    denominator: float | None = None
    known: int = 0
    total: int = 0
    secrets: tuple[Secrets, ...] = ()
    unit: str | None = None

    @property
    def missing(self) -> bool:
        """Whether there is no value."""
        return self.value is None

    @property
    def firms(self) -> int:
        """How many firms' values are in the smallest of its sums, 0 when nothing in it is secret."""
        return min((len({one.firm for one in sum_}) for sum_ in self.secrets), default=0)


def sums(*parts: Iterable[tuple[str, str]]) -> tuple[Secrets, ...]:
    """The sums of a figure out of the values in each, as firm and what; one without any is left out."""
    found = (frozenset(Secret(*one) for one in part) for part in parts)
    return tuple(part for part in found if part)


def missing(template: str, *, known: int = 0, total: int = 0, **values: object) -> Figure:
    """Return a figure without value and the reason."""
    return Figure(None, Message(template, values), known=known, total=total)


def ratio(
    numerator: float,
    denominator: float,
    note: Message,
    *,
    known: int = 0,
    total: int = 0,
    secrets: tuple[Secrets, ...] = (),
    unit: str | None = None,
) -> Figure:
    """Return ``numerator / denominator`` as a figure; the denominator is positive."""
    return Figure(numerator / denominator, note, numerator, denominator, known, total, secrets, unit)


def in_10_000(amount: float) -> str:
    """CNY in the unit officials count in, 万元, with a decimal only where it says something."""
    return f"{amount / 10_000:,.1f}".removesuffix(".0")
