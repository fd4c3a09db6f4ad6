"""What came of meetings, and how it counts towards the yearly figures.

The rule: a firm is served once a year however often it meets, a leader is met once a year, an intention counts once a
pair and year, and only when both sides confirmed it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from graph import model
from graph.messages import N_, Message
from graph.queries import queries
from graph.store import Row, Store
from matching.events.desk.edits import Edit, commit
from matching.events.desk.errors import NotPlaced
from matching.events.desk.occasion import Occasion

HELD, NOT_HELD = N_("{name}：已会面"), N_("{name}：未会面")
RULE = N_(
    "计数口径：已会面的企业一年内不论几次只计 1 家；链主一年只计 1 次；合作意向须双方确认，同一对单位一年只计 1 项"
)


@dataclass(frozen=True)
class Came:
    """What is recorded of a meeting; None is *not known yet*."""

    held: bool
    absent: str | None = None
    intention: bool | None = None
    a_confirms: bool | None = None
    b_confirms: bool | None = None
    amount: int | None = None
    next_step: str | None = None
    owner: str | None = None
    due_on: date | None = None
    lost: str | None = None


@dataclass(frozen=True)
class Tally:
    """A year's counts by ``RULE``; ``unconfirmed`` intentions are not among ``intentions``."""

    year: int
    meetings: int
    firms: int
    leaders: int
    intentions: int
    unconfirmed: int
    sample: bool


def record(
    store: Store, occasion: Occasion, pair: tuple[str, str], came: Came, *, by: str, seen: int | None = None
) -> Occasion:
    """Write down what came of a meeting.

    Raises:
        NotPlaced: when it has no place in the timetable.
        NotRegistered, NoSuchMeeting: when there is no such meeting.
        EventChanged: when somebody else came first.
    """
    meeting = occasion.meeting(*pair)
    if not meeting.slot:
        raise NotPlaced(a=occasion.parties[meeting.a].name, b=occasion.parties[meeting.b].name)
    absent = occasion.party(came.absent).id if came.absent else None
    outcome = model.Outcome(
        name=meeting.name, meeting=meeting.id, sample=meeting.sample, **{**vars(came), "absent": absent}
    )
    what = Message(HELD if came.held else NOT_HELD, {"name": meeting.name})
    return commit(store, occasion, lambda _: Edit(what, (outcome,)), by=by, seen=seen)


def counts(outcome: model.Outcome) -> bool:
    """Whether an intention counts: both sides confirmed it."""
    return bool(outcome.intention and outcome.a_confirms and outcome.b_confirms)


def tally(store: Store, year: int) -> Tally:
    """Count a year's outcomes."""
    return count(
        store.read(queries.list_outcomes_of_year, start=date(year, 1, 1), end=date(year, 12, 31)),
        year,
    )


def count(rows: Iterable[Row], year: int) -> Tally:
    """Count outcomes by ``RULE``."""
    firms: set[str] = set()
    leaders: set[str] = set()
    sure: set[frozenset[str]] = set()
    unsure: set[frozenset[str]] = set()
    meetings = 0
    sample = False
    for row in rows:
        outcome = row["outcome"]
        if not outcome["held"]:
            continue
        meetings += 1
        sample = sample or row["sample"]
        firms |= {row[side] for side in "ab" if row[f"{side}_enterprise"]}
        leaders |= {row[side] for side in "ab" if row[f"{side}_leader"]}
        if outcome.get("intention"):
            confirmed = outcome.get("a_confirms") and outcome.get("b_confirms")
            (sure if confirmed else unsure).add(frozenset((row["a"], row["b"])))
    return Tally(year, meetings, len(firms), len(leaders), len(sure), len(unsure - sure), sample)
