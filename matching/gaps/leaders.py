"""What a removal does to the firms that lead a chain 链主."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from graph.messages import N_, Listed, Message
from matching.gaps.network import Cut, Network
from matching.gaps.ties import Ties


class Hit(StrEnum):
    """How a leader is hit, hardest first."""

    GONE = "gone"
    STOPPED = "stopped"
    PARTLY = "partly"
    SHORT = "short"
    UNKNOWN = "unknown"
    UNTOUCHED = "untouched"


HIT_TITLES = {
    Hit.GONE: N_("已移除"),
    Hit.STOPPED: N_("停产"),
    Hit.PARTLY: N_("部分停产"),
    Hit.SHORT: N_("缺投入"),
    Hit.UNKNOWN: N_("无法判断"),
    Hit.UNTOUCHED: N_("不受影响"),
}
HURT = frozenset({Hit.GONE, Hit.STOPPED, Hit.PARTLY, Hit.SHORT})

ALL_STOP = N_("所在的 {total} 个环节全部停产：{segments}")
SOME_STOP = N_("所在的 {total} 个环节中 {known} 个停产：{segments}")
LACKS = N_("所采购的环节停供：{segments}")
SOLE = N_("已知供应商全部失去：{segments}")
NOT_IMPORTED = N_("进口中断：{segments}")
NOTHING_KNOWN = N_("没有已确认的环节，也没有采购和供应记录，无从判断")
REMOVED = N_("在移除之列")
FINE = N_("所在环节和已知的采购、供应商都不受影响")


@dataclass(frozen=True, slots=True)
class LeaderImpact:
    """A leader and what becomes of it; ``stopped`` are its own segments that stop, ``short`` what it no longer gets.

    ``abroad`` is what it imports from a removed country, as far as that is said.
    """

    id: str
    name: str
    chains: tuple[str, ...]
    hit: Hit
    reasons: tuple[Message, ...]
    stopped: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    abroad: tuple[str, ...] = ()


def _reasons(network: Network, found: dict[str, list[str]], made: int) -> tuple[Message, ...]:
    def names(segments: list[str]) -> str:
        return Listed(network.view.segments[k].name for k in segments)

    texts = []
    if found["stopped"]:
        template = ALL_STOP if len(found["stopped"]) == made else SOME_STOP
        values = {"total": made, "known": len(found["stopped"]), "segments": names(found["stopped"])}
        texts.append(Message(template, dict(values)))
    for part, template in (("lacks", LACKS), ("sole", SOLE), ("abroad", NOT_IMPORTED)):
        if found[part]:
            texts.append(Message(template, {"segments": names(found[part])}))
    return tuple(texts)


def hit(network: Network, leader: str, own: Ties, cut: Cut, stopped: Collection[str]) -> LeaderImpact:
    """Return what becomes of one leader.

    It stops where all segments it is confirmed in stop, partly where some do. It is short of what it buys of a segment
    that stops, of a segment all its known suppliers of are gone, and of what came from a removed country. One that is
    confirmed nowhere and of which neither purchases nor suppliers are known cannot be judged.
    """
    view = network.view
    chains = tuple(chain.id for chain in view.chains.values() if leader in chain.leaders)
    name = view.firms[leader].name if leader in view.firms else leader
    if leader in cut.firms:
        return LeaderImpact(leader, name, chains, Hit.GONE, (Message(REMOVED),), own.makes)
    if not (own.makes or own.buys or own.suppliers):
        return LeaderImpact(leader, name, chains, Hit.UNKNOWN, (Message(NOTHING_KNOWN),))
    found = {
        "stopped": [k for k in own.makes if k in stopped],
        "lacks": [k for k in own.buys if k in stopped],
        "sole": [k for k in own.suppliers if k not in stopped and own.suppliers[k] <= cut.firms],
        "abroad": [k for k in own.abroad if k not in stopped and own.abroad[k] & cut.countries],
    }
    if len(found["stopped"]) == len(own.makes) and own.makes:
        state = Hit.STOPPED
    elif found["stopped"]:
        state = Hit.PARTLY
    else:
        state = Hit.SHORT if any(found.values()) else Hit.UNTOUCHED
    short = dict.fromkeys([*found["lacks"], *found["sole"], *found["abroad"]])
    reasons = _reasons(network, found, len(own.makes)) or (Message(FINE),)
    stops, abroad = tuple(found["stopped"]), tuple(found["abroad"])
    return LeaderImpact(leader, name, chains, state, reasons, stops, tuple(short), abroad)
