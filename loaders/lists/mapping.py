"""How a foreign list is read: which column is what. Proposed with scores, mended by a person, kept under a name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pydantic import BaseModel, ConfigDict
from pydantic import Field as Declared
from rapidfuzz import fuzz

from graph.errors import InputError
from graph.messages import N_, Listed
from graph.model import LinkState, Stream
from loaders.lists.fields import TITLES, WORDS, Field, Look, cell_text, content_score, read_stream
from loaders.workbook.cells import Raw
from loaders.workbook.files import Book, Tab
from loaders.workbook.reader import EXAMPLE_MARK, HEADER_WITHIN, is_aside, spread
from loaders.workbook.words import heading

HEADER_WEIGHT, CONTENT_WEIGHT = 0.6, 0.4
_SAYS_NOTHING = re.compile(
    r"(?i)(?:sheet|工作表|表|数据|汇总|data|book|list|lists|firms?|company|companies|enterprises?|segments?|chains?|export|region|企业|(?:产业)?链?(?:图谱|全景图?|地图)?)?\s*\d*"
)
"""Names of sheets and files that name no chain."""
_IS_PLACE = re.compile(r"(?:省|市|区|县|镇|乡|街道)$")
SURE = 0.4
"""The score from which a column is taken for what it seems to be."""
SAMPLES = 4


class UnknownColumn(InputError):
    """A column that the list does not have."""

    message = N_("名录中没有列“{column}”")
    cure = N_("现有的列：{columns}")


class UnknownSheet(InputError):
    """A sheet that the file does not have, or none that holds a table."""

    message = N_("没有可读的工作表“{sheet}”")
    cure = N_("请确认工作表名称；表格至少要有一行列名和一行内容")


class UnknownField(InputError):
    """A field that a list cannot have."""

    message = N_("没有字段“{field}”")
    cure = N_("可选：{fields}")


class ColumnMap(BaseModel):
    """A column: its header as in the file, what it is, and where its header itself says the stream or the segment."""

    model_config = ConfigDict(frozen=True)

    header: str
    field: Field
    stream: Stream | None = None
    segment: str | None = None


class ListMapping(BaseModel):
    """How a list is read. ``chain``, ``stream`` and ``place`` hold where the list itself does not say."""

    model_config = ConfigDict(frozen=True)

    columns: tuple[ColumnMap, ...]
    chain: str | None = None
    stream: Stream | None = None
    place: str | None = None
    state: LinkState = Declared(LinkState.UNCERTAIN, description="what the list's links are worth")

    def uses(self, wanted: Field) -> bool:
        """Whether any column is this field."""
        return any(column.field is wanted for column in self.columns)


@dataclass(frozen=True)
class Candidate:
    """A field a column may be, with the parts of its score."""

    field: Field
    header: float
    content: float | None

    @property
    def score(self) -> float:
        """The header's part and the cells' part, 0 to 1; where cells tell nothing the header stands alone."""
        if self.content is None:
            return round(0.85 * self.header, 3)
        return round(HEADER_WEIGHT * self.header + CONTENT_WEIGHT * self.content, 3)

    @property
    def parts(self) -> tuple[float, float]:
        """What header and cells add to the score."""
        if self.content is None:
            return self.score, 0.0
        return round(HEADER_WEIGHT * self.header, 3), round(self.score - round(HEADER_WEIGHT * self.header, 3), 3)


@dataclass(frozen=True)
class Proposal:
    """What a column seems to be, what else it may be, and what it holds."""

    column: ColumnMap
    candidates: tuple[Candidate, ...]
    samples: tuple[str, ...]


@dataclass
class Grid:
    """A sheet of a list: headers, and the rows below with their numbers."""

    tab: str
    headers: tuple[str, ...]
    tops: tuple[str, ...]
    rows: list[list[str]]
    raw: list[list[Raw]]
    numbers: list[int]
    title: str = ""
    file: str = ""

    def cells(self, column: int) -> list[str]:
        """A column from top to bottom."""
        return [row[column] if column < len(row) else "" for row in self.rows]


# --- the grid --------------------------------------------------------------------------------------------------------

_ALL_WORDS = {heading(word).word for words in WORDS.values() for word in words}


def grids(book: Book, file: str = "") -> list[Grid]:
    """The sheets of a file that hold a table; ``file`` is its name, which may say which chain it is about."""
    found = (grid_of(tab, file) for tab in book.tabs if not tab.name.startswith("_"))
    return [grid for grid in found if grid is not None and grid.rows]


def grid_of(tab: Tab, file: str = "") -> Grid | None:
    """Find the header of a sheet nobody prepared: the row with most different words, those known counting more."""
    tops = spread(tab, HEADER_WITHIN)
    scored = [(_header_score(row), -number) for number, row in enumerate(tops)]
    if not scored or max(scored)[0] < 2:
        return None
    best = -max(scored)[1]
    if best + 1 < len(tops) and _is_second_row(tops[best], tops[best + 1]):
        best += 1
    width = len(tops[best])
    above = tops[best - 1] if best and len(set(filter(None, tops[best - 1]))) > 1 else []
    headers, over = [], []
    for column in range(width):
        own = tops[best][column]
        top = above[column] if column < len(above) else ""
        headers.append(own or top)
        over.append(top if top != own else "")
    title = next((text for row in tops[:best] for text in row if text and len(set(filter(None, row))) == 1), "")
    raw, numbers = _body(tab, best)
    rows = [[cell_text(value) for value in row] for row in raw]
    return Grid(tab.name, _unique(headers), tuple(over), rows, raw, numbers, title, file)


def _header_score(row: Sequence[str]) -> float:
    """How much a row looks like a header: words of headers, several streams, no firm and no figure."""
    texts = {text for text in row if text}
    if len(texts) < 2:
        return 0.0
    known = sum(heading(text).word in _ALL_WORDS for text in texts)
    streams = sum(len(text) <= 10 and read_stream(text) is not None for text in texts)
    words = sum(len(text) <= 20 and not text.replace(".", "").isdigit() for text in texts)
    if known < 2 and any("公司" in text or len(text) > 30 for text in texts):
        return 0.0
    return 3 * known + (2 * streams if streams > 1 or known else 0) + min(words, 3) * 0.5 + 1


def _is_second_row(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether the row below belongs to the header: it splits what is merged above it, and holds words, not firms."""
    merged = any(one and one == other for one, other in pairwise(first))
    texts = [text for text in second if text]
    changed = any(a != b for a, b in zip(first, second, strict=False) if b)
    firms = sum("公司" in text for text in texts)
    return merged and changed and bool(texts) and firms == 0 and len(set(texts)) >= 2


