"""The page where files come in."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api.auth.gate import may
from api.auth.roles import Action
from api.deps import CatalogueDep, StoreDep
from api.schemas.imports import RunWire
from api.web.render import page
from loaders.history import list_runs

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, dependencies=[may(Action.LOAD)])
RUNS = 30


@router.get("/imports")
def imports(request: Request, store: StoreDep, catalogue: CatalogueDep) -> Response:
    """Drop a file, and what was loaded."""
    runs = [RunWire.of(card) for card in list_runs(store, RUNS)]
    return page(request, "imports.html", {"runs": runs, "catalogue": catalogue})
