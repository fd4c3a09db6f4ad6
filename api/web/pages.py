"""The pages, made of the same answers as the API's."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api import answers, pair_answers
from api.answers import GapOrder
from api.auth.disclosure import disclosed_node, may_for, may_tune
from api.auth.gate import may
from api.auth.roles import Action
from api.auth.viewer import viewer
from api.charts.ink import CLASS_ORDER
from api.deps import (
    ID_LENGTH,
    BoardDep,
    CatalogueDep,
    DistrictDep,
    FactsDep,
    HistoryDep,
    IdPath,
    MatcherDep,
    PresenceDep,
    ReachQuery,
    RingDep,
    SkipQuery,
    StoreDep,
    TextQuery,
    TimeDep,
    TodayDep,
)
from api.rings import RingChoice
from api.routes.changes import SinceQuery, UntilQuery
from api.routes.gaps import ClassQuery, OrderQuery, TownQuery
from api.routes.settings import ScopeQuery
from api.schemas.district import DistrictWire
from api.schemas.needs import NeedList, WantedWire
from api.schemas.nodes import NodeWire
from api.schemas.pair_answers import PairSaidList, reason_choices
from api.schemas.problem import Problem
from api.titles import UNJUDGED
from api.web.render import page, path
from api.web.rings import reach_choices, ring_choices
from api.web.what_if import Strip, StripDep
from graph.catalogue import Catalogue, find_needs
from graph.district import District, load_district
from graph.errors import NotFound
from graph.model import Enterprise
from graph.nodes import view_node
from matching.gaps import ALL, CLASS_TITLES, GAPS, Board
from matching.gaps.presence import Presence
from matching.pairing import load_need
from matching.pairing.directions import DIRECTIONS, direction
from matching.pairing.listings import LONGEST

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, dependencies=[may(Action.READ)])
PAGE_SIZE = 50
EVERY = 5_000
SHOWN = 10
TIES_SHOWN = 20
ChainChoice = Annotated[str, Query(max_length=ID_LENGTH)]


def _for_offices(request: Request) -> None:
    """Show the analysis to offices only; send whoever else asks to the thing itself, or to where they begin.

    Raises:
        HTTPException: that sends them there.
    """
    who = viewer()
    if who.may(Action.ANALYSE) or not who.may(Action.READ):
        return
    ref = "".join(request.path_params.values())
    start = f"/firms/{path(who.firm)}" if who.firm else "/needs"
    raise HTTPException(303, headers={"Location": f"/nodes/{path(ref)}" if ref else start})


ANALYSIS = [Depends(_for_offices)]
PartQuery = Annotated[str, Query(pattern="^(page|panel)$")]


def _choices(ring: RingChoice, where: Presence) -> dict[str, object]:
    return {**ring_choices(ring, where), "classes": CLASS_ORDER, "class_titles": CLASS_TITLES}


def _map(
    request: Request,
    ref: str,
    board: Board,
    catalogue: Catalogue,
    *,
    ring: RingChoice,
    where: Presence,
    strip: Strip | None,
) -> Response:
    shown = answers.chain_map(ref, board, catalogue)
    context = {
        "map": shown,
        "feeds": [feed.model_dump() for feed in shown.feeds],
        "chains": answers.chain_list(board, catalogue).chains,
        "catalogue": catalogue,
        "what_if": strip.shown(ref) if strip else None,
    }
    return page(request, "map.html", context | _choices(ring, where))


@router.get("/", dependencies=ANALYSIS)
def first(
    *,
    request: Request,
    board: BoardDep,
    catalogue: CatalogueDep,
    strip: StripDep,
    where: PresenceDep,
    ring: RingDep,
) -> Response:
    """The map of the first chain, or what to do when there is no data."""
    if not catalogue.chains:
        return page(request, "empty.html", {"catalogue": catalogue})
    return _map(request, catalogue.chains[0].id, board, catalogue, ring=ring, where=where, strip=strip)


@router.get("/chains/{chain}", dependencies=ANALYSIS)
def chain(
    *,
    request: Request,
    chain: IdPath,
    board: BoardDep,
    catalogue: CatalogueDep,
    strip: StripDep,
    where: PresenceDep,
    ring: RingDep,
) -> Response:
    """The map of a chain."""
    return _map(request, chain, board, catalogue, ring=ring, where=where, strip=strip)


@router.get("/segments/{segment}", dependencies=ANALYSIS)
def segment(
    *,
    request: Request,
    segment: IdPath,
    board: BoardDep,
    facts: FactsDep,
    catalogue: CatalogueDep,
    where: PresenceDep,
    ring: RingDep,
    part: PartQuery = "page",
) -> Response:
    """A segment as a page, or as the panel beside the map."""
    found = answers.assessment(segment, board, facts, catalogue)
    template = "segment_panel.html" if part == "panel" else "segment.html"
    return page(request, template, {"found": found, "catalogue": catalogue} | _choices(ring, where))


@router.get("/gaps", dependencies=[may(Action.ANALYSE)])
def gaps(
    *,
    request: Request,
    board: BoardDep,
    catalogue: CatalogueDep,
    where: PresenceDep,
    ring: RingDep,
    classes: ClassQuery = [],  # noqa: B006  FastAPI copies it
    chain: ChainChoice = "",
    town: TownQuery = None,
    sort: OrderQuery = GapOrder.PRIORITY,
    part: PartQuery = "page",
) -> Response:
    """The gap board: every segment is there, those that do not fit are hidden, so that a filter needs no server."""
    if not catalogue.chains:
        return page(request, "empty.html", {"catalogue": catalogue})
    if chain and chain not in board.by_chain:
        raise NotFound(id=chain)
    found = answers.gap_list(board, answers.Fits(classes=CLASS_ORDER), order=sort, limit=EVERY, catalogue=catalogue)
    shown = {kind.value for kind in classes or GAPS}
    counts = answers.class_counts(found, chain, town or "")
    total = sum(count for kind, count in counts.items() if kind in shown)
    chosen: dict[str, object] = {"chain": chain, "town": town or "", "shown": shown, "sort": sort}
    place = {one.segment.id: number for number, one in enumerate(board.segments)}
    chosen |= {"counts": counts, "total": total, "place": place}
    context = {"found": found, "catalogue": catalogue, "chains": catalogue.chains, "unjudged": UNJUDGED}
    template = "gaps_panel.html" if part == "panel" else "gaps.html"
    return page(request, template, context | chosen | _choices(ring, where))


@router.get("/settings", dependencies=[may(Action.ANALYSE)])
def settings(
    *, request: Request, store: StoreDep, history: HistoryDep, catalogue: CatalogueDep, scope: ScopeQuery = ALL
) -> Response:
    """The district at home, thresholds and weights."""
    found = answers.settings(history, scope, catalogue)
    context = {"found": found, "district": DistrictWire.of(load_district(store)), "tunes": may_tune()}
    return page(request, "settings.html", context | {"catalogue": catalogue})


@router.get("/changes", dependencies=[may(Action.ANALYSE)])
def changes(
    *,
    request: Request,
    time: TimeDep,
    catalogue: CatalogueDep,
    since: SinceQuery = None,
    until: UntilQuery = None,
    chain: ChainChoice = "",
) -> Response:
    """What changed between two days, and where the plan's targets stand."""
    kept = time.snapshots().items
    found = time.changes(since, until, chain or None) if kept else None
    before = {one.target.id: one.before for one in found.targets} if found else {}
    context = {"found": found, "snapshots": kept, "plan": time.plan(), "before": before, "chain": chain}
    return page(request, "changes.html", context | {"catalogue": catalogue})


