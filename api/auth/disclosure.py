"""What of an answer the viewer may see: the one serializer every way out goes through.

A withheld value is replaced, never left out: missing and withheld must not look alike. Whose a value is decides
too: a contact sees all of its own firm, an official with towns sees sensitive values of firms in those towns only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from api.auth import traces
from api.auth.roles import CLEARANCE, Action, Role, permits
from api.auth.viewer import Viewer, viewer
from graph.disclosure import WITHHELD, declared, of_class, of_property
from graph.errors import NotFound
from graph.grades import Disclosure
from graph.messages import N_, Message
from graph.model import Organisation, Relationship
from graph.nodes import NodeView, Ties
from graph.queries import queries
from graph.store import Row, Store
from matching.gaps import Board, ChainSummary, Outcome, RemovalKind, SegmentAssessment, View
from matching.gaps.changes import Diff
from matching.gaps.disclosed import traceable
from matching.gaps.removal import ALL_IMPORTS
from matching.gaps.target_book import TargetBook
from matching.gaps.targets.feasibility import MARKET, UNKNOWN
from matching.gaps.targets.local import DemandKind
from matching.gaps.targets.target import Target, judge, order

TRACED = "traced_firms"
"""The property that says whose values can be traced in others of its node; it gives those firms no right to them."""
DEMAND_WITHHELD = N_("本地年需求为敏感数据，不显示，也不计分")


def clearance(who: Viewer) -> Disclosure:
    """The most that somebody may see, of firms whose secrets are open to them."""
    if who.local:
        return Disclosure.SENSITIVE
    return max((CLEARANCE[role] for role in who.roles), key=lambda grade: grade.rank, default=Disclosure.PUBLIC)


@dataclass(frozen=True)
class Sight:
    """What somebody sees, given the places of the firms that are looked at (asked for only when it matters)."""

    who: Viewer
    places: Mapping[str, frozenset[str]]

    @classmethod
    def on(cls, store: Store, firms: Iterable[str]) -> Sight:
        """What the viewer sees of these firms."""
        who = viewer()
        if not who.towns:
            return cls(who, {})
        rows = store.read(queries.list_firm_places, ids=sorted(set(firms)))
        return cls(who, {row["id"]: frozenset(row["places"]) for row in rows})

    def of(self, firms: Collection[str]) -> Disclosure:
        """The most that may be seen of what belongs to these firms."""
        if self.who.firm is not None and self.who.firm in firms:
            return Disclosure.SENSITIVE
        most = clearance(self.who)
        if most is Disclosure.SENSITIVE and self.who.towns:
            near = any(self.who.towns & self.places.get(firm, frozenset()) for firm in firms)
            return Disclosure.SENSITIVE if near else Disclosure.INTERNAL
        return most

    def facts(self, owner: str, facts: Row, firms: Collection[str]) -> Row:
        """The properties of a node or relationship, those withheld that may not be seen."""
        most = self.of(firms).rank
        seen = {field for field in facts if of_property(owner, field).rank <= most}
        secrets = (field for field in seen if of_property(owner, field) is Disclosure.SENSITIVE)
        traces.shown({*firms, *facts.get(TRACED, ())}, [f"{owner}.{field}" for field in secrets])
        return {field: value if field in seen else WITHHELD for field, value in facts.items()}


def _label(labels: Collection[str]) -> str:
    return max(labels, key=lambda label: len(getattr(declared(label), "labels", list)()), default="")


def _tie_firm(view: NodeView, ties: Ties, other: str) -> str:
    """Whose secret a relationship tells: that of the organisation it starts at."""
    return view.id if ties.outgoing else other


def firms_of(view: NodeView) -> frozenset[str]:
    """The organisations a node belongs to: itself, who posts it, whose site or registration it is."""
    found = declared(_label(view.labels))
    if isinstance(found, type) and issubclass(found, Organisation):
        return frozenset({view.id})
    owning = (
        ties for ties in view.ties if not ties.outgoing and ties.type in {"POSTS", "HAS_SITE", "SHOWS", "TAKES_PART"}
    )
    return frozenset(other.id for ties in owning for other in ties.neighbours)


def _ties(sight: Sight, view: NodeView, ties: Ties) -> Ties | None:
    found = declared(ties.type)
    owned = isinstance(found, type) and issubclass(found, Relationship) and issubclass(found.START, Organisation)
    seen = []
    for other in ties.neighbours:
        firms = {_tie_firm(view, ties, other.id)} if owned else set()
        most = sight.of(firms).rank
        if max(of_class(ties.type).rank, of_class(_label(other.labels)).rank) <= most:
            seen.append(replace(other, facts=sight.facts(ties.type, other.facts, firms)))
    if ties.neighbours and not seen:
        return None
    # Of others' relationships that are not for the viewer it is not even told how many there are.
    every = ties.outgoing or of_class(ties.type).rank <= sight.of(()).rank
    return replace(ties, neighbours=seen, total=ties.total if every else len(seen))


def disclosed_node(store: Store, view: NodeView, ref: str | None = None) -> NodeView:
    """A node as the viewer may see it; ``ref`` is what it was asked for by.

    Raises:
        NotFound: when they may not know that it is there, in the words for one that is not.
    """
    label, firms = _label(view.labels), firms_of(view)
    sight = Sight.on(store, firms | {other.id for ties in view.ties for other in ties.neighbours})
    if of_class(label).rank > sight.of(firms).rank:
        raise NotFound(id=ref or view.id)
    return replace(
        view,
        facts=sight.facts(label, view.facts, firms),
        statements=[replace(one, facts=sight.facts(label, one.facts, firms)) for one in view.statements],
        ties=[shown for ties in view.ties if (shown := _ties(sight, view, ties)) is not None],
    )


def sees_sums(who: Viewer | None = None) -> bool:
    """Whether sums of sensitive values of the whole district are shown."""
    asking = viewer() if who is None else who
    return clearance(asking) is Disclosure.SENSITIVE and not asking.towns


def may_tune() -> bool:
    """Whether the viewer may move thresholds and weights: only who sees all figures anyway.

    Anybody else could move a threshold until a class changes, and so find the figure they are not told.
    """
    return viewer().may(Action.TUNE) and sees_sums()


def trace_figures(segments: Iterable[SegmentAssessment], chains: Iterable[ChainSummary] = ()) -> None:
    """Note which figures of few firms are being shown to somebody who may see them, and whose values they are of."""
    told = [(found.segment.id, name, figure) for found in segments for name, figure in found.figures.items()]
    told += [(found.chain.id, "local_sourcing", found.local_sourcing) for found in chains]
    for subject, name, figure in told:
        if firms := traceable(figure):
            traces.shown({subject, *firms}, [f"figure.{name}"])


def trace_changes(diff: Diff) -> None:
    """Note whose values scores and figures of few firms tell when two days are compared."""
    for change in diff.segments:
        for name, firms in change.traced.items():
            traces.shown({change.id, *firms}, [f"figure.{name}"])


def trace_outcome(outcome: Outcome) -> None:
    """Note whose capacity and whose imports a what-if tells."""
    for found in outcome.segments:
        told = (("LINKED_TO.capacity_share", found.capacity), ("BUYS.import_share", found.cut_off))
        for field, figure in told:
            if figure is not None and (firms := traceable(figure)):
                traces.shown({found.segment.id, *firms}, [field])
    named = any(one.kind is RemovalKind.COUNTRY and one.ref != ALL_IMPORTS for one in outcome.removals)
    for leader in (one for one in outcome.leaders if one.abroad):
        traces.shown({leader.id}, ["BUYS.import_country" if named else "BUYS.import_share"])


def _trace_buyers(book: TargetBook) -> None:
    """Note whose purchases a list of targets shows, each by itself."""
    for buyer in (one for found in book.lists for one in found.buyers if one.id):
        told = {
            "Need.amount" if buyer.kind is DemandKind.NEED else "BUYS.amount": buyer.amount,
            "BUYS.import_share": buyer.import_share,
        }
        traces.shown({str(buyer.id)}, [field for field, value in told.items() if value is not None])


def known_firms(store: Store, board: Board) -> frozenset[str]:
    """The firms of whose sensitive values in a board the viewer may see each by itself."""
    who = viewer()
    if not who.towns and who.firm is None:
        return frozenset()
    figures = [figure for found in board.segments for figure in found.figures.values()]
    figures += [chain.local_sourcing for chain in board.chains]
    firms = {one.firm for figure in figures for sum_ in figure.secrets for one in sum_}
    sight = Sight.on(store, firms)
    return frozenset(firm for firm in firms if sight.of({firm}) is Disclosure.SENSITIVE)


def _target(view: View, target: Target) -> Target:
    """A target scored without what firms here buy."""
    found = judge(view, replace(target.prospect, demand=0))
    if any(one.template == MARKET for one in target.findings["feasibility"].reasons):
        plain = found.findings["feasibility"]
        said = (*(one for one in plain.reasons if one.template != UNKNOWN), Message(DEMAND_WITHHELD))
        found = replace(found, findings={**found.findings, "feasibility": replace(plain, reasons=said)})
    return replace(found, questions=target.questions)


def disclosed_targets(book: TargetBook, view: View) -> TargetBook:
    """Investment targets as the viewer may see them: who would buy stays, amounts go, and no score rests on them."""
    if sees_sums():
        _trace_buyers(book)
        return book
    lists = []
    for found in book.lists:
        buyers = sorted(found.buyers, key=lambda one: (one.name or "", one.what))
        plain = tuple(replace(one, amount=None, import_share=None) for one in buyers)
        targets = tuple(sorted((_target(view, one) for one in found.targets), key=order))
        lists.append(replace(found, targets=targets, buyers=plain))
    return replace(book, lists=tuple(lists), withheld=True)


def may_for(firms: Collection[str], action: Action) -> bool:
    """Whether the viewer may do something for these firms: an enterprise contact for its own only."""
    who = viewer()
    as_office = who.local or permits(who.roles - {Role.ENTERPRISE}, action)
    return who.may(action) and (as_office or who.firm in firms)


def check_own(firms: Collection[str], ref: str, action: Action) -> None:
    """Let an enterprise contact act for its own firm only.

    Raises:
        NotFound: when ``ref`` belongs to another: it is not even said that it is there.
    """
    if not may_for(firms, action):
        traces.refused(ref)
        raise NotFound(id=ref)
