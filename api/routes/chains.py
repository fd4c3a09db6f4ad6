"""Chains."""

from __future__ import annotations

from fastapi import APIRouter

from api import answers
from api.auth.gate import may
from api.auth.roles import Action
from api.deps import BoardDep, CatalogueDep, IdPath
from api.routes.problems import problems
from api.schemas.chains import ChainList, ChainMap
from graph.messages import N_

router = APIRouter(prefix="/chains", tags=["chains"], dependencies=[may(Action.ANALYSE)])


@router.get("", summary=N_("产业链一览"), description=N_("十一条产业链及各类别的环节数。"), responses=problems(422))
def list_chains(board: BoardDep, catalogue: CatalogueDep) -> ChainList:
    """All chains."""
    return answers.chain_list(board, catalogue)


@router.get(
    "/{chain}",
    summary=N_("产业链图谱"),
    description=N_("一条产业链的环节、企业数、类别、覆盖率和链内供给关系。待确认企业不计入任何数值。"),
    responses=problems(404, 422),
)
def get_chain(chain: IdPath, board: BoardDep, catalogue: CatalogueDep) -> ChainMap:
    """The map of one chain."""
    return answers.chain_map(chain, board, catalogue)
