"""Answers on proposed pairs."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, Self

from pydantic import Field

from api.schemas.wire import Named, Titled, Wire
from graph.messages import N_
from graph.model import DeclineReason
from matching.pairing.answers import Stated
from matching.pairing.opinion import REASON_TITLES, SIDE_TITLES

TEXT = 300


def reason_choices() -> list[Titled]:
    """The eight reasons in their order."""
    return [Titled.of(reason, title) for reason, title in REASON_TITLES.items()]


class PairRef(Wire):
    """A pair and who speaks."""

    wanted: str = Field(min_length=1, max_length=TEXT, description=N_("需求编号"), examples=["N-017"])
    offered: str = Field(min_length=1, max_length=TEXT, description=N_("供给编号"), examples=["O-011"])
    side: Literal["buyer", "seller"] = Field(description=N_("答复方：需方或供方"))
    by: str = Field("", max_length=60, description=N_("答复人；已登录时以账号为准"))


class PairSay(PairRef):
    """What a side says."""

    answer: Literal["accepted", "declined"] = Field(description=N_("接受或谢绝"))
    reason: DeclineReason | None = Field(None, description=N_("谢绝理由，八选一"))
    note: str = Field("", max_length=TEXT, description=N_("备注"))


class PairSaid(Wire):
    """An answer as it was given."""

    id: str = Field(description=N_("编号"))
    wanted: Named = Field(description=N_("需求"))
    buyer: str | None = Field(description=N_("需方"))
    offered: Named = Field(description=N_("供给"))
    seller: str | None = Field(description=N_("供方"))
    side: Titled = Field(description=N_("答复方"))
    answer: Titled = Field(description=N_("答复"))
    reason: Titled | None = Field(description=N_("谢绝理由"))
    note: str | None = Field(description=N_("备注"))
    by: str = Field(description=N_("答复人"))
    at: datetime = Field(description=N_("答复时间"))
    stands: bool = Field(description=N_("是否仍然有效；后来的答复和撤销使它失效"))
    undoes: str | None = Field(description=N_("撤销的答复"))

    @classmethod
    def of(cls, found: Stated) -> Self:
        """An answer of the graph."""
        one = found.answer
        return cls(
            id=one.id,
            wanted=Named(id=one.wanted, name=found.wanted_name),
            buyer=found.wanted_firm,
            offered=Named(id=one.offered, name=found.offered_name),
            seller=found.offered_firm,
            side=Titled.of(one.side, SIDE_TITLES[one.side]),
            answer=Titled.of(one.answer),
            reason=Titled.of(one.reason, REASON_TITLES[one.reason]) if one.reason else None,
            note=one.note,
            by=one.by,
            at=one.at,
            stands=found.stands,
            undoes=one.undoes,
        )


class PairSaidList(Wire):
    """Answers, the first first."""

    items: list[PairSaid] = Field(description=N_("答复，先答的在前"))

    @classmethod
    def of(cls, found: list[Stated]) -> Self:
        """Answers of the graph."""
        return cls(items=[PairSaid.of(one) for one in found])
