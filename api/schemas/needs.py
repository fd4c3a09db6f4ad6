"""Needs, and who could meet them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Self

from pydantic import ConfigDict, Field

from api.advice import advice
from api.i18n import render
from api.schemas.chains import ring_titled
from api.schemas.wire import Named, Titled, Wire
from api.titles import GATES, label_title
from graph.catalogue import NeedCard, NeedPage
from graph.messages import N_
from matching.pairing import Candidate, Counts, Result, evidence_of
from matching.pairing.gates import Verdict
from matching.pairing.listings import LONGEST, Listing
from matching.pairing.score import PART_TITLES, Part
from matching.pairing.weights import Chance


class NeedRow(Wire):
    """A need in the list."""

    id: str = Field(description=N_("需求编号"))
    number: str = Field(description=N_("编号"), examples=["N-017"])
    name: str = Field(description=N_("需求名称"))
    text: str | None = Field(description=N_("说明"))
    buyer: Named | None = Field(description=N_("需方"))
    state: Titled = Field(description=N_("状态"))
    posted_on: date | None = Field(description=N_("发布日期"))
    expires_on: date | None = Field(description=N_("截止日期"))
    quantity: float | None = Field(description=N_("月需求量"))
    unit: str | None = Field(description=N_("计量单位"))
    limits: list[str] = Field(description=N_("技术指标"))
    certificates: list[str] = Field(description=N_("证书"))
    segments: list[Named] = Field(description=N_("相关环节"))
    expired: bool = Field(description=N_("是否已过截止日期"))
    sample: bool = Field(description=N_("是否样例数据"))

    @classmethod
    def of(cls, card: NeedCard) -> Self:
        """A need of the graph."""
        return cls(
            id=card.id,
            number=card.number,
            name=card.name,
            text=card.text,
            buyer=Named.of(card.buyer) if card.buyer else None,
            state=Titled.of(card.state),
            posted_on=card.posted_on,
            expires_on=card.expires_on,
            quantity=card.quantity,
            unit=card.unit,
            limits=list(card.limits),
            certificates=list(card.certificates),
            segments=[Named.of(segment) for segment in card.segments],
            expired=card.expired,
            sample=card.sample,
        )


class NeedList(Wire):
    """One page of needs."""

    total: int = Field(description=N_("符合条件的总数"))
    skip: int = Field(description=N_("跳过的条数"))
    items: list[NeedRow] = Field(description=N_("需求，有效且最近发布的在前"))

    @classmethod
    def of(cls, page: NeedPage, skip: int) -> Self:
        """A page of the graph's needs."""
        return cls(total=page.total, skip=skip, items=[NeedRow.of(card) for card in page.needs])


class NeedText(Wire):
    """A need in a person's own words."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"text": "高精度行星减速器，背隙≤1角分，月800台", "limit": 5}]}
    )

    text: Annotated[
        str, Field(min_length=1, max_length=LONGEST, description=N_("需要什么：先写名称，再写指标、数量、交期、证书"))
    ]
    limit: Annotated[int, Field(ge=1, le=50, description=N_("最多几家"))] = 10
    direction: Annotated[str, Field(max_length=40, description=N_("方向，如 need-offer、offer-need"))] = "need-offer"


class WantedWire(Wire):
    """The need as it was read."""

    id: str | None = Field(description=N_("需求编号；自由文字时为 null"))
    number: str | None = Field(description=N_("编号"))
    name: str = Field(description=N_("所求"))
    text: str = Field(description=N_("说明"))
    buyer: Named | None = Field(description=N_("需方"))
    products: list[str] = Field(description=N_("产品"))
    limits: list[str] = Field(description=N_("读懂的技术指标"))
    unread_limits: list[str] = Field(description=N_("未能读成数值的指标"))
    certificates: list[str] = Field(description=N_("证书"))
    process: str | None = Field(description=N_("工艺"))
    quantity: float | None = Field(description=N_("月需求量"))
    unit: str | None = Field(description=N_("计量单位"))
    lead_time_days: int | None = Field(description=N_("最长交期（天）"))
    sample: bool = Field(description=N_("是否样例数据"))
    lapsed: str | None = Field(description=N_("已关闭或已过截止日期时的说明；仍有效或未说明时为 null"))

    @classmethod
    def of(cls, wanted: Listing, today: date) -> Self:
        """A need of the matcher, as it stands on a day."""
        lapsed = wanted.lapsed(today)
        return cls(
            id=wanted.id or None,
            number=wanted.number,
            name=wanted.name,
            text=wanted.text,
            buyer=Named(id=wanted.party.id, name=wanted.party.name) if wanted.party else None,
            products=list(wanted.product_names),
            limits=[str(limit) for limit in wanted.limits],
            unread_limits=list(wanted.unread_limits),
            certificates=[certificate.name for certificate in wanted.certificates],
            process=wanted.process,
            quantity=wanted.quantity,
            unit=wanted.unit,
            lead_time_days=wanted.lead_time_days,
            sample=bool(wanted.sample),
            lapsed=render(lapsed) if lapsed else None,
        )


class MatchPart(Wire):
    """One part of a score; the points of all parts sum to the score."""

    id: str = Field(description=N_("固定代码，供程序使用"))
    title: str = Field(description=N_("显示名称"))
    weight: int = Field(description=N_("满分（百分之几）"))
    points: int = Field(description=N_("得分（百分之几）"))
    missing: bool = Field(description=N_("是否缺数据；缺数据得 0 分"))
    reason: str = Field(description=N_("理由"))

    @classmethod
    def of(cls, part: Part) -> Self:
        """A part of the matcher's score."""
        titled = Titled.of(part.name, PART_TITLES[part.name])
        return cls(
            id=titled.id,
            title=titled.title,
            weight=part.weight,
            points=part.points,
            missing=part.missing,
            reason=render(part.reason),
        )


