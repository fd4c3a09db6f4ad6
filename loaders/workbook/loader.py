"""A workbook as a source: every row read into facts, or returned with the cell, what is wrong and the cure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from graph.messages import N_, Message
from graph.model import Grade
from loaders.base import Job, fingerprint
from loaders.provenance import Drop, Row, Source
from loaders.workbook.facts import Values
from loaders.workbook.files import uncollected
from loaders.workbook.known import Directory, Known, known_from_catalog
from loaders.workbook.profile import Before
from loaders.workbook.reader import Workbook, read
from loaders.workbook.sheets import SHEETS
from loaders.workbook.stamp import ADDING, CHECKED, RETURNED
from loaders.workbook.taking import PROBLEM, Level, Problem, Taken, stated, take

PROBLEMS = N_("{first}；{rest}")
NOT_WHOLE_ROW = N_("这一行的内容不合要求")
NOT_WHOLE_ROW_CURE = N_("请按填写说明检查各列")


@dataclass(frozen=True)
class Checked:
    """A workbook that was read and not written: how many rows it has, and every problem in the order of the file."""

    raw: Workbook
    rows: int
    returned: int
    problems: tuple[Problem, ...]

    def of(self, level: Level) -> int:
        """How many problems there are of a kind."""
        return sum(problem.level is level for problem in self.problems)


def source_id(raw: Workbook) -> str:
    """The source a workbook is: a checked one is the workbook itself, returned rows are a source beside it.

    A firm's own profile is the firm's; one that was not exported whole is a source beside it.
    """
    if raw.firm:
        return f"profile:{raw.firm}" + (":partial" if raw.stamp.get("partial") else "")
    if raw.kind == RETURNED:
        return f"workbook:{raw.about}-退回"
    return f"workbook:{raw.about if raw.kind == CHECKED else raw.path.stem}"


def source_for(path: Path) -> Source:
    """The source a workbook is: reported by people, so of first rank; made-up ones say so.

    Raises:
        SourceMissing: when there is no such file.
        SourceUnreadable: when it is not a workbook of ours.
    """
    return source_of(read(path))


def source_of(raw: Workbook) -> Source:
    """The source of a workbook that was read."""
    return Source(
        id=source_id(raw),
        name=raw.path.name,
        rank=1,
        observed_on=raw.made_on,
        grade=Grade.MEDIUM if raw.firm else Grade.STRONG,  # what a firm says of itself is declared, not certified
        sample=raw.sample,
    )


def open_workbook(path: Path, known: Known | None = None) -> Job:
    """Open a workbook for loading.

    Raises:
        SourceMissing: when there is no such file.
        SourceUnreadable: when it is not a workbook of ours.
    """
    return job_of(read(path), known or known_from_catalog())


def job_of(raw: Workbook, known: Known) -> Job:
    """A workbook that was read as a job for the runner; what came back from another one only adds to what is there."""
    print_ = fingerprint([raw.path], known.digest())
    return Job(
        source_of(raw), records(raw, known), print_, raw.total, adds=raw.kind in ADDING or "partial" in raw.stamp
    )


def records(raw: Workbook, known: Known | None = None) -> Iterator[Row | Drop]:
    """Read the rows, sheets in the order of ``SHEETS``, so that nodes come before what refers to them."""
    known = known or known_from_catalog()
    directory, before = Directory(known, raw.firm), _before(raw, known)
    for taken in _taken(raw, directory, before):
        for index in range(len(taken.table.rows)):
            yield _record(raw, taken, index, directory, before)
    if before and raw.kind != RETURNED:
        for message in before.removed(sheets=[table.sheet for table in raw.tables]):
            yield Row(raw.path.name, (), (message,))


def check(raw: Workbook, known: Known | None = None) -> Checked:
    """Read every cell and say what is wrong, without stating anything."""
    known = known or known_from_catalog()
    directory = Directory(known, raw.firm)
    problems: list[Problem] = []
    returned = 0
    with uncollected():
        for taken in _taken(raw, directory, _before(raw, known)):
            problems += [problem for index in sorted(taken.problems) for problem in taken.problems[index]]
            returned += len(taken.returned)
    return Checked(raw, raw.total, returned, tuple(problems))


def _before(raw: Workbook, known: Known) -> Before | None:
    """What a firm's profile said when it went out."""
    if not raw.firm:
        return None
    return Before(raw.firm, raw.before, Directory(known, raw.firm), sample=raw.sample)


def _taken(raw: Workbook, directory: Directory, before: Before | None) -> Iterator[Taken]:
    for sheet in SHEETS:
        for table in raw.tables:
            if table.sheet is sheet:
                taken = take(table, directory)
                if before:
                    before.judge(taken)
                yield taken


def _record(raw: Workbook, taken: Taken, index: int, directory: Directory, before: Before | None) -> Row | Drop:
    where = taken.where(index)
    file = raw.path.name
    problems = [problem.message(file) for problem in taken.problems.get(index, ())]
    if index in taken.returned:
        return Drop(where, _joined(problems))
    sheet = taken.table.sheet
    values = stated(taken, index)
    try:
        if before:
            facts = before.facts(taken, index, values, directory.products, sample=raw.sample)
        else:
            facts = tuple(sheet.state(Values(values, directory.products, raw.sample)))
    except ValueError:
        return Drop(where, _unsound(taken, index).message(file))
    observed, grade = values.get(sheet.observed or ""), values.get("grade")
    return Row(
        where,
        facts,
        tuple(problems),
        observed if isinstance(observed, date) else None,
        grade if isinstance(grade, Grade) else None,
    )


def _unsound(taken: Taken, index: int) -> Problem:
    what, cure = Message(NOT_WHOLE_ROW), Message(NOT_WHOLE_ROW_CURE)
    return Problem(taken.table.tab, taken.table.numbers[index], 0, what, cure, Level.RETURNED)


def _joined(problems: list[Message]) -> Message:
    joined = problems[-1]
    for problem in reversed(problems[:-1]):
        joined = Message(PROBLEMS, {"first": problem, "rest": joined})
    return joined


def problems_of(reason: Message) -> list[Message]:
    """The single problems a reason is joined from."""
    first, rest = reason.values.get("first"), reason.values.get("rest")
    if reason.template == PROBLEMS and isinstance(first, Message) and isinstance(rest, Message):
        return [first, *problems_of(rest)]
    return [reason]


__all__ = [
    "PROBLEM",
    "Checked",
    "check",
    "job_of",
    "open_workbook",
    "problems_of",
    "records",
    "source_for",
    "source_id",
    "source_of",
]
