"""What-if answers that pages, API and command line share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from fastapi import Depends, Query

from api.auth.disclosure import sees_sums, trace_outcome
from api.auth.errors import NotAllowed
from api.deps import ID_LENGTH, DerivedDep, RingDep, TodayDep, view_of
from api.derived import Derived
from api.schemas.what_if import LossList, WhatIf
from graph.catalogue import Catalogue
from graph.errors import NotFound
from graph.messages import N_, Message
from matching.gaps import (
    Losses,
    Network,
    Outcome,
    Removal,
    RemovalKind,
    Ring,
    fetch_sites,
    losses,
    resolve,
    what_if,
)

BY_COUNTRY = N_("按国别推演进口中断")
CAPACITY_WITHHELD = N_("产能占比为敏感数据，不显示")
MOST = 40
"""Removals of one kind in one question."""

Reference = Annotated[str, Query(max_length=ID_LENGTH, pattern=r"^[^\x00-\x1f\x7f]*$", min_length=1)]


def _removing(description: str, alias: str | None = None) -> Any:
    return Query(alias=alias, max_length=MOST, description=description)


FirmsQuery = Annotated[list[Reference], _removing(N_("移除这些企业：编号或名称，可多个"))]
SitesQuery = Annotated[list[Reference], _removing(N_("移除这些厂区：编号或名称，可多个"))]
SegmentsQuery = Annotated[list[Reference], _removing(N_("移除这些环节：编号或名称，可多个"))]
CountriesQuery = Annotated[list[Reference], _removing(N_("不再从这些国家进口，可多个；* 为全部进口"))]
TownsQuery = Annotated[list[Reference], _removing(N_("移除这些镇街的全部厂区：区划代码或名称，可多个"))]
AnyQuery = Annotated[list[Reference], _removing(N_("移除这些，种类由编号或名称看出，可多个"), "any")]


def network_of(derived: Derived, today: date, ring: Ring | None) -> Network:
    """The network at the graph's revision."""

    def make(_: object) -> Network:
        return Network(view_of(derived, today, ring), derived.get("sites", fetch_sites))

    return derived.get(("network", today, ring), make)


def _network(derived: DerivedDep, today: TodayDep, ring: RingDep) -> Network:
    return network_of(derived, today, ring.ring)


NetworkDep = Annotated[Network, Depends(_network)]


def _removals(
    *,
    network: NetworkDep,
    firm: FirmsQuery = [],  # noqa: B006  FastAPI copies it
    site: SitesQuery = [],  # noqa: B006
    segment: SegmentsQuery = [],  # noqa: B006
    country: CountriesQuery = [],  # noqa: B006
    town: TownsQuery = [],  # noqa: B006
    any_: AnyQuery = [],  # noqa: B006
) -> list[Removal]:
    return removals_of(
        network,
        {
            RemovalKind.FIRM: firm,
            RemovalKind.SITE: site,
            RemovalKind.SEGMENT: segment,
            RemovalKind.COUNTRY: country,
            RemovalKind.TOWN: town,
            None: any_,
        },
    )


RemovalsDep = Annotated[list[Removal], Depends(_removals)]


def removals_of(network: Network, words: dict[RemovalKind | None, Sequence[str]]) -> list[Removal]:
    """What words mean, each once.

    Raises:
        NotFound: when nothing is called so.
        Ambiguous: when several things are.
        NotAllowed: when a country is among them and the viewer may not see sums of imports.
    """
    by_name = words.get(None, ())
    if not sees_sums() and (
        words.get(RemovalKind.COUNTRY) or any(one.strip() in network.names[RemovalKind.COUNTRY] for one in by_name)
    ):
        raise NotAllowed(action=Message(BY_COUNTRY))
    found = [resolve(network, word, kind) for kind, several in words.items() for word in several]
    return list(dict.fromkeys(found))


def answer(network: Network, removals: Sequence[Removal], catalogue: Catalogue) -> WhatIf:
    """What removals come to, as the viewer may see it: a share of capacity tells one firm's secret."""
    outcome = what_if(network, removals)
    if not sees_sums():
        outcome = _disclosed(outcome)
    trace_outcome(outcome)
    return WhatIf.of(outcome, network, catalogue)


def _disclosed(outcome: Outcome) -> Outcome:
    segments = tuple(replace(one, capacity=None) for one in outcome.segments)
    withheld = (Message(CAPACITY_WITHHELD),) if any(one.lost for one in segments) else ()
    return replace(outcome, segments=segments, limits=(*outcome.limits, *withheld))


def _losses_of(derived: Derived, today: date, ring: Ring | None, chain: str | None) -> Losses:
    return derived.get(("losses", today, ring, chain), lambda _: losses(network_of(derived, today, ring), chain))


def loss_list(
    derived: Derived, today: date, ring: Ring | None, catalogue: Catalogue, *, chain: str | None, limit: int
) -> LossList:
    """Firms whose loss hurts most, in all chains or in one.

    Raises:
        NotFound: when there is no such chain.
    """
    network = network_of(derived, today, ring)
    if chain is not None and chain not in network.view.chains:
        raise NotFound(id=chain)
    return LossList.of(_losses_of(derived, today, ring, chain), network, chain, limit, catalogue)
