"""What endpoints depend on: the store, and what is derived from it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Depends, Path, Query, Request

from api import pairing
from api.answers import Matcher
from api.attachments import Attachments
from api.auth.disclosure import known_firms, sees_sums
from api.auth.doorkeeper import Doorkeeper
from api.batch_desk import BatchDesk
from api.derived import Derived
from api.imports import Imports
from api.rings import RingChoice
from api.solving import Solvings
from api.time import Time
from graph.catalogue import Catalogue, load_catalogue
from graph.district import District, load_district
from graph.messages import N_
from graph.store import Store
from matching import gaps
from matching.gaps import Board, Facts, Ring
from matching.gaps.disclosed import disclosed_board
from matching.gaps.presence import Presence, presence
from matching.gaps.snapshot import Snapshot
from matching.gaps.snapshots import present, with_progress
from matching.gaps.tuning import History, load_history
from matching.gaps.view import View
from matching.pairing import Market, Reach, load_network, load_places
from matching.pairing.directions import Pool
from matching.pairing.network import Network

ID_LENGTH = 300
_NO_CONTROL = r"^[^\x00-\x1f\x7f]*$"


def _store(request: Request) -> Store:
    store: Store = request.app.state.store
    return store


def _derived(request: Request) -> Derived:
    derived: Derived = request.app.state.derived
    return derived


def _today(request: Request) -> date:
    day: date = request.app.state.today()
    return day


def _doorkeeper(request: Request) -> Doorkeeper:
    doorkeeper: Doorkeeper = request.app.state.doorkeeper
    return doorkeeper


def _imports(request: Request) -> Imports:
    imports: Imports = request.app.state.imports
    return imports


def _solvings(request: Request) -> Solvings:
    solvings: Solvings = request.app.state.solvings
    return solvings


def _attachments(request: Request) -> Attachments:
    files: Attachments = request.app.state.attachments
    return files


AttachmentsDep = Annotated[Attachments, Depends(_attachments)]
SolvingsDep = Annotated[Solvings, Depends(_solvings)]
ImportsDep = Annotated[Imports, Depends(_imports)]
StoreDep = Annotated[Store, Depends(_store)]
DerivedDep = Annotated[Derived, Depends(_derived)]
DoorkeeperDep = Annotated[Doorkeeper, Depends(_doorkeeper)]
TodayDep = Annotated[date, Depends(_today)]
RingQuery = Annotated[
    RingChoice | None,
    Query(description=N_("圈层：只计入这一范围内的供方；不写则为有企业的最近圈层，都没有企业时为本区")),
]
ReachQuery = Annotated[
    RingChoice,
    Query(alias="ring", description=N_("圈层：所找的单位须在这一范围内；所在地未知的列为待问")),
]
IdPath = Annotated[str, Path(max_length=ID_LENGTH, pattern=_NO_CONTROL, description=N_("编号"))]
TextQuery = Annotated[str, Query(max_length=200, pattern=_NO_CONTROL, description=N_("要找的文字；留空列出全部"))]
SkipQuery = Annotated[int, Query(ge=0, le=1_000_000, description=N_("跳过多少条"))]
LimitQuery = Annotated[int, Query(ge=1, le=500, description=N_("最多多少条"))]
FewQuery = Annotated[int, Query(ge=1, le=50, description=N_("最多几家"))]


def facts_of(derived: Derived, today: date) -> Facts:
    """The facts of all chains at the graph's revision."""
    return derived.get(("facts", today), lambda store: gaps.fetch(store, today))


def board_of(derived: Derived, today: date, ring: Ring | None) -> Board:
    """The gap board at the graph's revision."""
    return derived.get(("board", today, ring), lambda _: gaps.assess(facts_of(derived, today), today, ring=ring))


def presence_of(derived: Derived, today: date, chain: str | None = None) -> Presence:
    """Where the firms of a chain are, or of all, at the graph's revision."""
    found = derived.get(("presence", today), lambda _: presence(facts_of(derived, today)))
    return found.get(chain) or Presence(district=found[None].district)


def view_of(derived: Derived, today: date, ring: Ring | None) -> View:
    """The facts as seen with a ring, indexed, at the graph's revision."""
    return derived.get(("view", today, ring), lambda _: View(facts_of(derived, today), today, ring))


def catalogue_of(derived: Derived) -> Catalogue:
    """Chains and sources at the graph's revision."""
    return derived.get("catalogue", load_catalogue)


def history_of(derived: Derived) -> History:
    """Every change of thresholds and weights at the graph's revision."""
    return derived.get("settings", load_history)


