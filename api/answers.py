"""The answers that pages and API share, so that a figure is the same on both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from api.auth.disclosure import check_own, disclosed_targets, may_tune, trace_figures
from api.auth.errors import NotAllowed
from api.auth.matches import disclosed_result, sees
from api.auth.roles import ACTION_TITLES, Action
from api.auth.viewer import viewer
from api.schemas.chains import ChainList, ChainMap, ChainSummaryWire, Whereabouts, ring_titled
from api.schemas.district import DistrictEdit, DistrictWire
from api.schemas.gaps import GapList, towns_of
from api.schemas.needs import MatchResult
from api.schemas.segments import Assessment
from api.schemas.settings import SettingsEdit, SettingsReset, SettingsUndo, SettingsWire
from api.schemas.targets import TargetBookWire
from graph import district
from graph.catalogue import Catalogue
from graph.errors import NotFound
from graph.messages import N_, Message
from graph.store import Store
from matching.gaps import ALL, GAPS, Board, Facts, GapClass, SegmentAssessment, tuning
from matching.gaps.target_book import target_book
from matching.gaps.tuning import History
from matching.gaps.view import View
from matching.pairing import Market, Reach, find
from matching.pairing.arrange import Rules
from matching.pairing.directions import DIRECTIONS, Direction, Pool
from matching.pairing.listings import Listing
from matching.pairing.pools import load_asking, read_asking

TUNING = N_("修改阈值与权重：限不分镇街的链办专员和审核员，否则可借改动试出不公开的数值")


class GapOrder(StrEnum):
    """How the board's list is ordered."""

    PRIORITY = "priority"
    NAME = "name"
    CHAIN = "chain"
    FIRMS = "firms"


def chain_list(board: Board, catalogue: Catalogue) -> ChainList:
    """All chains with their counts."""
    trace_figures((), board.chains)
    return ChainList(
        ring=ring_titled(board.ring),
        where=Whereabouts.of(board.where(), board.ring),
        as_of=catalogue.as_of,
        chains=[
            ChainSummaryWire.of(card, board.by_chain[card.id], board.of(card.id))
            for card in catalogue.chains
            if card.id in board.by_chain
        ],
    )


def chain_map(ref: str, board: Board, catalogue: Catalogue) -> ChainMap:
    """The map of a chain.

    Raises:
        NotFound: when there is no such chain.
    """
    card = catalogue.chain(ref)
    if card is None or ref not in board.by_chain:
        raise NotFound(id=ref)
    trace_figures((), [board.by_chain[ref]])
    return ChainMap.of(card, board, catalogue)


def assessment(ref: str, board: Board, facts: Facts, catalogue: Catalogue) -> Assessment:
    """A segment with everything known of it.

    Raises:
        NotFound: when there is no such segment.
    """
    found = board.by_segment.get(ref)
    if found is None:
        raise NotFound(id=ref)
    trace_figures([found])
    return Assessment.of(found, board, facts, catalogue)


def _order(board: Board, order: GapOrder) -> Callable[[SegmentAssessment], tuple[object, ...]]:
    chains = list(board.by_chain)
    keys: dict[GapOrder, Callable[[SegmentAssessment], tuple[object, ...]]] = {
        GapOrder.PRIORITY: lambda one: (),
        GapOrder.NAME: lambda one: (one.segment.name,),
        GapOrder.CHAIN: lambda one: (min(map(chains.index, one.segment.chains), default=99), one.segment.order),
        GapOrder.FIRMS: lambda one: (len(one.confirmed),),
    }
    return keys[order]


@dataclass(frozen=True)
class Fits:
    """Which segments are asked for: of a chain, with firms in a town, of these classes (none: the gaps)."""

    chain: str | None = None
    town: str | None = None
    classes: Sequence[GapClass] = ()

    def __call__(self, one: SegmentAssessment) -> bool:
        """Whether a segment is asked for."""
        return one.gap_class in (self.classes or GAPS) and self.town in (None, *towns_of(one))


def gap_list(
    board: Board,
    fits: Fits,
    *,
    order: GapOrder = GapOrder.PRIORITY,
    limit: int = 100,
    catalogue: Catalogue,
) -> GapList:
    """The board as a list: the gaps, or the classes asked for, in the order asked for, by priority within it.

    Raises:
        NotFound: when there is no such chain.
    """
    if fits.chain is not None and fits.chain not in board.by_chain:
        raise NotFound(id=fits.chain)
    found = sorted(filter(fits, board.of(fits.chain)), key=_order(board, order))
    trace_figures(found[:limit])
    return GapList.of(board, found, limit, fits.chain, catalogue)


def class_counts(found: GapList, chain: str, town: str) -> Counter[str]:
    """How many segments of each class there are in a chain and town; an empty word means all."""
    return Counter(
        row.gap_class.id
        for row in found.items
        if (not chain or chain in {one.id for one in row.chains})
        and (not town or town in {one.id for one in row.towns})
    )


