"""100,000 rows checked, against python-calamine reading the same file alone; memory of the whole process."""

from __future__ import annotations

import random
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

from loaders.workbook import check, known_from_catalog, read
from loaders.workbook.sheets import BY_NAME

ROWS, REPEATS = 100_000, 3
TARGET, MEMORY = 2.0, 1024


def _write(path: Path) -> None:
    rng = random.Random(1)
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("企业")
        page.write_row(0, 0, [column.title for column in BY_NAME["企业"].columns])
        for row in range(1, ROWS + 1):
            page.write_string(row, 0, f"示例第{row}精密机械有限公司")
            page.write_string(row, 2, f"第{row}")
            page.write_row(row, 6, ["正常", "常州市", "湖塘镇"])
            page.write_row(row, 10, [rng.randint(1, 10**9), rng.randint(1, 5_000), "减速器；轴承"])


def _least(work: Callable[[], object]) -> float:
    times = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times)


def main() -> None:
    known = known_from_catalog()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "大.xlsx"
        _write(path)
        alone = _least(lambda: CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python())
        ours = _least(lambda: check(read(path), known))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"rows {ROWS:,}  calamine {alone:.2f} s  checked {ours:.2f} s  ratio {ours / alone:.2f} (target {TARGET})")
    print(f"memory {memory:.0f} MiB (target {MEMORY})")


if __name__ == "__main__":
    main()
