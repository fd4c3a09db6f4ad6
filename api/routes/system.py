"""The service about itself."""

from __future__ import annotations

from fastapi import APIRouter

from api.auth.gate import may
from api.auth.roles import Action
from api.auth.viewer import viewer
from api.deps import DerivedDep, StoreDep
from api.routes.problems import problems
from api.schemas.system import DigestWire, Health, Ready
from graph.digest import digest
from graph.messages import N_

router = APIRouter(tags=["system"])


@router.get(
    "/health",
    summary=N_("进程是否存活"),
    description=N_("不访问图数据库。"),
    responses=problems(),
    dependencies=[may(Action.OPEN)],
)
def get_health() -> Health:
    """The process lives."""
    return Health(status="ok")


@router.get(
    "/ready",
    summary=N_("是否就绪"),
    description=N_("图数据库是否应答。"),
    responses=problems(),
    dependencies=[may(Action.OPEN)],
)
def get_ready(store: StoreDep) -> Ready:
    """The graph answers."""
    neo4j, revision = store.check(), store.revision()
    told = viewer().known
    return Ready(status="ready", neo4j=neo4j if told else None, revision=revision if told else None)


@router.get(
    "/digest",
    summary=N_("全图摘要"),
    description=N_("两次载入是否得到同样的图谱。"),
    responses=problems(),
    dependencies=[may(Action.ANALYSE)],
)
def get_digest(derived: DerivedDep) -> DigestWire:
    """One hash over the graph."""
    return DigestWire.model_validate(vars(derived.get("digest", digest)))
