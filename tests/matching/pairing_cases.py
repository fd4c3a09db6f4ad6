"""Small markets for the tests of pairing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from graph.ids import make_id
from graph.values import Certificate, Limit
from matching.pairing.context import Context
from matching.pairing.listings import Offered, Party, Wanted
from matching.pairing.market import Market, Segment
from matching.pairing.pair import Pair

TODAY = date(2026, 12, 1)
BUYER = Party("enterprise-buyer", "示例重工", status="active")


def supplier(number: int = 1, **more: Any) -> Party:
    return replace(Party(f"enterprise-{number}", f"示例企业{number}", status="active"), **more)


def limit(text: str) -> Limit:
    found = Limit.parse(text)
    assert found is not None, text
    return found


def certificates(*texts: str) -> tuple[Certificate, ...]:
    return tuple(map(Certificate.parse, texts))


def wanted(name: str = "行星减速器", *, products: tuple[str, ...] = (), **more: Any) -> Wanted:
    ids = tuple(make_id("product", product) for product in products)
    basis = Wanted("need-1", "N-1", name, product_ids=ids, product_names=products, party=BUYER)
    return replace(basis, **more)


def offered(name: str = "行星减速器", *, number: int = 1, products: tuple[str, ...] = (), **more: Any) -> Offered:
    ids = tuple(make_id("product", product) for product in products)
    basis = Offered(f"offer-{number:03}", f"O-{number}", name, product_ids=ids, product_names=products, state="open")
    return replace(replace(basis, party=supplier(number)), **more)


def pair(
    need: Wanted | None = None, offer: Offered | None = None, *, market: Market | None = None, **more: Any
) -> Pair:
    need, offer = need or wanted(), offer or offered()
    market = market or Market((offer,))
    basis = Pair(need, offer, TODAY, Context(), market.meaning(need), market.meaning(offer))
    return replace(basis, **({"lexicon": market.lexicon, "segment_names": market.segment_names} | more))


SEGMENTS = (
    Segment(
        "battery.cathode",
        "正极材料",
        ("新型储能",),
        ("正极材料", "三元正极材料", "磷酸铁锂", "磷酸铁锂正极材料", "锰酸锂"),
        ("正极材料烧结", "正极材料匣钵"),
    ),
    Segment("battery.anode", "负极材料", ("新型储能",), ("负极材料", "人造石墨", "硅碳负极材料"), ()),
    Segment(
        "robotics.reducer", "减速器", ("机器人",), ("减速器", "RV减速器", "谐波减速器", "行星减速器"), ("减速器壳体",)
    ),
    Segment("metals.casting", "铸件", ("金属材料",), ("铸件", "球墨铸铁件", "壳体铸件"), ()),
    Segment("carbon.composite", "碳纤维复合材料", ("新型碳材料",), ("碳纤维复合材料",), ()),
    Segment("metals.composite", "铝基复合材料", ("金属材料",), ("铝基复合材料",), ()),
    Segment("metals.heat", "热处理", ("金属材料",), ("热处理", "渗碳淬火", "真空热处理"), ("热处理炉",)),
)
