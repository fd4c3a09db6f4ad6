"""Whose a pair of firms is to look at and to decide: of those who answer for a town of one of the two."""

from __future__ import annotations

from api.auth.disclosure import Sight
from api.auth.errors import OutsideTowns
from api.auth.viewer import viewer
from graph.errors import NotFound
from graph.nodes import find_id
from graph.store import Store
from loaders.resolution import queue
from loaders.resolution.queue import Page, Pair, State


def own_pairs(store: Store, state: State = State.OPEN, *, skip: int = 0, limit: int = 50) -> Page:
    """One page of the queue, of the pairs that are the viewer's."""
    return queue.list_pairs(store, state, skip=skip, limit=limit, towns=viewer().towns)


def own_pair(store: Store, pair: str) -> Pair:
    """A pair that is the viewer's.

    Raises:
        NotFound: when there is none.
        OutsideTowns: when neither firm lies in the towns the viewer answers for.
    """
    found = queue.get_pair(store, pair)
    _check(store, (found.left, found.right), (found.left_name, found.right_name))
    return found


def ask_own(store: Store, left: str, right: str) -> Pair:
    """Put two organisations into the queue.

    Raises:
        NotFound: when one of them is not in the graph.
        OutsideTowns: when neither lies in the towns the viewer answers for.
        AlreadyOne: when both are one node.
    """
    _check(store, (left, right), (left, right))
    return queue.ask(store, left, right)


def decide_own(store: Store, pair: str, *, same: bool, by: str, version: int | None = None) -> Pair:
    """Record what the viewer says of a pair of theirs; raises what :func:`own_pair` and ``queue.decide`` raise."""
    return queue.decide(store, own_pair(store, pair).id, same=same, by=by, version=version)


def undo_own(store: Store, pair: str, *, version: int | None = None) -> Pair:
    """Take a decision on a pair of theirs back; raises what :func:`own_pair` and ``queue.undo`` raise."""
    return queue.undo(store, own_pair(store, pair).id, version=version)


def _check(store: Store, firms: tuple[str, str], names: tuple[str, str]) -> None:
    towns = viewer().towns
    if not towns:
        return
    near = Sight.on(store, [own for firm in firms for own in _standing(store, firm)]).places
    if not any(towns & places for places in near.values()):
        raise OutsideTowns(left=names[0], right=names[1])


def _standing(store: Store, firm: str) -> list[str]:
    """The id of the node a firm stands at, if it is there."""
    try:
        return [find_id(store, firm)]
    except NotFound:
        return []
