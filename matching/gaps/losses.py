"""The firms whose loss hurts most: every firm alone, exactly, none left to chance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from matching.gaps.facts import FirmFact
from matching.gaps.figure import Figure
from matching.gaps.leaders import HURT, hit
from matching.gaps.network import Cut, Network
from matching.gaps.what_if import loss


@dataclass(frozen=True)
class FirmLoss:
    """What the loss of one firm comes to, by the parts it is ranked by, in their order.

    ``output`` is the part of the local value that goes; ``leaders`` other leaders that are hit; ``stopped`` the
    segments that stop, ``emptied`` those of them it was the last firm of; ``alone`` segments left with one firm.
    ``rank`` is the same for firms that all of this is the same for.
    """

    firm: FirmFact
    rank: int
    output: Figure
    leaders: tuple[str, ...]
    stopped: tuple[str, ...]
    emptied: tuple[str, ...]
    alone: tuple[str, ...]


@dataclass(frozen=True)
class Losses:
    """Firms whose loss alone does any harm, worst first; ``harmless`` is how many others were looked at."""

    firms: tuple[FirmLoss, ...]
    harmless: int


def _hitting(network: Network) -> dict[str, set[str]]:
    """For each firm the leaders it is the only known supplier of, for something."""
    found: dict[str, set[str]] = {}
    for leader, own in network.ties.items():
        for firms in own.suppliers.values():
            if len(firms) == 1:
                found.setdefault(next(iter(firms)), set()).add(leader)
    return found


def _all(network: Network) -> set[str]:
    """Firms to look at: all that are confirmed or supply somewhere."""
    view = network.view
    return network.segments_of.keys() | {s.supplier for s in view.facts.supplies if s.supplier in view.firms}


def _measured(network: Network, firm: str, chain: str | None) -> tuple[tuple[int, ...], FirmLoss] | None:
    view = network.view
    cut = Cut(firms=frozenset([firm]))
    members = {k.id for k in view.members(chain)} if chain else view.segments.keys()
    left = network.left(cut)
    stops = network.stops(cut, left) if left else {}
    worth = {k: value for k, value in network.lost_worth(cut, stops).items() if k in members}
    led = set(view.chains[chain].leaders) if chain else network.ties.keys()
    others = ((leader, own) for leader, own in network.ties.items() if leader != firm and leader in led)
    leaders = tuple(leader for leader, own in others if hit(network, leader, own, cut, stops).hit in HURT)
    stopped = tuple(k for k in view.segments if k in stops and k in members)
    alone = tuple(k for k in view.segments if k in members and k not in stops and len(left.get(k, ())) == 1)
    emptied = tuple(k for k in stopped if stops[k] == 0)
    whole = sum(network.worth[k] for k in members)
    found = FirmLoss(view.firms[firm], 0, loss(sum(worth.values()), whole), leaders, stopped, emptied, alone)
    if not (worth or leaders or stopped or alone):
        return None
    return (-sum(worth.values()), -len(leaders), -len(stopped), -len(alone)), found


def losses(network: Network, chain: str | None = None) -> Losses:
    """Return what the loss of each firm alone comes to, worst first; ``chain`` counts what happens in that chain only.

    Exact: each figure is that of ``what_if`` for the firm. Only a firm that is the last or last but one of a segment,
    or the only known supplier of a leader, can do harm alone, so the others need no reckoning.
    """
    every = _all(network)
    few = {link.firm.id for links in network.suppliers.values() if len(links) <= 2 for link in links}
    last_at_home = {next(iter(firms)) for firms in network.locals.values() if len(firms) == 1}
    suspects = few | last_at_home | _hitting(network).keys()
    measured = [found for firm in sorted(every & suspects) if (found := _measured(network, firm, chain))]
    measured.sort(key=lambda pair: (pair[0], pair[1].firm.name, pair[1].firm.id))
    ranked = tuple(_ranked(measured))
    return Losses(ranked, len(every) - len(ranked))


def _ranked(measured: Iterable[tuple[tuple[int, ...], FirmLoss]]) -> Iterable[FirmLoss]:
    """Equal parts, equal rank."""
    place, before = 0, None
    for number, (key, found) in enumerate(measured, 1):
        if key != before:
            place, before = number, key
        yield FirmLoss(found.firm, place, found.output, found.leaders, found.stopped, found.emptied, found.alone)
