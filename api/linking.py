"""Links proposed, decided and taken back: what the command line, the API and the pages share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from threading import Lock

from graph.errors import InputError, NobodyNamed, NotFound
from graph.messages import N_, wording
from graph.model import Grade, LinkDecision, LinkedTo, LinkState
from graph.nodes import find_node
from graph.queries import queries
from graph.store import Store
from loaders.base import Progress
from loaders.links import Stated, write_decision, write_proposals
from loaders.report import LoadReport
from matching.gaps.settings import ALL
from matching.gaps.tuning import load_history
from matching.linking import Proposal, Rules, propose_links
from matching.linking.decisions import load_decisions, respect
from matching.linking.fetch import load_firms, load_segments
from matching.linking.standing import Standing, load_standings

_EVIDENCE_SHOWN = 5
_deciding = Lock()


class NoReason(InputError):
    """A decision without a word on why."""

    message = N_("没有写明理由")
    cure = N_("请写明依据，例如“现场核查，有 RV 减速器产线两条”")


class NothingDecided(InputError):
    """No decision to take back."""

    message = N_("“{firm}”在“{segment}”没有可以撤销的决定")
    cure = N_("决定记录见企业页")


@dataclass(frozen=True)
class Proposed:
    """Proposals made, and what writing them did."""

    proposals: tuple[Proposal, ...]
    report: LoadReport | None


def rules_of(store: Store) -> Rules:
    """The rules in force: the age of evidence is the setting of the gap board, of single chains too."""
    settings = load_history(store).settings
    ages = {scope: tuned.thresholds.stale_days for scope, tuned in settings.scopes.items()}
    chains = sorted(ages.keys() - {ALL})
    rows = store.read(queries.list_segments_tuned, chains=chains) if chains else []
    return Rules(stale_days=ages[ALL], stale_of={row["segment"]: ages[row["chain"]] for row in rows})


def propose(
    store: Store,
    today: date,
    *,
    firms: Sequence[str] | None = None,
    write: bool = True,
    progress: Progress | None = None,
) -> Proposed:
    """Propose links of some firms, or of all, and write them in place of the earlier ones."""
    standing = load_decisions(store).standing
    found = propose_links(load_firms(store, firms), load_segments(store), rules_of(store), today)
    proposals = tuple(respect(found, standing))
    stated = [_stated(proposal) for proposal in proposals]
    report = write_proposals(store, stated, today, firms=firms, progress=progress) if write else None
    return Proposed(proposals, report)


def _stated(proposal: Proposal) -> Stated:
    best = proposal.evidence[0]
    sentences = {str(one.sentence): one.sentence for one in proposal.evidence[:_EVIDENCE_SHOWN]}
    asked, because = ([one] if one else [] for one in (proposal.question, proposal.reason))
    link = LinkedTo(
        start=proposal.firm,
        end=proposal.segment,
        state=proposal.state,
        evidence="；".join(sentences),
        question=str(proposal.question) if proposal.question else None,
        reason=str(proposal.reason) if proposal.reason else None,
        score=proposal.score,
        parts=[f"{part.kind} {part.points:g}" for part in proposal.parts],
        seen=sorted({one.key for one in proposal.evidence}),
        wording=wording({"evidence": sentences.values(), "question": asked, "reason": because}),
    )
    return Stated(link, f"{best.kind}:{best.phrase}", proposal.grade, proposal.observed_on)


def standing_of(store: Store, firm: str, segment: str, today: date) -> Standing | None:
    """What is said of a firm in a segment; None when nothing is."""
    found = load_standings(store, rules_of(store), today, firm=firm, segment=segment)
    return found[0] if found else None


def decide(
    store: Store,
    firm: str,
    segment: str,
    state: LinkState,
    *,
    by: str,
    reason: str,
    today: date,
    at: datetime | None = None,
) -> LinkDecision:
    """Confirm or reject a link for good; the evidence at hand is remembered with it.

    Raises:
        NotFound: when there is no such firm or segment.
        NobodyNamed, NoReason: when the decision lacks either.
    """
    if not by.strip():
        raise NobodyNamed(where="by")
    if not reason.strip():
        raise NoReason(where="reason")
    owner, place = _ends(store, firm, segment)
    with _deciding:
        before = standing_of(store, owner, place, today)
        seen = sorted({key for one in before.said for key in one.seen}) if before else []
        decision = LinkDecision(
            name=reason.strip()[:60],
            firm=owner,
            segment=place,
            state=state,
            by=by.strip(),
            at=at or datetime.now(UTC),
            reason=reason.strip(),
            seen=seen,
        )
        write_decision(store, decision, _follows(decision), today)
    return decision


def _follows(decision: LinkDecision) -> Stated:
    """The link that follows from a decision."""
    day = decision.at.astimezone().date()
    link = LinkedTo(
        start=decision.firm,
        end=decision.segment,
        state=decision.state,
        evidence=decision.reason or "",
        reason=decision.reason if decision.state is LinkState.REJECTED else None,
        checked_on=day,
        decided_by=decision.by,
        seen=decision.seen,
    )
    return Stated(link, f"{decision.by} {decision.at:%Y-%m-%d %H:%M}", Grade.STRONG, day)


def undo(store: Store, firm: str, segment: str, *, by: str, today: date, at: datetime | None = None) -> LinkDecision:
    """Take back the decision that stands of a link; the one before it stands again, if there was one.

    Raises:
        NotFound: when there is no such firm or segment.
        NobodyNamed: when nobody is named.
        NothingDecided: when nothing is decided of it.
    """
    if not by.strip():
        raise NobodyNamed(where="by")
    owner, place = _ends(store, firm, segment)
    with _deciding:
        decisions = load_decisions(store, owner)
        last = decisions.of(owner, place)
        if last is None:
            raise NothingDecided(firm=firm, segment=segment)
        undoing = LinkDecision(
            name=last.name,
            firm=owner,
            segment=place,
            state=last.state,
            by=by.strip(),
            at=at or datetime.now(UTC),
            undoes=last.id,
        )
        earlier = type(decisions)((*decisions.all, undoing)).of(owner, place)
        write_decision(store, undoing, _follows(earlier) if earlier else None, today)
    return undoing


def _ends(store: Store, firm: str, segment: str) -> tuple[str, str]:
    """Ids of a firm and a segment given by id, code or name."""
    return find(store, firm, "Enterprise"), find(store, segment, "Segment")


def find(store: Store, ref: str, label: str) -> str:
    """The id of a node of a kind by id, code or name; a segment also by ``链名/环节名``.

    Raises:
        NotFound: when there is none of that kind.
    """
    found = find_node(store, ref, label)
    if found is None:
        raise NotFound(id=ref)
    return found


def links(
    store: Store,
    today: date,
    *,
    firm: str | None = None,
    segment: str | None = None,
    states: Sequence[LinkState] = (),
) -> list[Standing]:
    """Links as they stand today, of a firm, of a segment, in some states, or all.

    Raises:
        NotFound: when there is no such firm or segment.
    """
    owner = find(store, firm, "Enterprise") if firm else None
    place = find(store, segment, "Segment") if segment else None
    found = load_standings(store, rules_of(store), today, firm=owner, segment=place)
    return [one for one in found if not states or one.state in states]
