"""A file into tables: sheets and headers found as a person finds them, what nobody knows noted, cells left raw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from graph.errors import SourceUnreadable
from graph.ids import normalise
from graph.messages import N_, Listed, Message
from loaders.workbook.cells import Raw, plain
from loaders.workbook.files import MAX_COLUMNS, Book, Tab, open_book
from loaders.workbook.sheets import BY_NAME, SAMPLE_MARK, SHEETS, Sheet
from loaders.workbook.words import FIELD_WORDS, NAME_WORDS, SHEET_WORDS, Heading, heading, index_words

HEADER_WITHIN = 12
REMARKS = (N_("位置"), N_("问题"), N_("怎么改"))
"""Columns a returned workbook has more; skipped without a word when it comes in again."""
ERRORS_SHEET = N_("错误")
_GUIDES = {"说明", "填写说明", "封面", "目录", "填表说明", ERRORS_SHEET}
EXAMPLE_MARK = N_("例：")
"""How the template's grey example row begins."""
_TOTALS = {"合计", "总计", "小计"}
_REMARK_LINES = ("注:", "备注:", "填表人", "填报人", "说明:", "制表人", "审核人:", "填表说明")

NO_KNOWN_SHEET = N_(
    "没有一张认识的工作表；应有 {sheets}。若是自己的名录，可用 ronglian workbook map 或网页上的导入向导"
)
UNKNOWN_SHEET = N_("{file}：不认识工作表“{sheet}”，未读取；认识的有 {sheets}")
NO_HEADER = N_("{file} {sheet}：前 {rows} 行中找不到表头，未读取；列名应有 {columns}")
UNKNOWN_COLUMNS = N_("{file} {sheet}：不认识这些列，未读取：{columns}")
MANY_COLUMNS = N_("{columns} 等 {count} 列")
REPEATED_COLUMN = N_("{file} {sheet}：列“{column}”出现多次，只读取第一个")
MISSING_COLUMN = N_("{file} {sheet}：缺少必填列“{column}”")
TOO_WIDE = N_("{file} {sheet}：只读取前 {limit} 列")
READ_AS = N_("{file}：工作表“{sheet}”按“{as_sheet}”读取")
SYNONYMS_USED = N_("{file} {sheet}：{pairs}")
READ_AS_COLUMN = N_("“{header}”按“{column}”读取")
LEFT_OUT_ROWS = N_("{file} {sheet}：第 {rows} 行是合计或说明，未读取")


@dataclass(frozen=True)
class Table:
    """A sheet as found.

    ``tab`` is what its tab reads, ``positions`` the places of the known columns among the cells, ``units`` what bare
    numbers of a column are counted in. ``rows`` are the rows below the header with ``numbers`` as in the file.
    """

    sheet: Sheet
    tab: str
    header: tuple[str, ...]
    positions: Mapping[str, int]
    rows: Sequence[Sequence[Raw]]
    numbers: Sequence[int]
    units: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Workbook:
    """A file as found; ``notes`` concern whole sheets and columns, ``made_on`` is the day it was last saved."""

    path: Path
    sample: bool
    made_on: date
    tables: tuple[Table, ...]
    notes: tuple[Message, ...]
    stamp: Mapping[str, str] = field(default_factory=dict)
    markable: bool = True
    before: Sequence[str] = ()

    @property
    def about(self) -> str:
        """The workbook this one is about: itself, or the one it came back from."""
        return self.stamp.get("about") or self.path.stem

    @property
    def firm(self) -> str | None:
        """The firm whose own profile this is, whichever way it came back."""
        return self.stamp.get("firm")

    @property
    def kind(self) -> str:
        """What it was written as; empty for a workbook from elsewhere."""
        return self.stamp.get("kind", "")

    @property
    def total(self) -> int:
        """The number of rows that are not empty."""
        return sum(len(table.rows) for table in self.tables)


@dataclass(frozen=True)
class Head:
    """Where a header is: its rows (first and last, from 0), the text of each column, and how well it is known."""

    first: int
    last: int
    headings: tuple[Heading, ...]
    texts: tuple[str, ...]
    score: int


def read(path: Path) -> Workbook:
    """Read a workbook.

    Raises:
        SourceMissing: when there is no such file.
        SourceUnreadable: when it is no spreadsheet, is cut off, or has none of the sheets.
    """
    return tabulate(path, open_book(path))


