"""A workbook of 100,000 rows: the sample written again and again, each time with other firms, codes and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, product
from pathlib import Path

from loaders.workbook.sample.catalogue import read_catalogue
from loaders.workbook.sample.codes import FICTITIOUS, fictitious_codes
from loaders.workbook.sample.compose import compose
from loaders.workbook.sample.tables import Record, Tables, Value, write

ROWS = 100_000
MARK = "示例"
FIRST, SECOND = "东南西北中上下前后", "山川河湖海岭原野林"
NUMBERS = ("编号", "能力编号", "活动编号")


def write_large(path: Path, rows: int = ROWS) -> int:
    """Write it; return how many rows it has. The same number of rows gives the same workbook."""
    tables, codes = Tables(), fictitious_codes()
    catalogue = read_catalogue()
    words = map("".join, product(FIRST, SECOND))
    written = 0
    for seed, word in zip(count(1), words, strict=False):
        if written >= rows:
            break
        for sheet, records in compose(catalogue, seed).rows.items():
            tables.extend(sheet, _renamed(records, word, seed, codes))
            written += len(records)
    write(tables, path)
    return written


def _renamed(records: list[Record], word: str, seed: int, codes: Iterator[str]) -> Iterator[Record]:
    """Rows about other firms: their names hold another word, their codes and numbers are others."""
    for record in records:
        yield {title: _value(title, value, word, seed, codes) for title, value in record.items()}


def _value(title: str, value: Value, word: str, seed: int, codes: Iterator[str]) -> Value:
    if isinstance(value, list):
        return [one.replace(MARK, MARK + word) for one in value]
    if not isinstance(value, str):
        return value
    if value.startswith(FICTITIOUS) and len(value) == 18:
        return next(codes)
    return f"{seed}-{value}" if title in NUMBERS else value.replace(MARK, MARK + word)
