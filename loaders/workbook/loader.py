"""A workbook as a source: every row read into facts, or returned with the cell, what is wrong and the cure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self

from graph.messages import N_, Message
from graph.model import Grade
from loaders.base import Job, fingerprint
from loaders.provenance import Drop, Row, Source
from loaders.workbook.facts import Values
from loaders.workbook.files import uncollected
from loaders.workbook.known import Directory, Known, known_from_catalog
from loaders.workbook.own import OwnBefore, OwnDirectory, OwnFirm, adds
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


def job_of(raw: Workbook, known: Known, own: OwnFirm | None = None) -> Job:
    """A workbook that was read as a job for the runner; what came back from another one only adds to what is there.

    With ``own`` it says no more than that firm's contact may.

    Raises:
        AnothersProfile, HiddenDamaged: when it is not the profile of ``own``.
    """
    print_ = fingerprint([raw.path], known.digest())
    if own:
        guarded = _Reading.of(raw, known, own)
        return Job(own.source, _records(raw, guarded), f"{print_}/{own.id}/{own.today}", raw.total, adds=adds(raw))
    adding = raw.kind in ADDING or "partial" in raw.stamp
    return Job(source_of(raw), records(raw, known), print_, raw.total, adds=adding)


def records(raw: Workbook, known: Known | None = None) -> Iterator[Row | Drop]:
    """Read the rows, sheets in the order of ``SHEETS``, so that nodes come before what refers to them."""
    return _records(raw, _Reading.of(raw, known or known_from_catalog()))


@dataclass(frozen=True)
class _Reading:
    """What the rows of a workbook are read with: what they can refer to, and what it said when it went out."""

    directory: Directory
    before: Before | OwnBefore | None
    sample: bool

    @classmethod
    def of(cls, raw: Workbook, known: Known, own: OwnFirm | None = None) -> Self:
        """What a workbook is read with, as an office's or as a firm's ``own``."""
        if own:
            known = own.limited(known)
            return cls(OwnDirectory(known), OwnBefore(raw, own, known), own.sample)
        before = Before(raw.firm, raw.before, Directory(known, raw.firm), sample=raw.sample) if raw.firm else None
        return cls(Directory(known, raw.firm), before, raw.sample)


def _records(raw: Workbook, reading: _Reading) -> Iterator[Row | Drop]:
    before = reading.before
    for taken in _taken(raw, reading):
        for index in range(len(taken.table.rows)):
            yield _record(raw, taken, index, reading)
    if before and raw.kind != RETURNED:
        for message in before.removed(sheets=[table.sheet for table in raw.tables]):
            yield Row(raw.path.name, (), (message,))


def check(raw: Workbook, known: Known | None = None, own: OwnFirm | None = None) -> Checked:
    """Read every cell and say what is wrong, without stating anything; with ``own`` as that firm's contact may say it.

    Raises:
        AnothersProfile, HiddenDamaged: when it is not the profile of ``own``.
    """
    reading = _Reading.of(raw, known or known_from_catalog(), own)
    problems: list[Problem] = []
    returned = 0
    with uncollected():
        for taken in _taken(raw, reading):
            problems += [problem for index in sorted(taken.problems) for problem in taken.problems[index]]
            returned += len(taken.returned)
    return Checked(raw, raw.total, returned, tuple(problems))


def _taken(raw: Workbook, reading: _Reading) -> Iterator[Taken]:
    for sheet in SHEETS:
        for table in raw.tables:
            if table.sheet is sheet:
                taken = take(table, reading.directory)
                if reading.before:
                    reading.before.judge(taken)
                yield taken


def _record(raw: Workbook, taken: Taken, index: int, reading: _Reading) -> Row | Drop:
    where = taken.where(index)
    file = raw.path.name
    problems = [problem.message(file) for problem in taken.problems.get(index, ())]
    if index in taken.returned:
        return Drop(where, _joined(problems))
    sheet = taken.table.sheet
    values = stated(taken, index)
    try:
        products = reading.directory.products
        if reading.before:
            facts = reading.before.facts(taken, index, values, products, sample=reading.sample)
        else:
            facts = tuple(sheet.state(Values(values, products, reading.sample)))
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
