"""Everything known of a firm, read at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from graph.errors import NotFound
from graph.model import LinkDecision, LinkState
from graph.nodes import NodeView, find_node, view_node
from graph.queries import queries
from graph.store import Store
from matching.dossier.missing import Coverage, Missing, missing
from matching.dossier.sides import Side, sides
from matching.linking import Rules
from matching.linking.decisions import load_decisions
from matching.linking.standing import Standing, load_standings


@dataclass(frozen=True)
class Dossier:
    """A firm: its facts by source, its links, what was decided of them, its other ties, and what is missing.

    ``withheld`` says that links, decisions and what is missing are not for whoever asks.
    """

    view: NodeView
    sides: tuple[Side, ...]
    links: tuple[Standing, ...]
    decisions: tuple[LinkDecision, ...]
    missing: tuple[Missing, ...]
    withheld: bool = False

    @property
    def disputed(self) -> tuple[Side, ...]:
        """Fields sources differ on."""
        return tuple(side for side in self.sides if side.disputed)


See = Callable[[NodeView], NodeView]
_STATES = (LinkState.CONFIRMED, LinkState.UNCERTAIN, LinkState.REJECTED)


def load_dossier(
    store: Store, ref: str, rules: Rules, today: date, *, limit: int = 20, see: See | None = None
) -> Dossier:
    """Read a firm by id, code or name, with up to ``limit`` ties of each kind, its view as ``see`` lets it be seen.

    Raises:
        NotFound: when there is no such firm.
    """
    firm = find_node(store, ref, "Enterprise")
    if firm is None:
        raise NotFound(id=ref)
    view = view_node(store, firm, limit)
    if see is not None:
        view = see(view)
    links = load_standings(store, rules, today, firm=firm)
    links.sort(key=lambda one: (_STATES.index(one.state), -(one.first.score or 1.0), one.segment))
    (counts,) = store.read(queries.get_firm_coverage, firm=firm)
    confirmed = [one for one in links if one.state is LinkState.CONFIRMED]
    known = Coverage(
        **counts,
        confirmed=len(confirmed),
        confirmed_with_share=sum(any(said.capacity_share is not None for said in one.said) for one in confirmed),
        confirmed_undated=sum(
            one.first.state is LinkState.CONFIRMED and all(said.checked_on is None for said in one.said)
            for one in links
        ),
    )
    return Dossier(
        view=view,
        sides=tuple(sides(view.statements)),
        links=tuple(links),
        decisions=tuple(reversed(load_decisions(store, firm).all)),
        missing=tuple(missing(known)),
    )
