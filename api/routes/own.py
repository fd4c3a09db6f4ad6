"""A firm's own contact: hands in what the firm says of itself, and sees what became of it."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import FileResponse

from api import own
from api.auth.gate import may
from api.auth.roles import Action
from api.deps import IdPath, ImportsDep, LimitQuery, StoreDep, TodayDep
from api.files import EXCEL
from api.routes.files import EXCEL_ANSWER, Content, NameQuery
from api.routes.problems import problems
from api.schemas.imports import ImportWire, OwnRun, RunList, RunWire
from graph.messages import N_

router = APIRouter(prefix="/own", tags=["firms"], dependencies=[may(Action.DECLARE)])


@router.post(
    "/imports",
    status_code=202,
    summary=N_("上传本企业资料并检查"),
    description=N_("改好的企业档案，至多 64 MB；在后台检查，不写入图谱。说到别的企业的行、企业不填的表逐格退回。"),
    responses=problems(400, 404, 413, 422),
)
def post_own(name: NameQuery, content: Content, store: StoreDep, imports: ImportsDep, today: TodayDep) -> ImportWire:
    """Take a file."""
    return ImportWire.of(own.take(store, imports, name, content, today))


@router.get(
    "/imports/{file}",
    summary=N_("本企业资料检查或载入的进度与结果"),
    description=N_("状态、行数、逐格的问题和办法；只有本企业的文件。"),
    responses=problems(404, 422),
)
def get_own(file: IdPath, store: StoreDep, imports: ImportsDep) -> ImportWire:
    """What became of a file."""
    return ImportWire.of(own.get(store, imports, file))


@router.post(
    "/imports/{file}/load",
    status_code=202,
    summary=N_("载入本企业资料"),
    description=N_("在后台载入，记为企业自报：证据等级为中，不视为已核实，主管部门可以整次撤销。"),
    responses=problems(400, 404, 422),
)
def post_own_load(file: IdPath, store: StoreDep, imports: ImportsDep) -> ImportWire:
    """Begin to load."""
    return ImportWire.of(own.load(store, imports, file))


@router.get(
    "/imports/{file}/file",
    summary=N_("下载本企业资料的返回文件"),
    description=N_("标好问题的工作簿，改好后可直接再次上传。"),
    response_class=FileResponse,
    responses=EXCEL_ANSWER | problems(400, 404, 422),
)
def get_own_returned(file: IdPath, store: StoreDep, imports: ImportsDep) -> FileResponse:
    """The file to mend."""
    found = own.get(store, imports, file)
    path = imports.returned(found.id, firm=own.own_id(store))
    return FileResponse(path, media_type=EXCEL, filename=path.name)


@router.get(
    "/runs",
    summary=N_("本企业的各次填报"),
    description=N_("每次填报读了多少、写入多少、退回多少、是否已被撤销；最近的在前。"),
    responses=problems(404, 422),
)
def get_own_runs(store: StoreDep, limit: LimitQuery = 50) -> RunList:
    """Loads of the firm's own, the latest first."""
    return RunList(items=[RunWire.of(card) for card in own.runs(store, limit)])


@router.get(
    "/runs/{run}",
    summary=N_("本企业的一次填报"),
    description=N_("退回了哪些行、哪些格没有采用，为什么。"),
    responses=problems(404, 422),
)
def get_own_run(run: IdPath, store: StoreDep) -> OwnRun:
    """One load of the firm's own."""
    return OwnRun.of(own.run(store, run))
