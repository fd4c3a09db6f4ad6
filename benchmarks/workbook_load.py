"""A workbook of 100,000 rows loaded, against the bare driver writing the same rows in the same batches.

Ours is all of ``ronglian load workbook``: reading, references, same-firm resolution against a graph that has firms
already, writing, counting and the return file. The bare driver is given every row as it is sent.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from benchmarks.harness import Result, Server
from benchmarks.large_workbook import write_large
from benchmarks.load_chainkg import Recording, timed_bare
from graph.store import Store
from loaders.base import load
from loaders.catalog.loader import open_catalog
from loaders.report import LoadReport
from loaders.workbook import (
    job_of,
    known_from_graph,
    left_out,
    open_workbook,
    read,
    returned_path,
    source_id,
    write_returned,
)
from loaders.workbook.sample import write_sample


def _prepare(server: Server, folder: Path) -> Store:
    server.clear()
    store = server.store()
    load(store, open_catalog())
    sample = folder / "样例.xlsx"
    write_sample(sample)
    load(store, open_workbook(sample))
    return store


def load_whole(store: Store, path: Path) -> LoadReport:
    """What the command does, the return file included."""
    raw = read(path)
    report = load(store, job_of(raw, known_from_graph(store, source_id(raw))))
    write_returned(raw, left_out(report), returned_path(path))
    return report


def run(server: Server) -> list[Result]:
    """Measure the load, and the bare driver, each on a graph as it was before."""
    recording = Recording()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "大.xlsx"
        rows = write_large(path)
        with recording.listening():
            report = load_whole(_prepare(server, folder), path)  # a warm-up of server and planner, and the recording
        assert not report.joined, "rows of joined firms go by another query, which is not recorded"
        _prepare(server, folder)
        bare = timed_bare(server, report.source, recording.batches)
        store = _prepare(server, folder)
        started = time.perf_counter()
        load_whole(store, path)
        ours = time.perf_counter() - started
    sent = sum(len(parameters["rows"]) for _, parameters in recording.batches)
    note = f"{rows:,} rows, {sent:,} facts, {len(recording.batches)} batches"
    return [Result("load workbook / bare driver", ours, bare, limit=1.3, note=note)]
