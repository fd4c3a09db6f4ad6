"""The audit chain, for administrators."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.auth.audit import Kind
from api.auth.gate import may
from api.auth.roles import Action
from api.deps import ID_LENGTH, DoorkeeperDep, LimitQuery
from api.routes.problems import problems
from api.schemas.audit import AuditPage
from graph.messages import N_

router = APIRouter(prefix="/audit", tags=["system"], dependencies=[may(Action.ADMINISTER)])
BeforeQuery = Annotated[int | None, Query(ge=1, le=2**53, description=N_("只要这个序号以前的"))]
SubjectQuery = Annotated[str | None, Query(max_length=ID_LENGTH, description=N_("只要涉及这个对象编号的"))]
WhoQuery = Annotated[str | None, Query(max_length=100, description=N_("只要这个人的"))]
KindQuery = Annotated[Kind | None, Query(description=N_("只要这一事项"))]


@router.get(
    "",
    summary=N_("审计记录"),
    description=N_("谁在何时从何处做了什么、看到谁的哪些敏感字段；只增不改，逐条以摘要相连。"),
    responses=problems(422),
)
def list_events(
    doorkeeper: DoorkeeperDep,
    *,
    before: BeforeQuery = None,
    subject: SubjectQuery = None,
    who: WhoQuery = None,
    kind: KindQuery = None,
    limit: LimitQuery = 100,
) -> AuditPage:
    """Events, newest first."""
    found = doorkeeper.audit.list(before=before, limit=limit, subject=subject, who=who, kind=kind)
    return AuditPage.of(found, limit)
