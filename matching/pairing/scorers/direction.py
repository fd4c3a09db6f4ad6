"""Does what is offered go into what the buyer makes?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from graph.ids import make_id
from graph.messages import N_, Message
from graph.model import Product
from matching.pairing.context import Path
from matching.pairing.pair import Pair
from matching.pairing.scorers.finding import Finding
from matching.pairing.subject import name_ends

PRODUCT_BY_HOPS = {1: 1.0, 2: 0.8, 3: 0.6}
SEGMENT_BY_HOPS = {1: 0.6, 2: 0.4}


def direction(pair: Pair) -> Finding:
    """Purchase direction: the offered product is a material of one the buyer makes (1, two steps 0.8, three 0.6).

    A name that ends in such a material's is a kind of it, one step more. Else the offer's segment feeds one the buyer
    works in (0.6, two steps 0.4). Missing when nothing is known that goes into what the buyer makes, or when neither
    product nor segment of the offer is known; otherwise no path counts 0.
    """
    if pair.wanted.party is None:
        return Finding(None, Message(N_("不知道需方是谁，无法判断采购方向")))
    if not pair.context.buyer_inputs_known:
        return Finding(None, Message(N_("图谱中没有需方产品的上游关系")))
    paths = list(_into_products(pair))
    if paths:
        return _found(PRODUCT_BY_HOPS, paths)
    fed = [path for segment in pair.given.segments if (path := pair.context.feeding.get(segment))]
    if fed:
        return _found(SEGMENT_BY_HOPS, fed)
    if not pair.offered.product_ids and not pair.given.segments:
        return Finding(None, Message(N_("供给未关联产品或环节，无法判断采购方向")))
    return Finding(0.0, Message(N_("图谱中没有从该供给到需方产品的路径")))


def _into_products(pair: Pair) -> Iterator[Path]:
    """Paths from the offered products, or by the ends of their names, a step more: 行星减速器 is a 减速器."""
    for product in pair.given.products:
        if path := pair.context.inputs.get(product):
            yield path
    for item in pair.given.subjects:
        for end in name_ends(item.core)[1:]:
            if path := pair.context.inputs.get(make_id(Product.PREFIX, end)):
                yield replace(path, names=(item.core, *path.names))


def _found(by_hops: dict[int, float], paths: list[Path]) -> Finding:
    path = min(paths, key=lambda one: (one.hops, one.names))
    values: dict[str, object] = {"path": " → ".join(path.names)}
    return Finding(by_hops.get(path.hops, 0.0), Message(N_("采购方向（{path}）"), values), path.evidence)
