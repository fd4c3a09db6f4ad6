"""What-if as a page of its own and as a strip above the map; what is removed is the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api import what_if as answers
from api.auth.disclosure import sees_sums
from api.auth.gate import may
from api.auth.roles import Action
from api.auth.viewer import viewer
from api.deps import ID_LENGTH, CatalogueDep, DerivedDep, PresenceDep, RingDep, TodayDep
from api.derived import Derived
from api.i18n import _
from api.rings import RingChoice
from api.web.render import page
from api.web.rings import ring_choices
from api.what_if import NetworkDep, RemovalsDep
from graph.catalogue import Catalogue
from matching.gaps import Network, Removal, RemovalKind

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, dependencies=[may(Action.ANALYSE)])
RANKED = 50
FIRST = 6
"""How many firms the strip above the map suggests."""

_Chain = Annotated[str, Query(max_length=ID_LENGTH)]
_Part = Annotated[str, Query(pattern="^(page|panel)$")]


def removal_query(removals: Sequence[Removal]) -> str:
    """What is removed, as part of an address; empty or led by ``&``."""
    return "".join(f"&{urlencode({removal.kind.value: removal.ref})}" for removal in removals)


def _known(network: Network, ranked: Sequence[str]) -> list[str]:
    """Names to offer while one types: firms that hurt, segments, countries, towns."""
    kinds = [RemovalKind.SEGMENT, RemovalKind.TOWN, *([RemovalKind.COUNTRY] if sees_sums() else [])]
    return list(dict.fromkeys([*ranked, *(_(one.name) for kind in kinds for one in network.names[kind].values())]))


@dataclass(frozen=True)
class Strip:
    """A what-if as the page shows it, and the strip above the map; ``shown`` makes it for a chain, or for all."""

    network: Network
    removals: Sequence[Removal]
    derived: Derived
    today: date
    catalogue: Catalogue
    ring: RingChoice

    def shown(self, chain: str | None, limit: int = FIRST) -> dict[str, object]:
        """What the templates need; ``found`` is None when nothing is removed, ``removals`` come with what is left.

        Raises:
            NotFound: when there is no such chain.
        """
        removals = self.removals
        found = answers.answer(self.network, removals, self.catalogue) if removals else None
        kept = [removal_query([other for other in removals if other != one]) for one in removals]
        losses = answers.loss_list(self.derived, self.today, self.ring.ring, self.catalogue, chain=chain, limit=limit)
        return {
            "found": found,
            "removals": list(zip(found.removals if found else [], kept, strict=True)),
            "removed": [(removal.kind.value, removal.ref) for removal in removals],
            "removal_query": removal_query(removals),
            "losses": losses,
            "known": _known(self.network, [one.firm.name for one in losses.items]),
            "chain": chain or "",
            "ring": self.ring,
        }


def _strip(
    *,
    network: NetworkDep,
    removals: RemovalsDep,
    derived: DerivedDep,
    today: TodayDep,
    catalogue: CatalogueDep,
    ring: RingDep,
) -> Strip | None:
    """The strip, for whoever may analyse."""
    return Strip(network, removals, derived, today, catalogue, ring) if viewer().may(Action.ANALYSE) else None


StripDep = Annotated[Strip | None, Depends(_strip)]


@router.get("/what-if")
def what_if(
    *,
    request: Request,
    strip: StripDep,
    catalogue: CatalogueDep,
    where: PresenceDep,
    chain: _Chain = "",
    part: _Part = "page",
) -> Response:
    """What stops without what is removed, and the firms whose loss hurts most."""
    if strip is None or not catalogue.chains:
        return page(request, "empty.html", {"catalogue": catalogue})
    if part == "panel":
        return page(request, "what_if_strip.html", strip.shown(chain or None))
    choices = {"catalogue": catalogue, **ring_choices(strip.ring, where)}
    return page(request, "what_if.html", strip.shown(chain or None, RANKED) | choices)
