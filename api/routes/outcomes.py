"""What came of matchmaking events: outcomes, yearly counts, follow-ups, invitations still to be sent."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api import events
from api.auth.gate import may
from api.auth.roles import Action
from api.deps import IdPath, StoreDep, TodayDep
from api.routes.problems import problems
from api.schemas.event_edits import FollowUpEdit, OutcomeEdit
from api.schemas.events import EventWire
from api.schemas.outcomes import BudgetList, DueList, TallyWire
from graph.messages import N_
from matching.events import desk
from matching.plan.progress import CHAIN_LEADERS, FIRMS_SERVED, INTENTIONS

router = APIRouter(prefix="/events", tags=["events"], dependencies=[may(Action.ORGANISE)])

AheadQuery = Annotated[int, Query(ge=0, le=365, description=N_("另列出今后这么多天内到期的"))]
ShareQuery = Annotated[float | None, Query(ge=0.0001, le=1, description=N_("假定比例，0.0001 到 1；不填用实测"))]


@router.get(
    "/follow-ups",
    summary=N_("回访清单"),
    description=N_("活动后 30 天、90 天应回访的会面，和到期的下一步；最早的在前。"),
    responses=problems(422),
)
def list_due(store: StoreDep, today: TodayDep, ahead: AheadQuery = 0) -> DueList:
    """What is due."""
    return DueList.of(desk.due(store, today, ahead), today)


@router.get(
    "/tally",
    summary=N_("年度计数"),
    description=N_("今年由对接活动结果计入的服务企业、对接链主和合作意向数，附计数口径。"),
    responses=problems(),
)
def tally(store: StoreDep, today: TodayDep) -> TallyWire:
    """This year's counts."""
    return TallyWire.of(desk.tally(store, today.year, today))


@router.get(
    "/budget",
    summary=N_("邀约测算"),
    description=N_("按实测的邀约—会面—意向比例及其区间，测算达到年度目标还须邀约多少家次；没有实测时不作推算。"),
    responses=problems(422),
)
def budget(
    *,
    store: StoreDep,
    today: TodayDep,
    firms: ShareQuery = None,
    leaders: ShareQuery = None,
    intentions: ShareQuery = None,
) -> BudgetList:
    """How many invitations this year's targets take."""
    return BudgetList.of(desk.budget(store, today, assumed(firms, leaders, intentions)))


def assumed(firms: float | None, leaders: float | None, intentions: float | None) -> dict[str, float]:
    """The rates somebody entered, by target."""
    said = {FIRMS_SERVED: firms, CHAIN_LEADERS: leaders, INTENTIONS: intentions}
    return {target: share for target, share in said.items() if share is not None}


@router.post(
    "/{event}/outcomes",
    summary=N_("录入会面结果"),
    description=N_(
        "是否会面、缺席方、合作意向和双方确认、金额、下一步、负责人和期限、未成的原因；再次录入以后一次为准。"
    ),
    responses=problems(400, 404, 409, 422),
)
def record(event: IdPath, edit: OutcomeEdit, store: StoreDep) -> EventWire:
    """Record what came of a meeting."""
    return events.recorded(store, event, edit)


@router.post(
    "/{event}/follow-ups",
    summary=N_("录入回访"),
    description=N_("回访情况和进展；已落实或未成的，此后不再列入回访清单。"),
    responses=problems(400, 404, 409, 422),
)
def ask(event: IdPath, edit: FollowUpEdit, store: StoreDep, today: TodayDep) -> EventWire:
    """Record what was said when somebody asked."""
    return events.asked(store, event, edit, today)
