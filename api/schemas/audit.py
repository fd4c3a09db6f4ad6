"""The audit chain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Self

from pydantic import Field

from api.auth.audit import KIND_TITLES, Kind
from api.schemas.wire import Titled, Wire
from api.titles import field_title
from graph.messages import N_
from graph.records import AuditEvent


class AuditEventWire(Wire):
    """Something that was done."""

    number: int = Field(description=N_("序号，逐条加一"))
    at: datetime = Field(description=N_("时间"))
    kind: Titled = Field(description=N_("事项"))
    who: str | None = Field(description=N_("人员；已按要求删除时为 null"))
    origin: str | None = Field(description=N_("来自哪个地址；已按要求删除时为 null"))
    what: str = Field(description=N_("内容"))
    subjects: list[str] = Field(description=N_("对象编号"))
    fields: list[str] = Field(description=N_("看到的敏感字段"))
    hash: str = Field(description=N_("本条的摘要，含上一条的摘要"))

    @classmethod
    def of(cls, event: AuditEvent) -> Self:
        """An event of the chain."""
        known = event.kind in set(Kind)
        return cls(
            number=event.number,
            at=event.at,
            kind=Titled.of(event.kind, KIND_TITLES[Kind(event.kind)] if known else None),
            who=event.who,
            origin=event.origin,
            what=event.what,
            subjects=event.subjects,
            fields=event.fields,
            hash=event.hash,
        )


class AuditPage(Wire):
    """Some events, newest first."""

    items: list[AuditEventWire] = Field(description=N_("审计记录，新的在前"))
    next_before: int | None = Field(description=N_("接着往前查时的 before；没有更早的为 null"))

    @classmethod
    def of(cls, events: Sequence[AuditEvent], limit: int) -> Self:
        """What was found, and where to go on."""
        more = len(events) == limit and events[-1].number > 1
        return cls(
            items=[AuditEventWire.of(event) for event in events], next_before=events[-1].number if more else None
        )


def fields_text(fields: Sequence[str], titles: Mapping[str, str]) -> list[str]:
    """The graded fields an event names, as people call them; ``titles`` names the figures."""
    texts = []
    for name in fields:
        owner, _, field = name.partition(".")
        texts.append(titles.get(field, field) if owner == "figure" else field_title(owner, field))
    return texts
