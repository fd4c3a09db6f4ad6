"""What people decided of links: what stands, and what a new proposal must respect."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from graph.messages import N_, Message
from graph.model import LinkDecision, LinkState
from graph.queries import queries
from graph.store import Store
from matching.linking.proposal import Proposal

ASK_AGAIN = N_("{by}曾于 {date} 排除（{reason}）；现有新证据：{evidence}")
NO_REASON = N_("未写理由")

Pair = tuple[str, str]


@dataclass(frozen=True)
class Decisions:
    """Every decision, the first first."""

    all: tuple[LinkDecision, ...] = ()

    @property
    def standing(self) -> dict[Pair, LinkDecision]:
        """The decision that holds of each firm and segment: the last that is not taken back."""
        undone = {one.undoes for one in self.all if one.undoes}
        return {(one.firm, one.segment): one for one in self.all if not one.undoes and one.id not in undone}

    def of(self, firm: str, segment: str) -> LinkDecision | None:
        """The decision that holds of a firm in a segment."""
        return self.standing.get((firm, segment))


def load_decisions(store: Store, firm: str | None = None) -> Decisions:
    """Read what was decided, of one firm or of all."""
    rows = store.read(queries.list_link_decisions, firm=firm)
    return Decisions(tuple(LinkDecision.model_validate(row["decision"]) for row in rows))


def respect(proposals: Iterable[Proposal], standing: Mapping[Pair, LinkDecision]) -> Iterable[Proposal]:
    """Leave out what a person rejected, unless there is evidence they had not seen; then ask, naming it."""
    for proposal in proposals:
        decision = standing.get((proposal.firm, proposal.segment))
        if decision is None or decision.state is not LinkState.REJECTED or proposal.state is LinkState.REJECTED:
            yield proposal
            continue
        fresh = [one for one in proposal.evidence if one.key not in decision.seen and not one.supporting]
        if fresh:
            values: dict[str, object] = {
                "by": decision.by,
                "date": decision.at.date(),
                "reason": decision.reason or Message(NO_REASON),
                "evidence": fresh[0].sentence,
            }
            yield replace(proposal, state=LinkState.UNCERTAIN, question=Message(ASK_AGAIN, values))
