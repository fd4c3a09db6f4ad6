"""Why a firm counts in a segment, and who searched for firms of a segment, where and when."""

from __future__ import annotations

import random
from datetime import date

from loaders.workbook.sample.catalogue import Segment
from loaders.workbook.sample.draft import Coverage, Draft
from loaders.workbook.sample.firms import Firm
from loaders.workbook.sample.tables import Record
from loaders.workbook.sample.words import EVIDENCE, SEARCH_METHODS, SEARCH_SOURCES, WEAK_EVIDENCE

SEARCHERS = ("示例区工业和信息化局", "示例区商务局", "示例西太湖招商服务中心")


def add_links(draft: Draft, firms: list[Firm]) -> None:
    """Write a confirmed link for every segment a firm works in; shares are known for a part of the segments."""
    rng = draft.rng
    members: dict[str, list[Firm]] = {}
    for firm in firms:
        for segment in firm.segments:
            members.setdefault(segment, []).append(firm)
    for segment, group in members.items():
        shares: list[float | None] = [None] * len(group)
        if len(group) > 1 and rng.random() < 0.6:
            raw = [rng.uniform(0.3, 2.5) for _ in group]
            shares = [round(part / sum(raw), 2) for part in raw]
        for firm, share in zip(group, shares, strict=True):
            draft.tables.add("挂链", _confirmed(rng, firm, draft.catalogue.by_id[segment], share))


def _confirmed(rng: random.Random, firm: Firm, segment: Segment, share: float | None) -> Record:
    stale = rng.random() < 0.08
    checked = date(2025 if stale else 2026, rng.randint(1, 9), rng.randint(1, 28))
    term = next((product for product in firm.products if product in segment.terms), segment.terms[0])
    which = rng.randrange(len(EVIDENCE))
    return {
        "企业": firm.name,
        "环节": segment.ref,
        "挂链状态": "已确认",
        "证据": EVIDENCE[which].format(month=f"{checked:%Y-%m}", term=term, count=rng.randint(1, 6)),
        "产能占比": share,
        "核查日期": checked,
        "证据等级": "中" if which in {2, 4} else "强",
        "新买家认证月数": firm.certification,
    }


def add_doubts(draft: Draft, firms: list[Firm]) -> None:
    """Write uncertain links into unverified segments and rejected ones where a look-alike misled somebody."""
    rng, tables = draft.rng, draft.tables
    local = [firm for firm in firms if not firm.outside]
    for segment in draft.catalogue.segments:
        near = [firm for firm in local if segment.id not in firm.segments and _same_chain(firm, segment)]
        if not near or segment.id in draft.told:
            continue
        if draft.coverage[segment.id] is Coverage.UNVERIFIED:
            for firm in rng.sample(near, min(len(near), rng.choice((0, 1, 2)))):
                evidence = rng.choice(WEAK_EVIDENCE).format(term=segment.terms[0])
                tables.add("挂链", _link(firm, segment, "待核实", evidence, None))
        elif segment.lookalikes and rng.random() < 0.12:
            evidence = f"做的是{rng.choice(segment.lookalikes)}，不是{segment.name}"
            checked = date(2026, rng.randint(2, 10), rng.randint(1, 28))
            tables.add("挂链", _link(rng.choice(near), segment, "已排除", evidence, checked))


def _same_chain(firm: Firm, segment: Segment) -> bool:
    return bool(firm.segments) and firm.segments[0].split(".")[0] == segment.chain.id


def _link(firm: Firm, segment: Segment, state: str, evidence: str, checked: date | None) -> Record:
    grade = "强" if checked else "弱"
    return {
        "企业": firm.name,
        "环节": segment.ref,
        "挂链状态": state,
        "证据": evidence,
        "核查日期": checked,
        "证据等级": grade,
    }


def add_searches(draft: Draft, firms: list[Firm]) -> None:
    """Write who searched: missing segments in three sources or more, unverified ones in one or none."""
    rng = draft.rng
    for segment in draft.catalogue.segments:
        if segment.id in draft.told:
            continue
        kind = draft.coverage[segment.id]
        found = sum(segment.id in firm.segments and not firm.outside for firm in firms)
        if kind is Coverage.UNVERIFIED and rng.random() < 0.4:
            continue
        sources = 1 if kind is Coverage.UNVERIFIED else rng.choice((3, 3, 4, 5))
        draft.tables.add(
            "排查",
            {
                "排查单位": rng.choice(SEARCHERS),
                "环节": segment.ref,
                "发现企业数": found,
                "排查方式": rng.choice(SEARCH_METHODS),
                "查询的来源": rng.sample(SEARCH_SOURCES, sources),
                "排查日期": date(2026, rng.randint(3, 10), rng.randint(1, 28)),
            },
        )
