"""Any spreadsheet file into rows of raw cells: .xlsx, .xls, .et, .ods, .csv; nothing interpreted, nothing executed.

python-calamine reads; a scan of the packed XML before it keeps out what would exhaust the machine and finds formulas,
whose text calamine does not tell. A file with cells far apart goes through openpyxl, slower, but not into one
big rectangle.
"""

from __future__ import annotations

import csv
import gc
import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string
from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from graph.encodings import decoded
from graph.errors import SourceMissing, SourceUnreadable
from graph.messages import N_, Listed, Message
from loaders.workbook.cells import Raw
from loaders.workbook.excel_95 import is_excel_95, sheets
from loaders.workbook.losses import NOT_KEPT, marks_in, not_kept
from loaders.workbook.opendocument import merged_areas
from loaders.workbook.stamp import BEFORE, SHEET, read_before, read_stamp

MAX_FILE = 200 * 2**20
MAX_UNPACKED = 512 * 2**20
MAX_ROWS = 300_000
MAX_COLUMNS = 512
MAX_AREA = 12_000_000
"""Cells in the rectangle of a sheet above which it is read cell by cell."""
SUFFIXES = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".txt", ".tsv")

EXPECTED = Message(N_("应是 Excel 或 WPS 表格（.xlsx、.xls、.et），或 CSV 文件"))
EMPTY_FILE = Message(N_("文件是空的"))
LOCKED = Message(N_("文件加了密码；请在 Excel 或 WPS 中去掉打开密码，另存后再试"))
NOT_SHEET = Message(N_("不是 .xlsx 工作簿等表格文件，或文件不完整；请用 Excel 或 WPS 打开，另存为 .xlsx"))
TOO_BIG = Message(N_("解压后超过 512 MB，不像一份名录；请只留下要载入的工作表"))
TOO_LARGE = Message(N_("文件超过 200 MB；请拆成几个文件"))
TOO_LONG = N_("工作表“{sheet}”超过 {limit} 行；请拆成几个文件")
NOT_TEXT = Message(N_("不是可读的文本；请用 Excel 或 WPS 另存为 .xlsx，或存为 UTF-8 编码的 CSV"))
UNKNOWN_SUFFIX = N_("不认识“{suffix}”文件；请另存为 .xlsx")
HAS_MACROS = N_("{file}：文件含宏；宏不会被运行，返回的文件里也不再有宏")
HAS_LINKS = N_("{file}：文件引用了其他工作簿；只读取本文件中的内容，不打开外部文件")
HIDDEN_SHEET = N_("{file}：工作表“{sheet}”是隐藏的，未读取；要读取请先取消隐藏")
NO_SHEETS = Message(N_("文件里没有工作表"))

_OLE = b"\xd0\xcf\x11\xe0"
_FORMULA = re.compile(rb'<c r="([A-Z]{1,3})(\d+)"[^>]*>\s*<f(?:\s[^>]*)?(?:/>|>([^<]*)</f>)')
_ANY_FORMULA = re.compile(rb"<f[ />]")
_ROW_NUMBER = re.compile(rb'<(?:row [^>]*?r="|c r="[A-Z]+)(\d{1,9})"')
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml")
_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CORE = {"category": "{*}category", "modified": "{*}modified"}


