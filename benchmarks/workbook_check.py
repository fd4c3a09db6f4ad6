"""100,000 rows checked, against python-calamine reading the same file alone: processor time, memory of the process."""

from __future__ import annotations

import random
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

from benchmarks.harness import Result
from loaders.workbook import check, known_from_catalog, read
from loaders.workbook.sheets import BY_NAME

ROWS, REPEATS = 100_000, 5


def _write(path: Path) -> None:
    rng = random.Random(1)
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("企业")
        titles = [column.title for column in BY_NAME["企业"].columns]
        at = {title: number for number, title in enumerate(titles)}
        page.write_row(0, 0, titles)
        for row in range(1, ROWS + 1):
            cells: dict[str, object] = {"名称": f"示例第{row}精密机械有限公司", "简称": f"第{row}", "经营状态": "正常"}
            cells |= {"所在城市": "常州市", "所在地区": "湖塘镇", "主要产品": "减速器；轴承"}
            cells |= {"年营业收入": rng.randint(1, 10**9), "职工人数": rng.randint(1, 5_000)}
            for title, value in cells.items():
                page.write(row, at[title], value)


def _spent(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def run() -> list[Result]:
    """Measure both in turn, the least of several; memory is the most this process ever held, so it goes first."""
    known = known_from_catalog()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "大.xlsx"
        _write(path)
        assert not check(read(path), known).problems  # else it is the problems that are measured
        works: list[Callable[[], object]] = [
            lambda: CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(),
            lambda: check(read(path), known),
        ]
        alone, ours = (
            min(times) for times in zip(*([_spent(work) for work in works] for _ in range(REPEATS)), strict=True)
        )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        Result("workbook check / calamine alone", ours, alone, limit=2.0, note=f"{ROWS:,} rows, processor time"),
        Result("workbook check, MiB / 1 GiB", memory, 1024, limit=1.0, note="of the process"),
    ]


if __name__ == "__main__":
    for result in run():
        print(
            f"{result.name}: {result.ours:.2f} / {result.reference:.2f} = {result.ratio:.2f} (limit {result.limit:g})"
        )
