"""What all wire models share."""

from __future__ import annotations

from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from api.i18n import _, render
from api.titles import VALUES
from graph.catalogue import Reference, SourceCard
from graph.messages import N_
from matching.gaps.figure import Figure as DomainFigure


class Wire(BaseModel):
    """Frozen, and closed: what is not declared is not sent."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Titled(Wire):
    """A value of a fixed list, with its title in the reader's language."""

    id: str = Field(description=N_("固定代码，供程序使用"))
    title: str = Field(description=N_("显示名称"))

    @classmethod
    def of(cls, value: str, title: str | None = None) -> Self:
        """A code and its title, by default the model's own."""
        return cls(id=str(value), title=_(title or VALUES.get(value, value)))


class Named(Wire):
    """A thing named."""

    id: str = Field(description=N_("编号"))
    name: str = Field(description=N_("名称"))

    @classmethod
    def of(cls, reference: Reference) -> Self:
        """A reference of the graph."""
        return cls(id=reference.id, name=reference.name)


class Figure(Wire):
    """A measured value with what it rests on; null is *missing*, never zero."""

    value: float | None = Field(description=N_("数值；缺数据时为 null"))
    numerator: float | None = Field(description=N_("公式的分子"))
    denominator: float | None = Field(description=N_("公式的分母"))
    unit: str | None = Field(description=N_("分子和分母的单位：CNY 为元；无单位时为 null"))
    known: int = Field(description=N_("有所需数据的记录数"))
    total: int = Field(description=N_("记录总数"))
    note: str = Field(description=N_("依据；缺数据时说明原因"))

    @classmethod
    def of(cls, figure: DomainFigure) -> Self:
        """A figure of the domain."""
        return cls(
            value=figure.value,
            numerator=figure.numerator,
            denominator=figure.denominator,
            unit=figure.unit,
            known=figure.known,
            total=figure.total,
            note=render(figure.note),
        )


class Source(Wire):
    """A source of facts and the day it speaks of."""

    id: str = Field(description=N_("来源编号"))
    name: str = Field(description=N_("来源名称"))
    observed_on: date = Field(description=N_("观察日期"))
    sample: bool = Field(description=N_("是否虚构的样例数据"))

    @classmethod
    def of(cls, card: SourceCard) -> Self:
        """A source of the graph."""
        return cls(id=card.id, name=card.name, observed_on=card.observed_on, sample=card.sample)
