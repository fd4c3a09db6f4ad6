"""A pair of the review queue side by side: what is stated of each, and what one node of both would show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from graph.disclosure import WITHHELD
from graph.errors import NotFound
from graph.nodes import NodeView, Statement, Ties, view_node
from graph.store import Row, Store
from loaders.resolution.queue import Pair, get_pair

See = Callable[[NodeView], NodeView]
UNSHOWN = {"id", "sample", "into", "root", "labels"}


@dataclass(frozen=True)
class Side:
    """One of the two: its id, what it shows, and who says so; ``present`` is false when it is gone."""

    id: str
    name: str
    facts: Row
    statements: tuple[Statement, ...]
    ties: tuple[Ties, ...]
    present: bool = True


@dataclass(frozen=True)
class Compared:
    """A property of both, and what one node would show; None is not stated."""

    field: str
    left: object
    right: object
    both: object

    @property
    def differs(self) -> bool:
        """Both state it, and not the same."""
        return self.left is not None and self.right is not None and self.left != self.right


@dataclass(frozen=True)
class SideBySide:
    """A pair with everything needed to decide."""

    pair: Pair
    label: str
    sample: bool
    left: Side
    right: Side
    fields: tuple[Compared, ...]
    joined: bool

    @property
    def moving(self) -> tuple[int, int]:
        """Statements and relationships that would go over to the node that stays."""
        return len(self.right.statements), sum(ties.total for ties in self.right.ties)


def fold(statements: Iterable[Statement]) -> Row:
    """What a node shows of its statements: the lowest rank wins, among equals the later observation."""
    ordered = sorted(statements, key=lambda said: said.source)
    ordered.sort(key=lambda said: said.observed_on, reverse=True)
    ordered.sort(key=lambda said: said.rank)
    shown: Row = {}
    for said in reversed(ordered):
        shown |= said.facts
    return shown


def view_pair(store: Store, pair: str, ties: int = 5, *, see: See | None = None) -> SideBySide:
    """A pair side by side, of what ``see`` leaves of either node.

    Raises:
        NotFound: when there is no such pair.
    """
    found = get_pair(store, pair)
    views = [_view(store, own, ties, see) for own in (found.left, found.right)]
    one, other = views
    joined = one is not None and other is not None and one.id == other.id
    if joined and one:
        left, right = _parted(found, one)
    else:
        left, right = _side(found.left, found.left_name, one), _side(found.right, found.right_name, other)
    both = fold((*left.statements, *right.statements)) or left.facts
    shown = next((view for view in views if view), None)
    return SideBySide(
        pair=found,
        label=_label(shown.labels) if shown else "",
        sample=any(view.sample for view in views if view),
        left=left,
        right=right,
        fields=tuple(_fields(left.facts, right.facts, both)),
        joined=joined,
    )


def _view(store: Store, own: str, ties: int, see: See | None) -> NodeView | None:
    try:
        view = view_node(store, own, ties)
        return see(view) if see else view
    except NotFound:
        return None


def _side(own: str, name: str, view: NodeView | None) -> Side:
    if view is None:
        return Side(own, name, {}, (), (), present=False)
    shown = view.facts.get("name", name)
    return Side(view.id, str(shown), view.facts, tuple(view.statements), tuple(view.ties))


def _parted(pair: Pair, view: NodeView) -> tuple[Side, Side]:
    """The two halves of a node that is one by now, by the id its statements were made about."""
    gone = pair.drop or pair.right
    stays, goes = (pair.left, pair.right) if gone == pair.right else (pair.right, pair.left)
    mine = tuple(said for said in view.statements if (said.stated_id or view.id) == gone)
    rest = tuple(said for said in view.statements if said not in mine)
    names = {pair.left: pair.left_name, pair.right: pair.right_name}
    return (
        Side(stays, names[stays], fold(rest), rest, tuple(view.ties)),
        Side(goes, names[goes], fold(mine), mine, ()),
    )


def _label(labels: Sequence[str]) -> str:
    return next((label for label in labels if label != "Organisation"), "Organisation")


def _fields(left: Row, right: Row, both: Row) -> Iterable[Compared]:
    for field in dict.fromkeys((*left, *right)):
        said = left.get(field), right.get(field), both.get(field)
        if field not in UNSHOWN and WITHHELD not in said:
            yield Compared(field, *said)
