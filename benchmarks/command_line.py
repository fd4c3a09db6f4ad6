"""``ronglian --help`` against a bare import of the library that parses the command line."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.harness import Result

RUNS = 7


def _median(command: list[str]) -> float:
    seconds = []
    for _ in range(RUNS):
        started = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds)


def run() -> list[Result]:
    """Measure whole processes, the median of several."""
    ours = _median([str(Path(sys.executable).with_name("ronglian")), "--help"])
    bare = _median([sys.executable, "-c", "import typer, typer.rich_utils"])
    return [Result("ronglian --help / import typer", ours, bare, limit=2.0, note=f"median of {RUNS}")]
