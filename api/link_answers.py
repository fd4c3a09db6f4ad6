"""Answers about links that pages and API share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from api import linking
from api.answers import who
from api.auth.disclosure import Sight, disclosed_node
from api.schemas.firms import LinkWire
from api.schemas.links import LinkChanged, LinkDecide, LinkList, LinkProposed, LinkUndo
from graph.disclosure import of_class
from graph.model import LinkDecision, LinkedTo, LinkState
from graph.store import Store
from matching.dossier import Dossier, load_dossier
from matching.linking.standing import Standing


def visible(store: Store, found: Sequence[Standing]) -> list[Standing]:
    """The links whoever asks may know of: an enterprise contact those of its own firm."""
    sight = Sight.on(store, {one.firm for one in found})
    return [one for one in found if _may_know(sight, one.firm)]


def _may_know(sight: Sight, firm: str) -> bool:
    """Whether somebody may know where a firm works."""
    return of_class(LinkedTo.TYPE).rank <= sight.of({firm}).rank


def dossier(store: Store, ref: str, today: date, limit: int) -> Dossier:
    """A firm as whoever asks may see it: its links, and what is missing, are for offices and for itself.

    Raises:
        NotFound: when there is no such firm.
    """
    rules = linking.rules_of(store)
    found = load_dossier(store, ref, rules, today, limit=limit, see=lambda view: disclosed_node(store, view))
    if _may_know(Sight.on(store, {found.view.id}), found.view.id):
        return found
    return replace(found, links=(), decisions=(), missing=(), withheld=True)


def link_list(found: Sequence[Standing], skip: int, limit: int) -> LinkList:
    """Some of the links found."""
    return LinkList(total=len(found), items=[LinkWire.of(one) for one in found[skip : skip + limit]])


def link_proposed(found: linking.Proposed) -> LinkProposed:
    """What proposing did."""
    states = Counter(one.state for one in found.proposals)
    return LinkProposed(
        proposed=len(found.proposals),
        confirmed=states[LinkState.CONFIRMED],
        uncertain=states[LinkState.UNCERTAIN],
        rejected=states[LinkState.REJECTED],
        swept=found.report.swept_relationships if found.report else 0,
    )


def _changed(store: Store, done: LinkDecision, today: date) -> LinkChanged:
    found = linking.standing_of(store, done.firm, done.segment, today)
    return LinkChanged(link=LinkWire.of(found) if found else None)


def decide_link(store: Store, wanted: LinkDecide, today: date) -> LinkChanged:
    """Confirm or reject a link in the name of whoever is signed in."""
    state = LinkState(wanted.state)
    by = who(wanted.by)
    done = linking.decide(store, wanted.firm, wanted.segment, state, by=by, reason=wanted.reason, today=today)
    return _changed(store, done, today)


def undo_link(store: Store, wanted: LinkUndo, today: date) -> LinkChanged:
    """Take back the last decision on a link."""
    done = linking.undo(store, wanted.firm, wanted.segment, by=who(wanted.by), today=today)
    return _changed(store, done, today)
