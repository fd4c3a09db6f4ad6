"""The answer to one need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from graph.messages import N_, Message
from matching.pairing.gates import Outcome, Verdict
from matching.pairing.listings import Listing, Offered, Wanted
from matching.pairing.score import Part, Score
from matching.pairing.weights import PRIOR, Chance

if TYPE_CHECKING:
    from matching.rings import Ring


@dataclass(frozen=True)
class Candidate:
    """An offer with its score and its verdicts.

    ``others`` are further listings of the same firm that would stand in the same list; ``recalled_by`` names the
    recalls that found it, ``proposed`` says why in words where no part does; ``wanted`` is the need found where the
    offer is the one that asks; ``mutual`` what it is worth to both sides, in [0,1], and ``moved`` why it stands further
    back than its score, where the list was arranged.
    """

    offered: Offered
    scored: Score
    verdicts: tuple[Verdict, ...]
    recalled_by: tuple[str, ...] = ()
    proposed: tuple[Message, ...] = ()
    others: tuple[Listing, ...] = ()
    wanted: Wanted | None = None
    mutual: float | None = None
    moved: tuple[Message, ...] = ()

    @property
    def found(self) -> Listing:
        """The listing that was found: the offer, or the need where an offer asked."""
        return self.wanted or self.offered

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts that sum to the score."""
        return self.scored.parts

    @property
    def chance(self) -> Chance | None:
        """How likely it is right; None where nobody can say."""
        return self.scored.chance

    @cached_property
    def points(self) -> int:
        """Sum of the parts' points: hundredths."""
        return sum([part.points for part in self.parts])

    @property
    def score(self) -> float:
        """The score in [0,1]."""
        return self.points / 100

    @property
    def known_share(self) -> float:
        """Share of the weight that rests on known data."""
        return sum(part.weight for part in self.parts if not part.missing) / sum(part.weight for part in self.parts)

    @property
    def passed(self) -> tuple[Verdict, ...]:
        """What it was found to meet."""
        return tuple(verdict for verdict in self.verdicts if verdict.outcome is Outcome.PASS)

    @cached_property
    def failed(self) -> tuple[Verdict, ...]:
        """What it was found not to meet."""
        return tuple([verdict for verdict in self.verdicts if verdict.outcome is Outcome.FAIL])

    @property
    def questions(self) -> tuple[Message, ...]:
        """What to ask the offering firm."""
        return tuple(verdict.ask for verdict in self.verdicts if verdict.ask is not None)

    @property
    def gap(self) -> Message | None:
        """The one thing that would let it pass, when exactly one fails and can be cured."""
        return self.failed[0].gap if len(self.failed) == 1 else None


@dataclass(frozen=True)
class Counts:
    """What became of every offer. ``considered`` is the sum of the others.

    ``below_threshold`` are not what is wanted, ``excluded`` failed more than one gate or one that cannot be cured,
    ``same_firm`` are listings mentioned with a better one of their firm, ``beyond_limit`` came after the list was full:
    none of them could score more than its last.
    """

    considered: int = 0
    not_recalled: int = 0
    below_threshold: int = 0
    excluded: int = 0
    same_firm: int = 0
    beyond_limit: int = 0
    near_misses: int = 0
    candidates: int = 0


@dataclass(frozen=True)
class Result:
    """Candidates and near misses of one need, best first.

    ``fell_at`` counts, by gate, the offers looked at closely that failed there (one may fail at several), ``unknowns``
    the shown candidates with a question from that gate, ``unchecked`` says which conditions the need does not state;
    ``ring`` is the one that who is found must work in (None: anywhere), ``basis`` says where the weights come from.
    """

    wanted: Listing
    today: date
    revision: int
    candidates: tuple[Candidate, ...]
    near_misses: tuple[Candidate, ...]
    counts: Counts
    fell_at: Mapping[str, int] = field(default_factory=dict)
    unknowns: Mapping[str, int] = field(default_factory=dict)
    unchecked: tuple[Message, ...] = ()
    ring: Ring | None = None
    basis: Message = PRIOR.basis

    @property
    def summary(self) -> Message:
        """One sentence on what was found."""
        counts = self.counts
        relevant = counts.considered - counts.not_recalled - counts.below_threshold
        values: dict[str, object] = {field.name: getattr(counts, field.name) for field in fields(counts)}
        values["relevant"] = relevant
        if isinstance(self.wanted, Offered):
            return _of_needs(counts, relevant, values)
        if not counts.considered:
            return Message(N_("图谱中还没有任何供给，请先载入数据"))
        if not relevant:
            return Message(N_("查看了 {considered} 条供给，没有与该需求相符的产品或服务"), values)
        if not counts.candidates and counts.near_misses:
            return Message(N_("{relevant} 条供给相关，没有一条满足全部条件；{near_misses} 家只差一项"), values)
        if not counts.candidates:
            return Message(N_("{relevant} 条供给相关，但都不满足条件"), values)
        return Message(N_("查看了 {considered} 条供给，{relevant} 条相关，推荐 {candidates} 家"), values)

    @property
    def lapsed(self) -> Message | None:
        """That who asks asks no more: closed, or past its last day."""
        return self.wanted.lapsed(self.today)

    def plain(self) -> dict[str, Any]:
        """The result in values JSON knows; derived figures included, a message as template, values and Chinese text."""
        plain: dict[str, Any] = to_plain(self)
        plain |= {"summary": to_plain(self.summary), "lapsed": to_plain(self.lapsed)}
        return plain


def _of_needs(counts: Counts, relevant: int, values: dict[str, object]) -> Message:
    """One sentence on what was found for an offer."""
    if not counts.considered:
        return Message(N_("图谱中还没有可找的需求方，请先载入数据"))
    if not relevant:
        return Message(N_("查看了 {considered} 条需求，没有与该供给相符的"), values)
    if not counts.candidates:
        return Message(N_("{relevant} 条需求相符，但条件都不满足；{near_misses} 家只差一项"), values)
    return Message(N_("查看了 {considered} 条需求，{relevant} 条相符，推荐 {candidates} 家"), values)


_DERIVED: dict[type, tuple[str, ...]] = {
    Candidate: ("parts", "points", "score", "chance", "known_share", "questions", "gap"),
    Part: ("missing",),
}
_WITHIN: dict[type, str] = {Candidate: "scored", Wanted: "answered"}  # shown by what is derived from it, or not at all


def to_plain(value: Any) -> Any:
    """Turn domain values into lists, dictionaries, strings and numbers."""
    if isinstance(value, Message):
        return {"template": value.template, "values": to_plain(value.values), "text": str(value)}
    if is_dataclass(value) and not isinstance(value, type):
        own = [entry.name for entry in fields(value) if entry.name != _WITHIN.get(type(value))]
        names = own + list(_DERIVED.get(type(value), ()))
        return {name: to_plain(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value
