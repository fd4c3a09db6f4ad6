"""Open needs matched at once: who is proposed to each, and how far the run is."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field

from api.advice import advice
from api.i18n import aside, render
from api.rings import RingChoice
from api.schemas.needs import MatchPart
from api.schemas.wire import Named, Titled, Wire
from graph.messages import N_
from matching.pairing import Candidate, Result
from matching.pairing.gates import Verdict
from matching.pairing.listings import Listing


class BatchEdit(Wire):
    """Which needs to match."""

    chain: Annotated[str | None, Field(max_length=300, description=N_("产业链编号；不写为全部"))] = None
    ring: RingChoice = Field(RingChoice.ANYWHERE, description=N_("圈层：供方须在这一范围内"))
    town: Annotated[str | None, Field(max_length=300, description=N_("需方所在镇街的编号；不写为全部"))] = None


class Proposal(Wire):
    """A firm proposed to a need, or one condition short."""

    firm: Named | None = Field(description=N_("供方"))
    listing: Named = Field(description=N_("供给信息"))
    number: str | None = Field(description=N_("编号"))
    score: float = Field(description=N_("得分 0-1，等于各部分得分之和"))
    chance: str | None = Field(None, description=N_("成为供需关系的概率；未经本地数据校准时没有"))
    parts: list[MatchPart] = Field(description=N_("各部分"))
    met: list[str] = Field(description=N_("满足的条件"))
    lacking: list[str] = Field(description=N_("不符的条件，及怎样可以通过"))
    questions: list[str] = Field(description=N_("未知，待问"))
    mutual: float | None = Field(None, description=N_("双方契合 0-1：双方各自看来有多好，调和平均；只差一项的不算"))
    within: bool = Field(True, description=N_("是否在单位的名单上限之内；超出的另作备选"))
    sample: bool = Field(description=N_("是否样例数据"))

    @classmethod
    def of(cls, candidate: Candidate) -> Self:
        """A candidate or near miss of the matcher."""
        offered = candidate.offered
        party = offered.party
        return cls(
            firm=Named(id=party.id, name=party.name) if party else None,
            listing=_named(offered),
            number=offered.number,
            score=candidate.score,
            chance=render(candidate.chance.said) if candidate.chance else None,
            parts=[MatchPart.of(part) for part in candidate.parts],
            met=[render(one.detail) for one in candidate.passed],
            lacking=[_lacking(one) for one in candidate.failed],
            questions=[render(one) for one in candidate.questions],
            sample=bool(offered.sample or (party and party.sample)),
        )

    @property
    def who(self) -> str:
        """Whom a limit of lists counts: the firm, or a listing of nobody known."""
        return self.firm.id if self.firm else self.listing.id


class NeedProposals(Wire):
    """A need and who is proposed to it."""

    need: Named = Field(description=N_("需求"))
    number: str | None = Field(description=N_("需求编号"))
    buyer: Named | None = Field(description=N_("需方"))
    candidates: list[Proposal] = Field(description=N_("推荐，得分高的在前"))
    near_misses: list[Proposal] = Field(description=N_("只差一项的"))
    summary: str = Field(description=N_("一句话结论"))
    advice: str | None = Field(description=N_("没有推荐时怎么办"))
    sample: bool = Field(description=N_("是否样例数据"))

    @classmethod
    def of(cls, result: Result) -> Self:
        """An answer of the matcher."""
        party = result.wanted.party
        return cls(
            need=_named(result.wanted),
            number=result.wanted.number,
            buyer=Named(id=party.id, name=party.name) if party else None,
            candidates=[Proposal.of(one) for one in result.candidates],
            near_misses=[Proposal.of(one) for one in result.near_misses],
            summary=render(result.summary),
            advice=advice(result),
            sample=bool(result.wanted.sample),
        )


class BatchWire(Wire):
    """Open needs being matched, or matched."""

    id: str = Field(description=N_("编号；同一人、同一问题编号相同"))
    state: Titled = Field(description=N_("waiting、running、done、stopped 或 failed"))
    chain: Named | None = Field(description=N_("产业链"))
    ring: Titled = Field(description=N_("圈层"))
    town: Named | None = Field(description=N_("需方所在镇街"))
    total: int = Field(description=N_("需求条数"))
    done: int = Field(description=N_("已匹配条数"))
    resumed: int = Field(description=N_("接续上次的条数"))
    served: int = Field(description=N_("有推荐的条数"))
    beyond: int = Field(description=N_("超出单位名单上限的处数"))
    seconds: float = Field(description=N_("已用秒数"))
    stale: bool = Field(description=N_("图谱或答复在此之后有变化，应重新匹配"))
    advice: str | None = Field(description=N_("没有可匹配的需求时怎么办"))
    detail: str | None = Field(description=N_("没有完成的原因"))
    cure: str | None = Field(description=N_("怎么办"))
    items: list[NeedProposals] = Field(description=N_("各条需求，按编号"))


def _named(listing: Listing) -> Named:
    return Named(id=listing.id, name=listing.name)


def _lacking(verdict: Verdict) -> str:
    return render(verdict.detail) + aside(render(verdict.gap) if verdict.gap else "")
