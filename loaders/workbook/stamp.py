"""The hidden sheet that says what a workbook was written as, so that it is known when it comes back.

A sheet survives where a document property does not: in WPS, in .xls, in a copy.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

SHEET, BEFORE = "_ronglian", "_ronglian_before"
TEMPLATE, CHECKED, RETURNED, PROFILE, FORM = "template", "checked", "returned", "profile", "form"
_CELL = 30_000
"""Characters of a cell; Excel holds a few more."""
ADDING = frozenset({RETURNED, FORM})
"""Kinds of workbooks that hold a part only: loading one takes nothing back that its source said before."""


def write_stamp(book: Any, stamp: Mapping[str, str]) -> None:
    """Stamp a workbook that xlsxwriter writes: ``kind``, ``about`` and whatever else is to come back."""
    page = book.add_worksheet(SHEET)
    page.write_string(0, 0, json.dumps(dict(stamp), ensure_ascii=False))
    page.very_hidden()


def write_before(book: Any, lines: Sequence[str]) -> None:
    """Let what a firm's workbook said when it went out travel along, see ``loaders.workbook.profile``."""
    if not lines:
        return
    page = book.add_worksheet(BEFORE)
    for number, line in enumerate(lines):
        for place, part in enumerate(parted(line)):
            page.write_string(number, place, part)
    page.very_hidden()


def parted(text: str) -> list[str]:
    """A text in pieces that fit into cells."""
    return [text[start : start + _CELL] for start in range(0, len(text), _CELL)]


def read_before(rows: Sequence[Sequence[object]]) -> list[str]:
    """Read it back."""
    return ["".join(str(cell) for cell in row) for row in rows if any(row)]


def read_stamp(text: str) -> dict[str, str]:
    """Read a stamp; empty when it is none."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}
