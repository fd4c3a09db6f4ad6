"""A workbook given back to whoever filled it in: the same file, wrong cells marked, each with its cure."""

from __future__ import annotations

import json
import warnings
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from openpyxl import Workbook as OpenpyxlWorkbook
from openpyxl import load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import quote_sheetname

from graph.errors import SourceUnreadable
from graph.messages import N_
from loaders.workbook.cells import Raw
from loaders.workbook.files import NOT_SHEET, open_book
from loaders.workbook.loader import Checked
from loaders.workbook.losses import NOT_KEPT
from loaders.workbook.reader import ERRORS_SHEET, Workbook
from loaders.workbook.stamp import BEFORE, CHECKED, SHEET, parted
from loaders.workbook.taking import Level, Problem

AUTHOR = N_("融链")
MAX_MARKED = 20_000
"""Problems above which only the first are marked; the errors sheet says how many there are."""
_FILLS = {Level.RETURNED: "FFFFC7CE", Level.OMITTED: "FFFFD9B3", Level.DOUBTED: "FFFFF2CC"}
LEVEL_TITLES = {
    Level.RETURNED: N_("整行退回"),
    Level.OMITTED: N_("此格不采用"),
    Level.DOUBTED: N_("请核对"),
}
COLUMNS = (N_("位置"), N_("问题"), N_("怎么改"), N_("处理"))
SUMMARY = N_(
    "共 {rows:,} 行，{returned:,} 行须改正后才能载入；下列 {problems:,} 处点“位置”可跳到该格，改好后直接载入本文件即可"
)
MORE = N_("另有 {count:,} 处未列出，请先改好以上各处再检查一次")


def write_checked(checked: Checked, path_out: Path) -> int:
    """Write the workbook with its wrong cells marked; return how many problems there are.

    What the file holds beside stays as openpyxl keeps it: formats, formulas, notes, drop-down lists, charts. That
    shapes and pictures are gone the errors sheet says. A file that is no .xlsx comes back as one, cells only.

    Raises:
        SourceUnreadable: when the file can no longer be read.
    """
    book = _original(checked)
    shown = checked.problems[:MAX_MARKED]
    by_cell: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    for problem in shown:
        by_cell[problem.sheet, problem.cell].append(problem)
    for (sheet, cell), problems in by_cell.items():
        if sheet in book.sheetnames:
            _mark(book[sheet], cell, problems)
    _write_errors(book, checked, shown)
    _stamp(book, checked.raw)
    book.save(path_out)
    return len(checked.problems)


def _original(checked: Checked) -> Any:
    path = checked.raw.path
    if not checked.raw.markable:
        return _copied(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl does not keep it says on the console
            book = load_workbook(path, keep_vba=False)
    except Exception as error:
        raise SourceUnreadable(path=path, reason=NOT_SHEET) from error
    for sheet in book.worksheets:
        _clear(sheet)
    if ERRORS_SHEET in book.sheetnames:
        del book[ERRORS_SHEET]
    return book


def _copied(path: Path) -> Any:
    book = OpenpyxlWorkbook()
    book.remove(book.worksheets[0])
    for tab in open_book(path).tabs:
        page = book.create_sheet(tab.name[:31])
        for number, row in enumerate(tab.rows, start=1):
            for column, value in enumerate(row, start=1):
                if value not in {None, ""}:
                    _put(page.cell(number, column), value)
    return book


def _put(cell: Any, value: Raw) -> None:
    """Write a value; text stays text, whatever it begins with."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = "@"


def _clear(sheet: Any) -> None:
    """Take off the marks of an earlier check."""
    marks = set(_FILLS.values())
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment and cell.comment.author == AUTHOR:
                cell.comment = None
                if cell.fill.fgColor.rgb in marks:
                    cell.fill = PatternFill()


def _mark(sheet: Any, place: str, problems: Iterable[Problem]) -> None:
    cell = sheet[place]
    if type(cell).__name__ == "MergedCell":
        cell = next(sheet.cell(area.min_row, area.min_col) for area in sheet.merged_cells.ranges if place in area)
    problems = list(problems)
    worst = min((problem.level for problem in problems), key=list(_FILLS).index)
    cell.fill = PatternFill("solid", fgColor=_FILLS[worst])
    lines = [f"{problem.what}\n{problem.cure}" for problem in problems]
    text = "\n".join([*lines, *([cell.comment.text] if cell.comment and cell.comment.author != AUTHOR else [])])
    cell.comment = Comment(text, AUTHOR, width=360, height=140)


def _stamp(book: Any, raw: Workbook) -> None:
    stamp = {**raw.stamp, "kind": CHECKED, "about": raw.about}
    lines = {SHEET: [json.dumps(stamp, ensure_ascii=False)], BEFORE: raw.before}
    for name, texts in lines.items():
        if name in book.sheetnames:
            del book[name]
        if texts:
            page = book.create_sheet(name)
            for number, text in enumerate(texts, start=1):
                for place, part in enumerate(parted(text), start=1):
                    _put(page.cell(number, place), part)
            page.sheet_state = "veryHidden"


def _write_errors(book: Any, checked: Checked, shown: Iterable[Problem]) -> None:
    page = book.create_sheet(ERRORS_SHEET, 0)
    book.active = 0
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is page
    counts = {"rows": checked.rows, "returned": checked.returned, "problems": len(checked.problems)}
    page.append([SUMMARY.format(**counts)])
    page.append(list(COLUMNS))
    for cell in page[2]:
        cell.font = Font(bold=True)
    for number, problem in enumerate(shown, start=3):
        title = f"{problem.sheet}!{problem.cell}"
        texts = (title, str(problem.what), str(problem.cure), LEVEL_TITLES[problem.level])
        for column, text in enumerate(texts, start=1):
            _put(page.cell(number, column), text)
        link = page.cell(number, 1)
        link.hyperlink = f"#{quote_sheetname(problem.sheet)}!{problem.cell}"
        link.font = Font(color="FF0563C1", underline="single")
        page.cell(number, 4).fill = PatternFill("solid", fgColor=_FILLS[problem.level])
    if len(checked.problems) > MAX_MARKED:
        page.append([MORE.format(count=len(checked.problems) - MAX_MARKED)])
    for note in checked.raw.notes:
        if note.template == NOT_KEPT:
            page.append([str(note)])
    for letter, width in zip("ABCD", (22, 60, 70, 14), strict=True):
        page.column_dimensions[letter].width = width
    for row in page.iter_rows(min_row=3):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    page.freeze_panes = "A3"
