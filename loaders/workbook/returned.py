"""The rows that came back, as a workbook to mend and send in again: bad cells marked, each with its cure.

Rows that went in without a cell come along: when that cell is mended, it is all that is still missing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from openpyxl.utils.cell import coordinate_to_tuple

from graph.messages import Message
from loaders.provenance import Drop
from loaders.report import LoadReport
from loaders.workbook.cells import Raw
from loaders.workbook.loader import PROBLEMS, problems_of
from loaders.workbook.reader import REMARKS, Table, Workbook
from loaders.workbook.sheets import BANNER
from loaders.workbook.stamp import RETURNED, write_before, write_stamp
from loaders.workbook.taking import PROBLEM, Level

_RETURNED = re.compile(r"^(.+)-退回(\d*)$")


def returned_path(path: Path, folder: Path | None = None) -> Path:
    """Where the returned rows of a workbook go; those of a returned file get a number, so that none is overwritten."""
    stem, suffix = path.stem, ""
    if found := _RETURNED.match(stem):
        stem, suffix = found[1], str(int(found[2] or 1) + 1)
    return (folder or path.parent) / f"{stem}-退回{suffix}.xlsx"


def left_out(report: LoadReport) -> list[Drop]:
    """The rows of a load that want mending: those that came back, and those one of whose cells was left out."""
    partly: dict[str, Message] = {}
    for finding in report.findings:
        if finding.reason.values.get("level") == Level.OMITTED.value:
            reason = partly.get(finding.where)
            joined = Message(PROBLEMS, {"first": reason, "rest": finding.reason}) if reason else finding.reason
            partly[finding.where] = joined
    return [*report.drops, *(Drop(where, reason) for where, reason in partly.items())]


def write_returned(raw: Workbook, drops: Iterable[Drop], path_out: Path) -> int:
    """Write the returned rows of a workbook, one sheet per sheet, with 位置, 问题 and 怎么改; return how many.

    Text stays text: a cell that reads ``=1+1`` is written as these characters, in a column formatted as text.
    """
    reasons = {drop.where: drop.reason for drop in drops}
    book = xlsxwriter.Workbook(path_out, {"strings_to_formulas": False, "strings_to_urls": False})
    with book:
        formats = {
            "text": book.add_format({"num_format": "@"}),
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
            "bad": book.add_format({"num_format": "@", "bg_color": "#FFC7CE"}),
            "head": book.add_format({"bold": True}),
        }
        written = sum(_write_table(book, table, reasons, formats, sample=raw.sample) for table in raw.tables)
        if not written:
            book.add_worksheet(raw.tables[0].tab)
        write_stamp(book, {**raw.stamp, "kind": RETURNED, "about": raw.about})
        write_before(book, raw.before)
    return written


def _write_table(
    book: Any, table: Table, reasons: Mapping[str, Message], formats: Mapping[str, Any], *, sample: bool
) -> int:
    name = table.tab
    lines = [
        (number, row) for number, row in zip(table.numbers, table.rows, strict=True) if f"{name}!{number}" in reasons
    ]
    if not lines:
        return 0
    page = book.add_worksheet(name)
    top = 0
    if sample:
        page.write_string(0, 0, BANNER)
        top = 1
    for column, title in enumerate((*table.header, *REMARKS)):
        page.write_string(top, column, title, formats["head"])
    for row, (number, cells) in enumerate(lines, start=top + 1):
        problems = problems_of(reasons[f"{name}!{number}"])
        _write_line(page, row, cells[: len(table.header)], _bad_columns(problems), formats)
        remarks = [f"{name}!{number}", *map("；".join, zip(*map(_what_and_cure, problems), strict=True))]
        for column, text in enumerate(remarks, start=len(table.header)):
            page.write_string(row, column, text, formats["text"])
    page.freeze_panes(top + 1, 0)
    return len(lines)


def _write_line(page: Any, row: int, cells: Iterable[Raw], bad: set[int], formats: Mapping[str, Any]) -> None:
    for column, value in enumerate(cells):
        form = formats["bad" if column in bad else "text"]
        if value is None or value == "":
            page.write_blank(row, column, None, form)
        elif isinstance(value, date) and value.year >= 1900:
            page.write_datetime(row, column, value, formats["day"])
        elif isinstance(value, bool):
            page.write_boolean(row, column, value, form)
        elif isinstance(value, (int, float)) and math.isfinite(value):
            page.write_number(row, column, value, formats["bad"] if column in bad else None)
        else:
            page.write_string(row, column, str(value), form)


def _bad_columns(problems: Iterable[Message]) -> set[int]:
    cells = [str(problem.values["cell"]) for problem in problems if problem.template == PROBLEM]
    return {coordinate_to_tuple(cell)[1] - 1 for cell in cells}


def _what_and_cure(problem: Message) -> tuple[str, str]:
    if problem.template != PROBLEM:
        return str(problem), ""
    return f"{problem.values['cell']} {problem.values['what']}", str(problem.values["cure"])