def settings(history: History, scope: str, catalogue: Catalogue) -> SettingsWire:
    """Thresholds and weights of a scope.

    Raises:
        NotFound: when the scope is no chain.
    """
    chains = {chain.id: chain.name for chain in catalogue.chains}
    if scope != ALL and scope not in chains:
        raise NotFound(id=scope)
    return SettingsWire.of(history, scope, chains)


def who(by: str) -> str:
    """Who makes a change: whoever is signed in; without accounts the name they give."""
    return by if viewer().local or not viewer().known else viewer().name


def _check_tunes() -> None:
    """Let tune only who sees all figures.

    Raises:
        NotAllowed: for anybody else.
    """
    if not may_tune():
        raise NotAllowed(action=Message(TUNING))


def change_settings(store: Store, edit: SettingsEdit, catalogue: Catalogue) -> SettingsWire:
    """Change thresholds and weights.

    Raises:
        NotAllowed: when the viewer is not told all figures.
        NotFound: when the scope is no chain.
        InputError: when the values do not fit.
        SettingsChanged: when somebody else came first.
    """
    _check_tunes()
    settings(History(), edit.scope, catalogue)
    said = {"by": who(edit.by), "reason": edit.reason}
    history = tuning.change(store, edit.scope, edit.values, at=datetime.now(UTC), seen=edit.seen, **said)
    return settings(history, edit.scope, catalogue)


def change_district(store: Store, edit: DistrictEdit) -> DistrictWire:
    """Set the district at home.

    Raises:
        NotAllowed: when the viewer is not told all figures.
        UnknownDistrict: when nobody can tell which is meant.
        SameDistrict: when it is set already.
    """
    _check_tunes()
    found = district.change_district(store, edit.place, by=who(edit.by), at=datetime.now(UTC), reason=edit.reason)
    return DistrictWire.of(found)


def reset_settings(store: Store, edit: SettingsReset, catalogue: Catalogue) -> SettingsWire:
    """Return the thresholds and weights of a scope to what holds without it, as far as the viewer may."""
    _check_tunes()
    settings(History(), edit.scope, catalogue)
    said = {"by": who(edit.by), "reason": edit.reason}
    return settings(
        tuning.reset(store, edit.scope, at=datetime.now(UTC), seen=edit.seen, **said), edit.scope, catalogue
    )


def undo_settings(store: Store, edit: SettingsUndo, catalogue: Catalogue) -> SettingsWire:
    """Take back the last change of thresholds and weights, as far as the viewer may."""
    _check_tunes()
    settings(History(), edit.scope, catalogue)
    return settings(tuning.undo(store, by=who(edit.by), at=datetime.now(UTC), seen=edit.seen), edit.scope, catalogue)


def targets(ref: str, board: Board, view: View, catalogue: Catalogue) -> TargetBookWire:
    """The investment targets of a segment, or of the gaps of a chain.

    Raises:
        NotFound: when there is neither.
    """
    return TargetBookWire.of(disclosed_targets(target_book(board, view, ref), view), catalogue)


@dataclass(frozen=True)
class Matcher:
    """Everything a listing or firm is matched with; ``reach`` is how far away who is found may work."""

    store: Store
    pool: Callable[[Pool], Market]
    reach: Reach | None
    rules: Rules
    today: date
    sources: Mapping[str, str]

    def need(self, ref: str, limit: int) -> MatchResult:
        """Who could meet a stored need.

        Raises:
            NotFound: when there is no such need, or it is another firm's and the viewer stands for one.
        """
        return self.stored(DIRECTIONS["need-offer"], ref, limit)

    def stored(self, way: Direction, ref: str, limit: int) -> MatchResult:
        """Whom a stored listing or firm could meet.

        Raises:
            NotFound: when there is none, or it is another firm's and the viewer stands for one.
            NotAllowed: when the direction looks through firms and the viewer stands for one.
        """
        _check_pool(way)
        asking = load_asking(self.store, way, ref)
        check_own({asking.party.id} if asking.party else set(), ref, Action.MATCH)
        return self._answer(way, asking, limit)

    def text(self, text: str, limit: int, way: Direction = DIRECTIONS["need-offer"]) -> MatchResult:
        """Whom something in words could meet.

        Raises:
            EmptyQuery: when there is no word in it.
            NotAllowed: when the direction looks through firms and the viewer stands for one.
        """
        _check_pool(way)
        return self._answer(way, read_asking(way, text), limit)

    def _answer(self, way: Direction, asking: Listing, limit: int) -> MatchResult:
        see = sees()
        result = find(
            self.store,
            asking,
            self.pool(way.pool),
            self.today,
            limit=limit,
            reach=self.reach,
            beside=self.pool(way.beside) if way.beside and see is None else None,
            rules=self.rules,
            see=see,
        )
        return MatchResult.of(disclosed_result(self.store, result), self.sources)


def _check_pool(way: Direction) -> None:
    """What firms buy and need is for offices: a contact looks through listings only."""
    if way.pool in (Pool.MAKERS, Pool.BUYERS, Pool.USERS) and not viewer().may(Action.ANALYSE):
        raise NotAllowed(action=Message(ACTION_TITLES[Action.ANALYSE], {}))
