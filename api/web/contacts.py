"""A firm's own pages: whom it may call, who saw its data."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api import contacts
from api.auth.gate import may
from api.auth.middleware import client_address
from api.auth.roles import Action
from api.deps import ID_LENGTH, DoorkeeperDep, StoreDep
from api.routes.audit import BeforeQuery
from api.routes.contacts import FirmQuery
from api.web.render import page
from graph.nodes import names_of

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
SHOWN = 100


@router.get("/contacts", dependencies=[may(Action.ANSWER)])
def contact_list(
    request: Request,
    store: StoreDep,
    firm: FirmQuery = None,
    erased: Annotated[int | None, Query(ge=0, le=1_000_000)] = None,
) -> Response:
    """Whom a firm may call; who has no firm chooses one."""
    if contacts.choosing(firm):
        firms = contacts.firms(store)
        return page(request, "choose_firm.html", {"firms": firms, "sample": any(one.sample for one in firms)})
    found = contacts.contacts(store, firm)
    context = {"found": found, "name": names_of(store, [found.firm])[found.firm], "erased": erased}
    return page(request, "contacts.html", context | {"sample": any(one.sample for one in found.items)})


@router.post("/contacts/erase", dependencies=[may(Action.ANSWER)])
def erase(
    request: Request,
    store: StoreDep,
    doorkeeper: DoorkeeperDep,
    person: Annotated[str, Form(min_length=2, max_length=60)],
    firm: Annotated[str, Form(max_length=ID_LENGTH)] = "",
) -> Response:
    """Take a person out of a firm's registrations, and say in how many they were."""
    done = contacts.erase(store, doorkeeper.audit, firm, person, origin=client_address(request))
    return RedirectResponse(f"/contacts?{urlencode({'firm': done.firm, 'erased': done.registrations})}", 303)


@router.get("/seen", dependencies=[may(Action.READ)])
def seen(
    request: Request,
    store: StoreDep,
    doorkeeper: DoorkeeperDep,
    firm: FirmQuery = None,
    before: BeforeQuery = None,
) -> Response:
    """Who saw a firm's data; an administrator chooses a firm."""
    if contacts.choosing(firm):
        contacts.check_may_look()
        return page(request, "choose_firm.html", {"firms": None})
    found = contacts.seen(store, doorkeeper.audit, firm, before=before, limit=SHOWN)
    return page(request, "seen.html", {"found": found, "name": names_of(store, [found.firm])[found.firm]})
