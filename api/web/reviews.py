"""The page of the review queue: one pair after the other."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api.auth.disclosure import disclosed_node
from api.auth.gate import may
from api.auth.roles import Action
from api.deps import ID_LENGTH, CatalogueDep, SkipQuery, StoreDep
from api.reviewing import own_pair, own_pairs
from api.schemas.reviews import PairList, PairRow, PairView
from api.web.render import page
from loaders.resolution.queue import State as PairState
from loaders.resolution.view import view_pair

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, dependencies=[may(Action.REVIEW)])
FOLLOWING = 12
PairQuery = Annotated[str, Query(max_length=ID_LENGTH)]


@router.get("/reviews")
def reviews(
    *,
    request: Request,
    store: StoreDep,
    catalogue: CatalogueDep,
    pair: PairQuery = "",
    done: PairQuery = "",
    state: PairState = PairState.OPEN,
    skip: SkipQuery = 0,
) -> Response:
    """The queue: a pair side by side, and those that follow; ``done`` is the pair just decided."""
    queue = own_pairs(store, state, skip=skip, limit=FOLLOWING)
    shown = own_pair(store, pair).id if pair else queue.pairs[0].id if queue.pairs else ""
    context: dict[str, object] = {
        "queue": PairList.of(queue, skip),
        "view": PairView.of(view_pair(store, shown, see=lambda view: disclosed_node(store, view))) if shown else None,
        "done": PairRow.of(own_pair(store, done)) if done else None,
        "state": state.value,
        "catalogue": catalogue,
    }
    return page(request, "reviews.html", context)