def tabulate(path: Path, book: Book) -> Workbook:
    """Find the known tables of a file.

    Raises:
        SourceUnreadable: when there is none.
    """
    tables: list[Table] = []
    notes: list[Message] = list(book.notes)
    seen = False
    for tab in book.tabs:
        if tab.name.startswith("_") or normalise(tab.name) in _GUIDES:
            continue
        sheet = _sheet_of(tab)
        if sheet is None:
            if any(map(any, tab.rows)):
                notes.append(Message(UNKNOWN_SHEET, {"file": path.name, "sheet": tab.name, "sheets": Listed(BY_NAME)}))
            continue
        seen = True
        if normalise(tab.name) != sheet.name:
            notes.append(Message(READ_AS, {"file": path.name, "sheet": tab.name, "as_sheet": sheet.name}))
        table, remarks = _tabulate(path.name, sheet, tab)
        notes += remarks
        if table:
            tables.append(table)
    if not seen or not tables:
        raise SourceUnreadable(path=path, reason=Message(NO_KNOWN_SHEET, {"sheets": Listed(BY_NAME)}))
    made = book.modified or datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return Workbook(
        path, _is_sample(book), made.date(), tuple(tables), tuple(notes), book.stamp, book.plain, book.before
    )


def _is_sample(book: Book) -> bool:
    tops = (plain(value) for tab in book.tabs for row in tab.rows[:1] for value in row)
    return book.category == SAMPLE_MARK or any(text.startswith(SAMPLE_MARK) for text in tops)


# --- which sheet -----------------------------------------------------------------------------------------------------

_SHEET_WORDS = index_words({name: SHEET_WORDS.get(name, ()) for name in BY_NAME})


def _sheet_of(tab: Tab) -> Sheet | None:
    """The sheet a tab is: by its name, else by its header when all that is required is there."""
    word = heading(tab.name).word.rstrip("0123456789").removesuffix("表") or tab.name
    for candidate in (heading(tab.name).word, word):
        if title := _SHEET_WORDS.get(candidate):
            return BY_NAME[title]
    best: tuple[int, Sheet] | None = None
    for sheet in SHEETS:
        head = find_head(tab, words_of(sheet))
        if head is None or head.score < 3:
            continue
        found = {words_of(sheet).get(one.word) for one in head.headings}
        if all(column.title in found for column in sheet.columns if column.required):
            score = 10 * head.score - len(sheet.columns)
            best = max(best or (0, sheet), (score, sheet), key=lambda pair: pair[0])
    return best[1] if best else None


_words: dict[str, dict[str, str]] = {}


def words_of(sheet: Sheet) -> dict[str, str]:
    """Words of headers to the titles of a sheet's columns."""
    if sheet.name not in _words:
        titles = {
            column.title: (NAME_WORDS.get(sheet.name, ()) if column.field == "name" else ())
            or FIELD_WORDS.get(column.field, ())
            for column in sheet.columns
        }
        _words[sheet.name] = index_words(titles)
    return _words[sheet.name]


# --- where the header is ---------------------------------------------------------------------------------------------


def spread(tab: Tab, within: int) -> list[list[str]]:
    """The texts of the first rows, with the text of merged cells in each of them."""
    rows = [[plain(value) for value in row[: MAX_COLUMNS + 1]] for row in tab.rows[:within]]
    for top, left, bottom, right in tab.merged:
        if top < len(rows) and left < len(rows[top]):
            text = rows[top][left]
            for row in rows[top : bottom + 1]:
                row.extend([""] * (min(right, MAX_COLUMNS) + 1 - len(row)))
                row[left : min(right, MAX_COLUMNS) + 1] = [text] * (min(right, MAX_COLUMNS) + 1 - left)
    return rows


def find_head(tab: Tab, words: Mapping[str, str]) -> Head | None:
    """Find the header: the row that knows most columns, with rows above and below that know some and hold no data."""
    rows = spread(tab, HEADER_WITHIN)
    read = [[heading(text) for text in row] for row in rows]
    counts = [len({words[one.word] for one in row if one.word in words}) for row in read]
    best = max(range(len(rows)), key=lambda row: counts[row], default=None)
    if best is None or not counts[best]:
        return None
    first = last = best
    while first > 0 and counts[first - 1] and _only_titles(read[first - 1], words, first - 1, tab):
        first -= 1
    while last + 1 < len(rows) and counts[last + 1] and _only_titles(read[last + 1], words, last + 1, tab):
        last += 1
    width = max(len(row) for row in rows[first : last + 1])
    headings, texts = [], []
    for column in range(width):
        stack = [
            (rows[number][column], read[number][column])
            for number in range(last, first - 1, -1)
            if column < len(rows[number]) and rows[number][column]
        ]
        text, found = next((pair for pair in stack if pair[1].word in words), stack[0] if stack else ("", Heading("")))
        texts.append(text)
        headings.append(found)
    known = len({words[one.word] for one in headings if one.word in words})
    return Head(first, last, tuple(headings), tuple(texts), known)


def _only_titles(row: Sequence[Heading], words: Mapping[str, str], number: int, tab: Tab) -> bool:
    """Whether a row beside the header belongs to it: every cell is a title, or a title merged over several columns."""
    wide = {
        column
        for top, left, bottom, right in tab.merged
        if top <= number <= bottom and (right > left or bottom > top)
        for column in range(left, right + 1)
    }
    return all(not one.word or one.word in words or column in wide for column, one in enumerate(row))


