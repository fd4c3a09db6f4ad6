"""Columns of a sheet: titles, types and bounds come from the model's fields, so a header is written only there."""

from __future__ import annotations

import types
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, StrEnum
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from graph.messages import N_
from graph.model import Node, Relationship, Share
from loaders.workbook import cells
from loaders.workbook.cells import BadCell, Raw, Reading, refuse
from loaders.workbook.known import Reference

TOO_SMALL = N_("“{value}”小于允许的最小值")
TOO_SMALL_CURE = N_("请填不小于 {bound} 的数")
TOO_LARGE = N_("“{value}”大于允许的最大值")
TOO_LARGE_CURE = N_("请填不大于 {bound} 的数")


class Kind(Enum):
    """What a column holds: how to fill it in, and an example where the column has none of its own."""

    TEXT = (N_("填文字"), "文字")
    NUMBER = (N_("填数字，可写 1,200 或 1.2 万；单位写在“计量单位”列"), "800")
    WHOLE = (N_("填整数，金额以元计，可写 3,000 万元"), "1200")
    SHARE = (N_("填占比，写 35% 或 0.35"), "35%")
    DATE = (N_("填日期，例如 2026-11-02"), "2026-11-02")
    FLAG = (N_("填“是”或“否”，不清楚就留空"), "是")
    WORDS = (N_("可填多项，用“；”隔开"), "甲；乙")
    CHOICE = (N_("从下拉列表中选一项"), "")
    REFERENCE = (N_("填已登记的名称"), "")

    def __init__(self, guide: str, example: str) -> None:
        self.guide = guide
        self.example = example


_KINDS: dict[object, tuple[Kind, Reading]] = {
    str: (Kind.TEXT, cells.read_text),
    float: (Kind.NUMBER, cells.read_number),
    int: (Kind.WHOLE, cells.read_whole),
    bool: (Kind.FLAG, cells.read_flag),
    date: (Kind.DATE, cells.read_date),
    list[str]: (Kind.WORDS, cells.read_words),
    Share: (Kind.SHARE, cells.read_share),
}


@dataclass(frozen=True)
class Column:
    """A column: its header, the field it fills, and how its cells are read.

    A cell that cannot be read is left out when the column is optional; where the column is required or points to
    something else (``refers_to``) the row comes back. ``many`` cells hold several references. ``doubt`` looks at a
    value that was taken, ``unsure`` at how it was written. ``options`` are the words of a choice.
    """

    title: str
    field: str
    read: Reading = cells.read_text
    required: bool = False
    refers_to: Reference | None = None
    many: bool = False
    doubt: Callable[[object], BadCell | None] | None = None
    unsure: Callable[[Raw], BadCell | None] | None = None
    kind: Kind = Kind.TEXT
    options: tuple[str, ...] = ()
    example: str = ""
    low: float | None = None
    high: float | None = None

    def allows(self, numbers: Collection[Any]) -> bool:
        """Whether all numbers lie within the bounds."""
        return (self.low is None or min(numbers) >= self.low) and (self.high is None or max(numbers) <= self.high)

    @property
    def binding(self) -> bool:
        """Whether the row stands or falls with this cell."""
        return self.required or self.refers_to is not None


def _unwrap(annotation: object) -> object:
    """The type inside ``X | None`` and ``Annotated[X, ...]``; ``Share`` stays as it is."""
    if get_origin(annotation) in {Union, types.UnionType}:
        return _unwrap(next(arg for arg in get_args(annotation) if arg is not type(None)))
    if get_origin(annotation) is Annotated and annotation != Share:
        return _unwrap(get_args(annotation)[0])
    return annotation


