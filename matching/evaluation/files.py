"""Benchmark files: CSV with a heading, read with the columns they must have."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

from graph.encodings import decoded
from graph.errors import SourceMissing, SourceUnreadable
from graph.messages import N_, Listed, Message

NOT_TEXT = Message(N_("不是文本文件，或编码不是 UTF-8、UTF-16、GBK"), {})
NOT_TABLE = Message(N_("不是 CSV 表格"), {})


def read_rows(path: Path, columns: tuple[str, ...], filled: tuple[str, ...] = ()) -> list[dict[str, str]]:
    """Rows of a CSV file as dictionaries, cells without spaces around; rows with an empty ``filled`` cell are left out.

    Raises:
        SourceMissing: no such file.
        SourceUnreadable: not text, a column is missing, or there is no row.
    """
    if not path.is_file():
        raise SourceMissing(
            path=path, expected=Message(N_("应为 CSV 文件，列：{columns}"), {"columns": Listed(columns)})
        )
    try:
        reader = csv.DictReader(StringIO(_text(path), newline=""))
        heading = [(name or "").strip() for name in reader.fieldnames or ()]
        reader.fieldnames = heading
        missing = [column for column in columns if column not in heading]
        rows = [] if missing else [{key: (row[key] or "").strip() for key in heading} for row in reader]
    except csv.Error as error:
        raise SourceUnreadable(path=path, reason=NOT_TABLE) from error
    if missing:
        raise SourceUnreadable(path=path, reason=Message(N_("缺少列 {columns}"), {"columns": Listed(missing)}))
    rows = [row for row in rows if all(row[column] for column in filled)]
    if not rows:
        raise SourceUnreadable(path=path, reason=Message(N_("没有一行数据"), {}))
    return rows


def _text(path: Path) -> str:
    text = decoded(path.read_bytes())
    if text is None or "\x00" in text:
        raise SourceUnreadable(path=path, reason=NOT_TEXT)
    return text