def _tabulate(file: str, sheet: Sheet, tab: Tab) -> tuple[Table | None, list[Message]]:
    """Find the header and where the known columns are; an empty sheet is neither a table nor worth a word."""
    place: dict[str, object] = {"file": file, "sheet": tab.name}
    if not any(map(any, tab.rows)):
        return None, []
    words = words_of(sheet)
    head = find_head(tab, words)
    if head is None:
        wanted = Listed(column.title for column in sheet.columns)
        return None, [Message(NO_HEADER, place | {"rows": HEADER_WITHIN, "columns": wanted})]
    positions, units, notes = _positions(sheet, head, place)
    rows, numbers, left_out = _body(tab, head)
    if left_out:
        shown = Listed(map(str, left_out), 10)
        notes.append(Message(LEFT_OUT_ROWS, place | {"rows": shown}))
    header = tuple(head.texts[:MAX_COLUMNS])
    return Table(sheet, tab.name, header, positions, rows, numbers, units), notes


def _positions(
    sheet: Sheet, head: Head, place: dict[str, object]
) -> tuple[dict[str, int], dict[str, str], list[Message]]:
    words = words_of(sheet)
    exact = {heading(column.title).word for column in sheet.columns}
    positions: dict[str, int] = {}
    units: dict[str, str] = {}
    unknown: list[str] = []
    pairs: list[Message] = []
    notes: list[Message] = []
    order = sorted(range(len(head.headings)), key=lambda index: head.headings[index].word not in exact)
    for index in order:
        found, text = head.headings[index], head.texts[index]
        title = words.get(found.word) if index < MAX_COLUMNS else None
        if title in positions:
            if found.word in exact:
                notes.append(Message(REPEATED_COLUMN, place | {"column": title}))
            else:
                unknown.append(text)
        elif title:
            positions[title] = index
            if found.unit:
                units[title] = found.unit
            if found.word not in exact:
                pairs.append(Message(READ_AS_COLUMN, {"header": text, "column": title}))
        elif text and text not in REMARKS and index < MAX_COLUMNS:
            unknown.append(text)
    notes += [Message(SYNONYMS_USED, place | {"pairs": pair}) for pair in pairs]
    if unknown:
        notes.append(Message(UNKNOWN_COLUMNS, place | {"columns": _abbreviated(unknown)}))
    if len(head.texts) > MAX_COLUMNS and head.texts[MAX_COLUMNS]:
        notes.append(Message(TOO_WIDE, place | {"limit": MAX_COLUMNS}))
    missing = [column.title for column in sheet.columns if column.required and column.title not in positions]
    notes += [Message(MISSING_COLUMN, place | {"column": title}) for title in missing]
    return positions, units, notes


def _body(tab: Tab, head: Head) -> tuple[list[list[Raw]], list[int], list[int]]:
    """Rows below the header with their numbers; empty ones, totals and remarks stay out, merged cells are filled in."""
    rows = tab.rows
    for top, left, bottom, right in tab.merged:
        if bottom > top > head.last and left < len(rows[top]):
            for row in rows[top + 1 : bottom + 1]:
                for column in range(left, min(right, MAX_COLUMNS) + 1):
                    row.extend([""] * (column + 1 - len(row)))
                    row[column] = rows[top][left]
    body = [row for row in rows[head.last + 1 :] if any(row)]
    numbers = [number for number, row in enumerate(rows[head.last + 1 :], head.last + 2) if any(row)]
    suspects = {index: [text for value in body[index] if (text := plain(value))] for index in _suspects(body)}
    asides = {index for index, texts in suspects.items() if is_aside(texts)}
    out = asides | {index for index, texts in suspects.items() if not texts or _is_example(texts)}
    left_out = [numbers[index] for index in sorted(asides)]
    if out:
        body = [row for index, row in enumerate(body) if index not in out]
        numbers = [number for index, number in enumerate(numbers) if index not in out]
    return body, numbers, left_out


def _suspects(body: Sequence[Sequence[Raw]]) -> list[int]:
    """Rows to look at twice: few of their cells hold anything, or they come first or last."""
    ends = {*range(min(3, len(body))), *range(max(0, len(body) - 8), len(body))}
    return sorted(ends | {index for index, row in enumerate(body) if not row[0] or not any(row[1:])})


def _is_example(texts: Sequence[str]) -> bool:
    return texts[0].startswith(plain(EXAMPLE_MARK)) or texts[0] in {"示例", "填写示例"}


def is_aside(texts: Sequence[str]) -> bool:
    """Whether a row is a total or a remark below the table."""
    if not texts:
        return False
    return texts[0].replace(" ", "") in _TOTALS or (len(texts) <= 2 and texts[0].startswith(_REMARK_LINES))


def _abbreviated(words: list[str], limit: int = 10) -> str | Message:
    shown = Listed(words[:limit])
    return shown if len(words) <= limit else Message(MANY_COLUMNS, {"columns": shown, "count": len(words)})