def _unique(headers: Sequence[str]) -> tuple[str, ...]:
    """Headers with a number behind those that come again, and a letter for those without a word."""
    seen: dict[str, int] = {}
    found = []
    for number, header in enumerate(headers, start=1):
        name = " ".join(header.split()) or f"第{number}列"
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name}（{seen[name]}）")
    return tuple(found)


def _body(tab: Tab, head: int) -> tuple[list[list[Raw]], list[int]]:
    rows = [list(row) for row in tab.rows]
    for top, left, bottom, right in tab.merged:
        if top > head and top < len(rows) and left < len(rows[top]):
            for row in rows[top : bottom + 1]:
                for column in range(left, right + 1):
                    row.extend([""] * (column + 1 - len(row)))
                    row[column] = rows[top][left]
    kept = [(number, row) for number, row in enumerate(rows[head + 1 :], start=head + 2) if _says_something(row)]
    return [row for _, row in kept], [number for number, _ in kept]


def _says_something(row: Sequence[Raw]) -> bool:
    """Whether a row below the header is one of the list: not empty, no example, total or remark."""
    texts = [text for value in row if (text := cell_text(value))]
    return bool(texts) and not texts[0].startswith(cell_text(EXAMPLE_MARK)) and not is_aside(texts)


# --- the proposal ----------------------------------------------------------------------------------------------------


def header_score(field_: Field, header: str) -> float:
    """How well a header fits a field: 1 for one of its words, less for a word inside it or one alike."""
    word = heading(header).word
    words = [heading(one).word for one in WORDS[field_]]
    if word in words:
        return 1.0 - 0.02 * min(words.index(word), 10)
    inside = [one for one in words if len(one) >= (4 if one.isascii() else 2) and one in word]
    if inside:
        return 0.55 + 0.3 * max(map(len, inside)) / len(word)
    return max((fuzz.ratio(word, one) / 100 for one in words), default=0.0) * 0.5


def propose(grid: Grid, known_chains: frozenset[str] = frozenset()) -> tuple[ListMapping, tuple[Proposal, ...]]:
    """Propose how a list is read: every column with its score, the fields it may be besides, and what it holds."""
    looks = [Look.of(grid.cells(column), known_chains) for column in range(len(grid.headers))]
    options = [_candidates(header, look) for header, look in zip(grid.headers, looks, strict=True)]
    chosen = _assign(grid, options, looks)
    mapping = ListMapping(columns=tuple(chosen))
    if not mapping.uses(Field.CHAIN) and not _chain_around(grid):
        mapping = _chain_from_parent(mapping, grid) or mapping
    samples = [
        tuple(dict.fromkeys(text for text in grid.cells(number) if text))[:SAMPLES] for number in range(len(chosen))
    ]
    proposals = zip(mapping.columns, options, samples, strict=True)
    return mapping, tuple(Proposal(column, tuple(some[:3]), values) for column, some, values in proposals)