class GateVerdict(Wire):
    """What one hard condition found: pass, fail, or unknown with the question to ask."""

    gate: Titled = Field(description=N_("条件"))
    outcome: Titled = Field(description=N_("结果：通过、不符、未知"))
    detail: str = Field(description=N_("说明"))
    ask: str | None = Field(description=N_("未知时应问什么"))
    cure: str | None = Field(description=N_("不符时怎样可以通过"))

    @classmethod
    def of(cls, verdict: Verdict) -> Self:
        """A verdict of a gate."""
        return cls(
            gate=Titled.of(verdict.gate, GATES.get(verdict.gate)),
            outcome=Titled.of(verdict.outcome, OUTCOMES[verdict.outcome]),
            detail=render(verdict.detail),
            ask=render(verdict.ask) if verdict.ask else None,
            cure=render(verdict.gap) if verdict.gap else None,
        )


OUTCOMES = {"pass": N_("通过"), "fail": N_("不符"), "unknown": N_("未知")}


class MatchEvidence(Wire):
    """A source behind a candidate."""

    source: str = Field(description=N_("来源"))
    observed_on: date | None = Field(description=N_("观察日期"))


class MatchChance(Wire):
    """How often pairs of such a score were right where the answer is known."""

    share: float = Field(description=N_("概率 0-1"))
    low: float = Field(description=N_("95% 区间下限"))
    high: float = Field(description=N_("95% 区间上限"))
    pairs: int = Field(description=N_("依据多少对"))
    text: str = Field(description=N_("说明"))

    @classmethod
    def of(cls, chance: Chance) -> Self:
        """A chance of the matcher."""
        return cls(share=chance.share, low=chance.low, high=chance.high, pairs=chance.pairs, text=render(chance.said))


class Match(Wire):
    """A candidate or near miss with all its reasons."""

    listing: Named = Field(description=N_("供给信息"))
    number: str | None = Field(description=N_("编号"))
    kind: Titled = Field(description=N_("供给种类"))
    firm: Named | None = Field(description=N_("供方"))
    town: str | None = Field(description=N_("所在地"))
    score: float = Field(description=N_("得分 0-1，等于各部分得分之和"))
    chance: MatchChance | None = Field(description=N_("成为供需关系的概率；未经本地数据校准时没有"))
    mutual: float | None = Field(description=N_("双方契合 0-1：双方各自看来有多好，调和平均；没有计算时为 null"))
    moved: list[str] = Field(description=N_("为何排在得分更低的之后；得分不变"))
    known_share: float = Field(description=N_("得分中有数据支撑的权重占比"))
    parts: list[MatchPart] = Field(description=N_("各部分"))
    proposed: list[str] = Field(description=N_("由图谱路径、共同买家或采购习惯提出的依据"))
    verdicts: list[GateVerdict] = Field(description=N_("硬条件"))
    cure: str | None = Field(description=N_("只差一项时，怎样可以对接"))
    others: list[Named] = Field(description=N_("同一单位的其他供给"))
    evidence: list[MatchEvidence] = Field(description=N_("来源"))
    sample: bool = Field(description=N_("是否样例数据"))

    @classmethod
    def of(cls, candidate: Candidate, sources: Mapping[str, str]) -> Self:
        """A candidate of the matcher; ``sources`` names the sources by id."""
        offered = candidate.found
        return cls(
            listing=_listing(offered),
            number=offered.number,
            kind=Titled(id=offered.kind, title=label_title(offered.kind)),
            firm=Named(id=offered.party.id, name=offered.party.name) if offered.party else None,
            town=offered.party.town if offered.party else None,
            score=candidate.score,
            chance=MatchChance.of(candidate.chance) if candidate.chance else None,
            mutual=candidate.mutual,
            moved=[render(one) for one in candidate.moved],
            known_share=candidate.known_share,
            parts=[MatchPart.of(part) for part in candidate.parts],
            proposed=[render(reason) for reason in candidate.proposed],
            verdicts=[GateVerdict.of(verdict) for verdict in candidate.verdicts],
            cure=render(candidate.gap) if candidate.gap else None,
            others=[_listing(other) for other in candidate.others],
            evidence=_evidence(candidate, sources),
            sample=bool(offered.sample or (offered.party and offered.party.sample)),
        )