@router.get("/needs")
def needs(
    *,
    request: Request,
    store: StoreDep,
    catalogue: CatalogueDep,
    district: DistrictDep,
    today: TodayDep,
    q: TextQuery = "",
    skip: SkipQuery = 0,
) -> Response:
    """Needs, page by page."""
    found = NeedList.of(find_needs(store, today, q, skip=skip, limit=PAGE_SIZE), skip)
    shown = {"found": found, "q": q, "size": PAGE_SIZE, "catalogue": catalogue}
    return page(request, "needs.html", shown | _asking(district))


@router.get("/needs/{need}")
def need(
    *,
    request: Request,
    need: IdPath,
    store: StoreDep,
    catalogue: CatalogueDep,
    district: DistrictDep,
    today: TodayDep,
    ring: ReachQuery = RingChoice.ANYWHERE,
) -> Response:
    """One need; its matches follow as soon as they are there."""
    found = load_need(store, need)
    matched = may_for({found.party.id} if found.party else set(), Action.MATCH)
    wanted = WantedWire.of(found, today)
    shown = {"need": wanted, "matched": matched, "catalogue": catalogue}
    return page(request, "need.html", shown | reach_choices(ring, district))


@router.get("/needs/{need}/matches", dependencies=[may(Action.MATCH)])
def need_matches(
    *,
    request: Request,
    need: IdPath,
    matcher: MatcherDep,
    catalogue: CatalogueDep,
    district: DistrictDep,
    part: PartQuery = "page",
    ring: ReachQuery = RingChoice.ANYWHERE,
) -> Response:
    """The matches of a need, as a page or as a part of one."""
    result = matcher.need(need, SHOWN)
    template = "matches_body.html" if part == "panel" else "need.html"
    said = pair_answers.listed(matcher.store, result.need.id) if viewer().may(Action.ANSWER) else []
    context = {"answers": PairSaidList.of(said).items, "reasons": reason_choices(), "catalogue": catalogue}
    return page(request, template, {"need": result.need, "result": result} | context | reach_choices(ring, district))


