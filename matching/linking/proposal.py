"""From evidence to a proposed link: score, state, and what to ask or why not.

The score orders proposals; it decides nothing. Each kind of evidence adds its best piece, taken of what is still
lacking to 1, the strongest first: ``part_i = w_i · (1 − Σ earlier parts)``. A doubt takes its share away again. So the
parts sum to the score. The state follows from grade, wording and age alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from graph.messages import N_, Message
from graph.model import Grade, LinkState
from matching.linking.evidence import GRADES, Evidence
from matching.linking.facts import Rules
from matching.linking.words import How

DOUBT = "doubt"
DOUBT_TITLE = N_("疑点")
DOUBT_SHARE = 0.4

IS_LOOKALIKE = N_("“{part}”是易混词“{lookalike}”，不是该环节的产品")
IS_TRADE = N_("“{part}”属贸易（{word}），不是制造")
IS_SERVICE = N_("“{part}”属服务（{word}），不是制造")
ASK_TRADER = N_("{doubt}：“{part}”是自产还是转卖？请提供产线、设备或检测报告")
ASK_OLD = N_("证据为 {date} 所见，已超过 {days} 天：是否仍在生产“{part}”？")
ASK_UNDATED = N_("证据没有日期：是否仍在生产“{part}”？")
ASK_INSIDE = N_("“{part}”是“{term}”本身，还是其零部件、装备或应用？")
ASK_NEAR = N_("“{part}”与“{term}”是不是同一类产品？")
ASK_WEAK = N_("只见于经营范围或名称：是否实际生产“{part}”？请提供产线、设备或检测报告")
ASK_MEDIUM = N_("企业自报“{part}”：请提供收入占比、合同、证书或检测报告")


@dataclass(frozen=True, slots=True)
class Part:
    """What one kind of evidence adds to the score; a doubt takes away."""

    kind: str
    points: float


@dataclass(frozen=True)
class Proposal:
    """A firm proposed for a segment: uncertain with a ``question``, rejected with a ``reason``, or confirmed."""

    firm: str
    segment: str
    state: LinkState
    grade: Grade
    evidence: tuple[Evidence, ...]
    parts: tuple[Part, ...]
    question: Message | None = None
    reason: Message | None = None

    @property
    def score(self) -> float:
        """The sum of the parts, 0-1."""
        return round(sum(part.points for part in self.parts), 4)

    @property
    def observed_on(self) -> date | None:
        """The latest day anybody saw evidence of the proposal's grade."""
        days = [one.origin.observed_on for one in self.evidence if one.grade is self.grade and one.origin.observed_on]
        return max(days, default=None)


def propose(firm: str, found: Sequence[Evidence], doubt: Message | None, rules: Rules, today: date) -> Proposal | None:
    """Settle what is known of a firm in one segment; None when nothing but supporting evidence is."""
    leading = sorted((one for one in found if not one.supporting), key=_rank)
    if not leading:
        return None
    clean = [one for one in leading if one.clean]
    segment = leading[0].segment
    if not clean:
        return Proposal(
            firm, segment, LinkState.REJECTED, leading[0].grade, tuple(leading), (), reason=_reason(leading[0])
        )
    supporting = [one for one in found if one.supporting]
    evidence = (*clean, *supporting)
    question = _question(clean, doubt, rules, today)
    state = LinkState.UNCERTAIN if question else LinkState.CONFIRMED
    parts = tuple(_parts(evidence, doubtful=doubt is not None))
    return Proposal(firm, segment, state, clean[0].grade, evidence, parts, question=question)


def _rank(one: Evidence) -> tuple[object, ...]:
    """What names the thing itself goes before what is merely near, then the stronger grade, then the later day."""
    how = list(How).index(one.hit.how) if one.hit else -1
    seen = one.origin.observed_on or date.min
    return not one.exact, GRADES.index(one.grade), how, -seen.toordinal(), one.kind, one.phrase


def _parts(found: Iterable[Evidence], *, doubtful: bool) -> Iterable[Part]:
    best: dict[str, float] = {}
    for one in found:
        best[one.kind] = max(best.get(one.kind, 0.0), one.weight)
    total = 0.0
    for kind, weight in sorted(best.items(), key=lambda item: -item[1]):
        points = round(weight * (1 - total), 4)
        total += points
        yield Part(kind, points)
    if doubtful:
        yield Part(DOUBT, -round(DOUBT_SHARE * total, 4))


def _reason(one: Evidence) -> Message:
    hit = one.hit
    assert hit is not None
    if hit.lookalike:
        return Message(IS_LOOKALIKE, {"part": hit.part, "lookalike": hit.lookalike})
    template = IS_TRADE if hit.trade else IS_SERVICE
    return Message(template, {"part": hit.part, "word": hit.trade or hit.service})


def _question(clean: Sequence[Evidence], doubt: Message | None, rules: Rules, today: date) -> Message | None:
    """What to ask before the link may be confirmed; None when strong, exact and fresh evidence leaves no question."""
    sure = [one for one in clean if one.grade is Grade.STRONG and one.exact]
    strong = [one for one in sure if one.asks is None]
    first = (strong or sure or clean)[0]
    days = rules.days(first.segment)
    if any(one.fresh(today, days) for one in strong) and doubt is None:
        return None
    values: dict[str, object] = {"part": first.hit.part if first.hit else first.phrase}
    if doubt is not None:
        return Message(ASK_TRADER, values | {"doubt": doubt})
    if strong:
        seen = max((one.origin.observed_on for one in strong if one.origin.observed_on), default=None)
        old: dict[str, object] = {"date": seen, "days": days}
        return Message(ASK_OLD, values | old) if seen else Message(ASK_UNDATED, values)
    if first.asks is not None:
        return first.asks
    if first.hit and not first.exact:
        return Message(ASK_NEAR if first.hit.how is How.NEAR else ASK_INSIDE, values | {"term": first.hit.term})
    return Message(ASK_WEAK if first.grade is Grade.WEAK else ASK_MEDIUM, values)
