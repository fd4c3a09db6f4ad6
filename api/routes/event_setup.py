"""Setting events up: hours and halls, registrations by hand or by workbook."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import FileResponse, Response

from api import event_setup
from api.auth.gate import may
from api.auth.roles import Action
from api.deps import IdPath, ImportsDep, StoreDep, TextQuery
from api.files import EXCEL, scratch, sent
from api.routes.files import EXCEL_ANSWER, Content, NameQuery
from api.routes.problems import problems
from api.schemas.event_edits import EventEdit
from api.schemas.event_setup import (
    CandidateList,
    Hours,
    HoursWire,
    NewEvent,
    PartyEdit,
    RegistrationEdit,
    SetUpEdit,
)
from api.schemas.events import EventList, EventWire
from api.schemas.imports import ImportWire, LoadOrder, UndoneWire
from graph.messages import N_

router = APIRouter(prefix="/events", tags=["events"], dependencies=[may(Action.ORGANISE)])
SHEETS = event_setup.SHEETS


@router.post(
    "",
    status_code=201,
    summary=N_("新建活动"),
    description=N_("各项与登记工作簿“对接活动”表的单元格写法相同；时段由起止时间、每场分钟和休息时间得出。"),
    responses=problems(400, 409, 422),
)
def begin(form: NewEvent, store: StoreDep) -> EventWire:
    """Begin an event."""
    return event_setup.begun(store, form)


@router.post(
    "/hours",
    summary=N_("试算时段和桌位"),
    description=N_("不保存；说明起止时间、每场分钟、休息和会场桌数排得出多少时段和桌位。"),
    responses=problems(422),
)
def try_hours(form: Hours, store: StoreDep) -> HoursWire:
    """What hours come to."""
    return event_setup.hours(store, form)


@router.post(
    "/registrations",
    status_code=202,
    summary=N_("上传登记工作簿并检查"),
    description=N_("只接受“对接活动”和“参会登记”两张表，至多 64 MB；在后台检查，不写入图谱。"),
    responses=problems(400, 413, 422),
)
def post_registrations(name: NameQuery, content: Content, imports: ImportsDep) -> ImportWire:
    """Take a registration workbook."""
    return ImportWire.of(imports.take(name, content, SHEETS))


@router.get(
    "/registrations/{file}",
    summary=N_("登记工作簿检查或载入的进度"),
    description=N_("状态、行数、逐格的问题和办法。"),
    responses=problems(404, 422),
)
def get_registrations(file: IdPath, imports: ImportsDep) -> ImportWire:
    """What became of a registration workbook."""
    return ImportWire.of(imports.get(file, SHEETS))


@router.post(
    "/registrations/{file}/load",
    status_code=202,
    summary=N_("载入登记工作簿"),
    description=N_("在后台载入；好的行写入，有问题的行留在返回文件。"),
    responses=problems(400, 404, 409, 422),
)
def load_registrations(file: IdPath, order: LoadOrder, imports: ImportsDep) -> ImportWire:
    """Begin to load."""
    imports.get(file, SHEETS)
    return ImportWire.of(imports.load(file, list(order.columns.items()), order.update(), order.save))


@router.get(
    "/registrations/{file}/file",
    summary=N_("下载登记工作簿的返回文件"),
    description=N_("标好问题的工作簿，改好后可直接再次上传。"),
    response_class=FileResponse,
    responses=EXCEL_ANSWER | problems(400, 404, 422),
)
def get_returned(file: IdPath, imports: ImportsDep) -> FileResponse:
    """The file to mend."""
    imports.get(file, SHEETS)
    path = imports.returned(file)
    return FileResponse(path, media_type=EXCEL, filename=path.name)


@router.post(
    "/registrations/{file}/undo",
    summary=N_("撤销登记工作簿的这次载入"),
    description=N_("收回这次载入的全部登记，恢复同一工作簿此前的内容；组织者录入的不动。"),
    responses=problems(400, 404, 409, 422),
)
def undo_registrations(file: IdPath, imports: ImportsDep) -> UndoneWire:
    """Undo a load."""
    return UndoneWire.of(imports.undo(file, SHEETS))


@router.get(
    "/{event}/workbook",
    summary=N_("本场活动的登记工作簿"),
    description=N_("“对接活动”已填好本场设置，“参会登记”待填；填好后上传。"),
    response_class=Response,
    responses=EXCEL_ANSWER | problems(404, 422),
)
def get_workbook(event: IdPath, store: StoreDep) -> Response:
    """The registration workbook."""
    with scratch() as path:
        event_setup.write_workbook(store, event, path)
        return sent(path.read_bytes(), "ronglian-registration.xlsx")


@router.post(
    "/{event}/setup",
    summary=N_("修改活动设置"),
    description=N_("时间、会场、桌位；不再存在的时段和桌位上的会面移出时间表，锁定的会面所在处不能去掉。"),
    responses=problems(400, 404, 409, 422),
)
def set_up(event: IdPath, edit: SetUpEdit, store: StoreDep) -> EventWire:
    """Change the event."""
    return event_setup.set_up(store, event, edit)


@router.post(
    "/{event}/discard",
    summary=N_("删除活动"),
    description=N_("只能删除组织者新建、还没有参会登记和会面的活动；返回其余活动。"),
    responses=problems(400, 404, 409, 422),
)
def discard(event: IdPath, edit: EventEdit, store: StoreDep) -> EventList:
    """Delete an event."""
    return event_setup.discarded(store, event, edit)


@router.get(
    "/{event}/candidates",
    summary=N_("搜索可邀请的单位"),
    description=N_("按名称中的一段文字或统一社会信用代码找企业和机构，至多 20 家。"),
    responses=problems(404, 422),
)
def list_candidates(event: IdPath, store: StoreDep, q: TextQuery = "") -> CandidateList:
    """Whom to invite."""
    return event_setup.candidates(store, event, q)


@router.post(
    "/{event}/parties",
    summary=N_("登记参会单位或修改登记"),
    description=N_("没有送来的项保持原样；改过的登记代替工作簿中的同一条，可恢复。"),
    responses=problems(400, 404, 409, 422),
)
def register(event: IdPath, edit: RegistrationEdit, store: StoreDep) -> EventWire:
    """Register a party."""
    return event_setup.registered(store, event, edit)


@router.post(
    "/{event}/parties/withdraw",
    summary=N_("移出参会名单"),
    description=N_("它的会面一并收起，撤销后恢复；已有会面结果的不能移出。"),
    responses=problems(400, 404, 409, 422),
)
def withdraw(event: IdPath, edit: PartyEdit, store: StoreDep) -> EventWire:
    """Take a party off the list."""
    return event_setup.withdrawn(store, event, edit)


@router.post(
    "/{event}/parties/restore",
    summary=N_("恢复登记表内容"),
    description=N_("放弃组织者对一条登记的修改，以登记工作簿为准。"),
    responses=problems(400, 404, 409, 422),
)
def restore(event: IdPath, edit: PartyEdit, store: StoreDep) -> EventWire:
    """Let the workbook hold again."""
    return event_setup.restored(store, event, edit)