def present_of(derived: Derived, today: date) -> Snapshot:
    """The board as it stands, as a snapshot that is not kept."""
    board = board_of(derived, today, Ring.DISTRICT)
    kept = derived.get(("present", today), lambda store: present(store, today, facts_of(derived, today), board))
    return with_progress(derived.store, today, kept)


def market_of(derived: Derived) -> Market:
    """All that is offered at the graph's revision, with the encoder and the weights in use."""
    key = ("market", pairing.model_stamp())
    return derived.get(key, lambda store: pairing.load_market(store, network_of(derived)))


def network_of(derived: Derived) -> Network:
    """The graph around needs at its revision: one for all that is looked through."""
    return derived.get("network", load_network)


def pool_of(derived: Derived, pool: Pool, today: date) -> Market:
    """What is looked through in a direction, at the graph's revision."""
    if pool is Pool.OFFERS:
        return market_of(derived)
    key = ("pool", pool, today, pairing.model_stamp())
    return derived.get(key, lambda store: pairing.load_pool(store, pool, today, network_of(derived)))


def _facts(derived: DerivedDep, today: TodayDep) -> Facts:
    return facts_of(derived, today)


def shown_board_of(derived: Derived, today: date, ring: Ring | None) -> Board:
    """The gap board as the viewer may see it."""
    board = board_of(derived, today, ring)
    if sees_sums():
        return board
    home, known = board_of(derived, today, Ring.DISTRICT), known_firms(derived.store, board)
    return derived.get(("disclosed board", today, ring, known), lambda _: disclosed_board(board, home, known))


def opening_ring(derived: Derived, today: date, chain: str | None = None) -> Ring | None:
    """The ring that is looked at when nobody says which: the nearest with firms of a chain (id or name), or of any."""
    named = {one.name: one.id for one in catalogue_of(derived).chains}
    found = presence_of(derived, today, named.get(chain or "", chain))
    return (found if found.total else presence_of(derived, today)).opening


def _presence(request: Request, derived: DerivedDep, today: TodayDep) -> Presence:
    """Where the firms of the chain an address names are; of all chains when it names none."""
    chain = request.path_params.get("chain") or request.query_params.get("chain")
    found = presence_of(derived, today, chain)
    return found if found.total else presence_of(derived, today)


def _ring(presence: Annotated[Presence, Depends(_presence)], ring: RingQuery = None) -> RingChoice:
    return ring or RingChoice.of(presence.opening)


def _board(derived: DerivedDep, today: TodayDep, ring: RingDep) -> Board:
    return shown_board_of(derived, today, ring.ring)


def _view(derived: DerivedDep, today: TodayDep, ring: RingDep) -> View:
    return view_of(derived, today, ring.ring)


def _catalogue(derived: DerivedDep) -> Catalogue:
    return catalogue_of(derived)


def _history(derived: DerivedDep) -> History:
    return history_of(derived)


def _time(store: StoreDep, derived: DerivedDep, today: TodayDep) -> Time:
    return Time(store, today, lambda: present_of(derived, today), history_of(derived), catalogue_of(derived))


def district_of(derived: Derived) -> District:
    """The district at home at the graph's revision."""
    return derived.get("district", load_district)


def _district(derived: DerivedDep) -> District:
    return district_of(derived)


def reach_of(derived: Derived, ring: Ring | None) -> Reach | None:
    """How far away who is found may work, at the graph's revision; None anywhere."""
    return Reach(ring, district_of(derived), derived.get("places", load_places)) if ring else None


def _matcher(store: StoreDep, derived: DerivedDep, today: TodayDep, reach: ReachQuery = RingChoice.ANYWHERE) -> Matcher:
    return Matcher(
        store=store,
        pool=lambda pool: pool_of(derived, pool, today),
        reach=reach_of(derived, reach.ring),
        rules=pairing.rules(),
        today=today,
        sources=catalogue_of(derived).source_names,
    )


def _batch_desk(request: Request, store: StoreDep, derived: DerivedDep, today: TodayDep) -> BatchDesk:
    return BatchDesk(store, request.app.state.batches, catalogue_of(derived), today)


DistrictDep = Annotated[District, Depends(_district)]
PresenceDep = Annotated[Presence, Depends(_presence)]
RingDep = Annotated[RingChoice, Depends(_ring)]
FactsDep = Annotated[Facts, Depends(_facts)]
ViewDep = Annotated[View, Depends(_view)]
BoardDep = Annotated[Board, Depends(_board)]
HistoryDep = Annotated[History, Depends(_history)]
TimeDep = Annotated[Time, Depends(_time)]
CatalogueDep = Annotated[Catalogue, Depends(_catalogue)]
MatcherDep = Annotated[Matcher, Depends(_matcher)]
BatchDeskDep = Annotated[BatchDesk, Depends(_batch_desk)]
