"""The hidden sheet that says what a workbook was written as, so that it is known when it comes back.

A sheet survives where a document property does not: in WPS, in .xls, in a copy.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

SHEET = "_ronglian"
TEMPLATE, CHECKED, RETURNED, PROFILE, FORM = "template", "checked", "returned", "profile", "form"
ADDING = frozenset({RETURNED, FORM})
"""Kinds of workbooks that hold a part only: loading one takes nothing back that its source said before."""


def write_stamp(book: Any, stamp: Mapping[str, str]) -> None:
    """Stamp a workbook that xlsxwriter writes: ``kind``, ``about`` and whatever else is to come back."""
    page = book.add_worksheet(SHEET)
    page.write_string(0, 0, json.dumps(dict(stamp), ensure_ascii=False))
    page.very_hidden()


def read_stamp(text: str) -> dict[str, str]:
    """Read a stamp; empty when it is none."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}
