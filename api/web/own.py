"""The page where a firm's own contact takes out the firm's profile and hands it in."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api import own
from api.auth.gate import may
from api.auth.roles import Action
from api.deps import StoreDep
from api.schemas.imports import OwnRun
from api.web.render import page
from graph.nodes import names_of

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, dependencies=[may(Action.DECLARE)])
RUNS = 10


@router.get("/own")
def own_page(request: Request, store: StoreDep) -> Response:
    """Take out, hand in, and what was handed in."""
    firm = own.own_id(store)
    runs = [OwnRun.of(own.run(store, card.id)) for card in own.runs(store, RUNS)]
    return page(request, "own.html", {"firm": firm, "name": names_of(store, [firm])[firm], "runs": runs})
