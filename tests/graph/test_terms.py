"""Products to segments by words: head noun last, longest term, look-alikes out."""

from __future__ import annotations

import pytest

from graph.terms import SegmentTerms, TermIndex
from loaders.catalog.files import read_chains
from loaders.catalog.loader import segment_terms

INDEX = TermIndex(
    [
        SegmentTerms("r.reducer", ("减速器", "精密减速器"), ("减速带", "汽车减速器")),
        SegmentTerms("c.anode", ("负极材料",), ()),
        SegmentTerms("c.lactic", ("乳酸",), ("聚乳酸",)),
    ]
)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("减速器", [("r.reducer", "减速器", True)]),
        ("谐波减速器", [("r.reducer", "减速器", False)]),
        ("高精密减速器", [("r.reducer", "精密减速器", False)]),
        ("减速器壳体", []),
        ("汽车减速器", []),
        ("减速器（BX 系列）", [("r.reducer", "减速器", True)]),
        ("聚乳酸", []),
        ("乳酸", [("c.lactic", "乳酸", True)]),
        ("", []),
        ("（）", []),
    ],
)
def test_match(name: str, found: list[tuple[str, str, bool]]) -> None:
    assert [(match.segment, match.term, match.exact) for match in INDEX.match(name)] == found


def test_no_segment_of_the_catalog_excludes_its_own_terms() -> None:
    entries = segment_terms(list(read_chains()))
    index = TermIndex(entries)
    lost = [(e.segment, t) for e in entries for t in e.terms if e.segment not in {m.segment for m in index.match(t)}]
    assert lost == []


def test_an_empty_index_matches_nothing() -> None:
    assert TermIndex([]).match("减速器") == []