@contextmanager
def uncollected() -> Iterator[None]:
    """Make many small objects without the garbage collector counting them over and over; none of them is in a ring."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@dataclass
class Tab:
    """A sheet as it lies in a file: ``rows`` from row 1 and column A on, ``merged`` as (row, column, row, column)."""

    name: str
    rows: list[list[Raw]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


@dataclass
class Book:
    """A file as found.

    ``stamp`` and ``before`` are what was written into it when it went out; ``notes`` concern the whole file.
    """

    tabs: list[Tab]
    category: str = ""
    modified: datetime | None = None
    stamp: Mapping[str, str] = field(default_factory=dict)
    before: Sequence[str] = ()
    notes: list[Message] = field(default_factory=list)
    plain: bool = True
    """Whether the file is an .xlsx that can be marked and given back."""


def open_book(path: Path) -> Book:
    """Read a file.

    Raises:
        SourceMissing: when there is no such file.
        SourceUnreadable: when it is no spreadsheet, is cut off, locked, or too large.
    """
    if not path.is_file():
        raise SourceMissing(path=path, expected=EXPECTED)
    size = path.stat().st_size
    if size == 0:
        raise SourceUnreadable(path=path, reason=EMPTY_FILE)
    if size > MAX_FILE:
        raise SourceUnreadable(path=path, reason=TOO_LARGE)
    with uncollected():
        return _open(path)


def _open(path: Path) -> Book:
    with path.open("rb") as file:
        magic = file.read(4)
    if path.suffix.lower() not in SUFFIXES:
        raise SourceUnreadable(path=path, reason=Message(UNKNOWN_SUFFIX, {"suffix": path.suffix}))
    if magic[:2] == b"PK":
        return _Package(path).book()
    if magic == _OLE:
        return _old_book(path)
    if path.suffix.lower() in {".csv", ".txt", ".tsv"}:
        return Book([Tab(path.stem, _separated(path))], plain=False)
    raise SourceUnreadable(path=path, reason=NOT_SHEET)


# --- text ------------------------------------------------------------------------------------------------------------


def _separated(path: Path) -> list[list[Raw]]:
    text = _text(path)
    head = text[:20_000].splitlines()[:20]
    delimiter = max(",\t;，|", key=lambda mark: sum(line.count(mark) for line in head))
    csv.field_size_limit(10_000_000)
    try:
        rows = [
            list[Raw](row[: MAX_COLUMNS + 1])
            for row in csv.reader(io.StringIO(text, newline=None), delimiter=delimiter)
        ]
    except csv.Error as error:
        raise SourceUnreadable(path=path, reason=NOT_SHEET) from error
    _check_length(path, path.stem, len(rows))
    return rows


def _text(path: Path) -> str:
    """Text in one of the usual encodings, or in whatever charset-normalizer is sure of."""
    data = path.read_bytes()
    if (text := decoded(data)) is not None:
        return text.replace("\x00", "")
    from charset_normalizer import from_bytes

    if (best := from_bytes(data[:1_000_000]).best()) and best.percent_chaos < 20:
        return data.decode(best.encoding, errors="replace")
    raise SourceUnreadable(path=path, reason=NOT_TEXT)


# --- old formats -----------------------------------------------------------------------------------------------------


def _old_book(path: Path) -> Book:
    """A BIFF workbook (.xls of Excel, .et of WPS); an encrypted .xlsx comes in the same wrapping."""
    data = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise SourceUnreadable(path=path, reason=LOCKED)
    book = Book([], plain=False)
    book.tabs += (_tabs_of_95 if is_excel_95(data) else _tabs_of)(path, data, book.notes)
    return _unstamped(book)


def _tabs_of_95(path: Path, data: bytes, notes: list[Message]) -> Iterator[Tab]:
    try:
        for sheet in sheets(data):
            if sheet.visible:
                _check_length(path, sheet.name, len(sheet.rows))
                yield Tab(sheet.name, sheet.rows)
            elif sheet.rows:
                notes.append(Message(HIDDEN_SHEET, {"file": path.name, "sheet": sheet.name}))
    except SourceUnreadable:
        raise
    except Exception as error:
        reason = LOCKED if "encrypted" in str(error) else NOT_SHEET
        raise SourceUnreadable(path=path, reason=reason) from error


def _tabs_of(path: Path, data: bytes, notes: list[Message]) -> Iterator[Tab]:
    """The sheets somebody sees, and our own; that others are hidden is noted, unless they are empty."""
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            for sheet in book.sheets_metadata:
                if sheet.typ is SheetTypeEnum.WorkSheet:
                    if sheet.visible is not SheetVisibleEnum.Visible and not sheet.name.startswith("_"):
                        if book.get_sheet_by_name(sheet.name).total_height:
                            notes.append(Message(HIDDEN_SHEET, {"file": path.name, "sheet": sheet.name}))
                        continue
                    read = book.get_sheet_by_name(sheet.name)
                    _check_length(path, sheet.name, read.total_height)
                    merged = [(*low, *high) for low, high in read.merged_cell_ranges or []]
                    rows: Any = read.to_python(skip_empty_area=False)
                    yield Tab(sheet.name, rows, merged)
    except PasswordError as error:
        raise SourceUnreadable(path=path, reason=LOCKED) from error
    except SourceUnreadable:
        raise
    except Exception as error:  # whatever it stumbles over means that the file is broken
        raise SourceUnreadable(path=path, reason=NOT_SHEET) from error


def _check_length(path: Path, sheet: str, rows: int) -> None:
    if rows > MAX_ROWS:
        raise SourceUnreadable(path=path, reason=Message(TOO_LONG, {"sheet": sheet, "limit": f"{MAX_ROWS:,}"}))


# --- .xlsx -----------------------------------------------------------------------------------------------------------


@dataclass
class _Scan:
    """What a look at a sheet's packed XML tells."""

    rows: int = 0
    columns: int = 0
    formulas: list[tuple[int, int, str]] = field(default_factory=list)
    marks: set[bytes] = field(default_factory=set)


