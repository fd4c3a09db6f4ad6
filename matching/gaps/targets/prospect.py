"""A firm that has to do with a segment, and what is known of it there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.model import LinkState
from matching.gaps.facts import CertificateFact, FirmFact, SegmentFact, SignalFact, SupplyFact
from matching.gaps.gap import wanted
from matching.gaps.links import Link
from matching.gaps.view import View


@dataclass(frozen=True)
class Prospect:
    """A firm and what ties it to a segment.

    ``link`` is its settled link, if any; ``products`` those of the segment that it makes or supplies; ``supplies`` what
    firms at home get from it in this segment, ``elsewhere`` in others; ``customers_known`` whether any customer is on
    record; ``demand`` what firms at home are known to want of the segment, CNY a year.
    """

    firm: FirmFact
    segment: SegmentFact
    link: Link | None
    products: tuple[str, ...]
    supplies: tuple[SupplyFact, ...]
    elsewhere: tuple[SupplyFact, ...]
    customers_known: bool
    signals: tuple[SignalFact, ...]
    certificates: tuple[CertificateFact, ...]
    demand: int

    @property
    def confirmed(self) -> bool:
        """Whether somebody confirmed that it works in the segment."""
        return self.link is not None and self.link.state is LinkState.CONFIRMED


def prospects(view: View, segment: str) -> Iterator[Prospect]:
    """Yield, by id, the firms linked to a segment in whatever state and those that supply a buyer at home in it."""
    demand = wanted(view, segment).amount
    links = {link.firm.id: link for link in view.all_links.get(segment, ())}
    sellers = {fact.supplier for fact in view.all_supplies.get(segment, ()) if view.is_home(fact.buyer)}
    for id_ in sorted({*links, *sellers}):
        here = [fact for fact in view.customers.get(id_, ()) if view.is_home(fact.buyer)]
        supplies = tuple(fact for fact in here if fact.segment == segment)
        made = view.made.get((segment, id_))
        products = [*(made.products if made else ()), *(product for fact in supplies for product in fact.products)]
        yield Prospect(
            firm=view.firms[id_],
            segment=view.segments[segment],
            link=links.get(id_),
            products=tuple(dict.fromkeys(products)),
            supplies=supplies,
            elsewhere=tuple(fact for fact in here if fact.segment != segment),
            customers_known=id_ in view.customers,
            signals=view.signals.get(id_, ()),
            certificates=view.certificates.get(id_, ()),
            demand=demand,
        )
