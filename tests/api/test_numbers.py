from __future__ import annotations

import pytest

from api.numbers import fraction
from graph.messages import Message
from matching.gaps.figure import CNY, Figure

CASES = [
    (3, 12, None, "3 / 12"),
    (2.5, 4, None, "2.5 / 4"),
    (9_000_000, 120_000_000, CNY, "900 / 12,000 万元"),
    (12_345, 1_000_000, CNY, "1.2 / 100 万元"),
    (0, 0, CNY, ""),
    (None, None, None, ""),
]


@pytest.mark.parametrize(("numerator", "denominator", "unit", "said"), CASES)
def test_a_fraction_says_money_in_the_unit_officials_count_in(
    numerator: float | None, denominator: float | None, unit: str | None, said: str
) -> None:
    figure = Figure(0.5, Message("x"), numerator, denominator, unit=unit)
    assert fraction(figure) == said
