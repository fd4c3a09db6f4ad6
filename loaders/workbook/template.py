"""The empty workbook to fill in, derived from the declared sheets: a new field of the model appears by itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from graph.disclosure import Withheld
from graph.messages import N_, Listed
from graph.model import Enterprise
from graph.store import Store
from loaders.catalog.files import read_chains, read_places
from loaders.workbook.cells import Raw
from loaders.workbook.columns import Column, Kind
from loaders.workbook.examples import EXAMPLES, NAMES
from loaders.workbook.known import Reference, names_in_graph
from loaders.workbook.reader import EXAMPLE_MARK
from loaders.workbook.sheets import SAMPLE_MARK, SHEETS, Sheet
from loaders.workbook.stamp import TEMPLATE, write_before, write_stamp

LISTS = "_ronglian_lists"
"""The hidden sheet the drop-down lists take their words from."""
ROWS = 5_000
"""How many rows have drop-down lists."""

TITLE = N_("融链数据填报模板")
GUIDE = (
    N_("每张表填一类内容，用不到的表留空即可；列的次序可以调整，也可以另加自己的列，载入时不读取。"),
    N_("深色表头的列必填，其余能填多少填多少；不知道就留空，不要填“无”或猜测的数字。"),
    N_("灰色斜体的一行是示例，载入时跳过；可以删去，也可以不管。"),
    N_("把鼠标放在表头上可看填写说明；下拉列表里没有的环节，请写“链名/环节名”。"),
    N_("企业先在“企业”表登记一次，其他表只填它的全称或统一社会信用代码。"),
    N_("金额以元计，也可以写“3,000 万元”；占比写“35%”或“0.35”；多项内容用“；”隔开。"),
    N_("填好后可先检查：ronglian workbook check 文件，或在网页“数据导入”页拖入文件。"),
)
REQUIRED = N_("必填")
ONE_OF = N_("可选：{options}")
EXAMPLE = N_("例如：{example}")
NOT_SHOWN = N_("有数据，但您无权查看，未导出")
LISTED_SEGMENT = N_("从下拉列表中选，或写“链名/环节名”；多个用“；”隔开")
LISTED_PLACE = N_("填镇、街道、区县或城市的名称")
LISTED_FIRM = N_("填“企业”表中的全称或统一社会信用代码")
LISTED_ORGANISATION = N_("填“企业”或“机构”表中的全称")
LISTED_CHAIN = N_("从下拉列表中选")
LISTED_CAPABILITY = N_("填“加工与检测能力”表中的编号")
LISTED_EVENT = N_("填“对接活动”表中的活动编号")

_GUIDES = {
    Reference.SEGMENT: LISTED_SEGMENT,
    Reference.PLACE: LISTED_PLACE,
    Reference.FIRM: LISTED_FIRM,
    Reference.ORGANISATION: LISTED_ORGANISATION,
    Reference.CHAIN: LISTED_CHAIN,
    Reference.CAPABILITY: LISTED_CAPABILITY,
    Reference.EVENT: LISTED_EVENT,
}
_WIDE = {"name", "firm", "supplier", "buyer", "organisation", "text", "evidence", "profile", "address", "segment"}


def version() -> str:
    """The version of the template: changes with any column."""
    said = repr([(sheet.name, [(c.title, c.kind.name, c.required) for c in sheet.columns]) for sheet in SHEETS])
    return hashlib.blake2b(said.encode(), digest_size=4).hexdigest()


@dataclass(frozen=True)
class Lists:
    """Words for the drop-down lists, by what a column refers to."""

    words: Mapping[Reference, Sequence[str]]


def lists_from_catalog() -> Lists:
    """Chains, segments and places of the catalog that ships with the package."""
    chains = list(read_chains())
    places = [place.name for place in read_places().places if place.level.value in {"town", "district", "city"}]
    return Lists(
        {
            Reference.CHAIN: [chain.name for chain in chains],
            Reference.SEGMENT: [f"{chain.name}/{segment.name}" for chain in chains for segment in chain.segments],
            Reference.PLACE: list(dict.fromkeys(places)),
        }
    )


def lists_from_graph(store: Store) -> Lists:
    """Chains, segments and places that the graph holds; those of the catalog where it holds none."""
    found, shipped = names_in_graph(store), lists_from_catalog()
    return (
        Lists(found | {Reference.PLACE: found[Reference.PLACE] or shipped.words[Reference.PLACE]})
        if any(found[Reference.CHAIN])
        else shipped
    )


Record = Mapping[str, Raw | list[str] | Withheld]


def write_template(
    path: Path,
    lists: Lists,
    rows: Mapping[str, Iterable[Record]] | None = None,
    *,
    stamp: Mapping[str, str] | None = None,
    before: Sequence[str] = (),
    guide: Sequence[str] = (),
    sample: bool = False,
) -> None:
    """Write the workbook: the sheets that are offered, or those that ``rows`` (by sheet, cells by title) are given for.

    ``stamp`` goes into the hidden sheet from which a file that comes back is known, ``before`` beside it. ``guide`` are
    the lines of the first sheet, those for the empty workbook where nothing is given.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties({"title": TITLE, "category": SAMPLE_MARK if sample else ""})
        formats = _formats(book)
        if guide or rows is None:
            _write_guide(book, formats, guide or GUIDE)
        shown = [sheet for sheet in SHEETS if (sheet.offered if rows is None else sheet.name in rows)]
        pages = {sheet.name: book.add_worksheet(sheet.name) for sheet in shown}
        ranges = _write_lists(book, lists)
        for sheet in shown:
            page = pages[sheet.name]
            _write_head(page, sheet, formats)
            given = list((rows or {}).get(sheet.name, ()))
            if rows is None:
                _write_example(page, sheet, formats)
            for number, record in enumerate(given, start=1):
                for index, column in enumerate(sheet.columns):
                    write_cell(page, number, index, record.get(column.title), formats[_form(column)])
            _write_choices(page, sheet, ranges, Enterprise.TITLE in pages)
        write_before(book, before)
        write_stamp(book, {"version": version(), "kind": TEMPLATE, "about": "", **(stamp or {})})


