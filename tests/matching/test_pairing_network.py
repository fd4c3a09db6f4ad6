"""The graph around needs in memory: the nearest way to each node, in order, each source once."""

from __future__ import annotations

from datetime import date
from typing import Any

from graph.ids import make_id
from matching.pairing.around import around, tagged
from matching.pairing.context import Relation
from matching.pairing.listings import Evidence, Party, Wanted
from matching.pairing.network import Network

DAY = date(2026, 9, 1)
FIRMS = ("需方", "供方", "同行")
Link = tuple[str, str, str]  # start, type, end


def id_of(name: str) -> str:
    return make_id("enterprise" if name in FIRMS else "segment" if name.startswith("环节") else "product", name)


def row(name: str, links: list[list[Any]]) -> dict[str, Any]:
    label = "Enterprise" if name in FIRMS else "Segment" if name.startswith("环节") else "Product"
    return {"id": id_of(name), "name": name, "labels": ["Entity", label], "group": None, "links": links}


def network(*links: Link, sources: tuple[str, ...] = ("a",), shares: dict[str, float] | None = None) -> Network:
    names = dict.fromkeys(name for start, _, end in links for name in (start, end))
    rows = []
    for name in names:
        own: list[list[Any]] = [
            [type_, id_of(end), source, DAY, [], (shares or {}).get(end)]
            for start, type_, end in links
            if start == name
            for source in sources
        ]
        rows.append(row(name, own))
    return Network.of(rows)


def need(*products: str) -> Wanted:
    ids = tuple(map(id_of, products))
    return Wanted("n", None, "求购", product_ids=ids, product_names=products, party=Party(id_of("需方"), "需方"))


def test_the_nearest_way_is_told_and_a_circle_ends() -> None:
    known = network(
        ("需方", "MAKES", "电池"),
        ("正极", "MATERIAL_OF", "电池"),
        ("前驱体", "MATERIAL_OF", "正极"),
        ("前驱体", "MATERIAL_OF", "电池"),
        ("高镍前驱体", "KIND_OF", "前驱体"),
        ("电池", "MATERIAL_OF", "正极"),
        ("锂", "MATERIAL_OF", "前驱体"),
    )
    inputs = around(need(), known).inputs
    ways = {path.names: path.hops for path in inputs.values()}
    assert ways == {
        ("正极", "电池"): 1,
        ("前驱体", "电池"): 1,
        ("电池", "正极", "电池"): 2,
        ("锂", "前驱体", "电池"): 2,
        ("高镍前驱体", "前驱体", "电池"): 2,
    }
    assert {path.relation for path in inputs.values()} == {Relation.INPUT}


def test_a_kind_of_a_kind_is_narrower_and_a_class_of_a_class_wider() -> None:
    known = network(("行星减速器", "KIND_OF", "减速器"), ("微型行星减速器", "KIND_OF", "行星减速器"))
    below = around(need("减速器"), known).related
    above = around(need("微型行星减速器"), known).related
    assert [(path.relation, path.names) for path in below.values()] == [
        (Relation.NARROWER, ("行星减速器", "减速器")),
        (Relation.NARROWER, ("微型行星减速器", "行星减速器", "减速器")),
    ]
    assert [(path.relation, path.names) for path in above.values()] == [
        (Relation.WIDER, ("微型行星减速器", "行星减速器")),
        (Relation.WIDER, ("微型行星减速器", "行星减速器", "减速器")),
    ]


def test_who_says_so_is_told_once_by_source_and_day() -> None:
    known = network(("供方", "SUPPLIES_TO", "需方"), ("同行", "BUYS", "轴承"), sources=("b", "a", "b"))
    partner = around(need("轴承"), known).partners[id_of("供方")]
    assert partner.evidence == (Evidence("a", DAY), Evidence("b", DAY))


def test_what_a_buyer_makes_comes_by_its_share_of_revenue() -> None:
    known = network(
        ("需方", "MAKES", "轴承"),
        ("需方", "MAKES", "电机"),
        ("需方", "MAKES", "齿轮"),
        shares={"电机": 0.6, "齿轮": 0.1},
    )
    assert around(need(), known).made == ("电机", "齿轮", "轴承")


def test_firms_that_supply_other_buyers_of_the_wanted_product_are_counted_once_a_buyer() -> None:
    known = network(
        ("需方", "BUYS", "轴承"),
        ("同行", "BUYS", "轴承"),
        ("供方", "SUPPLIES_TO", "同行"),
        ("供方", "SUPPLIES_TO", "需方"),
        sources=("a", "b"),
    )
    found = around(need("轴承"), known)
    assert (found.other_buyers, found.shared_buyers[id_of("供方")].count) == (1, 1)
    assert found.shared_buyers[id_of("供方")].names == ("同行",)


def test_words_find_the_longest_known_end_of_a_name() -> None:
    known = network(("行星减速器", "KIND_OF", "减速器"))
    assert tagged(Wanted.from_text("高精度微型行星减速器"), known).product_names == ("行星减速器",)
    assert tagged(Wanted.from_text("匣钵"), known).product_names == ()
    assert tagged(need("减速器"), known).product_names == ("减速器",)


def test_an_empty_graph_knows_nothing() -> None:
    assert not around(need("轴承"), Network()).buyer_inputs_known
