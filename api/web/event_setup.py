"""Pages that set an event up: a new one, its hours and halls, who takes part, one registration."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api import event_setup, events
from api.auth.gate import may
from api.auth.roles import Action
from api.deps import CatalogueDep, IdPath, StoreDep, TextQuery, TodayDep
from api.i18n import _
from api.schemas.event_setup import NewEvent
from api.schemas.wire import Titled
from api.web.render import page
from graph.errors import NotFound
from graph.messages import N_
from graph.model import EventRole
from graph.nodes import find_node, names_of

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, dependencies=[may(Action.ORGANISE)])
AHEAD = timedelta(days=14)
HALLS = N_("A厅=10")
RefQuery = Annotated[str, Query(max_length=300)]


@router.get("/events/new")
def new(request: Request, catalogue: CatalogueDep, today: TodayDep) -> Response:
    """A new event."""
    day = today + AHEAD
    form = NewEvent(number=f"{day:%Y-%m-%d}-01", held_on=f"{day}", halls=_(HALLS))
    return page(request, "event_new.html", {"form": form, "halls": _halls([form.halls]), "catalogue": catalogue})


def _halls(written: list[str]) -> list[tuple[str, str]]:
    """Names and numbers of tables."""
    parts = (text.rpartition("=") for text in written)
    return [(name, tables) for name, _, tables in parts]


@router.get("/events/{event}/setup")
def setup(request: Request, event: IdPath, store: StoreDep, catalogue: CatalogueDep, q: TextQuery = "") -> Response:
    """Hours, halls and who takes part."""
    found = events.shown(store, event)
    settings = found.settings
    texts = {name: value for name, value in settings.model_dump().items() if not isinstance(value, list)}
    form = {name: "" if value is None else str(value) for name, value in texts.items()}
    form |= {name: "；".join(getattr(settings, name)) for name in ("breaks", "ways")}
    form |= {"name": found.name, "venue": found.venue or ""}
    form |= {"held_on": str(found.held_on), "number": found.number}
    named = event_setup.candidates(store, event, q) if q else None
    context = {"found": found, "form": form, "halls": _halls(settings.halls), "q": q, "named": named}
    return page(request, "event_setup.html", context | {"catalogue": catalogue})


@router.get("/events/{event}/party")
def party(request: Request, event: IdPath, store: StoreDep, catalogue: CatalogueDep, of: RefQuery) -> Response:
    """One registration: a new one, or one that is there.

    Raises:
        NotFound: when there is no such organisation.
    """
    found = events.shown(store, event)
    known = next((one for one in found.parties if one.id == of), None)
    if known is None and find_node(store, of, "Organisation") != of:
        raise NotFound(id=of)
    context = {"found": found, "known": known, "of": of, "name": known.name if known else names_of(store, [of])[of]}
    roles = [Titled.of(role) for role in EventRole]
    return page(request, "event_party.html", context | {"roles": roles, "catalogue": catalogue})
