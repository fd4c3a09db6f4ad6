"""What came of meetings, and how it counts towards the yearly figures.

The rule: a firm of the 35X chains is served once a year however often it meets, a leader is met once a year, an
intention counts once a pair and year, and only when both sides confirmed it.
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
from matching.events.desk.errors import NoSuchMeeting, NotPlaced
from matching.events.desk.occasion import Occasion

HELD, NOT_HELD = N_("{name}：已会面"), N_("{name}：未会面")
CONFIRMED, UNCONFIRMED = N_("{party} 确认合作意向（{name}）"), N_("{party} 撤回合作意向的确认（{name}）")
RULE = N_(
    "计数口径：已会面的“35X”产业企业（已确认挂链的企业和链主）一年内不论几次只计 1 家；链主一年只计 1 次；"
    "合作意向须双方确认，同一对单位一年只计 1 项"
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
    document: str | None = None
    lost: str | None = None


@dataclass(frozen=True)
class Tally:
    """A year's counts by ``RULE``; ``unconfirmed`` intentions are not among ``intentions``.

    Firms in no chain that is confirmed are ``outside``, not among ``firms``.
    """

    year: int
    meetings: int
    firms: int
    leaders: int
    intentions: int
    unconfirmed: int
    sample: bool
    outside: int = 0


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
    if absent is not None and absent not in (meeting.a, meeting.b):
        raise NoSuchMeeting(a=occasion.parties[absent].name, b=meeting.name)
    said = vars(came) | {"absent": None if came.held else absent}
    if not came.held:
        said |= dict.fromkeys(("intention", "a_confirms", "b_confirms", "amount", "document"))
    outcome = model.Outcome(name=meeting.name, meeting=meeting.id, sample=meeting.sample, **said)
    what = Message(HELD if came.held else NOT_HELD, {"name": meeting.name})
    return commit(store, occasion, lambda _: Edit(what, (outcome,)), by=by, seen=seen)


def confirm(store: Store, occasion: Occasion, party: str, other: str, yes: bool, *, by: str) -> Occasion:
    """What one side itself says to the intention of its meeting; what the other side said stays.

    Raises:
        NotPlaced: when nobody recorded that they met and reached an intention.
    """
    meeting = occasion.meeting(party, other)
    who = occasion.party(party)
    side = "a_confirms" if who.id == meeting.a else "b_confirms"

    def edit(now: Occasion) -> Edit:
        outcome = now.outcomes.get(meeting.id)
        if outcome is None or not outcome.intention:
            raise NotPlaced(a=occasion.parties[meeting.a].name, b=occasion.parties[meeting.b].name)
        values: dict[str, object] = {"party": who.name, "name": meeting.name}
        after = outcome.model_copy(update={side: yes or None})
        return Edit(Message(CONFIRMED if yes else UNCONFIRMED, values), (after,))

    return commit(store, occasion, edit, by=by)


def counts(outcome: model.Outcome) -> bool:
    """Whether an intention counts: both sides confirmed it."""
    return bool(outcome.intention and outcome.a_confirms and outcome.b_confirms)


def tally(store: Store, year: int, until: date | None = None, event: str | None = None) -> Tally:
    """Count a year's outcomes, or those of its events up to a day, or of one event."""
    end = min(until or date(year, 12, 31), date(year, 12, 31))
    rows = store.read(queries.list_outcomes_of_year, start=date(year, 1, 1), end=end)
    return count((row for row in rows if event in (None, row["event"])), year)


def count(rows: Iterable[Row], year: int) -> Tally:
    """Count outcomes by ``RULE``."""
    firms: set[str] = set()
    outside: set[str] = set()
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
        firms |= {row[side] for side in "ab" if row[f"{side}_enterprise"] and row[f"{side}_chain"]}
        outside |= {row[side] for side in "ab" if row[f"{side}_enterprise"] and not row[f"{side}_chain"]}
        leaders |= {row[side] for side in "ab" if row[f"{side}_leader"]}
        if outcome.get("intention"):
            confirmed = outcome.get("a_confirms") and outcome.get("b_confirms")
            (sure if confirmed else unsure).add(frozenset((row["a"], row["b"])))
    return Tally(year, meetings, len(firms), len(leaders), len(sure), len(unsure - sure), sample, len(outside))
