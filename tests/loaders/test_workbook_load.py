"""The sample in a real graph: counts add up, a second load changes nothing, stories can be asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.digest import digest
from graph.model import Enterprise
from graph.nodes import view_node
from graph.store import Store
from loaders.base import load
from loaders.catalog.loader import open_catalog
from loaders.report import LoadReport
from loaders.workbook import open_workbook
from loaders.workbook.sample import write_sample
from loaders.workbook.sample.flaws import CLEANED, MERGED, RETURNED
from loaders.workbook.sample.stories import DRIVE

Loaded = tuple[Store, Path, LoadReport]


@pytest.fixture
def loaded(store: Store, tmp_path: Path) -> Loaded:
    path = tmp_path / "样例工作簿.xlsx"
    write_sample(path)
    load(store, open_catalog())
    return store, path, load(store, open_workbook(path))


def test_the_sample_loads_whole_and_once(loaded: Loaded) -> None:
    store, path, report = loaded
    assert report.read == report.written + report.merged + report.dropped
    assert (report.merged, report.dropped, len(report.findings)) == (MERGED, RETURNED, CLEANED)
    before = digest(store)
    again = load(store, open_workbook(path))
    assert (again.written, again.swept_nodes, again.swept_relationships) == (report.written, 0, 0)
    assert digest(store) == before


def test_stories_stand_in_the_graph(loaded: Loaded) -> None:
    store, _, _ = loaded
    drive = view_node(store, DRIVE)
    assert Enterprise.LABEL in drive.labels
    assert drive.facts["sample"] is True
    linked = {other.id for ties in drive.ties if ties.type == "LINKED_TO" for other in ties.neighbours}
    assert linked == {"robotics.rv-reducer", "robotics.planetary-reducer"}
