"""What if something were gone: what stops, which leaders are hit, who could step in and how quickly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from graph.messages import N_, Listed, Message
from matching.gaps.depth import NOTE as CAPACITY
from matching.gaps.facts import FirmFact, SegmentFact
from matching.gaps.figure import Figure, missing, ratio, sums
from matching.gaps.leaders import HURT, Hit, LeaderImpact, hit
from matching.gaps.limits import limits
from matching.gaps.links import Link
from matching.gaps.network import Cut, Network
from matching.gaps.removal import Removal
from matching.gaps.substitutes import StandIns, Substitute, substitutes


class Effect(StrEnum):
    """Why a segment stops, or that it goes on with fewer firms."""

    REMOVED = "removed"
    EMPTIED = "emptied"
    CUT_OFF = "cut_off"
    STARVED = "starved"
    THINNED = "thinned"


EFFECT_TITLES = {
    Effect.REMOVED: N_("已移除"),
    Effect.EMPTIED: N_("无企业"),
    Effect.CUT_OFF: N_("进口中断"),
    Effect.STARVED: N_("缺投入停产"),
    Effect.THINNED: N_("企业减少"),
}

REMOVED = N_("该环节整体停供")
EMPTIED = N_("圈内确认企业 {before} 家全部失去：{names}")
CUT_OFF = N_("圈内没有企业，采购额的 {share:.0%} 不再进口")
ESSENTIAL = N_("缺必需的投入：{names}")
WHOLE_GROUP = N_("可互相替代的投入全部停供：{names}")
THINNED = N_("圈内确认企业由 {before} 家减为 {after} 家，失去：{names}")

WORTH = N_("停产环节的本地价值 {lost}，全部 {whole}（有本地企业的环节按重要性相加）")
NO_WORTH = N_("没有一个环节有本地确认企业，无从衡量")

_NAMED = 5


@dataclass(frozen=True)
class SegmentImpact:
    """A segment that stops or loses firms.

    ``step`` is when it stops (0: at once, then one input after the other; None: it goes on), ``missing`` the inputs it
    lacks then, ``lost`` the firms it loses, ``capacity`` their share of the capacity (None unless all is known),
    ``cut_off`` the share of purchases that no longer comes in, ``worth`` the local value that goes. ``substitutes``
    (the first of ``able``) are named for what is lost at once; what lacks an input resumes with it.
    """

    segment: SegmentFact
    effect: Effect
    step: int | None
    reasons: tuple[Message, ...]
    before: int
    after: int
    lost: tuple[FirmFact, ...] = ()
    missing: tuple[str, ...] = ()
    capacity: Figure | None = None
    cut_off: Figure | None = None
    worth: int = 0
    substitutes: tuple[Substitute, ...] = ()
    able: int = 0

    @property
    def stops(self) -> bool:
        """Whether nothing is made any more."""
        return self.effect is not Effect.THINNED


@dataclass(frozen=True, slots=True)
class ChainImpact:
    """A chain: segments that stop of all, and the part of its local value that goes."""

    id: str
    name: str
    stopped: int
    total: int
    output: Figure


@dataclass(frozen=True)
class Outcome:
    """What removals come to. ``segments`` stop in the order of their steps, those that go on come last.

    ``leaders`` are those of all chains, hardest hit first; ``limits`` say what could not be taken into account.
    """

    removals: tuple[Removal, ...]
    segments: tuple[SegmentImpact, ...]
    leaders: tuple[LeaderImpact, ...]
    chains: tuple[ChainImpact, ...]
    output: Figure
    limits: tuple[Message, ...]

    @property
    def stopped(self) -> tuple[SegmentImpact, ...]:
        """Segments that stop."""
        return tuple(one for one in self.segments if one.stops)

    @property
    def hit(self) -> tuple[LeaderImpact, ...]:
        """Leaders that are hit."""
        return tuple(one for one in self.leaders if one.hit in HURT)


def _names(firms: Sequence[FirmFact]) -> str:
    return Listed((firm.name for firm in firms), _NAMED)


def _capacity(segment: str, links: Sequence[Link], lost: frozenset[str]) -> Figure | None:
    """Share of the lost firms in the capacity of all, None unless all are known."""
    shares = {link.firm.id: link.capacity_share for link in links if link.capacity_share is not None}
    whole = sum(shares.values())
    if len(shares) < len(links) or not whole:
        return None
    note = Message(CAPACITY, {"total": len(links)})
    parts = (shares.keys() & lost, shares.keys() - lost, shares.keys())
    secrets = sums(*(((firm, segment) for firm in firms) for firms in parts))
    gone = sum(share for firm, share in shares.items() if firm in lost)
    return ratio(gone, whole, note, known=len(links), total=len(links), secrets=secrets)


def _lacking(network: Network, segment: str, stops: Mapping[str, int]) -> tuple[tuple[str, ...], tuple[Message, ...]]:
    """The inputs a segment lacked when it stopped, and in words: essential ones, and groups gone as a whole."""
    step, named = stops[segment], network.view.segments
    essential: list[str] = []
    groups: dict[str, list[str]] = {}
    for feed in network.view.feeds_into.get(segment, ()):
        if feed.essential:
            essential += [feed.start] if stops.get(feed.start, step) < step else []
        elif feed.group is not None:
            groups.setdefault(feed.group, []).append(feed.start)
    whole = [starts for starts in groups.values() if all(stops.get(start, step) < step for start in starts)]
    texts = [(ESSENTIAL, essential)] if essential else []
    texts += [(WHOLE_GROUP, starts) for starts in whole]
    words = tuple(Message(text, {"names": Listed(named[k].name for k in starts)}) for text, starts in texts)
    return tuple(dict.fromkeys(start for _, starts in texts for start in starts)), words


@dataclass(frozen=True)
class _Happening:
    """What is known before the segments are described one by one."""

    network: Network
    cut: Cut
    out: frozenset[str]
    left: Mapping[str, tuple[Link, ...]]
    stops: Mapping[str, int]
    worth: Mapping[str, int]
    cut_off: Mapping[str, Figure]


def _impact(now: _Happening, segment: str) -> SegmentImpact:
    network, cut = now.network, now.cut
    before = network.suppliers.get(segment, ())
    after = now.left.get(segment, before)
    lost = tuple(link.firm for link in before if link.firm.id in now.out) if segment in now.left else ()
    values: dict[str, object] = {"before": len(before), "after": len(after), "names": _names(lost)}
    missing_inputs: tuple[str, ...] = ()
    reasons: tuple[Message, ...]
    if segment in cut.segments:
        effect, reasons = Effect.REMOVED, (Message(REMOVED),)
    elif lost and not after:
        effect, reasons = Effect.EMPTIED, (Message(EMPTIED, values),)
    elif segment in now.cut_off:
        effect, reasons = Effect.CUT_OFF, (Message(CUT_OFF, {"share": now.cut_off[segment].value}),)
    elif segment in now.stops:
        missing_inputs, words = _lacking(network, segment, now.stops)
        effect, reasons = Effect.STARVED, words
    else:
        effect, reasons = Effect.THINNED, (Message(THINNED, values),)
    staying = () if effect is Effect.REMOVED else after
    able = StandIns() if effect is Effect.STARVED else substitutes(network, segment, cut, staying)
    return SegmentImpact(
        segment=network.view.segments[segment],
        effect=effect,
        step=now.stops.get(segment),
        reasons=reasons,
        before=len(before),
        after=len(after),
        lost=lost,
        missing=missing_inputs,
        capacity=_capacity(segment, before, frozenset(firm.id for firm in lost)) if lost else None,
        cut_off=now.cut_off[segment] if effect is Effect.CUT_OFF else None,
        worth=now.worth.get(segment, 0),
        substitutes=able.first,
        able=able.total,
    )


def loss(lost: int, whole: int) -> Figure:
    """The part of the local value that goes; missing where no segment has a firm at home."""
    if not whole:
        return missing(NO_WORTH)
    return ratio(lost, whole, Message(WORTH, {"lost": lost, "whole": whole}))


def _chains(network: Network, stops: Mapping[str, int], worth: Mapping[str, int]) -> tuple[ChainImpact, ...]:
    found = []
    for chain in network.view.chains.values():
        members = [segment.id for segment in network.view.members(chain.id)]
        output = loss(sum(worth.get(k, 0) for k in members), sum(network.worth[k] for k in members))
        found.append(ChainImpact(chain.id, chain.name, sum(k in stops for k in members), len(members), output))
    return tuple(found)


def what_if(network: Network, removals: Iterable[Removal]) -> Outcome:
    """Return what taking all of ``removals`` away at once comes to; nothing taken away changes nothing.

    A segment stops at once when it is removed itself, when its last confirmed firm in the ring is gone, or when no firm
    of the ring is left and too much of it was imported from a removed country. From there the loss spreads as in
    ``criticality``: to whatever lacks an essential input or a whole group of inputs (least fixed point, DOMAIN 4.6).
    Losing more never stops less. The output is the local value still producible over all chains, as there.
    """
    taken = tuple(dict.fromkeys(removals))
    cut = network.cut(taken)
    left = network.left(cut)
    stops = network.stops(cut, left)
    worth = network.lost_worth(cut, stops)
    now = _Happening(network, cut, network.out(cut), left, stops, worth, network.cut_off(cut, left))
    hurt = stops.keys() | left.keys()
    impacts = [_impact(now, segment) for segment in network.view.segments if segment in hurt]
    leaders = [hit(network, leader, own, cut, stops) for leader, own in network.ties.items()]
    order = list(Hit)
    return Outcome(
        removals=taken,
        segments=tuple(sorted(impacts, key=lambda one: (one.step is None, one.step or 0))),
        leaders=tuple(sorted(leaders, key=lambda one: (order.index(one.hit), one.name, one.id))),
        chains=_chains(network, stops, worth),
        output=loss(sum(worth.values()), sum(network.worth.values())),
        limits=limits(network, taken, cut),
    )