@router.get("/match", dependencies=[may(Action.MATCH)])
def match_text(
    *,
    request: Request,
    matcher: MatcherDep,
    catalogue: CatalogueDep,
    district: DistrictDep,
    text: Annotated[str, Query(max_length=LONGEST)] = "",
    way: Annotated[str, Query(max_length=40)] = "need-offer",
    ref: Annotated[str, Query(max_length=ID_LENGTH)] = "",
    ring: ReachQuery = RingChoice.ANYWHERE,
) -> Response:
    """Matches for a need in words."""
    chosen = direction(way)
    result = matcher.stored(chosen, ref, SHOWN) if ref else matcher.text(text, SHOWN, chosen)
    context = {"result": result, "answers": [], "reasons": [], "catalogue": catalogue}
    return page(request, "match.html", context | _asking(district, text, way, ring))


def _asking(
    district: District, text: str = "", way: str = "need-offer", ring: RingChoice = RingChoice.ANYWHERE
) -> dict[str, object]:
    """What the form to ask in words shows."""
    return {"text": text, "way": way, "ways": DIRECTIONS.values(), "longest": LONGEST} | reach_choices(ring, district)


@router.get("/nodes/{ref:path}")
def node(request: Request, ref: IdPath, store: StoreDep, catalogue: CatalogueDep) -> Response:
    """Any node: where each of its facts is from; a firm has a page of its own."""
    view = view_node(store, ref, TIES_SHOWN)
    if Enterprise.LABEL in view.labels:
        return RedirectResponse(f"/firms/{path(view.id)}", 303)
    shown = NodeWire.of(disclosed_node(store, view, ref), catalogue.source_names)
    return page(request, "node.html", {"node": shown, "catalogue": catalogue})


def error_page(request: Request, problem: Problem, headers: dict[str, str] | None = None) -> Response:
    """What was wrong and what to do, as a page."""
    return page(request, "error.html", {"problem": problem}, status=problem.status, headers=headers)
