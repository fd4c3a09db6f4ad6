"""Criticality 关键度 of a segment."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from graph.messages import N_, Message
from matching.gaps.facts import FeedFact
from matching.gaps.figure import Counts, Figure, missing, ratio
from matching.gaps.view import View

NOTE = N_("停供将波及所在产业链 {total} 个本地有企业的环节中的 {known} 个（按重要性加权）")
UNKNOWN = N_("所在产业链的其他环节尚无本地确认企业，无从衡量影响")
NO_FEEDS = N_("所在产业链没有记录供给关系，无从衡量影响")

Feeds = Mapping[str, Collection[FeedFact]]


def _starved(inputs: Iterable[FeedFact], gone: Collection[str]) -> bool:
    """Whether an essential input is gone, or every member of a group whose members replace each other."""
    groups: dict[str, bool] = {}
    for feed in inputs:
        if feed.essential and feed.start in gone:
            return True
        if not feed.essential and feed.group is not None:
            groups[feed.group] = groups.get(feed.group, True) and feed.start in gone
    return any(groups.values())


def spread(removed: Iterable[str], feeds_from: Feeds, feeds_into: Feeds) -> dict[str, int]:
    """Return the segments no longer producible when ``removed`` are gone, each with the step at which it stops.

    The loss is the least set that holds ``removed`` (step 0) and every segment that lacks an essential input or a
    whole group of inputs (one step after the last of them). Circles need no special case: a circle that feeds itself
    goes on until one of its members is lost. An input that is neither essential nor in a group can be done without.
    """
    gone = dict.fromkeys(removed, 0)
    front = list(gone)
    step = 0
    while front:
        step += 1
        reached = {feed.end for lost in front for feed in feeds_from.get(lost, ())} - gone.keys()
        front = [end for end in reached if _starved(feeds_into.get(end, ()), gone)]
        gone |= dict.fromkeys(front, step)
    return gone


def lost_without(removed: Iterable[str], feeds_from: Feeds, feeds_into: Feeds) -> frozenset[str]:
    """Return the segments of ``spread``, whenever they stop."""
    return frozenset(spread(removed, feeds_from, feeds_into))


def values(view: View) -> dict[str, int]:
    """The local value of each segment: its importance where a firm is confirmed at home, else nothing.

    Revenue would say more, and is reported by too few firms to compare segments by it.
    """
    return {s.id: s.importance if view.locals(s.id) else 0 for s in view.segments.values()}


def output(view: View, removed: Iterable[str] = ()) -> int:
    """``F(G∖removed)``: the local value still producible over all chains."""
    gone = lost_without(removed, view.feeds_from, view.feeds_into)
    return sum(value for segment, value in values(view).items() if segment not in gone)


def criticality(view: View) -> dict[str, Figure]:
    """Criticality of each segment: ``1 - F(G∖k) / F(G)``, the downstream value that goes with it (DOMAIN 4.6).

    F adds up the local value (``values``) of the other segments in the chains k belongs to. A segment no local firm
    works in is bought from outside and counts as available, until it is the one taken away; losses spread over all
    chains.
    Range 0-1; missing while those chains have no other local firm or no supply relation recorded.
    """
    worth = values(view)
    figures = {}
    for segment in view.segments.values():
        scope = {member.id for chain in segment.chains for member in view.members(chain)} - {segment.id}
        present = [other for other in scope if worth[other]]
        if not present or not view.has_feeds(segment.id):
            figures[segment.id] = missing(UNKNOWN if view.has_feeds(segment.id) else NO_FEEDS)
            continue
        gone = lost_without([segment.id], view.feeds_from, view.feeds_into)
        hit = [other for other in present if other in gone]
        counts: Counts = {"known": len(hit), "total": len(present)}
        lost, whole = sum(worth[other] for other in hit), sum(worth[other] for other in present)
        figures[segment.id] = ratio(lost, whole, Message(NOTE, dict(counts)), **counts)
    return figures
