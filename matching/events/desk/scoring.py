"""What it is worth that two parties meet: their needs and offers from both sides, wishes of both, and what was before.

The points of the parts sum to the score in hundredths; a part without data has none and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from graph.disclosure import of_property
from graph.grades import Disclosure
from graph.messages import N_, Message
from graph.model import Answer
from graph.queries import queries
from graph.store import Store
from matching.events.desk.occasion import Occasion, ordered
from matching.pairing import Candidate, Market, Wanted, around, load_need, match, tagged
from matching.pairing.gates import QUOTED, Verdict

FIT, WISH, BEFORE = 60, 20, 15
LIMIT = 500
TOPICS = 8

FITS = N_("供需契合：需方看 {buyer:.0f} 分，供方看 {supplier:.0f} 分，两者调和平均 {mean:.0f} 分，按满分 {full} 分折算")
NO_FIT = N_("供需契合：缺数据，没有相符的需求与供给")
WISHED = N_("{party} 登记想见对方")
MET_BEFORE = N_("曾在“{event}”会面，未达成意向")
LOST_BEFORE = N_("曾在“{event}”会面，未成：{reason}")
DECLINED_BEFORE = N_("曾在“{event}”谢绝会面")
DECLINED_BECAUSE = N_("曾在“{event}”谢绝会面：{reason}")
AGREED_BEFORE = N_("已在“{event}”达成双方确认的合作意向，不必再排；跟进见回访清单")
POINTS = N_("{points} 分 {reason}")
TOPIC = N_("{buyer} 的需求“{need}”（{number}）— {supplier} 的“{offer}”（{offer_number}）")


@dataclass(frozen=True)
class Part:
    """A part of a score, in hundredths."""

    points: int
    reason: Message


@dataclass(frozen=True)
class Value:
    """What a pair is worth, why, what to ask and what to talk about; ``a`` and ``b`` in the order of meetings."""

    a: str
    b: str
    parts: tuple[Part, ...]
    questions: tuple[Message, ...] = ()
    topics: tuple[Message, ...] = ()

    @property
    def points(self) -> int:
        """Sum of the parts."""
        return sum(part.points for part in self.parts)


@dataclass(frozen=True)
class Match:
    """The best answer of one party to a need of another."""

    buyer: str
    supplier: str
    wanted: Wanted
    candidate: Candidate


@dataclass(frozen=True)
class Earlier:
    """A meeting at an earlier event; the last of a pair is what counts."""

    a: str
    b: str
    event: str
    declined: bool = False
    met_in_vain: bool = False
    agreed: bool = False
    reason: str | None = None

    @property
    def part(self) -> Part | None:
        """What it takes from the worth of meeting again; none when nothing came of it either way."""
        values: dict[str, object] = {"event": self.event, "reason": self.reason or ""}
        if self.declined:
            return Part(-BEFORE, Message(DECLINED_BECAUSE if self.reason else DECLINED_BEFORE, values))
        if self.agreed:
            return Part(-BEFORE, Message(AGREED_BEFORE, values))
        if self.met_in_vain:
            return Part(-BEFORE, Message(LOST_BEFORE if self.reason else MET_BEFORE, values))
        return None


Progress = Callable[[int, int], None]


def find_matches(
    store: Store, occasion: Occasion, market: Market, today: date, progress: Progress | None = None
) -> list[Match]:
    """The best answer of each party to each need of another, over the same market as every other match."""
    rows = store.read(queries.list_event_needs, event=occasion.event.id)
    here = set(occasion.parties)
    best: dict[tuple[str, str], Match] = {}
    for done, row in enumerate(rows):
        wanted = tagged(load_need(store, row["id"]), market.network)
        found = match(wanted, market, around(wanted, market.network), today, limit=LIMIT)
        for candidate in found.candidates:
            supplier = candidate.offered.party
            if supplier is None or supplier.id not in here or supplier.id == row["party"]:
                continue
            pair = (row["party"], supplier.id)
            if pair not in best or candidate.points > best[pair].candidate.points:
                best[pair] = Match(*pair, wanted, candidate)
        if progress:
            progress(done + 1, len(rows))
    return list(best.values())


def find_earlier(store: Store, occasion: Occasion) -> list[Earlier]:
    """What was between parties at earlier events."""
    rows = store.read(queries.list_earlier_meetings, event=occasion.event.id, day=occasion.event.held_on)
    return [
        Earlier(
            row["a"],
            row["b"],
            row["event"],
            declined=Answer.DECLINED in {row["a_answer"], row["b_answer"]},
            met_in_vain=bool(row["held"]) and (not row["intention"] or bool(row["lost"])),
            agreed=bool(row["held"] and row["intention"] and row["confirmed"] and not row["lost"]),
            reason=row["lost"] or row["reason"],
        )
        for row in rows
    ]


def value_pairs(occasion: Occasion, matches: Sequence[Match], earlier: Iterable[Earlier] = ()) -> list[Value]:
    """What each pair with a reason to meet is worth, the most first; nevers are left out."""
    best_of: dict[str, int] = {}
    for one in matches:
        best_of[one.supplier] = max(best_of.get(one.supplier, 0), one.candidate.points)
    by_pair: dict[frozenset[str], list[Match]] = {}
    for one in matches:
        by_pair.setdefault(frozenset((one.buyer, one.supplier)), []).append(one)
    before = {frozenset((one.a, one.b)): one for one in earlier}
    pairs = dict.fromkeys([*by_pair, *_wished(occasion)])
    never = {frozenset((party.id, other)) for party in occasion.parties.values() for other in party.nevers}
    values = [
        _value(occasion, pair, by_pair.get(pair, []), best_of, before.get(pair))
        for pair in pairs
        if pair not in never and len(pair) == 2
    ]
    kept = [value for value in values if value.points > 0]
    return sorted(kept, key=lambda value: (-value.points, value.a, value.b))


def _wished(occasion: Occasion) -> Iterable[frozenset[str]]:
    for party in occasion.parties.values():
        for other in (*party.wishes, *party.musts):
            if other in occasion.parties and other != party.id:
                yield frozenset((party.id, other))


def _value(
    occasion: Occasion,
    pair: frozenset[str],
    matches: Sequence[Match],
    best_of: Mapping[str, int],
    before: Earlier | None,
) -> Value:
    first, second = ordered(*(occasion.parties[id_] for id_ in sorted(pair)))
    parts = [_fit(matches, best_of)]
    for party, other in ((first, second), (second, first)):
        if other.id in (*party.wishes, *party.musts):
            parts.append(Part(WISH, Message(WISHED, {"party": party.name})))
    if before and before.part:
        parts.append(before.part)
    topics = [topic for one in matches for topic in _topics(occasion, one)]
    questions = tuple(dict.fromkeys(str(question) for one in matches for question in one.candidate.questions))
    asked = {str(question): question for one in matches for question in one.candidate.questions}
    return Value(
        first.id, second.id, tuple(parts), tuple(asked[text] for text in questions), tuple(topics[: 2 * TOPICS])
    )


def _fit(matches: Sequence[Match], best_of: Mapping[str, int]) -> Part:
    """Both sides' view: how well the offer answers the need, and how near that is to the supplier's best need here."""
    if not matches:
        return Part(0, Message(NO_FIT))
    views = [(one.candidate.score, one.candidate.points / (best_of[one.supplier] or 1)) for one in matches]
    buyer, supplier = max(views, key=lambda view: _mean(*view))
    mean = _mean(buyer, supplier)
    said: dict[str, object] = {"buyer": 100 * buyer, "supplier": 100 * supplier, "mean": 100 * mean, "full": FIT}
    return Part(round(FIT * mean), Message(FITS, said))


def _mean(one: float, other: float) -> float:
    """Harmonic mean: low when either side's view is."""
    return 2 * one * other / (one + other) if one + other else 0.0


def _quotes_secret(candidate: Candidate, verdict: Verdict) -> bool:
    """Whether a sentence quotes a sensitive value: topics are kept, and read by both sides and every office."""
    field = QUOTED.get(verdict.gate)
    return field is not None and of_property(candidate.offered.kind, field) is Disclosure.SENSITIVE


def _topics(occasion: Occasion, one: Match) -> list[Message]:
    said: dict[str, object] = {
        "buyer": occasion.parties[one.buyer].name,
        "need": one.wanted.name,
        "number": one.wanted.number or "—",
        "supplier": occasion.parties[one.supplier].name,
        "offer": one.candidate.offered.name,
        "offer_number": one.candidate.offered.number or "—",
    }
    known = sorted((part for part in one.candidate.parts if part.points), key=lambda part: -part.points)
    reasons = [Message(POINTS, {"points": p.points, "reason": p.reason}) for p in known]
    told = (verdict for verdict in one.candidate.passed if not _quotes_secret(one.candidate, verdict))
    passed = [Message(N_("通过：{detail}"), {"detail": verdict.detail}) for verdict in told]
    return [Message(TOPIC, said), *reasons, *passed][:TOPICS]
