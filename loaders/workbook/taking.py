"""The cells of a table into values, column by column: what occurs often is read once, what is wrong is kept apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from operator import itemgetter

from openpyxl.utils import get_column_letter

from graph.ids import normalise
from graph.messages import N_, Message
from graph.model import Enterprise
from loaders.workbook.cells import BLANKS, BadCell, Raw, check_formula, plain, read_text, read_words
from loaders.workbook.columns import Column, Kind
from loaders.workbook.known import Directory, Token, identify
from loaders.workbook.reader import Table

PROBLEM = N_("{file} {sheet}!{cell}：{what}。{cure}")
MISSING = N_("缺少“{column}”")
MISSING_CURE = N_("请填写，这一列必填")
DIFFERS = N_("与 {where} 行说的是同一件事，但内容不同")
DIFFERS_CURE = N_("请只留一行；若是两件事，请用不同的编号或名称")
SELF_LOOP = N_("两端是同一家企业")
SELF_LOOP_CURE = N_("请改正其中一端")

# A cell that begins like this may be a formula or an error value.
_ODD = " =＝﹦#＃"
_OUT_OF_ORDER = re.compile(r"(?:^|\|)[ =＝﹦#＃]| (?:\||$)")


class Level(Enum):
    """What a problem does: sends the row back, leaves the cell out, or is only a doubt about a value that is kept."""

    RETURNED = "returned"
    OMITTED = "omitted"
    DOUBTED = "doubted"


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that needs a person: where it is, what is wrong, how to mend it."""

    sheet: str
    row: int
    column: int
    what: Message
    cure: Message
    level: Level

    @property
    def cell(self) -> str:
        """The cell as a spreadsheet names it."""
        return f"{get_column_letter(self.column + 1)}{self.row}"

    @property
    def where(self) -> str:
        """The row it is in."""
        return f"{self.sheet}!{self.row}"

    def message(self, file: str) -> Message:
        """The problem as one sentence."""
        place = {"file": file, "sheet": self.sheet, "cell": self.cell, "level": self.level.value}
        return Message(PROBLEM, {**place, "what": self.what, "cure": self.cure})


@dataclass
class Taken:
    """A table that was read: values by field, one a row; problems and returned rows by the row's index."""

    table: Table
    values: dict[str, Sequence[object]]
    problems: dict[int, list[Problem]] = field(default_factory=dict)
    returned: set[int] = field(default_factory=set)
    _folded: dict[str, Sequence[object]] = field(default_factory=dict, repr=False)

    @cached_property
    def tokens(self) -> list[Token | None]:
        """What rows can be referred to by; None where a row lacks what it needs."""
        naming = self.table.sheet.names
        assert naming is not None
        return naming.tokens(*map(self.folded, naming.fields))

    def folded(self, name: str) -> Sequence[object]:
        """A column with its texts folded as for ids."""
        if name not in self._folded:
            values = self.values[name]
            distinct = set(map(type, values))
            if str in distinct:
                apart = set(values)
                if not _folded_already(apart):
                    texts = {value: normalise(value) if isinstance(value, str) else value for value in apart}
                    values = list(map(texts.__getitem__, values))
            self._folded[name] = values
        return self._folded[name]

    def where(self, index: int) -> str:
        """How a row is named."""
        return f"{self.table.tab}!{self.table.numbers[index]}"

    def add(self, index: int, column: int, bad: BadCell, level: Level) -> None:
        """Note a problem."""
        problem = Problem(self.table.tab, self.table.numbers[index], column, bad.what, bad.cure, level)
        self.problems.setdefault(index, []).append(problem)
        if level is Level.RETURNED:
            self.returned.add(index)

    def row(self, index: int) -> dict[str, object]:
        """The values of a row."""
        return {name: value for name, column in self.values.items() if (value := column[index]) is not None}


def take(table: Table, directory: Directory) -> Taken:
    """Read a table; what its rows are called is learnt, for the tables after it."""
    taken = Taken(table, {})
    cells = _columns(table)
    for column in table.sheet.columns:
        _take_column(taken, column, cells.get(column.title), directory)
    _refuse_loops(taken)
    _refuse_differing(taken)
    _learn(taken, directory)
    return taken


def _columns(table: Table) -> dict[str, Sequence[Raw]]:
    """The cells of each known column, top to bottom."""
    if not table.positions or not table.rows:
        return {}
    width = max(table.positions.values()) + 1
    rows = table.rows
    if min(map(len, rows)) < width:
        rows = [row if len(row) >= width else [*row, *[""] * (width - len(row))] for row in rows]
    return {title: list(map(itemgetter(index), rows)) for title, index in table.positions.items()}