def _candidates(header: str, look: Look) -> list[Candidate]:
    found = []
    for field_ in Field:
        content = content_score(field_, look)
        found.append(
            Candidate(field_, round(header_score(field_, header), 3), None if content is None else round(content, 3))
        )
    return sorted(found, key=lambda one: -one.score)


def _assign(grid: Grid, options: Sequence[Sequence[Candidate]], looks: Sequence[Look]) -> list[ColumnMap]:
    """Give columns their fields, the surest first; a field that only one column can be is given once."""
    chosen: dict[int, ColumnMap] = {}
    for number, (header, look) in enumerate(zip(grid.headers, looks, strict=True)):
        if found := _said_by_header(header, grid.tops[number], look):
            chosen[number] = found
    split = any(column.stream for column in chosen.values())
    order = sorted(
        ((one.score, number, one.field) for number, some in enumerate(options) for one in some if number not in chosen),
        key=lambda item: (-item[0], item[1]),
    )
    taken: set[Field] = {Field.STREAM} if split else set()
    if any(column.field is Field.FIRM for column in chosen.values()):
        taken.add(Field.FIRM)
    for score, number, field_ in order:
        again = field_ is Field.IGNORED or (
            field_ is Field.PLACE and header_score(field_, grid.headers[number]) >= SURE
        )
        if number in chosen or score < SURE or (field_ in taken and not again):
            continue
        chosen[number] = ColumnMap(header=grid.headers[number], field=field_)
        taken.add(field_)
    columns = [
        chosen.get(number) or ColumnMap(header=header, field=Field.IGNORED)
        for number, header in enumerate(grid.headers)
    ]
    return _levels(columns, looks, split=split)


def _said_by_header(header: str, top: str, look: Look) -> ColumnMap | None:
    """A column whose header names a stream, or whose two headers name a stream and a segment above firms."""
    over = read_stream(top) if top else None
    own = read_stream(header) if len(header) <= 14 else None
    word = heading(header).word
    if own and header_score(Field.STREAM, header) < 0.9:
        return ColumnMap(header=header, field=_content_field(header, look), stream=own)
    if over:
        if word in _ALL_WORDS:
            return ColumnMap(header=header, field=_content_field(header, look), stream=over)
        if look.firms >= 0.5:
            return ColumnMap(header=header, field=Field.FIRM, stream=over, segment=header.split("（", maxsplit=1)[0])
    return None


def _content_field(header: str, look: Look) -> Field:
    segment = max(header_score(one, header) for one in (Field.SEGMENT, Field.PARENT))
    firm = header_score(Field.FIRM, header)
    if look.filled == 0:
        return Field.IGNORED
    if look.firms >= 0.5 or (firm > segment and look.firms >= 0.2):
        return Field.FIRM
    return Field.SEGMENT


def _levels(columns: list[ColumnMap], looks: Sequence[Look], *, split: bool) -> list[ColumnMap]:
    """Of two levels of segments the one with fewer different cells is the upper one; one level alone is the segment."""
    parent = next((n for n, one in enumerate(columns) if one.field is Field.PARENT), None)
    segment = next((n for n, one in enumerate(columns) if one.field is Field.SEGMENT and not one.stream), None)
    if parent is not None and segment is None and not split:
        columns[parent] = columns[parent].model_copy(update={"field": Field.SEGMENT})
    elif parent is not None and segment is not None and looks[parent].distinct > looks[segment].distinct:
        columns[parent] = columns[parent].model_copy(update={"field": Field.SEGMENT})
        columns[segment] = columns[segment].model_copy(update={"field": Field.PARENT})
    return columns


def _chain_around(grid: Grid) -> str | None:
    """The chain that a title or the sheet's name speaks of."""
    return _chain_in(grid.title) or _chain_in(grid.tab)


_LEVEL = re.compile(r"环节|节点|segment|link")


def _chain_from_parent(mapping: ListMapping, grid: Grid) -> ListMapping | None:
    """Where nothing else names the chain, the upper of two levels does, unless it is plainly a level of segments."""
    if not mapping.uses(Field.PARENT) or not mapping.uses(Field.SEGMENT):
        return None
    parent = next(one for one in mapping.columns if one.field is Field.PARENT)
    if _LEVEL.search(heading(parent.header).word) or _within_streams(mapping, grid):
        return None
    lifted = [
        one.model_copy(update={"field": Field.CHAIN}) if one.field is Field.PARENT else one for one in mapping.columns
    ]
    return mapping.model_copy(update={"columns": tuple(lifted)})


