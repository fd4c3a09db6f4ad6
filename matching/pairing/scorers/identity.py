"""Is what is offered the thing that is wanted?"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from graph.messages import N_, Listed, Message
from matching.pairing.context import Relation
from matching.pairing.pair import Pair
from matching.pairing.scorers.finding import Finding
from matching.pairing.subject import Subject, name_ends

SAME = 1.0
NARROWER = 0.9
WIDER = 0.7
SEGMENT = 0.5
SIBLING_BASE, SIBLING_SPAN = 0.3, 0.35
LONG_END = 4  # so many shared last characters make a kind even where no list knows the word
PRODUCT_FOR_SERVICE = 0.5

KIN = {Relation.NARROWER: NARROWER, Relation.WIDER: WIDER}
_NAMED = {
    Relation.NARROWER: N_("供给是所需产品的一种（{path}）"),
    Relation.WIDER: N_("供给是更宽的一类，包含所需产品（{path}）"),
}
_OTHER_LEVEL = {
    Relation.COMPONENT: N_("供给是所需产品的材料或部件，不是所需产品本身（{path}）"),
    Relation.WHOLE: N_("供给用到所需产品，不是所需产品本身（{path}）"),
}


def identity(pair: Pair) -> Finding:
    """Same thing: the same product 1, a kind of it 0.9, a wider class 0.7, another kind of one class 0.3-0.65.

    A term of the same segment counts 0.5, anything else 0. Names are compared at their end, where the head noun
    stands: 减速器壳体铸件 is no 减速器, 热处理炉 no 热处理. A thing offered where work is asked for counts half.
    Missing when either listing names nothing.
    """
    if not (pair.asked.subjects and pair.given.subjects):
        return Finding(None, Message(N_("没有写明产品名称")))
    found = [*_by_product(pair), *_by_name(pair), *_by_segment(pair)]
    if found:
        return max(found, key=lambda one: (one.value or 0.0, str(one.reason)))
    for product in pair.given.products:
        if (path := pair.context.related.get(product)) and path.relation in _OTHER_LEVEL:
            values: dict[str, object] = {"path": " → ".join(path.names)}
            return Finding(0.0, Message(_OTHER_LEVEL[path.relation], values), path.evidence)
    values = {"wanted": _names(pair.asked.subjects), "offered": _names(pair.given.subjects)}
    return Finding(0.0, Message(N_("名称不同：需求“{wanted}”，供给“{offered}”"), values))


def _names(items: tuple[Subject, ...]) -> str:
    return Listed(item.core for item in items)


def _by_product(pair: Pair) -> Iterator[Finding]:
    """Findings from product ids and kind-of paths."""
    for product in pair.given.products:
        path = pair.context.related.get(product)
        if path and path.relation in KIN:
            reason = Message(_NAMED[path.relation], {"path": " → ".join(path.names)})
            yield Finding(KIN[path.relation], reason, path.evidence)
        if name := pair.wanted.meant_products.get(product):
            yield Finding(SAME, Message(N_("供给就是所需产品（{product}）"), {"product": name}), pair.offered.evidence)


def _by_name(pair: Pair) -> Iterator[Finding]:
    """Findings from the ends of the names."""
    for asked in pair.asked.subjects:
        for given in pair.given.subjects:
            value = kinship(asked.core, given.core, pair.lexicon)
            if not value or (value < SAME and _apart(pair)):
                continue
            values: dict[str, object] = {"wanted": asked.core, "offered": given.core}
            if asked.service and not given.service and pair.offered.kind == "Offer":
                reason = Message(N_("名称相合，但需求是加工服务、供给是产品（{wanted} / {offered}）"), values)
                yield Finding(value * PRODUCT_FOR_SERVICE, reason)
            else:
                yield Finding(value, Message(_wording(value), values))


def _wording(value: float) -> str:
    if value == SAME:
        return N_("名称相同（{wanted}）")
    if value == NARROWER:
        return N_("供给是所需产品的一种（{offered} → {wanted}）")
    if value == WIDER:
        return N_("供给是更宽的一类（{wanted} → {offered}）")
    return N_("同类而不同种（{wanted} / {offered}）")


def kinship(asked: str, given: str, lexicon: Collection[str]) -> float:
    """How much one name is the other, by their ends."""
    if asked == given:
        return SAME
    if given.endswith(asked):
        return NARROWER
    if asked.endswith(given):
        return WIDER
    shared = _shared_end(asked, given)
    known = [end for end in name_ends(shared) if end in lexicon]
    length = len(shared) if len(shared) >= LONG_END else len(known[0]) if known else 0
    return SIBLING_BASE + SIBLING_SPAN * length / max(len(asked), len(given)) if length else 0.0


def _shared_end(one: str, other: str) -> str:
    length = 0
    for a, b in zip(reversed(one), reversed(other), strict=False):
        if a != b:
            break
        length += 1
    return one[len(one) - length :]


def _apart(pair: Pair) -> bool:
    """Whether both are known to belong to segments and share none."""
    asked, given = set(pair.asked.segments), set(pair.given.segments)
    return bool(asked and given and not asked & given)


def _by_segment(pair: Pair) -> Iterator[Finding]:
    """A finding when both are words for one segment."""
    for segment in pair.asked.segments:
        if segment in pair.given.segments:
            values: dict[str, object] = {"segment": pair.segment_names.get(segment, segment)}
            yield Finding(SEGMENT, Message(N_("属于同一环节（{segment}）"), values))
