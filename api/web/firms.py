"""Pages about firms: one firm with where everything known of it is from, and what is still to be verified."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api import link_answers, tasks
from api.auth.gate import may
from api.auth.roles import Action
from api.auth.viewer import viewer
from api.deps import ID_LENGTH, CatalogueDep, IdPath, SkipQuery, StoreDep, TodayDep
from api.files import scratch, sent
from api.profiles import may_export
from api.routes.tasks import StateQuery
from api.schemas.firms import FirmWire
from api.schemas.tasks import TaskList
from api.web.render import page
from matching.linking.verification import STATE_TITLES, TaskState

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, dependencies=[may(Action.READ)])
TIES_SHOWN = 20
PAGE_SIZE = 50


@router.get("/firms/{ref:path}")
def firm(request: Request, ref: IdPath, store: StoreDep, catalogue: CatalogueDep, today: TodayDep) -> Response:
    """A firm: links with their evidence, facts by source, what is missing, other ties."""
    found = link_answers.dossier(store, ref, today, TIES_SHOWN)
    context = {
        "firm": FirmWire.of(found, catalogue.source_names),
        "reviews": viewer().may(Action.REVIEW),
        "exports": may_export(found.view.id),
        "catalogue": catalogue,
    }
    return page(request, "firm.html", context)


@router.get("/tasks", dependencies=[may(Action.REVIEW)])
def verification_tasks(
    *,
    request: Request,
    store: StoreDep,
    catalogue: CatalogueDep,
    today: TodayDep,
    town: Annotated[str, Query(max_length=ID_LENGTH)] = "",
    states: StateQuery = [],  # noqa: B006  FastAPI copies it
    skip: SkipQuery = 0,
) -> Response:
    """What towns are asked to find out, and what came of it."""
    every = tasks.tasks(store, today)
    wanted = states or [one for one in TaskState if one is not TaskState.DONE]
    shown = TaskList.of(every, tasks.chosen(every, town or None, wanted), skip, PAGE_SIZE)
    context: dict[str, object] = {
        "found": shown,
        "town": town,
        "chosen": wanted,
        "skip": skip,
        "size": PAGE_SIZE,
        "titles": STATE_TITLES,
    }
    return page(request, "tasks.html", context | {"catalogue": catalogue, "loads": viewer().may(Action.LOAD)})


@router.get("/tasks/form", dependencies=[may(Action.REVIEW)])
def verification_form(store: StoreDep, today: TodayDep, town: Annotated[str, Query(max_length=ID_LENGTH)]) -> Response:
    """The form of a town as a file; filled in, it is loaded like any workbook."""
    with scratch() as path:
        tasks.write_form(store, path, town, today)
        return sent(path.read_bytes(), tasks.form_name(town, today))
