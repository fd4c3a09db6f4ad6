"""Who could fill a gap, by the four ways of DOMAIN 4.12. Lists are ordered by evidence, never by place."""

from __future__ import annotations

from dataclasses import dataclass

from graph.messages import N_, Listed, Message
from graph.model import Grade
from matching.gaps.links import Link
from matching.gaps.view import View
from matching.rings import Ring, within

MAKES = N_("生产{products}，尚未挂链")
UNCERTAIN = N_("挂链待核实：{evidence}")
AGED = N_("曾确认在该环节（{evidence}），最近一次见于 {date}，须重新核查")
AGED_UNDATED = N_("曾确认在该环节（{evidence}），没有日期，须重新核查")
NEAR = N_("在相近环节“{segment}”")
CONFIRMED = N_("已确认在该环节：{evidence}")
SUPPLIES = N_("已向本地企业{buyers}供货")
RESULT = N_("科技成果")

_GRADES = (Grade.STRONG, Grade.MEDIUM, Grade.WEAK, None)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A firm or research result, and why it is named; ``uncertain`` when it is a lead to verify."""

    id: str
    name: str
    reason: Message
    ring: Ring | None = None
    uncertain: bool = False


def _order(link: Link) -> tuple[int, str, str]:
    return _GRADES.index(link.grade), link.firm.name, link.firm.id


def _named(link: Link, reason: Message, *, uncertain: bool = False) -> Candidate:
    return Candidate(link.firm.id, link.firm.name, reason, link.firm.ring, uncertain)


def doubtful(link: Link) -> Candidate:
    """The firm of a link that is not confirmed, with why it is named at all."""
    template = MAKES if link.implied else UNCERTAIN
    if link.aged:
        template = AGED if link.seen_on else AGED_UNDATED
    values: dict[str, object] = {"products": link.evidence, "evidence": link.evidence, "date": link.seen_on}
    return _named(link, Message(template, values), uncertain=True)


def convertible(view: View, segment: str) -> tuple[Candidate, ...]:
    """Firms at home near the segment: perhaps in it already, making its products, or confirmed in a near segment."""
    found: dict[str, Candidate] = {}
    leads = [link for link in view.uncertain(segment) if within(link.firm.ring, view.home)]
    for link in sorted(leads, key=lambda link: (link.implied, *_order(link))):
        found[link.firm.id] = doubtful(link)
    inside = {link.firm.id for link in view.suppliers(segment)}
    for near in sorted(view.near(segment)):
        for link in sorted(view.locals(near), key=_order):
            if link.firm.id not in inside:
                reason = Message(NEAR, {"segment": view.segments[near].name})
                found.setdefault(link.firm.id, _named(link, reason))
    return tuple(found.values())


def connectable(view: View, segment: str) -> tuple[Candidate, ...]:
    """Firms confirmed in the segment within the delta or the province, outside the ring that was looked at."""
    links = [link for link in view.beyond(segment) if within(link.firm.ring, Ring.DELTA)]
    return tuple(_named(k, Message(CONFIRMED, {"evidence": k.evidence})) for k in sorted(links, key=_order))


def topics(view: View, segment: str) -> tuple[Candidate, ...]:
    """Open research results about the segment."""
    facts = {fact.id: fact for fact in view.achievements(segment)}
    return tuple(Candidate(fact.id, fact.name, Message(RESULT)) for fact in sorted(facts.values(), key=lambda f: f.id))


def outside(view: View, segment: str) -> tuple[Candidate, ...]:
    """Firms outside the ring that could settle here: first those that supply a local buyer, then confirmed ones."""
    buyers: dict[str, set[str]] = {}
    for supply in view.supplies(segment):
        firm = view.firms.get(supply.supplier)
        buyer = view.firms.get(supply.buyer)
        if firm and buyer and within(buyer.ring, view.home) and firm.ring and not within(firm.ring, view.ring):
            buyers.setdefault(firm.id, set()).add(buyer.name)
    found = {}
    for id_ in sorted(buyers, key=lambda b: (-len(buyers[b]), b)):
        firm = view.firms[id_]
        reason = Message(SUPPLIES, {"buyers": Listed(sorted(buyers[id_]))})
        found[id_] = Candidate(id_, firm.name, reason, firm.ring)
    for link in sorted(view.beyond(segment), key=_order):
        if link.firm.ring is not None:
            found.setdefault(link.firm.id, _named(link, Message(CONFIRMED, {"evidence": link.evidence})))
    return tuple(found.values())
