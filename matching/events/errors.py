"""What can be wrong with an event.

::

    InputError
    ├── EventInvalid     fields missing, unknown or contradicting each other: all of them are listed
    └── PinsInfeasible   must-meets and locks that no timetable can hold: the fewest to give up are listed
"""

from __future__ import annotations

from dataclasses import dataclass

from graph.errors import InputError
from graph.messages import N_, Message


@dataclass(frozen=True)
class Problem:
    """One thing wrong: ``where`` is a path into the event such as ``participants[3].max``."""

    where: str
    what: Message


class EventInvalid(InputError):
    """The event contradicts itself or is not complete; nothing was arranged."""

    message = N_("活动数据有 {count} 处问题，未作任何安排；第一处：{first}")
    cure = N_("请按所列位置逐处改正后重试")

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(where=problems[0].where, count=len(problems), first=problems[0].what)


class PinsInfeasible(InputError):
    """Must-meets and locks for which there is no timetable."""

    message = N_("必见和锁定的安排彼此冲突，排不出时间表；至少放开 {count} 项，例如：{first}")
    cure = N_("请放开所列各项，或增加时段、桌位或到场人数后重试")

    def __init__(self, relax: tuple[Message, ...]) -> None:
        self.relax = relax
        super().__init__(count=len(relax), first=relax[0])
