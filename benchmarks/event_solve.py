"""Events of two sizes, solved and done as people do them: by score, best first, into the first slot that is free.

The last two have no leaders: any firm may meet any.

Ratios of value, of SMEs left without a meeting and of waiting; seconds against what an organiser can wait for. Value is
compared under the same rules (nobody served first), for serving every SME costs value that the other way does not pay.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.harness import Result
from matching.events import Changes, Event, Late, Meeting, read_event, replan, solve

REPLAN = 2.0
SHARE = 0.9  # of the seconds allowed; the rest is for reading and writing


@dataclass(frozen=True)
class Size:
    """An event as large as this, each firm known to ``partners`` leaders and ``peers`` firms, and seconds for it."""

    firms: int
    leaders: int
    slots: int
    tables: int
    partners: int
    peers: int
    away: float
    seconds: float

    def __str__(self) -> str:
        """What it is called in the table."""
        away = f", {self.away:.0%} away" if self.away else ""
        return f"event {self.firms} firms, {self.leaders} leaders, {self.slots}×{self.tables}{away}"


SIZES = (
    Size(200, 20, 8, 30, 8, 0, 0.0, 10.0),
    Size(200, 20, 8, 30, 8, 2, 0.2, 10.0),
    Size(1000, 60, 16, 60, 10, 0, 0.0, 90.0),
    Size(1000, 60, 16, 60, 10, 1, 0.15, 90.0),
    Size(1000, 100, 16, 60, 10, 0, 0.0, 90.0),
    Size(200, 0, 8, 30, 0, 10, 0.0, 10.0),
    Size(1000, 0, 16, 60, 0, 10, 0.0, 90.0),
)


def make(size: Size, seed: int = 0) -> Event:
    """A random event; firms have at most three meetings."""
    random = Random(seed)
    slots = [f"s{at}" for at in range(size.slots)]
    leaders = [f"L{at}" for at in range(size.leaders)]
    firms = [f"F{at}" for at in range(size.firms)]
    participants: list[object] = [{"id": id_, "role": "leader", "min": 4} for id_ in leaders]
    participants += [{"id": id_, "max": 3, "away": [s for s in slots if random.random() < size.away]} for id_ in firms]
    couples = {(leader, firm) for firm in firms for leader in random.sample(leaders, size.partners)}
    for at, firm in enumerate(firms):
        couples |= {(firm, other) for other in random.sample(firms[:at], min(at, size.peers))}
    pairs = [{"a": a, "b": b, "score": round(random.random(), 4)} for a, b in sorted(couples)]
    tables = [f"t{at}" for at in range(size.tables)]
    return read_event({"slots": slots, "tables": tables, "participants": participants, "pairs": pairs})


def by_score(event: Event) -> list[Meeting]:
    """Best pair first, into the first slot in which both and a table are free."""
    away = {one.id: set(one.away) for one in event.participants}
    most = {one.id: one.people * len(event.slots) if one.max is None else one.max for one in event.participants}
    busy: set[tuple[str, str]] = set()
    load: Counter[str] = Counter()
    got: Counter[str] = Counter()
    meetings = []
    for pair in sorted(event.pairs, key=lambda pair: -pair.score):
        if got[pair.a] >= most[pair.a] or got[pair.b] >= most[pair.b]:
            continue
        for slot in event.slots:
            free = not {(pair.a, slot), (pair.b, slot)} & busy and slot not in away[pair.a] | away[pair.b]
            if free and load[slot] < len(event.tables):
                meetings.append(Meeting(a=pair.a, b=pair.b, slot=slot, table=event.tables[load[slot]]))
                busy |= {(pair.a, slot), (pair.b, slot)}
                load[slot] += 1
                got.update((pair.a, pair.b))
                break
    return meetings


def waiting(event: Event, meetings: Sequence[Meeting]) -> int:
    """Free slots between first and last meeting over all parties, counted slot by slot."""
    total = 0
    for one in event.participants:
        mine = {event.slots.index(meeting.slot) for meeting in meetings if one.id in (meeting.a, meeting.b)}
        if mine:
            between = range(min(mine), max(mine))
            total += sum(at not in mine and event.slots[at] not in one.away for at in between)
    return total


def unserved(event: Event, meetings: list[Meeting]) -> int:
    """SMEs without a meeting."""
    met = {end for meeting in meetings for end in (meeting.a, meeting.b)}
    return sum(one.role == "sme" and one.id not in met for one in event.participants)


def nobody_first(event: Event) -> Event:
    """The same event without minimums, for a comparison of values alone."""
    participants = tuple(one.model_copy(update={"role": "finance", "min": 0}) for one in event.participants)
    return event.model_copy(update={"participants": participants})


def run() -> list[Result]:
    """Solve each size and hold it against the way by score."""
    return [result for size in SIZES for result in measure(size)]


def measure(size: Size) -> list[Result]:
    """One event."""
    event = make(size)
    plan = solve(event, limit=SHARE * size.seconds)
    plain = by_score(event)
    scores = {(pair.a, pair.b): pair.score for pair in event.pairs}
    value = math.fsum(scores[meeting.a, meeting.b] for meeting in plain)
    best = solve(nobody_first(event), limit=SHARE * size.seconds)
    gap = f"value {plan.value:.1f} of at most {plan.value_bound:.1f}, idle {plan.idle} of at least {plan.idle_bound}"
    left, left_plain = unserved(event, list(plan.meetings)), unserved(event, plain)
    one, now, later = plan.meetings[len(plan.meetings) // 2].b, event.slots[size.slots // 4], event.slots[-2]
    changed = replan(event, plan.meetings, Changes(now=now, gone=(one,)))
    late = replan(event, plan.meetings, Changes(now=now, late=(Late(id=one, slot=later),)))
    total = len(plan.meetings)
    return [
        Result(f"{size}: seconds / allowed", plan.seconds, size.seconds, 1.0, gap),
        Result(f"{size}: value by score / ours", value, best.value, 1 + 1e-9, "nobody served first"),
        Result(f"{size}: SMEs without, ours / by score", left, max(1, left_plain), 1.0),
        Result(f"{size}: waits, ours / by score", plan.idle, max(1, waiting(event, plain)), 1.0),
        Result(f"{size}: replan, seconds / allowed", changed.seconds, REPLAN, 1.0, "one firm gone"),
        Result(f"{size}: replan, moved / meetings", changed.moved, total, 0.05, f"{changed.added} added instead"),
        Result(f"{size}: late, seconds / allowed", late.seconds, REPLAN, 1.0, "one firm late"),
        Result(f"{size}: late, moved / meetings", late.moved, total, 0.05, f"{late.cancelled} cancelled"),
    ]
