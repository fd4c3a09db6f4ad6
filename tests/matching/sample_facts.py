"""The facts of catalog and sample workbook, read from the graph once a run."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from graph.store import Store
from loaders.base import load
from loaders.catalog.loader import open_catalog
from loaders.workbook import open_workbook
from loaders.workbook.sample import write_sample
from matching.gaps import Facts, fetch
from tests.graphs import clear
from tests.service import TODAY


@cache
def sample_facts(store: Store) -> Facts:
    """Load both into the emptied graph and read the facts."""
    clear(store)
    with TemporaryDirectory() as folder:
        workbook = Path(folder) / "样例工作簿.xlsx"
        write_sample(workbook)
        load(store, open_catalog())
        load(store, open_workbook(workbook))
    return fetch(store, TODAY)
