"""Who could step in for what a segment loses, and how quickly; ordered by way and evidence, never by place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, islice

from graph.messages import N_, Listed, Message
from graph.model import Substitutability
from matching.gaps.candidates import Candidate, connectable, convertible, outside
from matching.gaps.links import Link
from matching.gaps.network import Cut, Network
from matching.rings import Ring


class Way(StrEnum):
    """How somebody could step in, in the order in which it is looked at (DOMAIN 4.12 after the firms that are left)."""

    LEFT = "left"
    OTHER_SITE = "other_site"
    CONVERT = "convert"
    CONNECT = "connect"
    INVEST = "invest"


WAY_TITLES = {
    Way.LEFT: N_("圈内其他在产企业"),
    Way.OTHER_SITE: N_("本企业其他厂区"),
    Way.CONVERT: N_("本地企业转产"),
    Way.CONNECT: N_("对接圈外供应商"),
    Way.INVEST: N_("外地企业（招商对象）"),
}

STILL_HERE = N_("仍在该环节：{evidence}")
MOVED = N_("另有厂区")

SHOWN = 10
"""How many are described for one segment; their number is always told."""

QUALIFIED = N_("已是 {buyers} 的合格供应商；其他买家：{others}")
MONTHS = N_("认证 {months} 个月")
NOW = N_("无需认证")
FREE = N_("可自由替代，无需认证")
CERTIFY = N_("需认证，时间未知")
DEVELOP = N_("难以替代，须重新开发，时间未知")
CONVERT = N_("转产所需时间未知")


@dataclass(frozen=True, slots=True)
class Substitute:
    """A firm that could step in.

    ``months`` until it may supply a new buyer as far as certification goes, None when nobody said; ``when`` says so
    in words and what it rests on. ``near`` is the segment it works in now when it would have to convert; ``uncertain``
    marks a lead.
    """

    id: str
    name: str
    way: Way
    reason: Message
    months: int | None
    when: Message
    ring: Ring | None = None
    near: str | None = None
    uncertain: bool = False
    sample: bool = False


def _for_a_new_buyer(network: Network, segment: str, way: Way, link: Link | None) -> tuple[int | None, Message]:
    if link is not None and link.certification_months is not None:
        months = link.certification_months
        return months, Message(MONTHS, {"months": months}) if months else Message(NOW)
    if way is Way.CONVERT:
        return None, Message(CONVERT)
    substitutability = network.view.segments[segment].substitutability
    if substitutability is Substitutability.FREE:
        return 0, Message(FREE)
    return None, Message(CERTIFY if substitutability is Substitutability.CERTIFIED else DEVELOP)


def timing(network: Network, segment: str, way: Way, candidate: str, link: Link | None) -> tuple[int | None, Message]:
    """Return months until ``candidate`` may supply a new buyer, and the sentence, which names whom it may supply now.

    What is known decides, in this order: somebody said how long it takes; the segment can be substituted freely.
    Anything else is unknown, conversion always.
    """
    months, when = _for_a_new_buyer(network, segment, way, link)
    buyers = network.qualified.get((segment, candidate), ())
    if buyers:
        return months, Message(QUALIFIED, {"buyers": Listed(buyers), "others": when})
    return months, when


def _beyond_those_left(network: Network, segment: str) -> tuple[tuple[str, Candidate], ...]:
    """The router's ways and whom they name, as the board sees them: the same for every cut, so kept."""
    kept = network.candidates.get(segment)
    if kept is None:
        ways = ((Way.CONVERT, convertible), (Way.CONNECT, connectable), (Way.INVEST, outside))
        kept = tuple((way.value, one) for way, found in ways for one in found(network.view, segment))
        network.candidates[segment] = kept
    return kept


def _elsewhere(network: Network, segment: str, cut: Cut, *, thin: bool) -> Iterator[tuple[Way, Candidate]]:
    """Who is not in the ring's segment any more, or never was."""
    view = network.view
    for link in network.suppliers.get(segment, ()) if cut.moved else ():
        if link.firm.id in cut.moved and not network.stays(link.firm.id, cut, view.ring):
            yield Way.OTHER_SITE, Candidate(link.firm.id, link.firm.name, Message(MOVED), cut.moved[link.firm.id])
    if thin:
        yield from ((Way(way), one) for way, one in _beyond_those_left(network, segment))


def _left(link: Link) -> Candidate:
    return Candidate(link.firm.id, link.firm.name, Message(STILL_HERE, {"evidence": link.evidence}), link.firm.ring)


@dataclass(frozen=True)
class StandIns:
    """Who could step in: the first of them, and how many there are."""

    first: tuple[Substitute, ...] = ()
    total: int = 0


def substitutes(network: Network, segment: str, cut: Cut, left: Sequence[Link], limit: int = SHOWN) -> StandIns:
    """Return who could step in for a segment, each firm by the first way it has; firms that are gone are left out.

    Those ``left`` in the ring come first, then the ways of the router unless enough are left not to be thin
    (``thin_firms``). Who would have to convert must still be where it is.
    """
    thin = len(left) < network.view.thresholds(segment).thin_firms
    here = {link.firm.id for link in left} if thin else set()
    found: dict[str, tuple[Way, Candidate]] = {}
    for way, one in _elsewhere(network, segment, cut, thin=thin):
        if one.id not in cut.firms and one.id not in here and not (way is Way.CONVERT and one.id in cut.moved):
            found.setdefault(one.id, (way, one))
    named = chain(((Way.LEFT, _left(link)) for link in left), found.values())
    shown = tuple(_described(network, segment, way, one) for way, one in islice(named, limit))
    return StandIns(shown, len(left) + len(found))


def _described(network: Network, segment: str, way: Way, one: Candidate) -> Substitute:
    view = network.view
    link = next((link for link in view.links.get(segment, ()) if link.firm.id == one.id), None)
    near = view.near(segment) if way is Way.CONVERT else ()
    months, when = timing(network, segment, way, one.id, link)
    return Substitute(
        id=one.id,
        name=one.name,
        way=way,
        reason=one.reason,
        months=months,
        when=when,
        ring=one.ring,
        near=next((k for k in network.segments_of.get(one.id, ()) if k in near), None),
        uncertain=one.uncertain,
        sample=one.id in view.firms and view.firms[one.id].sample,
    )