def _evidence(candidate: Candidate, sources: Mapping[str, str]) -> list[MatchEvidence]:
    return [
        MatchEvidence(source=sources.get(found.source, found.source), observed_on=found.observed_on)
        for found in evidence_of(candidate)
    ]


def _listing(found: Listing) -> Named:
    return Named(id=found.id, name=found.name)


class MatchCounts(Wire):
    """What became of every offer; ``considered`` is the sum of the others."""

    considered: int = Field(description=N_("看过的供给"))
    not_recalled: int = Field(description=N_("毫不相干"))
    below_threshold: int = Field(description=N_("不是所求之物"))
    excluded: int = Field(description=N_("不止一项不符，或无法补救"))
    same_firm: int = Field(description=N_("同一单位另有更合适的"))
    beyond_limit: int = Field(description=N_("名单已满，未列出"))
    near_misses: int = Field(description=N_("只差一项"))
    candidates: int = Field(description=N_("推荐"))

    @classmethod
    def of(cls, counts: Counts) -> Self:
        """The matcher's counts."""
        return cls.model_validate(vars(counts))


class GateCount(Wire):
    """How many offers met a gate's outcome."""

    gate: Titled = Field(description=N_("条件"))
    count: int = Field(description=N_("条数"))


class MatchResult(Wire):
    """The answer to one need."""

    need: WantedWire = Field(description=N_("需求"))
    ring: Titled = Field(description=N_("圈层：所找的单位须在的范围"))
    summary: str = Field(description=N_("一句话结论"))
    advice: str | None = Field(description=N_("没有推荐时怎么办"))
    candidates: list[Match] = Field(description=N_("推荐；按得分，已列入较多名单的和同一集团的后移"))
    near_misses: list[Match] = Field(description=N_("只差一项的"))
    counts: MatchCounts = Field(description=N_("全部供给的去向"))
    fell_at: list[GateCount] = Field(description=N_("相关供给在哪些条件上不符"))
    unknowns: list[GateCount] = Field(description=N_("推荐名单中哪些条件还未知"))
    unchecked: list[str] = Field(description=N_("需求没有写明、因而没有核对的条件"))
    basis: str = Field(description=N_("得分权重的来历，能否读作概率"))
    sample: bool = Field(description=N_("是否含样例数据"))

    @classmethod
    def of(cls, result: Result, sources: Mapping[str, str]) -> Self:
        """An answer of the matcher; ``sources`` names the sources by id."""
        candidates = [Match.of(candidate, sources) for candidate in result.candidates]
        near_misses = [Match.of(candidate, sources) for candidate in result.near_misses]
        return cls(
            need=WantedWire.of(result.wanted, result.today),
            ring=ring_titled(result.ring),
            summary=render(result.summary),
            advice=advice(result),
            candidates=candidates,
            near_misses=near_misses,
            counts=MatchCounts.of(result.counts),
            fell_at=_gates(result.fell_at),
            unknowns=_gates(result.unknowns),
            unchecked=[render(item) for item in result.unchecked],
            basis=render(result.basis),
            sample=bool(result.wanted.sample) or any(match.sample for match in (*candidates, *near_misses)),
        )


def _gates(counts: Mapping[str, int]) -> list[GateCount]:
    return [GateCount(gate=Titled.of(gate, GATES.get(gate)), count=count) for gate, count in counts.items()]
