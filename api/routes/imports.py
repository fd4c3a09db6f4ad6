"""Files in: handed over, checked, loaded, given back; loads listed and undone."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import FileResponse, Response

from api.auth.gate import may
from api.auth.roles import Action
from api.deps import IdPath, ImportsDep, LimitQuery, StoreDep
from api.files import EXCEL, scratch, sent
from api.routes.files import EXCEL_ANSWER, Content, NameQuery
from api.routes.problems import problems
from api.schemas.imports import ImportWire, LoadOrder, PreviewWire, RunList, RunWire, UndoneWire
from graph.messages import N_
from loaders.history import list_runs
from loaders.undo import undo
from loaders.workbook import lists_from_graph, write_template

router = APIRouter(tags=["imports"], dependencies=[may(Action.LOAD)])


@router.get(
    "/imports/template",
    summary=N_("空白填报模板"),
    description=N_("各表列名、填写说明、下拉列表、示例行。"),
    response_class=Response,
    responses=EXCEL_ANSWER | problems(),
)
def get_template(store: StoreDep) -> Response:
    """The empty workbook."""
    with scratch() as path:
        write_template(path, lists_from_graph(store))
        return sent(path.read_bytes(), "ronglian-template.xlsx")


@router.post(
    "/imports",
    status_code=202,
    summary=N_("上传文件并检查"),
    description=N_("Excel、WPS 或 CSV，至多 64 MB；在后台检查，不写入图谱。外来名录返回列的映射建议。"),
    responses=problems(400, 413, 422),
)
def post_import(name: NameQuery, content: Content, imports: ImportsDep) -> ImportWire:
    """Take a file."""
    return ImportWire.of(imports.take(name, content))


@router.get(
    "/imports/{file}",
    summary=N_("检查或载入的进度与结果"),
    description=N_("状态、行数、逐格的问题和办法。"),
    responses=problems(404, 422),
)
def get_import(file: IdPath, imports: ImportsDep) -> ImportWire:
    """What became of a file."""
    return ImportWire.of(imports.get(file))


@router.post(
    "/imports/{file}/preview",
    summary=N_("按改过的映射预览"),
    description=N_("不写入图谱，只说明将新建多少产业链、环节、企业和挂链。"),
    responses=problems(400, 404, 422),
)
def post_preview(file: IdPath, order: LoadOrder, imports: ImportsDep) -> PreviewWire:
    """What a list would bring."""
    return PreviewWire.of(imports.preview(file, list(order.columns.items()), order.update()))


@router.post(
    "/imports/{file}/load",
    status_code=202,
    summary=N_("载入已检查的文件"),
    description=N_("在后台载入；好的行写入，有问题的行留在返回文件。"),
    responses=problems(400, 404, 409, 422),
)
def post_load(file: IdPath, order: LoadOrder, imports: ImportsDep) -> ImportWire:
    """Begin to load."""
    return ImportWire.of(imports.load(file, list(order.columns.items()), order.update(), order.save))


@router.get(
    "/imports/{file}/file",
    summary=N_("下载返回文件"),
    description=N_("标好问题的工作簿，改好后可直接再次上传。"),
    response_class=FileResponse,
    responses=EXCEL_ANSWER | problems(400, 404, 422),
)
def get_returned(file: IdPath, imports: ImportsDep) -> FileResponse:
    """The file to mend."""
    path = imports.returned(file)
    return FileResponse(path, media_type=EXCEL, filename=path.name)


@router.get(
    "/runs",
    summary=N_("各次载入"),
    description=N_("每次载入读了多少、写入多少、退回多少，能否撤销；最近的在前。"),
    responses=problems(422),
)
def get_runs(store: StoreDep, limit: LimitQuery = 50) -> RunList:
    """Loads, the latest first."""
    return RunList(items=[RunWire.of(card) for card in list_runs(store, limit)])


@router.post(
    "/runs/{run}/undo",
    summary=N_("整次撤销一次载入"),
    description=N_("收回这次载入的全部内容，恢复同一来源此前的内容；其他来源不动。"),
    responses=problems(404, 409, 422),
)
def post_undo(run: IdPath, store: StoreDep) -> UndoneWire:
    """Undo a load."""
    return UndoneWire.of(undo(store, run))
