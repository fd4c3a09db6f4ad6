"""The page of investment targets, and its list as a file."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api import answers
from api.auth.disclosure import disclosed_targets
from api.auth.gate import may
from api.auth.roles import Action
from api.deps import BoardDep, CatalogueDep, IdPath, PresenceDep, RingDep, ViewDep
from api.files import scratch, sent
from api.reports.target_list import write_target_list
from api.web.render import page
from api.web.rings import ring_choices
from matching.gaps.target_book import target_book

router = APIRouter(
    prefix="/targets",
    include_in_schema=False,
    default_response_class=HTMLResponse,
    dependencies=[may(Action.INVEST)],
)


@router.get("/{ref}")
def targets(
    *,
    request: Request,
    ref: IdPath,
    board: BoardDep,
    view: ViewDep,
    catalogue: CatalogueDep,
    where: PresenceDep,
    ring: RingDep,
) -> Response:
    """The targets of a segment or a chain."""
    found = answers.targets(ref, board, view, catalogue)
    shown: dict[str, object] = {"found": found, "ref": ref, "catalogue": catalogue}
    return page(request, "targets.html", shown | ring_choices(ring, where))


@router.get("/{ref}/list.xlsx", dependencies=[may(Action.EXPORT)])
def target_file(ref: IdPath, board: BoardDep, view: ViewDep) -> Response:
    """The same list in Excel."""
    with scratch() as path:
        write_target_list(disclosed_targets(target_book(board, view, ref), view), path)
        return sent(path.read_bytes(), "targets.xlsx")
