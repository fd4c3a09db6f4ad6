"""Matchmaking events: list, proposals, answers, timetable, pins and locks, undo."""

from __future__ import annotations

from fastapi import APIRouter

from api import events
from api.auth.gate import may
from api.auth.roles import Action
from api.deps import DerivedDep, DoorkeeperDep, IdPath, StoreDep, TodayDep, market_of
from api.routes.problems import problems
from api.schemas.event_edits import AnswerEdit, CodesEdit, EventEdit, HappenedEdit, MarkEdit, PlaceEdit
from api.schemas.events import CodeList, EventList, EventWire, ReplannedWire
from graph.messages import N_

router = APIRouter(prefix="/events", tags=["events"], dependencies=[may(Action.ORGANISE)])


@router.get("", summary=N_("对接活动一览"), description=N_("全部活动，最近的在前。"), responses=problems())
def list_events(store: StoreDep) -> EventList:
    """Every event."""
    return events.listing(store)


@router.get(
    "/{event}",
    summary=N_("一场活动"),
    description=N_("时段、桌位、参会单位、会面建议及理由、答复、时间表、改动记录。"),
    responses=problems(404, 422),
)
def get_event(event: IdPath, store: StoreDep) -> EventWire:
    """All of an event."""
    return events.shown(store, event)


@router.post(
    "/{event}/proposals",
    summary=N_("提出会面建议"),
    description=N_("按双方契合度、意愿和场数要求选出组合；已有的答复、指定和安排不变。"),
    responses=problems(400, 404, 409, 422),
)
def propose(event: IdPath, edit: EventEdit, store: StoreDep, derived: DerivedDep, today: TodayDep) -> EventWire:
    """Propose meetings."""
    return events.proposed(store, event, edit, today, market_of(derived))


@router.post(
    "/{event}/answers",
    summary=N_("录入答复"),
    description=N_("一方接受或谢绝一场会面；谢绝须写理由。"),
    responses=problems(400, 404, 409, 422),
)
def answer(event: IdPath, edit: AnswerEdit, store: StoreDep) -> EventWire:
    """Record an answer."""
    return events.answered(store, event, edit)


@router.post(
    "/{event}/timetable",
    summary=N_("排时间表"),
    description=N_("双方接受的和由组织者指定的会面排入时段和桌位；锁定的不动。排不下时说明最少放开哪几项。"),
    responses=problems(400, 404, 409, 422),
)
def schedule(event: IdPath, edit: EventEdit, store: StoreDep) -> EventWire:
    """Make the timetable."""
    return events.scheduled(store, event, edit)


@router.post(
    "/{event}/place",
    summary=N_("移动一场会面"),
    description=N_("放到指定的时段和桌位，或移出时间表；占用、缺席时拒绝并说明原因。"),
    responses=problems(400, 404, 409, 422),
)
def place(event: IdPath, edit: PlaceEdit, store: StoreDep) -> EventWire:
    """Move one meeting."""
    return events.moved(store, event, edit)


@router.post(
    "/{event}/marks",
    summary=N_("指定或锁定"),
    description=N_("指定一场会面，或锁定它的时段和桌位；也可取消。"),
    responses=problems(400, 404, 409, 422),
)
def mark(event: IdPath, edit: MarkEdit, store: StoreDep) -> EventWire:
    """Pin or lock."""
    return events.marked(store, event, edit)


@router.post(
    "/{event}/replan",
    summary=N_("当日重排"),
    description=N_("有单位不来、晚到、临时到场或桌位停用时，从某个时段起重排；已过的和锁定的不动，列出要通知谁。"),
    responses=problems(400, 404, 409, 422),
)
def replan(event: IdPath, edit: HappenedEdit, store: StoreDep, today: TodayDep) -> ReplannedWire:
    """Replan after a change on the day."""
    return events.replanned(store, event, edit, today)


@router.post(
    "/{event}/codes",
    summary=N_("发放参会码"),
    description=N_("参会单位凭码在手机上看本单位的会面；系统只存摘要，码只显示这一次，重发后原码作废。"),
    responses=problems(400, 404, 422),
)
def issue_codes(event: IdPath, edit: CodesEdit, store: StoreDep, doorkeeper: DoorkeeperDep) -> CodeList:
    """Issue codes."""
    return events.issued(store, event, edit.parties, doorkeeper.passes)


@router.post(
    "/{event}/undo",
    summary=N_("撤销上一次改动"),
    description=N_("恢复上一次改动前的样子；撤销本身也留记录。"),
    responses=problems(400, 404, 409, 422),
)
def undo(event: IdPath, edit: EventEdit, store: StoreDep) -> EventWire:
    """Take back the last edit."""
    return events.undone(store, event, edit)
