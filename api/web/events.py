"""Pages of matchmaking events: the list, one event with its board and timetable, what came of it and what is due."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api import events
from api.attachments import KINDS
from api.auth.gate import may
from api.auth.roles import Action
from api.deps import CatalogueDep, IdPath, StoreDep, TodayDep
from api.event_files import PAPERS
from api.files import scratch, sent
from api.i18n import _
from api.routes.outcomes import AheadQuery, assumed
from api.schemas.outcomes import BudgetList, DueList, TallyWire
from api.web.render import page
from matching.events import desk

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, dependencies=[may(Action.ORGANISE)])
LEAST_SHARE = 0.0001
PlaceQuery = Annotated[str, Query(max_length=20)]
PaperPath = Literal["timetable", "pack", "calendars", "report"]
PercentQuery = Annotated[str, Query(pattern=r"^(\d{1,3}(\.\d{1,2})?)?$")]


@router.get("/events")
def list_events(request: Request, store: StoreDep, catalogue: CatalogueDep) -> Response:
    """Every event."""
    return page(request, "events.html", {"found": events.listing(store), "catalogue": catalogue})


@router.get("/events/follow-ups")
def follow_ups(
    request: Request, store: StoreDep, catalogue: CatalogueDep, today: TodayDep, ahead: AheadQuery = 0
) -> Response:
    """What is to be asked about."""
    found = DueList.of(desk.due(store, today, ahead), today)
    return page(request, "follow_ups.html", {"found": found, "ahead": ahead, "catalogue": catalogue})


@router.get("/events/budget")
def budget(
    *,
    request: Request,
    store: StoreDep,
    catalogue: CatalogueDep,
    today: TodayDep,
    firms: PercentQuery = "",
    leaders: PercentQuery = "",
    intentions: PercentQuery = "",
) -> Response:
    """How many invitations this year's targets take."""
    shares = [_share(text) for text in (firms, leaders, intentions)]
    found = BudgetList.of(desk.budget(store, today, assumed(*shares)))
    said = {"firms": firms, "leaders": leaders, "intentions": intentions}
    return page(request, "event_budget.html", {"found": found, "said": said, "catalogue": catalogue})


def _share(percent: str) -> float | None:
    """A percentage somebody entered; what is no rate counts as nothing entered."""
    share = float(percent or 0) / 100
    return share if LEAST_SHARE <= share <= 1 else None


@router.get("/events/{event}")
def event(request: Request, event: IdPath, store: StoreDep, catalogue: CatalogueDep) -> Response:
    """One event."""
    found = events.shown(store, event)
    places = {(one.slot, one.table): one for one in found.meetings if one.slot}
    return page(request, "event.html", {"found": found, "places": places, "catalogue": catalogue})


@router.get("/events/{event}/outcomes")
def outcomes(request: Request, event: IdPath, store: StoreDep, catalogue: CatalogueDep, today: TodayDep) -> Response:
    """What came of the meetings of one event."""
    found = events.shown(store, event)
    placed = sorted((one for one in found.meetings if one.slot), key=lambda one: (one.slot or "", one.table or ""))
    counted = TallyWire.of(desk.tally(store, found.held_on.year))
    context = {"found": found, "placed": placed, "tally": counted, "catalogue": catalogue, "today": today}
    context |= {"openable": events.openable(store, found), "kinds": ",".join(KINDS)}
    return page(request, "event_outcomes.html", context)


@router.get("/events/{event}/day")
def day(
    *, request: Request, event: IdPath, store: StoreDep, catalogue: CatalogueDep, today: TodayDep, at: PlaceQuery = ""
) -> Response:
    """Who sits at which table now and next, and what to do when something changes."""
    found = events.shown(store, event)
    clock = at or (f"{datetime.now():%H:%M}" if found.held_on == today else "")
    begun = [slot for slot in found.slots if slot.id <= clock]
    now = begun[-1] if begun else None if clock else next(iter(found.slots), None)
    after = next((slot for slot in found.slots if now is None or slot.id > now.id), None)
    places = {(one.slot, one.table): one for one in found.meetings if one.slot}
    context = {"found": found, "places": places, "now": now, "next": after, "catalogue": catalogue}
    return page(request, "event_day.html", context)


@router.get("/events/{event}/codes")
def codes(request: Request, event: IdPath, store: StoreDep, catalogue: CatalogueDep) -> Response:
    """Issue codes."""
    address = f"{request.url.scheme}://{request.headers.get('host', '')}/my-meetings"
    context = {"found": events.shown(store, event), "address": address, "catalogue": catalogue}
    return page(request, "event_codes.html", context)


@router.get("/events/{event}/files/{paper}", dependencies=[may(Action.EXPORT)])
def file(event: IdPath, paper: PaperPath, store: StoreDep) -> Response:
    """A paper of the event, to be printed or sent."""
    found, name = PAPERS[paper], desk.find_event(store, event).name
    with scratch(found.ending) as path:
        found.write(store, event, path)
        return sent(path.read_bytes(), f"{name}-{_(found.title)}{found.ending}", found.media)
