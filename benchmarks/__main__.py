"""Run every benchmark, print a table, write ``out/benchmarks.json``; fail when a ratio is beyond its limit."""

from __future__ import annotations

import dataclasses
import json
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import (
    authorisation,
    command_line,
    event_solve,
    gap_board,
    load_chainkg,
    pairing,
    what_if,
    workbook_check,
    workbook_load,
)
from benchmarks.harness import Result, own_server


def main() -> int:
    """Run them one after the other."""
    results = workbook_check.run()
    with own_server() as server:
        results += [*command_line.run(), *load_chainkg.run(server), *workbook_load.run(server), *gap_board.run(server)]
        results += [*event_solve.run(), *what_if.run(), *pairing.run(), *authorisation.run(server)]
    _print(results)
    path = Path("out/benchmarks.json")
    path.parent.mkdir(exist_ok=True)
    rows = [dataclasses.asdict(result) | {"ratio": result.ratio, "ok": result.ok} for result in results]
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=2), "utf-8")
    return 0 if all(result.ok for result in results) else 1


def _print(results: list[Result]) -> None:
    table = Table("benchmark", "ours s", "reference s", "ratio", "limit", "", "note")
    for result in results:
        figures = (f"{result.ours:.2f}", f"{result.reference:.2f}", f"{result.ratio:.2f}", f"{result.limit:g}")
        table.add_row(result.name, *figures, "ok" if result.ok else "OVER", result.note)
    Console().print(table)


if __name__ == "__main__":
    sys.exit(main())
