"""Pages of matchmaking events: the list, and one event with its board and timetable."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api import events
from api.auth.gate import may
from api.auth.roles import Action
from api.deps import CatalogueDep, IdPath, StoreDep
from api.web.render import page

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, dependencies=[may(Action.ORGANISE)])


@router.get("/events")
def list_events(request: Request, store: StoreDep, catalogue: CatalogueDep) -> Response:
    """Every event."""
    return page(request, "events.html", {"found": events.listing(store), "catalogue": catalogue})


@router.get("/events/{event}")
def event(request: Request, event: IdPath, store: StoreDep, catalogue: CatalogueDep) -> Response:
    """One event."""
    found = events.shown(store, event)
    places = {(one.slot, one.table): one for one in found.meetings if one.slot}
    return page(request, "event.html", {"found": found, "places": places, "catalogue": catalogue})
