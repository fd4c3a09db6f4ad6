"""What calamine does not tell of an OpenDocument sheet: which cells are merged."""

from __future__ import annotations

from typing import IO
from xml.etree import ElementTree

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_CELLS = {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}
_WHOLE = {f"{_TABLE}table", f"{_TABLE}table-row"}

Area = tuple[int, int, int, int]


def merged_areas(content: IO[bytes]) -> dict[str, list[Area]]:
    """The merged cells of each sheet of a ``content.xml``, as (row, column, row, column) from 0."""
    found: dict[str, list[Area]] = {}
    areas: list[Area] = []
    row = column = 0
    for event, element in ElementTree.iterparse(content, events=("start", "end")):  # noqa: S314  expat bounds entities
        if event == "start":
            if element.tag == f"{_TABLE}table":
                row, areas = 0, found.setdefault(element.get(f"{_TABLE}name", ""), [])
            elif element.tag == f"{_TABLE}table-row":
                column = 0
        elif element.tag in _CELLS:
            down, across = (int(element.get(f"{_TABLE}number-{one}-spanned", 1)) for one in ("rows", "columns"))
            if down > 1 or across > 1:
                areas.append((row, column, row + down - 1, column + across - 1))
            column += int(element.get(f"{_TABLE}number-columns-repeated", 1))
        elif element.tag == f"{_TABLE}table-row":
            row += int(element.get(f"{_TABLE}number-rows-repeated", 1))
        if event == "end" and element.tag in _WHOLE:
            element.clear()
    return found
