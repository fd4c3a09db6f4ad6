"""An .xlsx file into tables of raw cells: header found, unknown sheets and columns noted, nothing interpreted yet."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from graph.errors import SourceMissing, SourceUnreadable
from graph.ids import normalise
from graph.messages import N_, Message
from loaders.workbook.cells import Raw, plain
from loaders.workbook.sheets import BY_NAME, SAMPLE_MARK, Sheet

MAX_COLUMNS = 512
MAX_UNPACKED = 512 * 2**20
HEADER_WITHIN = 3
REMARKS = (N_("位置"), N_("问题"), N_("怎么改"))
"""Columns a returned workbook has more; skipped without a word when it comes in again."""
_GUIDES = {"说明", "填写说明", "封面"}

EXPECTED = Message(N_("应是一个 .xlsx 工作簿"))
OLD_FORMAT = Message(N_("是旧的 .xls 格式或加了密码；请另存为不加密的 .xlsx"))
NOT_XLSX = Message(N_("不是 .xlsx 工作簿，或文件不完整"))
TOO_BIG = Message(N_("解压后超过 512 MB"))
NO_KNOWN_SHEET = N_("没有一张认识的工作表；应有 {sheets}")

UNKNOWN_SHEET = N_("{file}：不认识工作表“{sheet}”，未读取；认识的有 {sheets}")
NO_HEADER = N_("{file} {sheet}：前 {rows} 行中找不到表头，未读取；列名应有 {columns}")
UNKNOWN_COLUMNS = N_("{file} {sheet}：不认识这些列，未读取：{columns}")
MANY_COLUMNS = N_("{columns} 等 {count} 列")
REPEATED_COLUMN = N_("{file} {sheet}：列“{column}”出现多次，只读取第一个")
MISSING_COLUMN = N_("{file} {sheet}：缺少必填列“{column}”")
TOO_WIDE = N_("{file} {sheet}：只读取前 {limit} 列")

_OLE_MAGIC = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Line:
    """A row as found: its number in the sheet and its cells from column A on."""

    number: int
    cells: tuple[Raw, ...]


@dataclass(frozen=True)
class Table:
    """A sheet as found; ``positions`` are the places of the known columns among the cells."""

    sheet: Sheet
    header: tuple[str, ...]
    positions: Mapping[str, int]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Workbook:
    """A file as found; ``notes`` concern whole sheets and columns, ``made_on`` is the day it was last saved."""

    path: Path
    sample: bool
    made_on: date
    tables: tuple[Table, ...]
    notes: tuple[Message, ...]

    @property
    def total(self) -> int:
        """The number of rows that are not empty."""
        return sum(len(table.lines) for table in self.tables)


@dataclass(frozen=True)
class _Contents:
    category: str
    modified: datetime | None
    sheets: tuple[tuple[str, tuple[Line, ...]], ...]


def read(path: Path) -> Workbook:
    """Read a workbook.

    Raises:
        SourceMissing: when there is no such file.
        SourceUnreadable: when it is not an .xlsx file, is cut off, or has none of the sheets.
    """
    contents = _unpack(path)
    tables: list[Table] = []
    notes: list[Message] = []
    for name, lines in contents.sheets:
        sheet = BY_NAME.get(name.strip())
        if sheet is None:
            if name.strip() not in _GUIDES:
                notes.append(Message(UNKNOWN_SHEET, {"file": path.name, "sheet": name, "sheets": "、".join(BY_NAME)}))
            continue
        table, remarks = _tabulate(path.name, sheet, lines)
        notes += remarks
        if table:
            tables.append(table)
    if not tables:
        raise SourceUnreadable(path=path, reason=Message(NO_KNOWN_SHEET, {"sheets": "、".join(BY_NAME)}))
    sample = contents.category == SAMPLE_MARK or any(
        plain(value).startswith(SAMPLE_MARK)
        for _, lines in contents.sheets
        for line in lines[:1]
        for value in line.cells
    )
    made = contents.modified or datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return Workbook(path, sample, made.date(), tuple(tables), tuple(notes))


def _unpack(path: Path) -> _Contents:
    """All that zipfile and openpyxl are asked for: whatever they stumble over means that the file is broken."""
    if not path.is_file():
        raise SourceMissing(path=path, expected=EXPECTED)
    with path.open("rb") as file:
        if file.read(4) == _OLE_MAGIC:
            raise SourceUnreadable(path=path, reason=OLD_FORMAT)
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except Exception as error:
        raise SourceUnreadable(path=path, reason=NOT_XLSX) from error
    if unpacked > MAX_UNPACKED:
        raise SourceUnreadable(path=path, reason=TOO_BIG)
    try:
        with path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of drop-downs and styles it does not keep
            book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
            sheets = tuple((sheet.title, tuple(_lines(sheet))) for sheet in book.worksheets)
            return _Contents(book.properties.category or "", book.properties.modified, sheets)
    except Exception as error:
        raise SourceUnreadable(path=path, reason=NOT_XLSX) from error


def _lines(sheet: Any) -> Iterator[Line]:
    sheet.reset_dimensions()  # the size a file states for itself is often wrong
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells = [_raw(value) for value in values[: MAX_COLUMNS + 1]]
        while cells and not plain(cells[-1]):
            cells.pop()
        if cells:
            yield Line(number, tuple(cells))


def _raw(value: object) -> Raw:
    """A cell's value; openpyxl's objects for array formulas become the text of the formula."""
    if value is None or isinstance(value, Raw):
        return value
    return f"={str(getattr(value, 'text', None) or '').removeprefix('=')}"


def _tabulate(file: str, sheet: Sheet, lines: tuple[Line, ...]) -> tuple[Table | None, list[Message]]:
    """Find the header and where the known columns are; an empty sheet is neither a table nor worth a word."""
    titles = {normalise(column.title): column.title for column in sheet.columns}
    place: dict[str, object] = {"file": file, "sheet": sheet.name}
    if not lines:
        return None, []
    head = max(lines[:HEADER_WITHIN], key=lambda line: _recognised(line, titles))
    if not _recognised(head, titles):
        wanted = "、".join(column.title for column in sheet.columns)
        return None, [Message(NO_HEADER, place | {"rows": HEADER_WITHIN, "columns": wanted})]
    header = tuple(plain(cell) for cell in head.cells[:MAX_COLUMNS])
    positions: dict[str, int] = {}
    unknown: list[str] = []
    notes: list[Message] = []
    for index, text in enumerate(header):
        title = titles.get(normalise(text))
        if title in positions:
            notes.append(Message(REPEATED_COLUMN, place | {"column": title}))
        elif title:
            positions[title] = index
        elif text and text not in REMARKS:
            unknown.append(text)
    if unknown:
        notes.append(Message(UNKNOWN_COLUMNS, place | {"columns": _abbreviated(unknown)}))
    if len(head.cells) > MAX_COLUMNS and plain(head.cells[MAX_COLUMNS]):
        notes.append(Message(TOO_WIDE, place | {"limit": MAX_COLUMNS}))
    missing = [column.title for column in sheet.columns if column.required and column.title not in positions]
    notes += [Message(MISSING_COLUMN, place | {"column": title}) for title in missing]
    rows = tuple(Line(line.number, line.cells[:MAX_COLUMNS]) for line in lines if line.number > head.number)
    return Table(sheet, header, positions, rows), notes


def _recognised(line: Line, titles: Mapping[str, str]) -> int:
    return sum(normalise(plain(cell)) in titles for cell in line.cells)


def _abbreviated(words: list[str], limit: int = 10) -> str | Message:
    shown = "、".join(words[:limit])
    return shown if len(words) <= limit else Message(MANY_COLUMNS, {"columns": shown, "count": len(words)})
