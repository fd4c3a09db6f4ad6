"""The page 全链对接: all open needs of a chain, with who is proposed to each."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api.auth.gate import may
from api.auth.roles import Action
from api.batch import MOST
from api.deps import ID_LENGTH, BatchDeskDep, DistrictDep, ReachQuery, SkipQuery
from api.rings import RingChoice
from api.web.pages import PartQuery
from api.web.render import page
from api.web.rings import reach_choices

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, dependencies=[may(Action.MATCH)])
SIZE = 50
Choice = Annotated[str, Query(max_length=ID_LENGTH)]


@router.get("/pairings")
def pairings(
    *,
    request: Request,
    desk: BatchDeskDep,
    district: DistrictDep,
    chain: Choice = "",
    town: Choice = "",
    ring: ReachQuery = RingChoice.ANYWHERE,
    skip: SkipQuery = 0,
    part: PartQuery = "page",
) -> Response:
    """Choose a chain, ring and town; see what was found for each need, or begin."""
    asked = desk.asked(chain, ring, town)
    job = desk.batches.of(asked)
    context = {
        "desk": desk,
        "chain": chain,
        "town": town,
        "count": desk.count(asked),
        "advice": desk.advice(asked),
        "found": desk.wire(job, skip, SIZE) if job else None,
        "most": MOST,
        "skip": skip,
        "size": SIZE,
        "catalogue": desk.catalogue,
    }
    shown = reach_choices(ring, district)
    return page(request, "pairings_body.html" if part == "panel" else "pairings.html", context | shown)
