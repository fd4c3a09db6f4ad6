"""A firm's own pages: whom it may call, who saw its data."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api import contacts
from api.auth.gate import may
from api.auth.roles import Action
from api.deps import DoorkeeperDep, StoreDep
from api.routes.audit import BeforeQuery
from api.routes.contacts import FirmQuery
from api.web.render import page
from graph.nodes import names_of

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
SHOWN = 100


@router.get("/contacts", dependencies=[may(Action.ANSWER)])
def contact_list(request: Request, store: StoreDep, firm: FirmQuery = None) -> Response:
    """Whom a firm may call; who has no firm chooses one."""
    if contacts.choosing(firm):
        firms = contacts.firms(store)
        return page(request, "choose_firm.html", {"firms": firms, "sample": any(one.sample for one in firms)})
    found = contacts.contacts(store, firm)
    context = {"found": found, "name": names_of(store, [found.firm])[found.firm]}
    return page(request, "contacts.html", context | {"sample": any(one.sample for one in found.items)})


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
