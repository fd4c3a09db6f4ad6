"""Links of firms and segments into the graph: what is proposed, and what people decide.

Two sources, so that either can be told from the other and taken back: proposals are inferred and give way to whatever
anybody reports (rank 3), decisions are a person's word (rank 1).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from graph.model import Grade, LinkDecision, LinkedTo
from graph.queries import queries
from graph.store import Store
from loaders.base import Job, Progress, fingerprint, load
from loaders.provenance import Row, Source
from loaders.report import LoadReport

PROPOSALS = "link-proposals"
DECISIONS = "link-decisions"


@dataclass(frozen=True, slots=True)
class Stated:
    """A link with where it comes from, when its evidence was seen and of what grade it is."""

    link: LinkedTo
    where: str
    grade: Grade
    observed_on: date | None = None

    def row(self) -> Row:
        """The link as a row of its source."""
        return Row(self.where, (self.link,), observed_on=self.observed_on, grade=self.grade)


def proposals_on(day: date) -> Source:
    """The source of proposals made on a day."""
    return Source(PROPOSALS, "挂链建议（据已载入的事实推断）", rank=3, observed_on=day, grade=Grade.WEAK, minimum=0)


def decisions_on(day: date) -> Source:
    """The source of decisions made on a day."""
    return Source(DECISIONS, "挂链核查决定", rank=1, observed_on=day, grade=Grade.STRONG, minimum=0)


def write_proposals(
    store: Store,
    stated: Sequence[Stated],
    day: date,
    *,
    firms: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> LoadReport:
    """Write proposals in place of the earlier ones: of ``firms``, or of all.

    Raises:
        RunInProgress: when proposals are being written elsewhere.
    """
    rows = [one.row() for one in stated]
    if firms is not None:
        withdraw(store, PROPOSALS, firms)
    job = Job(proposals_on(day), rows, fingerprint([], repr(rows)), len(rows), adds=firms is not None)
    return load(store, job, progress=progress)


def write_decision(store: Store, decision: LinkDecision, link: Stated | None, day: date) -> LoadReport:
    """Keep a decision, and state the link that follows from it; None takes the source's word on the pair back.

    Raises:
        RunInProgress: when a decision is being written elsewhere.
    """
    if link is None:
        withdraw(store, DECISIONS, [decision.firm], decision.segment)
    rows = [Row(f"{decision.by} {decision.at:%Y-%m-%d %H:%M}", (decision,)), *([link.row()] if link else [])]
    return load(store, Job(decisions_on(day), rows, fingerprint([], repr(rows)), len(rows), adds=True))


def withdraw(store: Store, source: str, firms: Iterable[str], segment: str | None = None) -> int:
    """Take back what one of the two sources says of firms, in one segment or in all; return how many links."""
    wanted = list(firms)
    (row,) = store.write(lambda tx: tx.run(queries.withdraw_links, source=source, firms=wanted, segment=segment))
    return int(row["withdrawn"])
