"""What sources say of a node, field by field and side by side, with the rule that chose the value shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.messages import N_, Message
from graph.nodes import Statement

ONLY_ONE = N_("只有一个来源填写")
ALL_AGREE = N_("{count} 个来源一致")
BY_RANK = N_("来源次序在先（{first} 先于 {second}；1 企业或人员上报，2 本系统目录，3 公开数据与推断）")
BY_DAY = N_("来源次序相同，取较新的一条（{date}）")
BY_NAME = N_("来源次序和日期都相同，取编号在前的来源")
HIDDEN = ("id", "sample")


@dataclass(frozen=True)
class Claim:
    """The value one source gives; ``shown`` when it is the one on the page."""

    value: object
    statement: Statement
    shown: bool


@dataclass(frozen=True)
class Side:
    """A field with every source's value, the one shown first, and why that one."""

    field: str
    claims: tuple[Claim, ...]
    rule: Message

    @property
    def disputed(self) -> bool:
        """Whether sources differ."""
        return any(claim.value != self.claims[0].value for claim in self.claims)


def sides(statements: Sequence[Statement]) -> list[Side]:
    """Set statements side by side. They come as the graph ranks them: lowest rank first, then the latest.

    What the first says is shown; what it does not say is filled in from the next (decision 002).
    """
    fields = dict.fromkeys(key for statement in statements for key in statement.facts if key not in HIDDEN)
    found = []
    for field in fields:
        saying = [statement for statement in statements if field in statement.facts]
        claims = [Claim(one.facts[field], one, shown=place == 0) for place, one in enumerate(saying)]
        found.append(Side(field, tuple(claims), _rule(saying, [claim.value for claim in claims])))
    return found


def _rule(saying: Sequence[Statement], values: Sequence[object]) -> Message:
    if len(saying) == 1:
        return Message(ONLY_ONE)
    if all(value == values[0] for value in values):
        return Message(ALL_AGREE, {"count": len(saying)})
    first, second = saying[0], next(one for one, value in zip(saying, values, strict=True) if value != values[0])
    if first.rank < second.rank:
        return Message(BY_RANK, {"first": first.rank, "second": second.rank})
    if first.observed_on != second.observed_on:
        return Message(BY_DAY, {"date": first.observed_on})
    return Message(BY_NAME)
