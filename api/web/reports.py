"""The report of a chain: a page with its pictures, and the files it is handed in as."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api import answers
from api.auth.disclosure import trace_figures
from api.auth.gate import may
from api.auth.roles import Action
from api.charts import draw_map, draw_priorities
from api.deps import ID_LENGTH, BoardDep, CatalogueDep, IdPath, PresenceDep, RingDep, TimeDep
from api.files import WORD, scratch, sent
from api.i18n import _
from api.reports.chain_report import write_chain_report
from api.reports.gap_list import write_gap_list
from api.web.render import page
from api.web.rings import ring_choices
from graph.errors import NotFound
from matching.gaps import Board

router = APIRouter(include_in_schema=False, dependencies=[may(Action.ANALYSE)])
ChainChoice = Annotated[str, Query(max_length=ID_LENGTH)]


def _known(board: Board, chain: str) -> str:
    """The name of a chain.

    Raises:
        NotFound: when there is none.
    """
    if chain not in board.by_chain:
        raise NotFound(id=chain)
    return board.by_chain[chain].chain.name


@router.get("/reports", response_class=HTMLResponse)
def report(
    *,
    request: Request,
    board: BoardDep,
    catalogue: CatalogueDep,
    time: TimeDep,
    where: PresenceDep,
    ring: RingDep,
    chain: ChainChoice = "",
) -> Response:
    """The report of a chain as a page."""
    if not catalogue.chains:
        return page(request, "empty.html", {"catalogue": catalogue})
    shown = answers.chain_map(chain or catalogue.chains[0].id, board, catalogue)
    context = {"map": shown, "changes": "；".join(time.sentences(shown.chain.id)), "catalogue": catalogue}
    return page(request, "report.html", context | ring_choices(ring, where))


@router.get("/reports/{chain}/map.svg")
def map_picture(chain: IdPath, board: BoardDep) -> Response:
    """The map of a chain as a picture, the same as in the report."""
    _known(board, chain)
    return Response(draw_map(board, chain), media_type="image/svg+xml")


@router.get("/reports/{chain}/priorities.svg")
def priorities_picture(chain: IdPath, board: BoardDep) -> Response:
    """The gaps of a chain as a picture, the same as in the report."""
    _known(board, chain)
    return Response(draw_priorities(board, chain), media_type="image/svg+xml")


@router.get("/reports/{chain}/report.docx", dependencies=[may(Action.EXPORT)])
def report_file(chain: IdPath, board: BoardDep, time: TimeDep) -> Response:
    """The report of a chain in Word."""
    name = _("{chain}产业链缺口分析报告").format(chain=_known(board, chain)) + f"-{board.today}.docx"
    trace_figures(board.of(chain), [board.by_chain[chain]])
    with scratch(".docx") as path:
        write_chain_report(board, chain, path, time.sentences(chain))
        return sent(path.read_bytes(), name, WORD)


@router.get("/reports/{chain}/gaps.xlsx", dependencies=[may(Action.EXPORT)])
def gaps_file(chain: IdPath, board: BoardDep) -> Response:
    """The gaps of a chain in Excel."""
    name = f"{_known(board, chain)}-{_('缺口清单')}-{board.today}.xlsx"
    trace_figures(board.of(chain), [board.by_chain[chain]])
    with scratch() as path:
        write_gap_list(board, chain, path)
        return sent(path.read_bytes(), name)
