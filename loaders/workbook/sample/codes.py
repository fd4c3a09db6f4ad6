"""Social credit codes that check but cannot exist."""

from __future__ import annotations

from collections.abc import Iterator

from stdnum.cn import uscc

FICTITIOUS = "91999999MA9"
"""Registered with the market authority (91) of division 999999, which no list of divisions has."""


def fictitious_codes() -> Iterator[str]:
    """Codes with right check digits, each once, all in the range ``FICTITIOUS``."""
    for number in range(1, 1_000_000):
        body = f"{FICTITIOUS}{number:06d}"
        yield body + str(uscc.calc_check_digit(body))
