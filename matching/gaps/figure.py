"""A figure and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from graph.messages import Message


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value, or None when it cannot be computed; ``note`` then says why, else what the value rests on.

    ``numerator`` and ``denominator`` are those of the formula; ``known`` of ``total`` records had what it asks for.
    ``firms`` says how many firms' sensitive values are added up in it, 0 when none: few can be traced to one of them.
    """

    value: float | None
    note: Message
    numerator: float | None = None
    denominator: float | None = None
    known: int = 0
    total: int = 0
    firms: int = 0

    @property
    def missing(self) -> bool:
        """Whether there is no value."""
        return self.value is None


def missing(template: str, *, known: int = 0, total: int = 0, **values: object) -> Figure:
    """Return a figure without value and the reason."""
    return Figure(None, Message(template, values), known=known, total=total)


def ratio(
    numerator: float, denominator: float, note: Message, *, known: int = 0, total: int = 0, firms: int = 0
) -> Figure:
    """Return ``numerator / denominator`` as a figure; the denominator is positive."""
    return Figure(numerator / denominator, note, numerator, denominator, known, total, firms)


def in_10_000(amount: int) -> str:
    """CNY in the unit officials count in, 万元, with a decimal only where it says something."""
    return f"{amount / 10_000:,.1f}".removesuffix(".0")
