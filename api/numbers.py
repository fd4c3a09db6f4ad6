"""How pages and reports write numbers."""

from __future__ import annotations

from typing import Protocol

from api.i18n import _
from matching.gaps.figure import CNY, in_10_000


class Fraction(Protocol):
    """A figure with what it was divided from, in ``unit``."""

    @property
    def numerator(self) -> float | None: ...  # noqa: D102
    @property
    def denominator(self) -> float | None: ...  # noqa: D102
    @property
    def unit(self) -> str | None: ...  # noqa: D102


def number(value: float) -> str:
    """A number without digits nobody measured."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}".rstrip("0")


def fraction(figure: Fraction) -> str:
    """Numerator and denominator, money in 万元; nothing when one of them is missing or nothing was divided by."""
    if figure.numerator is None or not figure.denominator:
        return ""
    parts = figure.numerator, figure.denominator
    if figure.unit != CNY:
        return " / ".join(map(number, parts))
    return _("{parts} 万元").format(parts=" / ".join(map(in_10_000, parts)))
