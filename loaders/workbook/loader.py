"""A workbook as a source: every row read into facts, or returned with the cell, what is wrong and the cure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from openpyxl.utils import get_column_letter

from graph.messages import N_, Message
from graph.model import Grade, Relationship
from loaders.base import Job, fingerprint
from loaders.provenance import Drop, Row, Source
from loaders.workbook.cells import BadCell, Raw, check_formula, plain, read_words
from loaders.workbook.columns import Column
from loaders.workbook.facts import Values
from loaders.workbook.known import Directory, Known, known_from_catalog
from loaders.workbook.reader import Line, Table, Workbook, read
from loaders.workbook.sheets import SHEETS

PROBLEM = N_("{file} {sheet}!{cell}：{what}。{cure}")
PROBLEMS = N_("{first}；{rest}")
MISSING = N_("缺少“{column}”")
MISSING_CURE = N_("请填写，这一列必填")
DIFFERS = N_("与 {where} 行说的是同一件事，但内容不同")
DIFFERS_CURE = N_("请只留一行；若是两件事，请用不同的编号或名称")
SELF_LOOP = N_("两端是同一家企业")
SELF_LOOP_CURE = N_("请改正其中一端")
NOT_WHOLE_ROW = N_("这一行的内容不合要求")
NOT_WHOLE_ROW_CURE = N_("请按填写说明检查各列")


@dataclass
class _Reading:
    """A row being read: its values, what is wrong with it, and whether that sends it back."""

    values: dict[str, object] = field(default_factory=dict)
    problems: list[Message] = field(default_factory=list)
    fatal: bool = False


def source_for(path: Path) -> Source:
    """The source a workbook is: reported by people, so of first rank; made-up ones say so.

    Raises:
        SourceMissing: when there is no such file.
        SourceUnreadable: when it is not a workbook of ours.
    """
    return _source_of(read(path))


def _source_of(raw: Workbook) -> Source:
    return Source(
        id=f"workbook:{raw.path.stem}",
        name=raw.path.name,
        rank=1,
        observed_on=raw.made_on,
        grade=Grade.STRONG,
        sample=raw.sample,
    )


def open_workbook(path: Path, known: Known | None = None) -> Job:
    """Open a workbook for loading.

    Raises:
        SourceMissing: when there is no such file.
        SourceUnreadable: when it is not a workbook of ours.
    """
    raw = read(path)
    known = known or known_from_catalog()
    return Job(_source_of(raw), records(raw, known), fingerprint([path], known.digest()), raw.total)


def records(raw: Workbook, known: Known | None = None) -> Iterator[Row | Drop]:
    """Read the rows, sheets in the order of ``SHEETS``, so that nodes come before what refers to them."""
    directory = Directory(known or known_from_catalog())
    tables = {table.sheet.name: table for table in raw.tables}
    for sheet in SHEETS:
        if table := tables.get(sheet.name):
            for line in table.lines:
                yield _record(raw, table, line, directory)


def _record(raw: Workbook, table: Table, line: Line, directory: Directory) -> Row | Drop:
    where = f"{table.sheet.name}!{line.number}"
    file = raw.path.name
    reading = _read_line(file, table, line, directory)
    if reading.fatal:
        return Drop(where, _joined(reading.problems))

    def returned(what: Message, cure: str) -> Drop:
        return Drop(where, _problem(file, table, f"A{line.number}", BadCell(what, Message(cure))))

    try:
        facts = tuple(table.sheet.state(Values(reading.values, directory.terms, raw.sample)))
    except ValueError:
        return returned(Message(NOT_WHOLE_ROW), NOT_WHOLE_ROW_CURE)
    if any(isinstance(fact, Relationship) and fact.start == fact.end for fact in facts):
        return returned(Message(SELF_LOOP), SELF_LOOP_CURE)
    if earlier := directory.differing(facts):
        return returned(Message(DIFFERS, {"where": earlier}), DIFFERS_CURE)
    directory.learn(facts, where)
    observed = reading.values.get(table.sheet.observed or "")
    grade = reading.values.get("grade")
    return Row(
        where,
        facts,
        tuple(reading.problems),
        observed if isinstance(observed, date) else None,
        grade if isinstance(grade, Grade) else None,
    )


def _read_line(file: str, table: Table, line: Line, directory: Directory) -> _Reading:
    reading = _Reading()
    for column in table.sheet.columns:
        position = table.positions.get(column.title)
        raw = line.cells[position] if position is not None and position < len(line.cells) else None
        cell = f"{get_column_letter((position or 0) + 1)}{line.number}"
        if not plain(raw):
            if column.required:
                missing = BadCell(Message(MISSING, {"column": column.title}), Message(MISSING_CURE))
                reading.problems.append(_problem(file, table, cell, missing))
                reading.fatal = True
            continue
        try:
            value = _read_cell(column, raw, directory)
        except BadCell as bad:
            reading.problems.append(_problem(file, table, cell, bad))
            reading.fatal |= column.binding
            continue
        reading.values[column.field] = value
        if column.doubt and (doubt := column.doubt(value)):
            reading.problems.append(_problem(file, table, cell, doubt))
    return reading


def _read_cell(column: Column, raw: Raw, directory: Directory) -> object:
    check_formula(raw)
    if column.refers_to is None:
        return column.read(raw)
    if column.many:
        return [directory.find(column.refers_to, word) for word in read_words(raw)]
    return directory.find(column.refers_to, str(column.read(raw)))


def _problem(file: str, table: Table, cell: str, bad: BadCell) -> Message:
    place: dict[str, object] = {"file": file, "sheet": table.sheet.name, "cell": cell}
    return Message(PROBLEM, place | {"what": bad.what, "cure": bad.cure})


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
