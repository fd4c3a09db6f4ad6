"""Official classifications: hierarchy, orphans, unreadable tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import SourceMissing, SourceUnreadable
from graph.nodes import view_node
from graph.store import Store
from loaders import taxonomies
from loaders.base import load
from loaders.provenance import Drop
from loaders.taxonomies import SOURCE

TABLES = {
    "gbt4754_2017.csv": "code,name,parent,level,alt_name\nC,制造业,,1,\nC34,通用设备制造业,C,2,\nX99,孤儿,X,2,\n",
    "provinces.csv": 'code,name\n32,"江苏省"\n',
    "cities.csv": 'code,name,provinceCode\n3204,"常州市",32\n',
    "areas.csv": 'code,name,cityCode,provinceCode\n320412,"武进区",3204,32\n',
    "wujin_320412_streets.csv": 'code,name,areaCode\n320412100,"湖塘镇",320412\n320412999,,320412\n',
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in TABLES.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_towns_lie_in_districts(store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taxonomies, "SOURCE", SOURCE.__class__(**{**vars(SOURCE), "minimum": 1}))
    report = load(store, taxonomies.open_folder(folder))
    assert (report.read, report.written, report.dropped) == (8, 6, 2)
    assert {drop.where for drop in report.drops} == {"gbt4754_2017.csv:4", "wujin_320412_streets.csv:3"}
    town = view_node(store, "place-320412100")
    assert (town.facts["name"], town.ties[0].type, town.ties[0].neighbours[0].name) == ("湖塘镇", "IN", "武进区")


def test_orphans_come_back_with_their_reason(folder: Path) -> None:
    drops = [row for row in taxonomies.open_folder(folder).rows if isinstance(row, Drop)]
    assert [str(drop.reason) for drop in drops] == ["上级“X”不在表中", "缺少代码或名称"]


@pytest.mark.parametrize("name", ["gbt4754_2017.csv", "areas.csv"])
def test_missing_table(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(SourceMissing, match=name):
        taxonomies.open_folder(folder)


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"code,name\n1,x\n", "parent"), ("code,name,parent,level\nC,制造业,,1".encode("gbk"), "UTF-8"), (b"", "code")],
)
def test_unreadable_table(folder: Path, content: bytes, words: str) -> None:
    (folder / "gbt4754_2017.csv").write_bytes(content)
    with pytest.raises(SourceUnreadable, match=words):
        taxonomies.open_folder(folder)
