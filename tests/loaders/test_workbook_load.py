"""The sample in a real graph: counts add up, a second load changes nothing, stories can be asked for."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from graph.digest import digest
from graph.model import Enterprise
from graph.nodes import view_node
from graph.store import Store
from loaders.base import load
from loaders.catalog.loader import open_catalog
from loaders.report import LoadReport
from loaders.workbook import (
    check,
    job_of,
    known_from_graph,
    left_out,
    open_workbook,
    read,
    returned_path,
    source_id,
    write_checked,
    write_returned,
)
from loaders.workbook.sample import write_sample
from loaders.workbook.sample.flaws import CLEANED, MERGED, RETURNED
from loaders.workbook.sample.stories import DRIVE
from tests.loaders.test_workbook_reader import write_book

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


def _load(store: Store, path: Path) -> LoadReport:
    raw = read(path)
    return load(store, job_of(raw, known_from_graph(store, source_id(raw))))


def test_a_mended_return_file_loads_only_what_was_missing(store: Store, tmp_path: Path) -> None:
    load(store, open_catalog())
    rows: list[list[object]] = [
        ["企业", "产品", "年采购额"],
        ["示例甲有限公司", "轴承", 5],
        ["示例甲有限公司", "齿轮", "很多"],
        ["示例错名有限公司", "减速器", 7],
    ]
    path = write_book(tmp_path / "填报.xlsx", {"企业": [["名称"], ["示例甲有限公司"]], "采购": rows})
    first = _load(store, path)
    assert (first.read, first.written, first.dropped, len(first.findings)) == (4, 3, 1, 1)
    out = returned_path(path)
    assert write_returned(read(path), left_out(first), out) == 2
    book = openpyxl.load_workbook(out)
    assert [row[0].value for row in book["采购"].iter_rows(min_row=2)] == ["示例甲有限公司", "示例错名有限公司"]
    book["采购"]["C2"], book["采购"]["A3"] = 6, "示例甲有限公司"
    book.save(out)
    second = _load(store, out)
    assert (second.read, second.written, second.dropped, second.swept_nodes, second.swept_relationships) == (
        2,
        2,
        0,
        0,
        0,
    )
    firm = view_node(store, "示例甲有限公司")
    (bought,) = [ties for ties in firm.ties if ties.type == "BUYS"]
    found = {(other.name, other.facts.get("amount")) for other in bought.neighbours}
    assert found >= {("轴承", 5), ("齿轮", 6), ("减速器", 7)}
    before = digest(store)
    assert _load(store, out).dropped == 0
    assert _load(store, path).dropped == 1
    assert digest(store) == before
    assert returned_path(out).name == "填报-退回2.xlsx"


def test_a_mended_checked_file_replaces_the_workbook_it_was(store: Store, tmp_path: Path) -> None:
    load(store, open_catalog())
    path = write_book(tmp_path / "填报.xlsx", {"企业": [["名称"], ["示例甲有限公司"], [None, "漏了名称"]]})
    assert _load(store, path).dropped == 1
    out = tmp_path / "填报-检查.xlsx"
    write_checked(check(read(path)), out)
    book = openpyxl.load_workbook(out)
    book["企业"]["A3"] = "示例乙有限公司"
    book.save(out)
    report = _load(store, out)
    assert (report.dropped, report.swept_nodes) == (0, 0)
    assert {statement.source for statement in view_node(store, "示例甲有限公司").statements} == {"workbook:填报"}


def test_firms_of_other_sources_can_be_named_and_own_dropped_ones_cannot(store: Store, tmp_path: Path) -> None:
    load(store, open_catalog())
    firms = write_book(tmp_path / "名录.xlsx", {"企业": [["名称"], ["示例甲有限公司"]]})
    buys = write_book(tmp_path / "采购.xlsx", {"采购": [["企业", "产品"], ["示例甲有限公司", "轴承"]]})
    assert _load(store, buys).dropped == 1
    _load(store, firms)
    assert _load(store, buys).dropped == 0