def _take_column(taken: Taken, column: Column, raws: Sequence[Raw] | None, directory: Directory) -> None:
    size = len(taken.table.rows)
    position = taken.table.positions.get(column.title, 0)
    if raws is None:
        taken.values[column.field] = [None] * size
        if column.required:
            missing = BadCell(Message(MISSING, {"column": column.title}), Message(MISSING_CURE))
            for index in range(size):
                taken.add(index, position, missing, Level.RETURNED)
        return
    reader = _Reader(column, directory, _unit(taken.table, column, raws))
    found, bad = reader.all(raws)
    taken.values[column.field] = found
    for index, problem in bad:
        level = Level.RETURNED if column.binding else Level.OMITTED
        taken.add(index, position, problem, level)
    for index, problem in reader.doubts(raws, found):
        taken.add(index, position, problem, Level.DOUBTED)


def _unit(table: Table, column: Column, raws: Sequence[Raw]) -> str:
    """What bare numbers are counted in; percent over a column of fractions means that Excel shows them as percent."""
    unit = table.units.get(column.title, "")
    if column.kind not in {Kind.NUMBER, Kind.WHOLE, Kind.SHARE}:
        return ""
    if unit == "%" and not any(isinstance(raw, (int, float)) and raw > 1 for raw in raws):
        return "" if column.kind is Kind.SHARE else unit
    return unit


class _Reader:
    """Reads a column; equal cells are read once."""

    def __init__(self, column: Column, directory: Directory, unit: str) -> None:
        self._column = column
        self._directory = directory
        self._unit = unit
        self._blanks = frozenset({""}) if column.kind is Kind.FLAG else BLANKS
        self._read = self._referred if column.refers_to else column.read

    def all(self, raws: Sequence[Raw]) -> tuple[list[object], list[tuple[int, BadCell]]]:
        """Values, None where there is none, and the cells that cannot be taken."""
        distinct = set(raws)
        if distinct == {""} and not self._column.required:
            return [None] * len(raws), []
        keys = _keys(raws)
        if keys is raws:
            if (plain_column := self._at_once(raws, distinct)) is not None:
                return plain_column, []
            memo = self._memo(distinct)
        else:
            memo = {key: self._one(raw) for key, raw in zip(keys, raws, strict=True)}
        found = list(map(memo.__getitem__, keys))
        if BadCell not in set(map(type, memo.values())):
            return found, []
        bad = [(index, value) for index, value in enumerate(found) if isinstance(value, BadCell)]
        for index, _ in bad:
            found[index] = None
        return found, bad

    def doubts(self, raws: Sequence[Raw], found: Sequence[object]) -> Iterator[tuple[int, BadCell]]:
        """What is doubtful about values that were taken."""
        doubt, unsure = self._column.doubt, self._column.unsure
        if not (doubt or unsure) or found.count(None) == len(found):
            return
        memo: dict[object, BadCell | None] = {}
        for index, (key, raw, value) in enumerate(zip(_keys(raws), raws, found, strict=True)):
            if value is None:
                continue
            if key not in memo:
                memo[key] = (doubt(value) if doubt else None) or (unsure(raw) if unsure else None)
            if problem := memo[key]:
                yield index, problem

    def _at_once(self, raws: Sequence[Raw], distinct: set[Raw]) -> list[object] | None:
        """The whole column where every cell is as it should be already; None where any needs a look."""
        column, filled = self._column, distinct - {""}
        if self._unit or (column.required and len(filled) < len(distinct)):
            return None
        kinds = set(map(type, filled))
        if kinds == {str} and column.read is read_text and not column.refers_to:
            if self._blanks.isdisjoint(filled) and in_order(filled):  # type: ignore[arg-type]
                return list(raws) if len(filled) == len(distinct) else [raw or None for raw in raws]
        elif kinds == {float} and column.kind is Kind.WHOLE:
            whole = all(map(float.is_integer, filled))  # type: ignore[arg-type]
            if whole and column.allows(filled):
                return [None if raw == "" else int(raw) for raw in raws]  # type: ignore[arg-type]
        return None

    def _memo(self, distinct: Iterable[Raw]) -> dict[object, object]:
        """Read each of the cells; the ordinary ones without the questions that only odd ones raise."""
        read, blanks, memo = self._read, self._blanks, dict[object, object]()
        ordinary = not self._unit
        for raw in distinct:
            kind = type(raw)
            if ordinary and (kind is float or (kind is str and raw and raw.isprintable() and raw[0] not in _ODD)):  # type: ignore[union-attr,index]
                if raw in blanks:
                    memo[raw] = self._nothing()
                    continue
                try:
                    memo[raw] = read(raw)
                except BadCell as bad:
                    memo[raw] = bad
            else:
                memo[raw] = self._one(raw)
        return memo

    def _one(self, raw: Raw) -> object:
        if raw is None or raw == "" or (isinstance(raw, str) and plain(raw) in self._blanks):
            return self._nothing()
        try:
            check_formula(raw)
            return self._read(_counted(raw, self._unit) if self._unit else raw)
        except BadCell as bad:
            return bad

    def _referred(self, raw: Raw) -> object:
        column = self._column
        assert column.refers_to is not None
        if column.many:
            return [self._directory.find(column.refers_to, word) for word in read_words(raw)]
        return self._directory.find(column.refers_to, str(column.read(raw)))

    def _nothing(self) -> object:
        if not self._column.required:
            return None
        return BadCell(Message(MISSING, {"column": self._column.title}), Message(MISSING_CURE))


