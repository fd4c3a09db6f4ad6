"""The next step for a segment, in the fixed order of DOMAIN 4.12."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from graph.messages import N_, Listed, Message
from graph.model import Substitutability
from matching.gaps.candidates import CONFIRMED, Candidate, connectable, convertible, doubtful, topics
from matching.gaps.classify import GAPS, GapClass
from matching.gaps.figure import Figure
from matching.gaps.targets.target import STANDING_TITLES, any_target, target_list
from matching.gaps.view import View
from matching.rings import RING_TITLES, around

__all__ = ["CONFIRMED", "NextStep", "StepKind", "next_step"]


class StepKind(StrEnum):
    """What to do next."""

    VERIFY = "verify"
    CONVERT = "convert"
    CONNECT = "connect"
    OPEN_TASK = "open_task"
    INVEST = "invest"
    KEEP = "keep"


STEP_TITLES = {
    StepKind.VERIFY: N_("先核实"),
    StepKind.CONVERT: N_("本地企业转产"),
    StepKind.CONNECT: N_("对接圈外供应商"),
    StepKind.OPEN_TASK: N_("揭榜挂帅"),
    StepKind.INVEST: N_("招商对象"),
    StepKind.KEEP: N_("保持"),
}

VERIFY = N_("先核实，再下结论：{count} 项待查")
CONVERT = N_("走访本地相近企业：{names}")
CONNECT = N_("对接{ring}供应商：{names}")
TOPIC = N_("以相关成果组织揭榜：{names}")
TOPIC_WANTED = N_("难以替代且依赖外部，建议列为揭榜题目；尚无相关成果")
INVEST = N_("招商对象：{names}")
INVEST_OPEN = N_("数据中尚无候选企业，须征集招商对象")
KEEP = N_("暂不需要行动")
TARGET = N_("{standing}，得分 {score}；{why}")
TARGET_UNSCORED = N_("{standing}；{why}")

_NAMED = 3


@dataclass(frozen=True, slots=True)
class NextStep:
    """The step, its sentence, who is meant, and the further ways with candidates, in their order."""

    kind: StepKind
    sentence: Message
    candidates: tuple[Candidate, ...] = ()
    further: tuple[StepKind, ...] = ()


def _names(candidates: tuple[Candidate, ...]) -> dict[str, object]:
    return {"names": Listed((candidate.name for candidate in candidates), _NAMED)}


def _verify(view: View, segment: str, to_check: tuple[Message, ...]) -> NextStep:
    leads = tuple(doubtful(link) for link in view.uncertain(segment))
    return NextStep(StepKind.VERIFY, Message(VERIFY, {"count": len(to_check)}), leads)


def _hard_to_replace(view: View, segment: str, dependence: Figure) -> bool:
    hard = view.segments[segment].substitutability is Substitutability.NONE
    return hard and dependence.value is not None and dependence.value >= view.thresholds(segment).weak_dependence


def _targets(view: View, segment: str) -> tuple[Candidate, ...]:
    """The investment targets of a segment in their order."""
    return tuple(
        Candidate(
            found.firm.id,
            found.firm.name,
            Message(
                TARGET,
                {
                    "standing": Message(STANDING_TITLES[found.standing]),
                    "score": found.score,
                    "why": found.findings["fit"].reasons[0],
                },
            ),
            found.firm.ring,
            found.uncertain,
        )
        for found in target_list(view, segment).targets
    )


def next_step(
    view: View, segment: str, gap_class: GapClass, dependence: Figure, to_check: tuple[Message, ...] = ()
) -> NextStep:
    """Return the next step: verify first, then for a gap the first way open, else nothing (DOMAIN 4.12).

    The order is fixed: a local firm able to convert, a supplier of the delta or the province to connect, an open
    task, an investment target (see ``targets``: first the outside suppliers of local leaders). A way is open when
    the data name a candidate; the open task also when the segment cannot be substituted and hangs on imports.
    """
    if gap_class is GapClass.UNVERIFIED:
        return _verify(view, segment, to_check)
    if gap_class not in GAPS:
        return NextStep(StepKind.KEEP, Message(KEEP))
    found = {
        StepKind.CONVERT: (CONVERT, convertible(view, segment)),
        StepKind.CONNECT: (CONNECT, connectable(view, segment)),
        StepKind.OPEN_TASK: (TOPIC, topics(view, segment)),
    }
    wanted = _hard_to_replace(view, segment, dependence)
    ways = [kind for kind in found if found[kind][1] or (kind is StepKind.OPEN_TASK and wanted)]
    if any_target(view, segment):
        ways.append(StepKind.INVEST)
    if not ways:
        return NextStep(StepKind.INVEST, Message(INVEST_OPEN))
    kind, *further = ways
    if kind is StepKind.INVEST:
        found[kind] = (INVEST, _targets(view, segment))
    template, candidates = found[kind]
    near = {"ring": Message(RING_TITLES[around(view.facts.district)])}
    sentence = Message(template, _names(candidates) | near) if candidates else Message(TOPIC_WANTED)
    return NextStep(kind, sentence, candidates, tuple(further))
