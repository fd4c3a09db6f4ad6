"""Workbooks of Excel 95 and before, whose texts are in the code page of their Windows; calamine reads later ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import xlrd

from loaders.workbook.cells import Raw


class Sheet(NamedTuple):
    """A sheet as it lies in the file."""

    name: str
    visible: bool
    rows: list[list[Raw]]


def is_excel_95(data: bytes) -> bool:
    """Whether a compound file holds a workbook only in the form of Excel 95."""
    return _name("Workbook") not in data and _name("Book") in data


def _name(text: str) -> bytes:
    return text.encode("utf-16-le") + b"\0\0"


def sheets(data: bytes) -> Iterator[Sheet]:
    """The sheets of such a file.

    Raises:
        xlrd.XLRDError: when it is broken or locked.
    """
    with _opened(data) as book:
        for sheet in book.sheets():
            rows = [[_raw(cell, book.datemode) for cell in sheet.row(number)] for number in range(sheet.nrows)]
            yield Sheet(sheet.name, sheet.visibility == 0, rows)


def _opened(data: bytes) -> xlrd.Book:
    book = xlrd.open_workbook(file_contents=data, logfile=_Silent())
    if book.codepage is None:  # programs that leave it out wrote in the code page of their machine
        return xlrd.open_workbook(file_contents=data, logfile=_Silent(), encoding_override="gb18030")
    return book


def _raw(cell: Any, datemode: int) -> Raw:
    value: Raw = cell.value
    if cell.ctype == xlrd.XL_CELL_DATE:
        value = xlrd.xldate.xldate_as_datetime(value, datemode)
    elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
        value = bool(value)
    elif cell.ctype == xlrd.XL_CELL_ERROR:
        value = str(xlrd.error_text_from_code[value])
    return value


class _Silent:
    """Where xlrd writes its remarks."""

    def write(self, _text: str) -> None:
        """Forget it."""
