"""Why this offer: sentences made of the parts and verdicts that decided, never of anything else."""

from __future__ import annotations

from graph.messages import N_, Listed, Message
from matching.pairing.gates import Outcome
from matching.pairing.listings import Evidence
from matching.pairing.result import Candidate


def explain(candidate: Candidate) -> tuple[Message, ...]:
    """The sentences on a candidate or near miss, in the order to be read.

    A sentence inside another stays a ``Message`` among its values, so that both can be translated. What it fails comes
    first, then the parts from the largest, what is missing, why it was proposed, how likely it is right where that is
    known, what it meets, what to ask, further listings of the firm, and the sources.
    """
    return (
        *_gaps(candidate),
        *_parts(candidate),
        *(Message(N_("提出依据：{reason}"), {"reason": reason}) for reason in candidate.proposed),
        *([candidate.chance.said] if candidate.chance else ()),
        *_passes(candidate),
        *(Message(N_("待问：{question}"), {"question": question}) for question in candidate.questions),
        *_others(candidate),
        *_sources(candidate),
    )


def _gaps(candidate: Candidate) -> list[Message]:
    lines = [Message(N_("差一项：{detail}"), {"detail": verdict.detail}) for verdict in candidate.failed]
    if candidate.gap is not None:
        lines.append(Message(N_("{gap}则可对接"), {"gap": candidate.gap}))
    return lines


def _parts(candidate: Candidate) -> list[Message]:
    known = sorted((part for part in candidate.parts if not part.missing), key=lambda part: -part.points)
    missing = [part for part in candidate.parts if part.missing]
    return [
        Message("{points} {reason}", {"points": f"{part.points / 100:.2f}", "reason": part.reason}) for part in known
    ] + [Message(N_("缺：{reason}"), {"reason": part.reason}) for part in missing]


def _passes(candidate: Candidate) -> list[Message]:
    passed = [verdict for verdict in candidate.verdicts if verdict.outcome is Outcome.PASS]
    return [Message(N_("通过：{detail}"), {"detail": verdict.detail}) for verdict in passed]


def _others(candidate: Candidate) -> list[Message]:
    names = Listed(other.name for other in candidate.others)
    return [Message(N_("该单位另有：{names}"), {"names": names})] if names else []


def evidence_of(candidate: Candidate) -> tuple[Evidence, ...]:
    """The sources behind the listing and the parts that counted, each once."""
    found = [*candidate.found.evidence]
    found += [source for part in candidate.parts if part.points for source in part.evidence]
    return tuple(dict.fromkeys(found))


def _sources(candidate: Candidate) -> list[Message]:
    lines = []
    for one in evidence_of(candidate):
        values: dict[str, object] = {"source": one.source, "day": one.observed_on}
        lines.append(Message(N_("来源：{source}（{day}）") if one.observed_on else N_("来源：{source}"), values))
    return lines
