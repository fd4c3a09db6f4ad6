"""What a newcomer would meet here: who would buy from it, and whom it would displace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from graph.messages import N_
from graph.model import LinkState
from matching.gaps.links import Link
from matching.gaps.view import View
from matching.rings import within


class DemandKind(StrEnum):
    """What says that a firm would buy."""

    PURCHASE = "purchase"
    NEED = "need"


DEMAND_TITLES = {DemandKind.PURCHASE: N_("已填报采购"), DemandKind.NEED: N_("发布需求")}


@dataclass(frozen=True, slots=True)
class Buyer:
    """A firm at home that buys products of a segment or asks for them; ``id`` None when a need names nobody.

    ``amount`` is CNY a year, ``import_share`` what of it is imported today, ``on`` the day it was reported or posted.
    """

    id: str | None
    name: str | None
    leader: bool
    kind: DemandKind
    what: str
    amount: int | None
    import_share: float | None
    on: date | None
    sample: bool


def buyers(view: View, segment: str) -> tuple[Buyer, ...]:
    """Who would buy here, from purchases and needs: the largest amount first, unknown ones last."""
    found = []
    for fact in view.purchases(segment):
        firm = view.firms[fact.buyer]
        leads = firm.id in view.leaders
        found.append(
            Buyer(firm.id, firm.name, leads, DemandKind.PURCHASE, fact.name, fact.amount, fact.import_share,
                  fact.observed_on, firm.sample)
        )  # fmt: skip
    for need in view.needs(segment):
        poster = view.firms.get(need.by or "")
        if poster is None or view.is_home(poster.id):
            name, id_ = (poster.name, poster.id) if poster else (None, need.by)
            found.append(
                Buyer(id_, name, id_ in view.leaders, DemandKind.NEED, need.name, need.amount, None, need.posted_on,
                      bool(poster and poster.sample))
            )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.amount is None, -(one.amount or 0), one.name or "", one.what)))


def displaced(view: View, segment: str) -> tuple[Link, ...]:
    """Firms at home in the segment, confirmed ones first: whom a newcomer would compete with."""
    here = [link for link in view.links.get(segment, ()) if within(link.firm.ring, view.home)]
    order = {LinkState.CONFIRMED: 0, LinkState.UNCERTAIN: 1}
    found = [link for link in here if link.state in order]
    return tuple(sorted(found, key=lambda link: (order[link.state], link.firm.name, link.firm.id)))
