"""Any node with its facts, source by source."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Self

from pydantic import Field, JsonValue

from api.i18n import _
from api.schemas.wire import Titled, Wire
from api.titles import fact_text, field_title, label_title, tie_title
from graph.disclosure import WITHHELD
from graph.messages import N_
from graph.model import NODES, RELATIONSHIPS
from graph.nodes import Neighbour, NodeView, Statement, Ties
from graph.store import Row


class Fact(Wire):
    """One property: its name, its value, and the value as people write it."""

    field: str = Field(description=N_("字段名"))
    title: str = Field(description=N_("显示名称"))
    value: JsonValue = Field(description=N_("值"))
    text: str = Field(description=N_("值，按人的写法"))
    withheld: bool = Field(description=N_("是否因权限不显示；不同于缺数据"))


def json_value(value: object) -> JsonValue:
    """A property's value as JSON knows it; dates as text, nothing for what is withheld."""
    if value is WITHHELD:
        return None
    if isinstance(value, list):
        return [json_value(item) for item in value]
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def place_of(owner: str, field: str) -> int:
    """Where the model declares a field, so that facts stand in the model's order."""
    declared = NODES.get(owner) or RELATIONSHIPS.get(owner)
    fields = list(declared.model_fields) if declared else []
    return fields.index(field) if field in fields else len(fields)


def _facts(owner: str, facts: Row) -> list[Fact]:
    return [
        Fact(
            field=key,
            title=field_title(owner, key),
            value=json_value(value),
            text=fact_text(owner, key, value),
            withheld=value is WITHHELD,
        )
        for key, value in sorted(facts.items(), key=lambda fact: place_of(owner, fact[0]))
    ]


class StatementWire(Wire):
    """What one source states."""

    source: Titled = Field(description=N_("来源"))
    observed_on: date | datetime | None = Field(description=N_("观察日期"))
    row: str = Field(description=N_("出处：文件、表、行"))
    grade: Titled = Field(description=N_("证据强度"))
    sample: bool = Field(description=N_("是否样例数据"))
    facts: list[Fact] = Field(description=N_("事实"))

    @classmethod
    def of(cls, statement: Statement, label: str) -> Self:
        """A statement of the graph."""
        return cls(
            source=Titled(id=statement.source, title=statement.source_name),
            observed_on=statement.observed_on,
            row=statement.row,
            grade=Titled.of(statement.grade),
            sample=statement.sample,
            facts=_facts(label, statement.facts),
        )


class NeighbourWire(Wire):
    """The other end of a relationship."""

    id: str = Field(description=N_("编号"))
    name: str = Field(description=N_("名称"))
    label: Titled = Field(description=N_("种类"))
    source: str = Field(description=N_("来源名称"))
    observed_on: date | datetime | None = Field(description=N_("观察日期"))
    grade: Titled = Field(description=N_("证据强度"))
    facts: list[Fact] = Field(description=N_("关系上的事实"))
    row: str = Field(description=N_("出处：文件、表、行"))
    sample: bool = Field(description=N_("是否样例数据"))

    @classmethod
    def of(cls, neighbour: Neighbour, kind: str, sources: Mapping[str, str]) -> Self:
        """A neighbour in the graph."""
        return cls(
            id=neighbour.id,
            name=neighbour.name,
            label=_label(neighbour.labels),
            source=sources.get(neighbour.source, neighbour.source) or _("本系统记录"),
            observed_on=neighbour.observed_on,
            grade=Titled.of(neighbour.grade),
            facts=_facts(kind, neighbour.facts),
            row=neighbour.row,
            sample=neighbour.sample,
        )


class TiesWire(Wire):
    """Relationships of one type and direction: some of them, and how many there are."""

    type: str = Field(description=N_("关系类型"))
    title: str = Field(description=N_("显示名称"))
    outgoing: bool = Field(description=N_("是否由此出发"))
    total: int = Field(description=N_("总数"))
    neighbours: list[NeighbourWire] = Field(description=N_("另一端，至多 limit 个"))

    @classmethod
    def of(cls, ties: Ties, sources: Mapping[str, str]) -> Self:
        """Ties of the graph."""
        return cls(
            type=ties.type,
            title=tie_title(ties.type, ties.outgoing),
            outgoing=ties.outgoing,
            total=ties.total,
            neighbours=[NeighbourWire.of(neighbour, ties.type, sources) for neighbour in ties.neighbours],
        )


class NodeWire(Wire):
    """A node: the values chosen among the sources, each source's own, and the ties."""

    id: str = Field(description=N_("编号"))
    name: str = Field(description=N_("名称"))
    label: Titled = Field(description=N_("种类"))
    sample: bool = Field(description=N_("是否样例数据"))
    facts: list[Fact] = Field(description=N_("事实；来源不一致时按来源次序取值"))
    statements: list[StatementWire] = Field(description=N_("各来源的说法"))
    ties: list[TiesWire] = Field(description=N_("关系"))

    @classmethod
    def of(cls, view: NodeView, sources: Mapping[str, str]) -> Self:
        """A node of the graph; ``sources`` names the sources by id."""
        label = _label(view.labels)
        return cls(
            id=view.id,
            name=str(view.facts.get("name", view.id)),
            label=label,
            sample=view.sample,
            facts=_facts(label.id, view.facts),
            statements=[StatementWire.of(statement, label.id) for statement in view.statements],
            ties=[TiesWire.of(ties, sources) for ties in view.ties],
        )


def _label(labels: list[str]) -> Titled:
    """The most special label; the database returns labels in no order that means anything."""
    own = max(labels, key=lambda label: len(NODES[label].labels()) if label in NODES else 0, default="Entity")
    return Titled(id=own, title=label_title(own))
