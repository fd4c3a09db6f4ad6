"""Excel lists: one way of writing a sheet, with text that stays text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

Cell = str | int | float | None


@dataclass(frozen=True)
class Sheet:
    """A table with a title line, headers with their widths in characters, and rows."""

    name: str
    title: str
    columns: Sequence[tuple[str, int]]
    rows: Iterable[Sequence[Cell]]


def write_workbook(path: Path, sheets: Iterable[Sheet]) -> None:
    """Write the sheets: title in row 1, headers in row 2, frozen, filtered, ready to print on A4 across."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        title = book.add_format({"bold": True, "font_size": 14})
        head = book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True, "valign": "top"})
        body = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.write_string(0, 0, sheet.title, title)
            last = 1
            for column, (name, width) in enumerate(sheet.columns):
                page.set_column(column, column, width)
                page.write_string(1, column, name, head)
            for last, row in enumerate(sheet.rows, 2):
                for column, value in enumerate(row):
                    if isinstance(value, str):
                        page.write_string(last, column, value, body)
                    else:
                        page.write(last, column, value, body)
            page.autofilter(1, 0, last, len(sheet.columns) - 1)
            page.freeze_panes(2, 1)
            page.set_landscape()
            page.set_paper(9)
            page.fit_to_pages(1, 0)
            page.repeat_rows(1)
            page.set_footer("&C&P / &N")
