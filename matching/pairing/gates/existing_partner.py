"""Is the supplier new to the buyer?"""

from __future__ import annotations

from graph.ids import normalise
from graph.messages import N_, Listed, Message
from matching.pairing.context import Partner
from matching.pairing.gates.verdict import Verdict, failed, passed
from matching.pairing.pair import Pair
from matching.pairing.subject import subject

GATE = "existing_partner"


def existing_partner(pair: Pair) -> tuple[Verdict, ...]:
    """The firm does not already supply the buyer with what is wanted.

    Whoever already supplies it needs no introduction, and when a second source is wanted the first one is not the
    answer either, nor is a firm of the first one's group: both fail, with different words. A present supplier of
    *other* products passes: that is a short way, and the sentence says so. When the products it supplies are not on
    record it fails, but as a near miss: that it supplies something else would let it pass.
    """
    buyer, supplier = pair.wanted.party, pair.offered.party
    if buyer is None or supplier is None:
        return ()
    partner = pair.context.partners.get(supplier.id)
    if partner is None:
        return (_beside_first(pair),)
    values: dict[str, object] = {"products": Listed(partner.products)}
    if not partner.products:
        return (failed(GATE, Message(N_("已是现有供应商，供应的产品未登记")), Message(N_("若确认现供应的是其他产品"))),)
    if not _supplies_it(pair, partner):
        return (passed(GATE, Message(N_("现供应其他产品（{products}），已有合作基础"), values)),)
    if pair.wanted.second_source:
        return (failed(GATE, Message(N_("需求要找第二供应商，该企业就是现有供应商（{products}）"), values), None),)
    return (failed(GATE, Message(N_("已是现有供应商（{products}），无需再对接"), values), None),)


def _beside_first(pair: Pair) -> Verdict:
    """A new firm; where a second source is wanted it must not be of a present supplier's group."""
    group = pair.offered.party.group if pair.offered.party else None
    for partner in pair.context.partners.values() if pair.wanted.second_source and group else ():
        if partner.group == group and (not partner.products or _supplies_it(pair, partner)):
            values: dict[str, object] = {"name": partner.name, "group": group}
            return failed(GATE, Message(N_("与现有供应商{name}同属{group}，不构成第二来源"), values), None)
    return passed(GATE, Message(N_("不是现有供应商")))


def _supplies_it(pair: Pair, partner: Partner) -> bool:
    """Whether one of the supplied products is the wanted one or a kind of it, by the end of its name."""
    asked = {normalise(name) for name in pair.wanted.product_names} | {item.core for item in pair.asked.subjects}
    given = [found.core if (found := subject(name)) else normalise(name) for name in partner.products]
    return any(have.endswith(want) or want.endswith(have) for have in given for want in asked)