def _formats(book: Any) -> dict[str, Any]:
    base = {"valign": "vcenter"}
    return {
        "head": book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1, "text_wrap": True, **base}),
        "required": book.add_format(
            {"bold": True, "bg_color": "#1F4E79", "font_color": "#FFFFFF", "border": 1, "text_wrap": True, **base}
        ),
        "example": book.add_format({"italic": True, "font_color": "#8C8C8C", "bg_color": "#F5F5F5", "num_format": "@"}),
        "text": book.add_format({"num_format": "@"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        "share": book.add_format({"num_format": "0.##%"}),
        "number": book.add_format({"num_format": "#,##0.##########"}),
        "title": book.add_format({"bold": True, "font_size": 16}),
        "line": book.add_format({"text_wrap": True, "valign": "top"}),
    }


def _form(column: Column) -> str:
    return {Kind.DATE: "day", Kind.SHARE: "share", Kind.NUMBER: "number", Kind.WHOLE: "number"}.get(column.kind, "text")


def _write_guide(book: Any, formats: Mapping[str, Any], guide: Sequence[str]) -> None:
    page = book.add_worksheet("说明")
    page.set_column(0, 0, 100)
    page.write_string(0, 0, TITLE, formats["title"])
    for number, line in enumerate(guide, start=2):
        page.write_string(number, 0, f"{number - 1}. {line}", formats["line"])


def _write_head(page: Any, sheet: Sheet, formats: Mapping[str, Any]) -> None:
    for index, column in enumerate(sheet.columns):
        page.set_column(index, index, 30 if column.field in _WIDE else 15, formats[_form(column)])
        page.write_string(0, index, column.title, formats["required" if column.required else "head"])
        page.write_comment(0, index, note_of(column), {"x_scale": 1.8, "y_scale": 1.2})
    page.set_row(0, 30)
    page.freeze_panes(1, 1)


def note_of(column: Column) -> str:
    """What the note on a header says."""
    guide = _GUIDES[column.refers_to] if column.refers_to else column.kind.guide
    lines = [f"{column.title}（{REQUIRED}）" if column.required else column.title, guide]
    if column.options:
        lines.append(ONE_OF.format(options=Listed(column.options)))
    if example := _example(column):
        lines.append(EXAMPLE.format(example=example))
    return "\n".join(lines)


def _example(column: Column) -> str:
    if column.field in EXAMPLES:
        return EXAMPLES[column.field]
    return column.example or column.kind.example


def _write_example(page: Any, sheet: Sheet, formats: Mapping[str, Any]) -> None:
    for index, column in enumerate(sheet.columns):
        text = NAMES.get(sheet.name, "") if column.field == "name" else _example(column)
        page.write_string(1, index, f"{EXAMPLE_MARK}{text}" if index == 0 else text, formats["example"])


def _write_lists(book: Any, lists: Lists) -> dict[Reference, str]:
    page = book.add_worksheet(LISTS)
    page.very_hidden()
    ranges = {}
    for index, (kind, words) in enumerate(lists.words.items()):
        for row, word in enumerate(words):
            page.write_string(row, index, word)
        letter = xl_col_to_name(index)
        if words:
            ranges[kind] = f"='{LISTS}'!${letter}$1:${letter}${len(words)}"
    return ranges


def _write_choices(page: Any, sheet: Sheet, ranges: Mapping[Reference, str], firms: bool) -> None:
    for index, column in enumerate(sheet.columns):
        source: str | list[str] | None = list(column.options) or None
        strict = bool(source)
        if column.kind is Kind.FLAG:
            source, strict = ["是", "否"], True
        elif column.refers_to in {Reference.FIRM, Reference.ORGANISATION} and firms:
            source = f"='{Enterprise.TITLE}'!$A$2:$A${ROWS}"
        elif column.refers_to:
            source = ranges.get(column.refers_to)
        if source:
            say = {"error_type": "stop" if strict else "information", "show_error": strict, "ignore_blank": True}
            page.data_validation(1, index, ROWS, index, {"validate": "list", "source": source, **say})


def write_cell(page: Any, row: int, column: int, value: Raw | list[str] | Withheld, form: Any) -> None:
    """Write one value; text stays text whatever it begins with."""
    match value:
        case None | "":
            pass
        case Withheld():
            page.write_comment(row, column, NOT_SHOWN)
        case bool():
            page.write_string(row, column, "是" if value else "否", form)
        case date():
            page.write_datetime(row, column, value, form)
        case int() | float():
            page.write_number(row, column, value, form)
        case list():
            page.write_string(row, column, "；".join(value), form)
        case _:
            page.write_string(row, column, str(value), form)
