"""Benchmark files: CSV in UTF-8 with a heading, read with the columns they must have."""

from __future__ import annotations

import csv
from pathlib import Path

from graph.errors import SourceMissing, SourceUnreadable
from graph.messages import N_, Listed, Message


def read_rows(path: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Rows of a CSV file as dictionaries.

    Raises:
        SourceMissing: no such file.
        SourceUnreadable: not UTF-8, a column is missing, or there is no row.
    """
    if not path.is_file():
        raise SourceMissing(
            path=path, expected=Message(N_("应为 CSV 文件，列：{columns}"), {"columns": Listed(columns)})
        )
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [column for column in columns if column not in (reader.fieldnames or ())]
            rows = [] if missing else [{key: value or "" for key, value in row.items() if key} for row in reader]
    except (UnicodeDecodeError, csv.Error) as error:
        raise SourceUnreadable(path=path, reason=str(error)) from error
    if missing:
        raise SourceUnreadable(path=path, reason=Message(N_("缺少列 {columns}"), {"columns": Listed(missing)}))
    if not rows:
        raise SourceUnreadable(path=path, reason=Message(N_("没有一行数据"), {}))
    return rows