def in_order(texts: Iterable[str]) -> bool:
    """Whether no text has an invisible character, an outer space, or the beginning of a formula."""
    joined = "|".join(texts)
    return joined.isprintable() and not _OUT_OF_ORDER.search(joined)


def _folded_already(values: Iterable[object]) -> bool:
    """Whether folding texts for ids would change none of them."""
    joined = "|".join(value for value in values if isinstance(value, str))
    return (
        "  " not in joined
        and joined.isprintable()
        and unicodedata.is_normalized("NFKC", joined)
        and joined.casefold() == joined
        and not _OUT_OF_ORDER.search(joined)
    )


def _keys(raws: Sequence[Raw]) -> Sequence[object]:
    """What tells cells apart: in Python True equals 1, so a mixed column needs the types as well."""
    kinds = set(map(type, raws))
    return raws if bool not in kinds or len(kinds) == 1 else list(zip(map(type, raws), raws, strict=True))


def _counted(raw: Raw, unit: str) -> Raw:
    """A bare number with the unit of its header."""
    if isinstance(raw, bool) or not isinstance(raw, (int, float, str)):
        return raw
    text = plain(raw)
    return f"{text}{unit}" if text and text[-1].isdigit() else raw


def _fields(taken: Taken, names: Iterable[str]) -> Iterator[tuple[object, ...]]:
    return zip(*(taken.values[name] for name in names), strict=True)


def _refuse_loops(taken: Taken) -> None:
    if not taken.table.sheet.ends:
        return
    for index, (one, other) in enumerate(_fields(taken, taken.table.sheet.ends)):
        if one is not None and one == other:
            taken.add(index, 0, BadCell(Message(SELF_LOOP), Message(SELF_LOOP_CURE)), Level.RETURNED)


def _refuse_differing(taken: Taken) -> None:
    """Send back a row that says something else about the same thing than one before it."""
    keys = row_keys(taken)
    if len(set(keys)) == len(keys):
        return
    seen: dict[object, int] = {}
    twice: list[tuple[int, int]] = []
    for index, key in enumerate(keys):
        earlier = seen.setdefault(key, index)
        if earlier != index:
            if earlier in taken.returned:
                seen[key] = index
            elif index not in taken.returned:
                twice.append((index, earlier))
    for index, earlier in twice:
        if any(values[index] != values[earlier] for values in taken.values.values()):
            where = Message(DIFFERS, {"where": taken.where(earlier)})
            taken.add(index, 0, BadCell(where, Message(DIFFERS_CURE)), Level.RETURNED)


def row_keys(taken: Taken) -> list[object]:
    """What tells which thing each row of a table is about."""
    sheet = taken.table.sheet
    if not sheet.key and sheet.names:
        return list(taken.tokens)
    columns = [taken.values[name] if sheet.fields[name].refers_to else taken.folded(name) for name in sheet.key]
    return list(columns[0]) if len(columns) == 1 else list(zip(*columns, strict=True))


def stated(taken: Taken, index: int) -> dict[str, object]:
    """The values of a row, references as ids."""
    fields = taken.table.sheet.fields
    return {name: _identified(value) if fields[name].refers_to else value for name, value in taken.row(index).items()}


def _identified(value: object) -> object:
    if isinstance(value, list):
        return [_identified(one) for one in value]
    return identify(value) if isinstance(value, (str, tuple)) else value


def _learn(taken: Taken, directory: Directory) -> None:
    naming = taken.table.sheet.names
    if not naming:
        return
    tokens = taken.tokens
    if directory.subject and tokens and taken.table.sheet.name == Enterprise.TITLE:
        tokens[0] = directory.subject
    good = [index for index in range(len(tokens)) if index not in taken.returned and tokens[index] is not None]
    whole = len(good) == len(tokens)
    learnt = tokens if whole else [tokens[index] for index in good]
    for kind, word in naming.words:
        words = taken.folded(word)
        directory.learn(kind, words if whole else [words[index] for index in good], learnt)
