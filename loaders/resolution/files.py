"""Lists of firms and the truth about them out of CSV files, UTF-8 or GBK; what is wrong names its place and cure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from graph.encodings import decoded
from graph.errors import InputError, SourceMissing, SourceUnreadable
from graph.messages import N_, Message
from loaders.resolution.records import Firm

FIRM_COLUMNS = ("id", "name", "code", "town", "phone")
TRUTH_COLUMNS = ("left", "right")
MAX_CELL = 10_000

EXPECTED = Message(N_("应是一个 CSV 文件"))
NOT_TEXT = Message(N_("既不是 UTF-8 也不是 GBK 编码的文字"))
IS_EMPTY = Message(N_("文件是空的，连表头也没有"))
BROKEN = N_("第 {row} 行不是完整的 CSV：{reason}")
NO_ROWS = Message(N_("只有表头，没有一行数据"))


class ColumnMissing(InputError):
    """A column that is needed is not in the header."""

    message = N_("缺少列“{column}”；表头是：{header}")
    cure = N_("请在第一行写上列名：{wanted}")


class CellEmpty(InputError):
    """A cell that must not be empty."""

    message = N_("第 {row} 行的“{column}”是空的")
    cure = N_("请为每一行填写“{column}”")


class IdRepeated(InputError):
    """Two rows of one list with the same id."""

    message = N_("第 {row} 行的 {column}“{value}”与第 {first} 行重复")
    cure = N_("请让每一行的 {column} 各不相同")


class IdUnknown(InputError):
    """The truth names an id that is in neither list."""

    message = N_("第 {row} 行“{column}”列的“{value}”不在 {list} 中")
    cure = N_("请核对编号，或把该行从答案中去掉")


class Line(NamedTuple):
    """A row by its number in the file, and its cells by column."""

    number: int
    cells: dict[str, str]


def read_firms(path: Path) -> list[Firm]:
    """Read a list of firms; every cell but the id may be empty.

    Raises:
        SourceMissing: when there is no such file.
        SourceUnreadable: when it is no CSV file or has no rows.
        ColumnMissing, CellEmpty, IdRepeated: what is wrong in it.
    """
    seen: dict[str, int] = {}
    firms = []
    for number, cells in _lines(path, FIRM_COLUMNS):
        own = cells["id"]
        if not own:
            raise CellEmpty(where=path.name, row=number, column="id")
        if own in seen:
            raise IdRepeated(where=path.name, row=number, column="id", value=own, first=seen[own])
        seen[own] = number
        firms.append(Firm(**{column: cells[column] for column in FIRM_COLUMNS}))
    if not firms:
        raise SourceUnreadable(path=path, reason=NO_ROWS)
    return firms


def read_truth(
    path: Path, left: Sequence[Firm], right: Sequence[Firm], *, files: tuple[str, str]
) -> frozenset[tuple[str, str]]:
    """Read the pairs that are one firm; several may share a firm. ``files`` names the two lists where an id is unknown.

    Raises:
        IdUnknown: when a pair names a firm that its list lacks; else as :func:`read_firms`.
    """
    known = {"left": {firm.id for firm in left}, "right": {firm.id for firm in right}}
    named = dict(zip(TRUTH_COLUMNS, files, strict=True))
    pairs = set()
    for number, cells in _lines(path, TRUTH_COLUMNS):
        for column in TRUTH_COLUMNS:
            value = cells[column]
            if not value:
                raise CellEmpty(where=path.name, row=number, column=column)
            if value not in known[column]:
                raise IdUnknown(where=path.name, row=number, column=column, value=value, list=named[column])
        pairs.add((cells["left"], cells["right"]))
    if not pairs:
        raise SourceUnreadable(path=path, reason=NO_ROWS)
    return frozenset(pairs)


def _lines(path: Path, columns: Sequence[str]) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    number = 0
    try:
        header = [cell.strip().lower() for cell in next(reader, [])]
        if not any(header):
            raise SourceUnreadable(path=path, reason=IS_EMPTY)
        for column in columns:
            if column not in header:
                shown, wanted = ", ".join(header)[:200], ", ".join(columns)
                raise ColumnMissing(where=path.name, column=column, header=shown, wanted=wanted)
        places = {column: header.index(column) for column in columns}
        number = reader.line_num
        for row in reader:
            number = reader.line_num
            if any(cell.strip() for cell in row):
                cells = {column: row[at].strip() if at < len(row) else "" for column, at in places.items()}
                yield Line(number, {column: cell[:MAX_CELL] for column, cell in cells.items()})
    except csv.Error as error:
        reason = Message(BROKEN, {"row": number + 1, "reason": str(error)})
        raise SourceUnreadable(path=path, reason=reason) from error


def _text(path: Path) -> str:
    if not path.is_file():
        raise SourceMissing(path=path, expected=EXPECTED)
    text = decoded(path.read_bytes())
    if text is None or "\0" in text:
        raise SourceUnreadable(path=path, reason=NOT_TEXT)
    return text
