"""ChainKnowledgeGraph: what goes in, what is cleaned, what comes back and why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph.errors import SourceMissing, SourceUnreadable
from graph.ids import make_id
from graph.model import Enterprise, Segment, Stream, Substitutability
from graph.nodes import view_node
from graph.store import Store
from graph.terms import SegmentTerms, TermIndex
from loaders import chainkg
from loaders.base import load
from loaders.provenance import Drop, Row
from tests.graphs import write

REDUCER = Segment(
    id="robotics.reducer",
    name="减速器",
    stream=Stream.UPSTREAM,
    importance=3,
    substitutability=Substitutability.CERTIFIED,
    terms=["减速器"],
    basis="测试",
)
INDEX = TermIndex([SegmentTerms("robotics.reducer", ("减速器",), ("减速带",))])

GOOD: dict[str, list[dict[str, Any]]] = {
    "industry.json": [{"code": "640000", "name": "机械设备"}, {"code": "640401", "name": "金属制品"}],
    "industry_industry.json": [
        {"from_code": "640401", "from_industry": "金属制品", "to_industry": "机械设备", "to_code": "640000"}
    ],
    "product.json": [{"name": "谐波减速器"}, {"name": "轴承钢"}],
    "company.json": [
        {
            "name": "示例谐波",
            "fullname": "示例谐波股份有限公司",
            "code": "688001",
            "location": "上海证券交易所",
            "time": "2020-08-28",
        }
    ],
    "company_industry.json": [
        {
            "company_code": "688001.SH",
            "industry_code": "640401",
            "industry_name": "金属制品",
            "company_name": "示例谐波",
        }
    ],
    "company_product.json": [
        {"company_name": "示例谐波", "company_code": "688001.SH", "product_name": "谐波减速器", "rel_weight": 0.6}
    ],
    "product_product.json": [{"from_entity": "谐波减速器", "to_entity": "轴承钢", "rel": "上游材料"}],
    "industry_up.json": [{"industry": "金属制品", "ups": {"机械设备": 3}}],
}


def write_folder(folder: Path, tables: dict[str, list[dict[str, Any]]] | None = None) -> Path:
    folder.mkdir(exist_ok=True)
    for name in chainkg.TRANSFORMS:
        rows = (tables or {}).get(name, GOOD[name])
        (folder / name).write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return folder


def _rows(file: str, *lines: bytes | dict[str, Any]) -> list[Row | Drop]:
    """The good rows of all earlier files, then ``lines`` of ``file``; returned are the latter alone."""
    given = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    names = list(chainkg.TRANSFORMS)
    earlier = [
        (name, number, json.dumps(row).encode())
        for name in names[: names.index(file)]
        for number, row in enumerate(GOOD[name], 1)
    ]
    rows = chainkg.records([*earlier, *((file, n, line) for n, line in enumerate(given, 1))], INDEX)
    return [row for row in rows if row.where.startswith(f"{file}:")]


@pytest.mark.parametrize(
    ("file", "line", "reason"),
    [
        ("product.json", b'{"name": "\xe8\xbd', chainkg.NOT_UTF8),
        ("product.json", '{"name": "轴承"'.encode(), chainkg.NOT_JSON),
        ("product.json", b'["a"]', chainkg.NOT_JSON),
        ("product.json", {"name": "  "}, chainkg.NO_FIELD),
        ("product.json", {"name": 7}, chainkg.NO_FIELD),
        ("product.json", {"name": "木材（如栀木"}, chainkg.FRAGMENT),
        ("product.json", {"name": "长" * 61}, chainkg.TOO_LONG),
        ("company.json", {"name": "甲", "fullname": "甲公司", "code": "12345"}, chainkg.BAD_CODE),
        ("company_product.json", {"company_code": "x", "product_name": "轴承"}, chainkg.BAD_CODE),
        ("product_product.json", {"from_entity": "钢", "to_entity": "钢", "rel": "上游材料"}, chainkg.SELF_LOOP),
        ("product_product.json", {"from_entity": "钢", "to_entity": "铁", "rel": "邻居"}, chainkg.UNKNOWN_RELATION),
        ("industry_up.json", {"industry": "没有的行业", "ups": {}}, chainkg.UNKNOWN_INDUSTRY),
        ("industry_up.json", {"industry": "金属制品", "ups": 3}, chainkg.NO_FIELD),
    ],
)
def test_bad_rows_come_back_with_their_reason(file: str, line: bytes | dict[str, Any], reason: str) -> None:
    (row,) = _rows(file, line)
    assert isinstance(row, Drop)
    assert row.where == f"{file}:1"
    assert row.reason.template == reason
    assert str(row.reason)


@pytest.mark.parametrize("share", [3.7, -0.1, "many", -59.019493])
def test_a_share_out_of_range_is_left_out_and_the_row_kept(share: object) -> None:
    (row,) = _rows(
        "company_product.json", {"company_code": "688001.SH", "product_name": "谐波减速器", "rel_weight": share}
    )
    assert isinstance(row, Row)
    assert [reason.template for reason in row.cleaned] == [chainkg.BAD_SHARE]
    assert [getattr(fact, "share", "none") for fact in row.facts] == [None]


def test_a_listing_day_or_exchange_that_is_none_is_left_out() -> None:
    bad = GOOD["company.json"][0] | {"location": "2010-02-11", "time": "--"}
    (row,) = _rows("company.json", bad)
    assert isinstance(row, Row)
    assert {reason.template for reason in row.cleaned} == {chainkg.BAD_DATE, chainkg.BAD_EXCHANGE}


def test_a_firm_missing_from_the_list_is_not_lost() -> None:
    (row,) = _rows(
        "company_product.json", {"company_code": "688999.SH", "company_name": "示例新股", "product_name": "轴承钢"}
    )
    assert isinstance(row, Row)
    assert [fact.name for fact in row.facts if isinstance(fact, Enterprise)] == ["示例新股"]


def test_a_row_that_fails_teaches_nothing() -> None:
    """The first product of a bad row must still be written by the next row that names it."""
    bad = {"from_entity": "新产品", "to_entity": "残缺（", "rel": "上游材料"}
    good = {"from_entity": "新产品", "to_entity": "轴承钢", "rel": "上游材料"}
    first, second = _rows("product_product.json", bad, good)
    assert isinstance(first, Drop)
    assert isinstance(second, Row)
    assert "新产品" in [getattr(fact, "name", None) for fact in second.facts]


def test_products_are_linked_to_segments_by_their_terms(store: Store, tmp_path: Path) -> None:
    write(store, REDUCER)
    job = chainkg.open_folder(write_folder(tmp_path / "chainkg"), [SegmentTerms(REDUCER.id, ("减速器",), ("减速带",))])
    report = load(store, job)
    assert (report.read, report.written, report.dropped) == (10, 10, 0)
    (ties,) = view_node(store, REDUCER.id).ties
    assert (ties.type, ties.neighbours[0].name, ties.neighbours[0].facts) == (
        "COVERS",
        "谐波减速器",
        {"term": "减速器"},
    )


def test_direction_of_material_edges(store: Store, tmp_path: Path) -> None:
    load(store, chainkg.open_folder(write_folder(tmp_path / "chainkg"), []))
    steel = view_node(store, make_id("product", "轴承钢"))
    (ties,) = steel.ties
    assert (ties.type, ties.outgoing, ties.neighbours[0].name) == ("MATERIAL_OF", True, "谐波减速器")


def test_missing_folder_and_file(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing):
        chainkg.open_folder(tmp_path / "nowhere", [])
    folder = write_folder(tmp_path / "chainkg")
    (folder / "company.json").unlink()
    with pytest.raises(SourceMissing) as caught:
        chainkg.open_folder(folder, [])
    assert "company.json" in str(caught.value.what)


def test_a_gbk_file_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "chainkg")
    (folder / "product.json").write_bytes('{"name": "谐波减速器"}\n'.encode("gbk"))
    with pytest.raises(SourceUnreadable, match="GBK"):
        chainkg.open_folder(folder, [])


def test_a_truncated_last_line_costs_that_line_only(store: Store, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "chainkg")
    text = (folder / "product_product.json").read_bytes()
    (folder / "product_product.json").write_bytes(text + text[:40])
    report = load(store, chainkg.open_folder(folder, []))
    (drop,) = report.drops
    assert drop.where == "product_product.json:2"
    assert report.read == 11
