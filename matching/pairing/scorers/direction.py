"""Does what is offered go into what the buyer makes?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from graph.messages import N_, Message
from matching.pairing.context import Context, Path
from matching.pairing.pair import Meaning, Pair
from matching.pairing.scorers.finding import Finding
from matching.pairing.subject import name_ends, name_id

PRODUCT_BY_HOPS = {1: 1.0, 2: 0.8, 3: 0.6}
SEGMENT_BY_HOPS = {1: 0.6, 2: 0.4}
Step = tuple[
    int, Path, str | None
]  # relationships, path, the name it starts with when that is only a kind of its first


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
    value, steps = way(pair.given, pair.context)
    if steps:
        return _found(value, steps)
    if not pair.offered.product_ids and not pair.given.segments:
        return Finding(None, Message(N_("供给未关联产品或环节，无法判断采购方向")))
    return Finding(0.0, Message(N_("图谱中没有从该供给到需方产品的路径")))


def way(given: Meaning, context: Context) -> tuple[float, list[Step]]:
    """What the ways from an offer into the buyer's products count, and the ways."""
    steps = list(_into_products(given, context))
    if steps:
        return PRODUCT_BY_HOPS.get(min(hops for hops, _, _ in steps), 0.0), steps
    fed = [path for segment in given.segments if (path := context.feeding.get(segment))]
    steps = [(path.hops, path, None) for path in fed]
    return max((SEGMENT_BY_HOPS.get(hops, 0.0) for hops, _, _ in steps), default=0.0), steps


def _into_products(given: Meaning, context: Context) -> Iterator[Step]:
    """Paths from the offered products, or by the ends of their names, a step more: 行星减速器 is a 减速器."""
    inputs = context.inputs
    for product in given.products:
        if path := inputs.get(product):
            yield path.hops, path, None
    if inputs.keys().isdisjoint(given.wider):
        return
    for item in given.subjects:
        for end in name_ends(item.core)[1:]:
            if path := inputs.get(name_id(end)):
                yield path.hops + 1, path, item.core


def _found(value: float, steps: list[Step]) -> Finding:
    named = [replace(path, names=(name, *path.names)) if name else path for _, path, name in steps]
    path = min(named, key=lambda one: (one.hops, one.names))
    values: dict[str, object] = {"path": " → ".join(path.names)}
    return Finding(value, Message(N_("采购方向（{path}）"), values), path.evidence)
