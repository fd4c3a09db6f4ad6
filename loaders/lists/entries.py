"""The rows of a foreign list into entries: chain, stream, segment, firms; what cannot be read comes back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from stdnum.cn import uscc

from graph.ids import as_digits, normalise
from graph.messages import N_, Listed, Message
from graph.model import Stream
from loaders.lists.fields import Field, read_stream, split_firms, stream_of
from loaders.lists.mapping import ColumnMap, Grid, ListMapping, fit
from loaders.workbook.cells import BLANKS, BadCell, read_date

NO_CHAIN = N_("{where}：没有写明产业链；请在映射中指定产业链名称，或补上“产业链”列")
NO_SEGMENT = N_("{where}：没有写明环节")
NO_STREAM = N_("环节“{segment}”没有写明上、中、下游，暂列中游；请在名录中补上后重新载入")
TWO_STREAMS = N_("环节“{segment}”在名录中既列{streams}，按多数列为{chosen}")
UNREAD_STREAM = N_("{where}：“{value}”不是上游、中游或下游，未采用")
UNREAD_CODE = N_("{where}：“{value}”不是 18 位统一社会信用代码，未采用")
UNREAD_DATE = N_("{where}：“{value}”不是日期，未采用")
FORMULA = N_("{where}：“{value}”是公式，不会被计算；请换成值本身")
TOO_LONG = N_("{where}：“{value}…”超过 {limit} 字，不像一个名称，未采用")
NO_FIRM = frozenset(
    {*BLANKS, "待引进", "空白", "缺", "缺失", "待招引", "招引中", "待培育", "本地无", "暂缺", "待补充", "没有"}
)
"""What stands where no firm is."""
MAX_NAME = 60
_STREAM_FIRST = re.compile(r"^([上中下]游|upstream|midstream|downstream)\s*[-—–－:：/·|]+\s*(\S.*)$", re.IGNORECASE)
"""A segment that begins with its stream: 上游-原材料."""
_GROUPS = (Field.CHAIN, Field.STREAM, Field.PARENT, Field.SEGMENT)
STREAM_TITLES = {
    Stream.UPSTREAM: N_("上游"),
    Stream.MIDSTREAM: N_("中游"),
    Stream.DOWNSTREAM: N_("下游"),
    Stream.SUPPORTING: N_("配套"),
}


@dataclass(frozen=True)
class Entry:
    """What a row says: firms of a segment. ``uscc``, ``place`` and the like belong to its only firm."""

    where: str
    chain: str
    segment: str
    parent: str | None
    stream: Stream | None
    firms: tuple[str, ...]
    uscc: str | None = None
    short_name: str | None = None
    place: str | None = None
    products: tuple[str, ...] = ()
    evidence: str | None = None
    checked_on: date | None = None
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True)
class Refused:
    """A row nothing can be taken from."""

    where: str
    reason: Message


@dataclass
class Outline:
    """Chains and segments a list speaks of: streams by (chain, segment), what is above, in the order of the list."""

    chains: dict[str, str] = field(default_factory=dict)
    segments: dict[tuple[str, str], Counter[Stream]] = field(default_factory=dict)
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    parents: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    firms: set[str] = field(default_factory=set)
    links: int = 0

    def add(self, entry: Entry) -> None:
        """Take up what an entry speaks of."""
        chain = normalise(entry.chain)
        self.chains.setdefault(chain, entry.chain)
        own = self._segment(chain, entry.segment, entry.stream)
        if entry.parent and normalise(entry.parent) != own[1]:
            above = self._segment(chain, entry.parent, entry.stream)
            if self.parents.get(above) != own:
                self.parents.setdefault(own, above)
        self.firms |= {normalise(name) for name in entry.firms}
        self.links += len(entry.firms)

    def _segment(self, chain: str, name: str, stream: Stream | None) -> tuple[str, str]:
        key = (chain, normalise(name))
        self.names.setdefault(key, name)
        self.segments.setdefault(key, Counter()).update([stream] if stream else [])
        return key

    def stream(self, key: tuple[str, str]) -> tuple[Stream, Message | None]:
        """Where a segment stands, and what is doubtful about it."""
        counted = self.segments[key] or self.segments.get(self.parents.get(key, key), Counter())
        name = self.names[key]
        if not counted:
            return Stream.MIDSTREAM, Message(NO_STREAM, {"segment": name})
        ranked = counted.most_common()
        if len(ranked) == 1:
            return ranked[0][0], None
        streams = Listed(STREAM_TITLES[one] for one, _ in ranked)
        said: dict[str, object] = {"segment": name, "streams": streams, "chosen": STREAM_TITLES[ranked[0][0]]}
        return ranked[0][0], Message(TWO_STREAMS, said)


def outline(entries: Iterable[Entry | Refused]) -> Outline:
    """What the entries speak of."""
    found = Outline()
    for entry in entries:
        if isinstance(entry, Entry):
            found.add(entry)
    return found


@dataclass(frozen=True)
class _Track:
    """Columns that belong together: those of one stream, or one segment above its firms, with the shared ones."""

    columns: tuple[tuple[int, ColumnMap], ...]
    stream: Stream | None
    segment: str | None


def read_entries(grid: Grid, mapping: ListMapping) -> Iterator[Entry | Refused]:
    """Read a list row by row. Where each stream or segment has columns of its own, a row gives an entry for each."""
    mapping = fit(mapping, grid)
    tracks = _tracks(mapping)
    for number, cells in zip(grid.numbers, _filled_down(grid, mapping), strict=True):
        where = f"{grid.tab}!{number}"
        found = [one for track in tracks if (one := _entry(where, cells, track, mapping))]
        entries = [one for one in found if isinstance(one, Entry)]
        yield from entries or found[:1]


def _filled_down(grid: Grid, mapping: ListMapping) -> Iterator[Sequence[str]]:
    """Rows with what is written only on the first row of a group: a chain, a stream, a segment holds until the next."""
    levels = [[n for n, one in enumerate(mapping.columns) if one.field is wanted] for wanted in _GROUPS]
    firms = [n for n, one in enumerate(mapping.columns) if one.field is Field.FIRM]
    last: dict[int, str] = {}
    for row in grid.rows:
        cells = [*row, *[""] * (len(mapping.columns) - len(row))]
        if not any(cells[n] for level in levels for n in level) | any(cells[n] for n in firms):
            yield [""] * len(cells)
            continue
        fresh = False
        for level in levels:
            for n in level:
                if cells[n]:
                    fresh |= last.get(n) not in {None, cells[n]}
                    last[n] = cells[n]
                elif fresh:
                    last.pop(n, None)
                elif n in last:
                    cells[n] = last[n]
        yield cells


def _tracks(mapping: ListMapping) -> list[_Track]:
    used = [(n, one) for n, one in enumerate(mapping.columns) if one.field is not Field.IGNORED]
    shared = [pair for pair in used if not pair[1].stream and not pair[1].segment]
    tracks = [_Track((*shared, pair), pair[1].stream, pair[1].segment) for pair in used if pair[1].segment]
    streams = dict.fromkeys(one.stream for _, one in used if one.stream and not one.segment)
    for stream in streams:
        own = [pair for pair in used if pair[1].stream is stream and not pair[1].segment]
        tracks.append(_Track((*shared, *own), stream, None))
    return tracks or [_Track(tuple(shared), None, None)]


def _text(cells: Sequence[str], track: _Track, wanted: Field, *, own: bool = False) -> str:
    found = [
        cells[number] if number < len(cells) else ""
        for number, column in track.columns
        if column.field is wanted and (not own or column.stream or column.segment)
    ]
    if wanted is Field.FIRM:
        return "、".join(text for text in found if text)
    filled = [text for text in reversed(found) if text and text not in BLANKS]
    return filled[0] if filled else ""


def _entry(where: str, cells: Sequence[str], track: _Track, mapping: ListMapping) -> Entry | Refused | None:
    """What a row says in one track; None when it says nothing there."""
    if formula := next((text for text in cells if text.startswith("=")), None):
        return Refused(where, Message(FORMULA, {"where": where, "value": formula[:40]}))
    if track.stream and not any(_text(cells, track, one, own=True) for one in (Field.FIRM, Field.SEGMENT)):
        return None
    names = [name for name in split_firms(_text(cells, track, Field.FIRM)) if name not in NO_FIRM]
    chain = _text(cells, track, Field.CHAIN) or mapping.chain or ""
    parent, segment = _text(cells, track, Field.PARENT), track.segment or _text(cells, track, Field.SEGMENT)
    if not segment:
        parent, segment = "", parent or (STREAM_TITLES[track.stream] if track.stream and names else "")
    if refused := _refusal(where, chain, segment, parent):
        return refused if names or segment else None
    notes: list[Message] = []
    stream_text = _text(cells, track, Field.STREAM)
    stream = track.stream or stream_of(stream_text) or mapping.stream
    if not stream_text and (found := _STREAM_FIRST.match(segment)):
        stream, segment = read_stream(found[1]) or stream, found[2]
    if stream_text and not track.stream and stream_of(stream_text) is None:
        notes.append(Message(UNREAD_STREAM, {"where": where, "value": stream_text[:40]}))
    long = [name for name in names if len(name) > MAX_NAME]
    notes += [Message(TOO_LONG, {"where": where, "value": name[:20], "limit": MAX_NAME}) for name in long]
    firms = tuple(name for name in names if len(name) <= MAX_NAME)
    return _with_details(Entry(where, bare_chain(chain), segment, parent or None, stream, firms), cells, track, notes)


def _refusal(where: str, chain: str, segment: str, parent: str) -> Refused | None:
    """Why nothing can be taken from a row."""
    if not segment:
        return Refused(where, Message(NO_SEGMENT, {"where": where}))
    if not chain:
        return Refused(where, Message(NO_CHAIN, {"where": where}))
    longest = max((segment, chain, parent), key=len)
    if len(longest) > MAX_NAME:
        return Refused(where, Message(TOO_LONG, {"where": where, "value": longest[:20], "limit": MAX_NAME}))
    return None


def _with_details(entry: Entry, cells: Sequence[str], track: _Track, notes: list[Message]) -> Entry:
    """Add what belongs to the row's only firm."""
    single = len(entry.firms) == 1
    code: str | None = uscc.compact(as_digits(_text(cells, track, Field.USCC))) if single else None
    if code and not _is_code(code):
        notes.append(Message(UNREAD_CODE, {"where": entry.where, "value": code[:40]}))
        code = None
    day, day_text = None, _text(cells, track, Field.CHECKED_ON)
    if day_text:
        try:
            day = read_date(day_text)
        except BadCell:
            notes.append(Message(UNREAD_DATE, {"where": entry.where, "value": day_text[:40]}))
    return Entry(
        entry.where,
        entry.chain,
        entry.segment,
        entry.parent,
        entry.stream,
        entry.firms,
        uscc=code or None,
        short_name=(_text(cells, track, Field.SHORT_NAME) or None) if single else None,
        place=(_place(cells, track) or None) if single else None,
        products=tuple(split_firms(_text(cells, track, Field.PRODUCTS))) if single else (),
        evidence=_text(cells, track, Field.EVIDENCE)[:500] or None,
        checked_on=day,
        notes=tuple(notes),
    )


def _place(cells: Sequence[str], track: _Track) -> str:
    """Where the firm is: the cells of all place columns from the province down, without those that another repeats."""
    found = [cells[number] for number, column in track.columns if column.field is Field.PLACE and number < len(cells)]
    texts = list(dict.fromkeys(text for text in found if text and text not in BLANKS))
    whole = [text for text in texts if not any(text != other and text in other for other in texts)]
    levels = ("省", "市", "区", "县")
    return "".join(sorted(whole, key=lambda text: levels.index(text[-1]) if text[-1] in levels else len(levels)))


def _is_code(text: str) -> bool:
    return len(text) == 18 and text.isalnum() and text.isascii()


def bare_chain(name: str) -> str:
    """A chain's name without what all chains are called."""
    for end in ("产业链条", "产业链", "链条"):
        if name.endswith(end) and len(name) > len(end):
            return name.removesuffix(end)
    return name