def _bounds(annotation: object, field: FieldInfo | None) -> tuple[float | None, float | None]:
    """The smallest and the largest value a field allows."""
    low = high = None
    marks = list(field.metadata) if field else []
    if get_origin(annotation) is Annotated:
        marks += get_args(annotation)[1:]
    for mark in marks:
        inner_low, inner_high = _bounds(None, mark) if isinstance(mark, FieldInfo) else (None, None)
        low = next((bound for bound in (getattr(mark, "ge", None), inner_low, low) if bound is not None), None)
        high = next((bound for bound in (getattr(mark, "le", None), inner_high, high) if bound is not None), None)
    for inner in get_args(annotation) if get_origin(annotation) in {Union, types.UnionType} else ():
        inner_low, inner_high = _bounds(inner, None)
        low, high = low if inner_low is None else inner_low, high if inner_high is None else inner_high
    return low, high


def _bounded(read: Reading, low: float | None, high: float | None) -> Reading:
    """Add bounds to a reading of numbers."""
    if low is None and high is None:
        return read

    def read_bounded(value: Raw) -> object:
        found: Any = read(value)
        if low is not None and found < low:
            raise refuse(TOO_SMALL, TOO_SMALL_CURE, cells.plain(value), bound=low)
        if high is not None and found > high:
            raise refuse(TOO_LARGE, TOO_LARGE_CURE, cells.plain(value), bound=high)
        return found

    return read_bounded


def column_of(model: type[Node] | type[Relationship], name: str) -> Column:
    """The column of a model's field."""
    field = model.model_fields[name]
    assert field.title is not None
    form = _unwrap(field.annotation)
    required = field.is_required()
    example = str((field.examples or [""])[0])
    if isinstance(form, type) and issubclass(form, StrEnum):
        column = choice(field.title, name, form)
        return replace(column, required=required, example=example or column.example)
    kind, read = _KINDS[form]
    low, high = (None, None) if kind is Kind.SHARE else _bounds(field.annotation, field)
    unsure = cells.doubt_month if kind is Kind.DATE else None
    column = Column(field.title, name, _bounded(read, low, high), required=required, unsure=unsure, kind=kind)
    column = replace(column, example=example, low=low, high=high)
    return _SPECIAL[name](column) if name in _SPECIAL else column


def choice(title: str, field: str, kind: type[StrEnum]) -> Column:
    """A column to choose one of an enumeration's words in."""
    words = tuple(cells.LABELS[kind])
    return Column(title, field, cells.choice_of(kind), kind=Kind.CHOICE, options=words, example=words[0])


def dated(title: str, field: str) -> Column:
    """A column of days."""
    return Column(title, field, cells.read_date, kind=Kind.DATE, unsure=cells.doubt_month)


_SPECIAL: dict[str, Callable[[Column], Column]] = {
    "uscc": lambda column: replace(column, read=cells.read_uscc, doubt=cells.doubt_uscc),
    "exchange_code": lambda column: replace(column, read=cells.read_code),
    **dict.fromkeys(("phone", "mobile"), lambda column: replace(column, read=cells.read_phone)),
    "certificates": lambda column: replace(column, read=cells.read_certificates),
    "limits": lambda column: replace(column, doubt=cells.doubt_limits),
    **dict.fromkeys(("starts", "ends"), lambda column: replace(column, read=cells.read_clock)),
    **dict.fromkeys(("breaks", "away"), lambda column: replace(column, read=cells.read_spans)),
    "halls": lambda column: replace(column, read=cells.read_halls),
    "ways": lambda column: replace(column, read=cells.read_ways),
}
_OWN = {"id", "sample", "start", "end"}
"""Fields nobody types."""


def columns_of(model: type[Node] | type[Relationship], *names: str) -> Iterator[Column]:
    """The columns of some fields of a model, in this order."""
    for name in names:
        yield column_of(model, name)


def rest_of(model: type[Node] | type[Relationship], *used: str) -> Iterator[Column]:
    """The columns of all other fields of a model, in the model's order: a new field appears by itself."""
    return columns_of(model, *(name for name in model.model_fields if name not in {*_OWN, *used}))


def reference(
    title: str, field: str, to: Reference, *, required: bool = True, many: bool = False, example: str = ""
) -> Column:
    """A column that points to something stated elsewhere."""
    read = cells.read_words if many else cells.read_text
    kind = Kind.REFERENCE
    return Column(title, field, read, required=required, refers_to=to, many=many, kind=kind, example=example)
