"""Any node."""

from __future__ import annotations

from fastapi import APIRouter

from api.auth.disclosure import disclosed_node
from api.auth.gate import may
from api.auth.roles import Action
from api.deps import CatalogueDep, FewQuery, IdPath, StoreDep
from api.routes.problems import problems
from api.schemas.nodes import NodeWire
from graph.messages import N_
from graph.nodes import view_node

router = APIRouter(prefix="/nodes", tags=["nodes"], dependencies=[may(Action.READ)])


@router.get(
    "/{ref:path}",
    summary=N_("任一对象"),
    description=N_("按编号、证券代码或名称取任一对象的事实、各来源的说法和关系。"),
    responses=problems(404, 422),
)
def get_node(ref: IdPath, store: StoreDep, catalogue: CatalogueDep, limit: FewQuery = 20) -> NodeWire:
    """One node with its sources and ties."""
    return NodeWire.of(disclosed_node(store, view_node(store, ref, limit), ref), catalogue.source_names)