class _Package:
    """An .xlsx or .ods as the zip it is."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def _broken(self, error: Exception) -> SourceUnreadable:
        return SourceUnreadable(path=self.path, reason=NOT_SHEET)

    def book(self) -> Book:
        """Read it, after a look at its size."""
        try:
            with zipfile.ZipFile(self.path) as archive:
                names = archive.namelist()
                if "xl/workbook.xml" not in names:
                    return self._foreign(names, archive)
                scans = self._scan(archive)
                parts = _parts(archive)
                book = Book([])
                self._describe(archive, names, book)
                if lost := not_kept(archive, names, set().union(*(scan.marks for scan in scans.values()))):
                    book.notes.append(Message(NOT_KEPT, {"file": self.path.name, "what": Listed(lost)}))
        except SourceUnreadable:
            raise
        except Exception as error:
            raise self._broken(error) from error
        sparse = any(scan.rows * scan.columns > MAX_AREA for scan in scans.values())
        tabs = self._cell_by_cell(book.notes) if sparse else _tabs_of(self.path, self.path.read_bytes(), book.notes)
        for tab in tabs:
            scan = scans.get(parts.get(tab.name, ""))
            if scan and not sparse:
                _overlay(tab.rows, scan.formulas)
            book.tabs.append(tab)
        if not book.tabs:
            raise SourceUnreadable(path=self.path, reason=NO_SHEETS)
        return _unstamped(book)

    def _foreign(self, names: list[str], archive: zipfile.ZipFile) -> Book:
        """An OpenDocument file, or a zip that is no spreadsheet."""
        if "content.xml" not in names:
            raise SourceUnreadable(path=self.path, reason=NOT_SHEET)
        if sum(_unpacked(archive, self.path)) > MAX_UNPACKED // 4:
            raise SourceUnreadable(path=self.path, reason=TOO_BIG)
        book = Book([], plain=False)
        book.tabs += _tabs_of(self.path, self.path.read_bytes(), book.notes)
        with archive.open("content.xml") as content:
            merged = merged_areas(content)
        for tab in book.tabs:
            tab.merged = tab.merged or merged.get(tab.name, [])
        return _unstamped(book)

    def _scan(self, archive: zipfile.ZipFile) -> dict[str, _Scan]:
        """Unpack everything once, piece by piece, whatever size the zip states for itself."""
        scans: dict[str, _Scan] = {}
        total = 0
        for entry in archive.infolist():
            scan = scans.setdefault(entry.filename, _Scan()) if _SHEET_PART.fullmatch(entry.filename) else None
            kept = b""
            with archive.open(entry) as file:
                while piece := file.read(1 << 20):
                    total += len(piece)
                    if total > MAX_UNPACKED:
                        raise SourceUnreadable(path=self.path, reason=TOO_BIG)
                    if scan:
                        piece = kept + piece
                        kept = piece[-min(len(piece), 300) :]
                        _look(scan, piece)
            if scan and scan.formulas:
                scan.formulas = list(_formulas(archive.read(entry)))
        return scans

    def _describe(self, archive: zipfile.ZipFile, names: list[str], book: Book) -> None:
        if "docProps/core.xml" in names:
            root = ElementTree.fromstring(archive.read("docProps/core.xml"))  # noqa: S314  expat bounds entities
            book.category = root.findtext(_CORE["category"]) or ""
            if modified := root.findtext(_CORE["modified"]):
                book.modified = datetime.fromisoformat(modified).replace(tzinfo=UTC)
        if any(name.startswith("xl/vbaProject") for name in names):
            book.notes.append(Message(HAS_MACROS, {"file": self.path.name}))
        if any(name.startswith("xl/externalLinks/") for name in names):
            book.notes.append(Message(HAS_LINKS, {"file": self.path.name}))

    def _cell_by_cell(self, notes: list[Message]) -> Iterator[Tab]:
        """Read without a rectangle: a file with a cell in the last corner is not larger than its cells."""
        try:
            with self.path.open("rb") as file, warnings.catch_warnings():
                warnings.simplefilter("ignore")  # openpyxl warns of drop-downs and styles it does not keep
                book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
                for sheet in book.worksheets:
                    if sheet.sheet_state != "visible" and not sheet.title.startswith("_"):
                        notes.append(Message(HIDDEN_SHEET, {"file": self.path.name, "sheet": sheet.title}))
                        continue
                    yield Tab(sheet.title, self._sparse(sheet))
        except SourceUnreadable:
            raise
        except Exception as error:
            raise self._broken(error) from error

    def _sparse(self, sheet: Any) -> list[list[Raw]]:
        sheet.reset_dimensions()  # the size a file states for itself is often wrong
        rows: list[list[Raw]] = []
        blank: list[Raw] = []
        filled = 0
        for wide in sheet.iter_rows(values_only=True):  # without a width, rows that are not there cost nothing
            values = wide[: MAX_COLUMNS + 1]
            row = [_raw(value) for value in values] if any(value is not None for value in values) else blank
            rows.append(row)
            filled += bool(row)
            _check_length(self.path, sheet.title, filled)
        while rows and not rows[-1]:
            rows.pop()
        return rows


def _raw(value: object) -> Raw:
    """A cell's value; openpyxl's objects for array formulas become the text of the formula."""
    if value is None:
        return ""
    return value if isinstance(value, Raw) else f"={str(getattr(value, 'text', None) or '').removeprefix('=')}"


def _look(scan: _Scan, piece: bytes) -> None:
    """Note the last row, the widest column and whether there are formulas."""
    at = max(piece.rfind(b"<row "), piece.rfind(b'<c r="'))
    if at >= 0 and (found := _ROW_NUMBER.match(piece[at : at + 200])):
        scan.rows = max(scan.rows, int(found[1]))
    if scan.columns <= 26 and not re.search(rb' r="[A-Z]{2}', piece):
        scan.columns = max(scan.columns, 26)
    else:
        letters = set(re.findall(rb'<c r="([A-Z]{2,3})\d', piece))
        scan.columns = max(scan.columns, *(column_index_from_string(one.decode()) for one in letters), 26)
    if b"x14:" in piece:
        scan.marks |= marks_in(piece)
    if b"<f" in piece and _ANY_FORMULA.search(piece):
        scan.formulas = scan.formulas or [(0, 0, "")]


def _formulas(xml: bytes) -> Iterator[tuple[int, int, str]]:
    """Places and texts of formulas; one shared with another cell has no text of its own."""
    from html import unescape

    for letters, row, text in _FORMULA.findall(xml):
        column = column_index_from_string(letters.decode())
        yield int(row) - 1, column - 1, f"={unescape(text.decode('utf-8', 'replace'))}"


def _overlay(rows: list[list[Raw]], formulas: Sequence[tuple[int, int, str]]) -> None:
    """Put the text of a formula where calamine shows its last value."""
    for row, column, text in formulas:
        while len(rows) <= row:
            rows.append([])
        cells = rows[row]
        cells.extend([""] * (column + 1 - len(cells)))
        cells[column] = text


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Names of sheets to the files they lie in."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {link.get("Id"): str(link.get("Target")) for link in links}
    return {
        str(sheet.get("name")): "xl/" + targets.get(sheet.get(_REL), "").removeprefix("/xl/").removeprefix("xl/")
        for sheet in book.iter(f"{_NS}sheet")
    }


def _unpacked(archive: zipfile.ZipFile, path: Path) -> Iterator[int]:
    for entry in archive.infolist():
        size = 0
        with archive.open(entry) as file:
            while piece := file.read(1 << 20):
                size += len(piece)
                if size > MAX_UNPACKED:
                    raise SourceUnreadable(path=path, reason=TOO_BIG)
        yield size


def _unstamped(book: Book) -> Book:
    """Take the hidden sheet out and read it."""
    for tab in book.tabs:
        if tab.name == SHEET:
            book.stamp = read_stamp(str(tab.rows[0][0]) if tab.rows and tab.rows[0] else "")
        elif tab.name == BEFORE:
            book.before = read_before(tab.rows)
    book.tabs = [tab for tab in book.tabs if tab.name not in {SHEET, BEFORE}]
    return book
