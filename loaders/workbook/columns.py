"""Columns of a sheet: titles, types and bounds come from the model's fields, so a header is written only there."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import TypeAdapter, ValidationError
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
NOT_ALLOWED = N_("“{value}”不合要求")
NOT_ALLOWED_CURE = N_("请按填写说明修改")

_READINGS: dict[object, Reading] = {
    str: cells.read_text,
    float: cells.read_number,
    int: cells.read_whole,
    bool: cells.read_flag,
    date: cells.read_date,
    list[str]: cells.read_words,
}


@dataclass(frozen=True)
class Column:
    """A column: its header, the field it fills, and how its cells are read.

    A cell that cannot be read is left out when the column is optional; where the column is required or points to
    something else (``refers_to``) the row comes back. ``many`` cells hold several references.
    """

    title: str
    field: str
    read: Reading = cells.read_text
    required: bool = False
    refers_to: Reference | None = None
    many: bool = False
    doubt: Callable[[object], BadCell | None] | None = None

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


def _bounded(read: Reading, field: FieldInfo) -> Reading:
    """Add the field's own bounds to a reading."""
    form: Any = Annotated[field.annotation, field]
    adapter: TypeAdapter[Any] = TypeAdapter(form)

    def read_bounded(value: Raw) -> object:
        found = read(value)
        try:
            return adapter.validate_python(found)
        except ValidationError as error:
            first = error.errors()[0]
            bound = first.get("ctx", {})
            if "ge" in bound:
                raise refuse(TOO_SMALL, TOO_SMALL_CURE, cells.plain(value), bound=bound["ge"]) from None
            if "le" in bound:
                raise refuse(TOO_LARGE, TOO_LARGE_CURE, cells.plain(value), bound=bound["le"]) from None
            raise refuse(NOT_ALLOWED, NOT_ALLOWED_CURE, cells.plain(value)) from None

    return read_bounded


def column_of(model: type[Node] | type[Relationship], name: str) -> Column:
    """The column of a model's field."""
    field = model.model_fields[name]
    assert field.title is not None
    kind = _unwrap(field.annotation)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        read = cells.choice_of(kind)
    else:
        read = cells.read_share if kind == Share else _READINGS[kind]
    return Column(field.title, name, _bounded(read, field), required=field.is_required())


_SPECIAL: dict[str, Callable[[Column], Column]] = {
    "uscc": lambda column: replace(column, read=cells.read_uscc, doubt=cells.doubt_uscc),
    "certificates": lambda column: replace(column, read=cells.read_certificates),
    "limits": lambda column: replace(column, doubt=cells.doubt_limits),
}


def columns_of(model: type[Node] | type[Relationship], *names: str) -> Iterator[Column]:
    """The columns of some fields of a model, in this order."""
    for name in names:
        column = column_of(model, name)
        yield _SPECIAL[name](column) if name in _SPECIAL else column


def reference(title: str, field: str, to: Reference, *, required: bool = True, many: bool = False) -> Column:
    """A column that points to something stated elsewhere."""
    return Column(title, field, required=required, refers_to=to, many=many)
