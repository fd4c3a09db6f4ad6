"""The evidence test: may we say what we say about a segment?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.messages import N_, Listed, Message
from matching.gaps.view import View
from matching.rings import within

NOT_SEARCHED = N_("尚未排查；须查询至少 {needed} 个来源并注明日期")
SEARCH_OLD = N_("上次排查在 {date}，距今超过 {days} 天，须重新排查")
FEW_SOURCES = N_("只查过 {count} 个来源（{sources}），至少还须查 {more} 个")
FOUND = N_("{date} 排查发现 {found} 家企业，须挂链确认")
DEMAND_UNKNOWN = N_("所在产业链没有记录供给关系、采购或需求，无从判断是缺链还是不需要；须补充其中一种")
CHECK_FIRM = N_("核实 {firm} 是否在该环节（{evidence}）")
LINKS_UNDATED = N_("{count} 家企业的挂链没有核查日期，须核查")
LINKS_OLD = N_("{count} 家企业的挂链最近一次核查在 {date}，距今超过 {days} 天，须重新核查")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a claim about a segment rests on; ``to_check`` says what is needed, and is not empty when it fails."""

    holds: bool
    sources: tuple[str, ...] = ()
    checked_on: date | None = None
    to_check: tuple[Message, ...] = ()


def _firms_to_check(view: View, segment: str, since: date | None) -> list[Message]:
    """Uncertain firms in the ring that came up after the last search, or nobody knows when."""
    leads = [link for link in view.uncertain(segment) if within(link.firm.ring, view.ring)]
    fresh = [link for link in leads if since is None or link.seen_on is None or link.seen_on > since]
    return [Message(CHECK_FIRM, {"firm": link.firm.name, "evidence": link.evidence}) for link in fresh]


def _of_absence(view: View, segment: str) -> Evidence:
    limits = view.thresholds(segment)
    needed, days = limits.sources, limits.stale_days
    past = [search for search in view.searches(segment) if search.on <= view.today]
    fresh = sorted((search for search in past if search.on >= view.fresh_since(segment)), key=lambda search: search.on)
    sources = tuple(sorted({source for search in fresh for source in search.sources}))
    lacking: list[Message] = []
    if not past:
        lacking.append(Message(NOT_SEARCHED, {"needed": needed}))
    elif not fresh:
        lacking.append(Message(SEARCH_OLD, {"date": max(search.on for search in past), "days": days}))
    elif len(sources) < needed:
        values = {"count": len(sources), "sources": Listed(sources), "more": needed - len(sources)}
        lacking.append(Message(FEW_SOURCES, values))
    last = fresh[-1].on if fresh else None
    if found := max((search.found for search in fresh if search.on == last), default=0):
        lacking.append(Message(FOUND, {"date": last, "found": found}))
    lacking += _firms_to_check(view, segment, last)
    if not view.has_demand(segment):
        lacking.append(Message(DEMAND_UNKNOWN))
    return Evidence(not lacking, sources, last, tuple(lacking))


def _of_presence(view: View, segment: str) -> Evidence:
    links = view.suppliers(segment) or view.aged(segment)
    sources = tuple(sorted({source for link in links for source in link.sources}))
    last = max((link.seen_on for link in links if link.seen_on and link.seen_on <= view.today), default=None)
    if last is None:
        return Evidence(False, sources, None, (Message(LINKS_UNDATED, {"count": len(links)}),))
    if last < view.fresh_since(segment):
        values = {"count": len(links), "date": last, "days": view.thresholds(segment).stale_days}
        return Evidence(False, sources, last, (Message(LINKS_OLD, values),))
    return Evidence(True, sources, last)


def evidence(view: View) -> dict[str, Evidence]:
    """Test what is known of each segment (DOMAIN 4.8, 4.9).

    Without a confirmed firm a claim needs at least ``Thresholds.sources`` sources searched within ``stale_days``, the
    last of these dated searches having found nobody, no uncertain firm in the ring that came up after it, and demand
    that could be seen: where a chain has neither supply relations nor purchases nor needs, nobody can tell missing from
    not needed. With confirmed firms at least one link must have been checked or observed within ``stale_days``; where
    all are older, they have to be checked again.
    """
    return {k: (_of_presence if view.suppliers(k) or view.aged(k) else _of_absence)(view, k) for k in view.segments}
