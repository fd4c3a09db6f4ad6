"""Pages about firms: one firm with where everything known of it is from."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api import link_answers
from api.auth.gate import may
from api.auth.roles import Action
from api.auth.viewer import viewer
from api.deps import CatalogueDep, IdPath, StoreDep, TodayDep
from api.schemas.firms import FirmWire
from api.web.render import page

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, dependencies=[may(Action.READ)])
TIES_SHOWN = 20


@router.get("/firms/{ref:path}")
def firm(request: Request, ref: IdPath, store: StoreDep, catalogue: CatalogueDep, today: TodayDep) -> Response:
    """A firm: links with their evidence, facts by source, what is missing, other ties."""
    found = link_answers.dossier(store, ref, today, TIES_SHOWN)
    context = {
        "firm": FirmWire.of(found, catalogue.source_names),
        "reviews": viewer().may(Action.REVIEW),
        "catalogue": catalogue,
    }
    return page(request, "firm.html", context)
