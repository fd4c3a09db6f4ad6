"""An event as it is handed in, and the plan as it is handed back.

The same shape as the file of ``ronglian event solve``. Everything left out has a default; a field that is not known
is an error, for a misspelt ``locked`` must not lose a lock.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from graph.messages import N_, Message
from matching.events.errors import EventInvalid, Problem

Id = Annotated[str, Field(min_length=1)]
Role = Literal["leader", "sme", "institute", "finance"]
Count = Annotated[int, Field(ge=0, le=100_000)]


class Part(BaseModel):
    """A piece of an event."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True, allow_inf_nan=False)


class Participant(Part):
    """A party: at least ``min`` meetings, at most ``max`` (none: what its people can), ``people`` at once."""

    id: Id
    role: Role = "sme"
    min: Count = 0
    max: Count | None = None
    people: Annotated[int, Field(ge=1, le=1000)] = 1
    away: tuple[Id, ...] = ()


class Pair(Part):
    """Two parties who could meet, and what that is worth; never negative."""

    a: Id
    b: Id
    score: Annotated[float, Field(ge=0, le=1_000_000)]


class Must(Part):
    """Two parties who have to meet, at a slot and a table if given."""

    a: Id
    b: Id
    slot: Id | None = None
    table: Id | None = None


class Never(Part):
    """Two parties who must not meet."""

    a: Id
    b: Id


class Meeting(Part):
    """Two parties at a slot and a table."""

    a: Id
    b: Id
    slot: Id
    table: Id


class HallOfTables(Part):
    """A hall and its tables."""

    id: Id
    tables: tuple[Id, ...]


class Travel(Part):
    """The way between two halls: somebody who changes needs ``slots`` free ones between two meetings."""

    a: Id
    b: Id
    slots: Annotated[int, Field(ge=1, le=1000)]


class Event(Part):
    """Slots in the order of the day, tables, parties, and what is wished, asked for, forbidden and settled.

    ``halls`` and ``travel`` may be left out; where ways are given, every table is in a hall.
    """

    slots: tuple[Id, ...]
    tables: tuple[Id, ...]
    participants: tuple[Participant, ...]
    pairs: tuple[Pair, ...] = ()
    must: tuple[Must, ...] = ()
    never: tuple[Never, ...] = ()
    locked: tuple[Meeting, ...] = ()
    halls: tuple[HallOfTables, ...] = ()
    travel: tuple[Travel, ...] = ()


@dataclass(frozen=True)
class Reason:
    """Why a party is without a meeting, or below its minimum."""

    id: str
    reason: Message


@dataclass(frozen=True)
class Dropped:
    """A pair worth meeting that no slot was left for."""

    a: str
    b: str
    score: float
    reason: Message


@dataclass(frozen=True)
class Plan:
    """Who meets whom, when and where, and how far from the best possible that is.

    Attributes:
        meetings: By slot, then table.
        without: Parties with no meeting at all.
        short: Parties with some meetings, but fewer than their minimum.
        dropped: Chosen pairs that could not be placed.
        value: Sum of the scores of ``meetings``.
        value_bound: No plan that serves as many parties has a greater value.
        idle: Free slots between the first and the last meeting, over all parties.
        idle_bound: No timetable of these meetings has fewer.
        table_changes: Tables a party sits at beyond its first, over all parties.
        seconds: Spent on it.
    """

    meetings: tuple[Meeting, ...]
    without: tuple[Reason, ...]
    short: tuple[Reason, ...]
    dropped: tuple[Dropped, ...]
    value: float
    value_bound: float
    idle: int
    idle_bound: int
    table_changes: int
    seconds: float

    def plain(self) -> dict[str, Any]:
        """The plan as plain data; reasons stay messages until somebody chooses a language."""
        fields = dict(self.__dict__)
        fields["meetings"] = [meeting.model_dump() for meeting in self.meetings]
        return fields


WHAT_IS_WRONG = {
    "missing": N_("缺少这一项，请补上"),
    "extra_forbidden": N_("没有名为“{field}”的项，请检查拼写或删去"),
    "string_too_short": N_("编号不能为空"),
    "greater_than_equal": N_("{value} 小于允许的最小值 {ge}，请改大"),
    "less_than_equal": N_("{value} 超过允许的最大值 {le}，请改小"),
    "finite_number": N_("应为有限的数"),
    "literal_error": N_("“{value}”不是可用的取值，请用 {expected}"),
}
NOT_OF_TYPE = N_("“{value}”类型不对，请按格式说明填写")
SHOWN = 60


def read_event(raw: object) -> Event:
    """Read an event from parsed JSON.

    Raises:
        EventInvalid: naming every place that is not as it should be, contradictions included.
    """
    from matching.events.checks import check

    try:
        event = Event.model_validate(raw)
    except ValidationError as error:
        raise EventInvalid(tuple(_problem(dict(found)) for found in error.errors(include_url=False))) from None
    if problems := check(event):
        raise EventInvalid(problems)
    return event


def _problem(found: dict[str, Any]) -> Problem:
    where = ""
    for step in found["loc"]:
        where += f"[{step}]" if isinstance(step, int) else f".{step}" if where else str(step)
    given, context = found["input"], dict(found.get("ctx", {}))
    if "expected" in context:
        context["expected"] = context["expected"].replace(" or ", ", ")
    shown = given if isinstance(given, str) else json.dumps(given, ensure_ascii=False, default=str)
    values = {"value": shown[:SHOWN], "field": found["loc"][-1] if found["loc"] else ""}
    return Problem(where or "$", Message(WHAT_IS_WRONG.get(found["type"], NOT_OF_TYPE), values | context))
