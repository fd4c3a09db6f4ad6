"""Rows of the sample by sheet, and how they become a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from loaders.workbook.sheets import BANNER, BY_NAME, SAMPLE_MARK, SHEETS, Sheet

MADE_ON = datetime(2026, 11, 5)
"""The day the sample pretends to be saved; everything in it happened before."""


@dataclass(frozen=True)
class Formula:
    """A cell with a formula, which a workbook should not have."""

    text: str


Value = str | int | float | bool | date | list[str] | Formula | None
Record = dict[str, Value]


@dataclass
class Tables:
    """Rows by sheet name; a row names its cells by column title."""

    rows: dict[str, list[Record]] = field(default_factory=lambda: {sheet.name: [] for sheet in SHEETS})

    def add(self, sheet: str, record: Record) -> None:
        """Add a row.

        Raises:
            KeyError: when it names a column the sheet does not have.
        """
        if strange := set(record) - {column.title for column in BY_NAME[sheet].columns}:
            raise KeyError(f"{sheet}: {sorted(strange)}")
        self.rows[sheet].append(record)

    def extend(self, sheet: str, records: Iterable[Record]) -> None:
        """Add several rows."""
        for record in records:
            self.add(sheet, record)


def write(tables: Tables, path: Path) -> None:
    """Write the rows under a banner that says they are made up; the same rows give the same bytes."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties({"title": BANNER, "category": SAMPLE_MARK, "created": MADE_ON})
        formats = {
            "banner": book.add_format({"bold": True, "font_color": "#C00000"}),
            "head": book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1}),
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
            "share": book.add_format({"num_format": "0%"}),
        }
        for sheet in (sheet for sheet in SHEETS if sheet.offered):
            _write_sheet(book.add_worksheet(sheet.name), sheet, tables.rows[sheet.name], formats)


def _write_sheet(page: Any, sheet: Sheet, records: list[Record], formats: dict[str, Any]) -> None:
    page.write_string(0, 0, BANNER, formats["banner"])
    for index, column in enumerate(sheet.columns):
        page.write_string(1, index, column.title, formats["head"])
        page.set_column(index, index, 28 if column.title in {"名称", "企业", "说明", "证据", "简介"} else 14)
    for row, record in enumerate(records, start=2):
        for index, column in enumerate(sheet.columns):
            _write_cell(page, row, index, record.get(column.title), formats)
    page.freeze_panes(2, 1)
    page.autofilter(1, 0, max(len(records) + 1, 2), len(sheet.columns) - 1)


def _write_cell(page: Any, row: int, column: int, value: Value, formats: dict[str, Any]) -> None:
    match value:
        case None:
            pass
        case Formula():
            page.write_formula(row, column, value.text)
        case bool():
            page.write_string(row, column, "是" if value else "否")
        case date():
            page.write_datetime(row, column, value, formats["day"])
        case float() if 0 <= value <= 1:
            page.write_number(row, column, value, formats["share"])
        case int() | float():
            page.write_number(row, column, value)
        case list():
            page.write_string(row, column, "；".join(value))
        case _:
            page.write_string(row, column, value)
