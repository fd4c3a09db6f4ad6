"""Open needs of a chain matched at once, in the background."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.auth.gate import may
from api.auth.roles import Action
from api.deps import BatchDeskDep, IdPath, LimitQuery, SkipQuery
from api.files import sent
from api.i18n import _
from api.routes.files import EXCEL_ANSWER
from api.routes.problems import problems
from api.schemas.batch import BatchEdit, BatchWire
from graph.messages import N_

router = APIRouter(prefix="/pairing-batches", tags=["needs"], dependencies=[may(Action.MATCH)])


@router.post(
    "",
    status_code=202,
    summary=N_("为一条链的全部需求找供方"),
    description=N_("立即返回，在后台逐条匹配；同一问题重复提交会接着做，不会重做已完成的。只含本人可匹配的需求。"),
    responses=problems(400, 404, 422),
)
def start(edit: BatchEdit, desk: BatchDeskDep) -> BatchWire:
    """Begin."""
    return desk.start(edit)


@router.get(
    "/{batch}",
    summary=N_("全部需求的匹配进度与结果"),
    description=N_("已匹配多少条、有推荐的多少条；各条需求的推荐和只差一项的供方，按需求编号分页。"),
    responses=problems(404, 422),
)
def watch(batch: IdPath, desk: BatchDeskDep, skip: SkipQuery = 0, limit: LimitQuery = 50) -> BatchWire:
    """How far it is, and what was found."""
    return desk.watch(batch, skip, limit)


@router.post(
    "/{batch}/stop",
    summary=N_("停止匹配"),
    description=N_("做完手头这一条即停；已有结果保留，再次开始时接着做。"),
    responses=problems(404, 422),
)
def stop(batch: IdPath, desk: BatchDeskDep) -> BatchWire:
    """Stop."""
    return desk.stop(batch)


@router.get(
    "/{batch}/file",
    summary=N_("下载全部需求的对接建议"),
    description=N_("Excel；没有做完时为已有的部分。"),
    response_class=Response,
    responses=EXCEL_ANSWER | problems(400, 404, 422),
    dependencies=[may(Action.EXPORT)],
)
def download(batch: IdPath, desk: BatchDeskDep) -> Response:
    """The list as a workbook."""
    return sent(desk.batches.file(batch), _("对接建议") + ".xlsx")