def _within_streams(mapping: ListMapping, grid: Grid) -> bool:
    """Whether each cell of the upper level stands in one stream only: a chain would run through several."""
    at = {one.field: number for number, one in enumerate(mapping.columns)}
    if Field.STREAM not in at:
        return False
    streams: dict[str, set[str]] = {}
    upper = stream = ""
    for row in grid.rows:
        cells = [row[at[one]] if at[one] < len(row) else "" for one in (Field.PARENT, Field.STREAM)]
        upper, stream = cells[0] or upper, cells[1] or stream
        streams.setdefault(upper, set()).add(stream)
    return len(streams) > 1 and all(len(found) == 1 for found in streams.values())


def _chain_name(name: str) -> str | None:
    """A chain's name out of that of a file or sheet; None where that says nothing."""
    bare = re.sub(
        r"(?:重点|规上|相关|代表)?(?:企业|单位)?(?:名录|名单|清单|汇总表?|明细|台账|情况|一览)?表?$", "", name
    )
    bare = _chain_in(name) or bare.strip(" 0123456789-_.（）()")
    return None if not bare or _SAYS_NOTHING.fullmatch(bare) or _IS_PLACE.search(bare) else bare


def _chain_in(text: str) -> str | None:
    at = text.find("产业链")
    if at > 0:
        head = (
            text[:at]
            .rsplit("市", maxsplit=1)[-1]
            .rsplit("区", maxsplit=1)[-1]
            .rsplit("省", maxsplit=1)[-1]
            .strip(" 《“0123456789.、年")
        )
        return head or None
    return None


# --- mending ---------------------------------------------------------------------------------------------------------


def mend(mapping: ListMapping, changes: Sequence[tuple[str, str]]) -> ListMapping:
    """Set columns to other fields, both by the words a person sees.

    Raises:
        UnknownColumn: when there is no such column.
        UnknownField: when there is no such field.
    """
    by_title = {title: field_ for field_, title in TITLES.items()} | {field_.value: field_ for field_ in Field}
    columns = list(mapping.columns)
    for header, title in changes:
        at = next((n for n, one in enumerate(columns) if one.header == header), None)
        if at is None:
            at = next((n for n, one in enumerate(columns) if heading(one.header).word == heading(header).word), None)
        if at is None:
            raise UnknownColumn(column=header, columns=Listed(one.header for one in columns))
        if title not in by_title:
            raise UnknownField(field=title, fields=Listed(TITLES.values()))
        columns[at] = columns[at].model_copy(update={"field": by_title[title]})
    return mapping.model_copy(update={"columns": tuple(columns)})


def fit(mapping: ListMapping, grid: Grid) -> ListMapping:
    """A mapping for a table: columns by the word of their header, in the table's order.

    Where no column says the chain, the title does, else the name of the sheet or of the file.
    """
    known: Mapping[str, ColumnMap] = {heading(one.header).word: one for one in mapping.columns}
    columns = []
    for header in grid.headers:
        found = known.get(heading(header).word)
        columns.append(
            found.model_copy(update={"header": header}) if found else ColumnMap(header=header, field=Field.IGNORED)
        )
    says_stream = any(one.stream or one.field is Field.STREAM for one in columns)
    says_chain = any(one.field is Field.CHAIN for one in columns)
    around = _chain_around(grid) or _chain_name(grid.tab) or _chain_name(grid.file)
    return mapping.model_copy(
        update={
            "columns": tuple(columns),
            "chain": mapping.chain or (None if says_chain else around),
            "stream": mapping.stream or (None if says_stream else read_stream(grid.tab)),
        }
    )


def chosen_grids(found: Sequence[Grid], sheet: str | None = None) -> list[Grid]:
    """The tables of a file to read: the sheet asked for, else the longest one and all that have its columns.

    Raises:
        UnknownSheet: when there is no such sheet, or none with a table.
    """
    if sheet is not None:
        found = [grid for grid in found if grid.tab == sheet]
    if not found:
        raise UnknownSheet(sheet=sheet or "—")
    main = max(found, key=lambda grid: len(grid.rows))
    words = {heading(header).word for header in main.headers}
    alike = [grid for grid in found if len(words & {heading(one).word for one in grid.headers}) >= 0.8 * len(words)]
    return [main, *(grid for grid in alike if grid is not main)]


def likeness(mapping: ListMapping, grid: Grid) -> float:
    """How much of a kept mapping's headers a file has."""
    wanted = {heading(one.header).word for one in mapping.columns if one.field is not Field.IGNORED}
    there = {heading(header).word for header in grid.headers}
    return len(wanted & there) / len(wanted) if wanted else 0.0
