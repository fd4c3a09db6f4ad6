"""What a firm's workbook said when it went out: from it we know, when it comes back, what somebody changed.

Every row as *other* sources have it travels hidden in the file. A row that still says that is nobody's new claim; a
changed one is the firm's own: of the firm itself only the changed cells, of anything else the whole row, since the
most trusted source is taken for a whole relationship. So the same file says the same however often it comes.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graph.messages import N_, Listed, Message
from graph.model import Enterprise, Node
from loaders.provenance import Fact
from loaders.workbook.cells import BadCell, Raw
from loaders.workbook.facts import Products, Values
from loaders.workbook.known import Directory
from loaders.workbook.reader import Table
from loaders.workbook.sheets import BY_NAME, Sheet
from loaders.workbook.taking import Level, Taken, row_keys, stated, take

REMOVED = N_("“{sheet}”表导出时有“{row}”，返回的文件里没有；别的来源说过的内容不会因此删去，已不实的请在原来源更正")
EMPTIED = N_("“{column}”被清空，别的来源填过“{value}”，仍按其显示")
EMPTIED_CURE = N_("已不实的，请填上现在的值，或在原来源更正")
HIDDEN = N_("这一行有导出人无权查看的内容（{columns}），不能用这份表改")
HIDDEN_CURE = N_("请由有权查看的人员或企业本人导出，填写后再载入")

Cells = Mapping[str, Raw | list[str]]
_EMPTY: tuple[object, ...] = (None, "", [])


@dataclass(frozen=True)
class Exported:
    """A row that goes out: the node it is about, its cells by title, the same as others have it, and what was withheld.

    ``others`` is None when nobody else says so.
    """

    node: str
    cells: Cells
    others: Cells | None
    withheld: tuple[str, ...] = ()


def before(rows: Mapping[str, Iterable[Exported]]) -> list[str]:
    """What travels along, a line a row."""
    return [json.dumps(_line(sheet, row), ensure_ascii=False) for sheet, found in rows.items() for row in found]


def _line(sheet: str, row: Exported) -> dict[str, object]:
    others = row.others
    cells = None if others is None else {title: _plain(value) for title, value in others.items() if value not in _EMPTY}
    return {"sheet": sheet, "node": row.node, "cells": cells, "withheld": row.withheld}


def _plain(value: Raw | list[str]) -> object:
    if isinstance(value, list):
        return "；".join(value)
    return value.isoformat() if isinstance(value, date) else value


@dataclass
class _Sheet:
    """A sheet as it went out, by what its rows are about: values, cells, what was withheld; and which came back."""

    values: dict[object, dict[str, object]] = field(default_factory=dict)
    cells: dict[object, Mapping[str, Raw]] = field(default_factory=dict)
    withheld: dict[object, tuple[str, ...]] = field(default_factory=dict)
    back: set[object] = field(default_factory=set)


class Before:
    """A firm's workbook as it went out, to hold the one that comes back against."""

    def __init__(self, firm: str, lines: Sequence[str], directory: Directory, *, sample: bool) -> None:
        self._firm = firm
        self._ids: dict[str, str] = {}
        self._sheets: dict[str, _Sheet] = defaultdict(_Sheet)
        self._keys: dict[str, list[object]] = {}
        told: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in map(json.loads, lines):
            told[row["sheet"]].append(row)
        for name, sheet in BY_NAME.items():
            if name in told:
                self._remember(sheet, told[name], directory, sample=sample)

    def _remember(self, sheet: Sheet, told: list[dict[str, Any]], directory: Directory, *, sample: bool) -> None:
        titles = [column.title for column in sheet.columns]
        rows = [[(row["cells"] or {}).get(title, "") for title in titles] for row in told]
        table = Table(sheet, sheet.name, tuple(titles), {t: n for n, t in enumerate(titles)}, rows, range(len(rows)))
        taken = take(table, directory)
        own = self._sheets[sheet.name]
        for index, (key, row) in enumerate(zip(row_keys(taken), told, strict=True)):
            own.withheld[key] = tuple(row["withheld"])
            if row["cells"] is None:
                continue
            own.values[key] = stated(taken, index)
            own.cells[key] = row["cells"]
            if row["node"] and index not in taken.returned and sheet.name != Enterprise.TITLE:
                first = next(iter(sheet.state(Values(own.values[key], directory.products, sample))), None)
                if isinstance(first, Node):
                    self._ids[first.id] = row["node"]

    def judge(self, taken: Taken) -> None:
        """Send back rows whoever exported them did not see whole, and say which cells were emptied to no effect."""
        own = self._sheets[taken.table.sheet.name]
        columns, positions = taken.table.sheet.fields, taken.table.positions
        keys = self._keys[taken.table.tab] = row_keys(taken)
        for index, key in enumerate(keys):
            own.back.add(key)
            old, now = own.values.get(key, {}), stated(taken, index)
            hidden = own.withheld.get(key)
            if hidden and old != now and not self._is_subject(taken, key):
                said = Message(HIDDEN, {"columns": Listed(hidden)})
                taken.add(index, 0, BadCell(said, Message(HIDDEN_CURE)), Level.RETURNED)
            for name in old.keys() - now.keys():
                title = columns[name].title
                if old[name] not in _EMPTY and title in positions and title not in (hidden or ()):
                    said = Message(EMPTIED, {"column": title, "value": own.cells[key].get(title, "")})
                    taken.add(index, positions[title], BadCell(said, Message(EMPTIED_CURE)), Level.DOUBTED)

    def facts(
        self, taken: Taken, index: int, values: dict[str, object], products: Products, *, sample: bool
    ) -> tuple[Fact, ...]:
        """What a row newly says, about the nodes as the graph knows them."""
        sheet, key = taken.table.sheet, self._keys[taken.table.tab][index]
        old = self._sheets[sheet.name].values.get(key)
        if old == values:
            return ()
        ids = self._ids
        if old is not None and self._is_subject(taken, key):
            values = {name: value for name, value in values.items() if name == "name" or old.get(name) != value}
            if values == {"name": old.get("name")}:
                return ()
        facts = tuple(sheet.state(Values(values, products, sample)))
        if self._is_subject(taken, key) and isinstance(facts[0], Enterprise):
            ids = ids | {facts[0].id: self._firm}
        return tuple(_moved(fact, ids) for fact in facts)

    def removed(self, sheets: Iterable[Sheet]) -> list[Message]:
        """Rows that others state and that did not come back with their sheet."""
        return [
            Message(REMOVED, {"sheet": sheet.name, "row": " ".join(map(str, list(cells.values())[:2]))})
            for sheet in sheets
            for key, cells in self._sheets[sheet.name].cells.items()
            if key not in self._sheets[sheet.name].back
        ]

    def _is_subject(self, taken: Taken, key: object) -> bool:
        return taken.table.sheet.name == Enterprise.TITLE and key == self._firm


def _moved(fact: Fact, ids: Mapping[str, str]) -> Fact:
    """A fact with the ids that its nodes have in the graph."""
    ends = ("id",) if isinstance(fact, Node) else ("start", "end")
    moved = {end: ids[own] for end in ends if (own := getattr(fact, end)) in ids}
    return fact.model_copy(update=moved) if moved else fact


__all__ = ["Before", "Exported", "before"]
