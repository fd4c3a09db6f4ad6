"""Files as other programs write them: old Excel, WPS, OpenDocument, sheets with inline texts and no stated size.

``files/sample.*`` were written by LibreOffice from one made-up workbook: a merged first row, a header of two rows with
merged cells, dates, texts for numbers, a firm merged over two rows, a hidden sheet. Files of Excel 95 and of WPS are
made up by ``excel_95`` and ``wps_file``.
"""

from __future__ import annotations

import shutil
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from loaders.workbook import check, known_from_catalog, read, write_checked
from loaders.workbook.cells import read_date
from loaders.workbook.opendocument import merged_areas
from loaders.workbook.reader import ERRORS_SHEET
from tests.loaders.excel_95 import Rows, biff5
from tests.loaders.wps_file import write_wps

FILES = Path(__file__).parent / "files"
KNOWN = known_from_catalog()


@pytest.mark.parametrize(("kept", "suffix"), [("sample.xls", ".xls"), ("sample.xls", ".et"), ("sample.ods", ".ods")])
def test_what_another_program_wrote_reads_the_same(tmp_path: Path, kept: str, suffix: str) -> None:
    path = tmp_path / f"样例{suffix}"
    shutil.copy(FILES / kept, path)
    raw = read(path)
    firms, bought = raw.tables
    assert raw.sample
    assert [table.tab for table in raw.tables] == ["企业", "采购"]
    assert firms.units == {"年营业收入": "万"}
    assert [row[0] for row in firms.rows] == ["示例甲传动有限公司", "示例乙整机有限公司"]
    assert [read_date(row[4]) for row in firms.rows] == [date(2021, 6, 18), date(2022, 3, 5)]
    assert [row[:3] for row in bought.rows] == [
        ["示例甲传动有限公司", "轴承", 1_200_000],
        ["示例甲传动有限公司", "合金钢", "90万"],
    ]
    assert [problem.level.value for problem in check(raw, KNOWN).problems] == ["doubted"]
    assert any("“产品”是隐藏的，未读取" in str(note) for note in raw.notes)


def test_merged_cells_of_an_opendocument_sheet() -> None:
    with zipfile.ZipFile(FILES / "sample.ods") as archive, archive.open("content.xml") as content:
        found = merged_areas(content)
    assert found["企业"] == [(0, 0, 0, 4), (1, 0, 1, 1), (1, 2, 1, 4)]
    assert found["采购"] == [(1, 0, 2, 0)]


_SHEET = """<?xml version="1.0" encoding="UTF-8"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row><c t="inlineStr"><is><t>名称</t></is></c><c t="inlineStr"><is><r><t>年营业</t></r><r><t>收入</t></r></is></c></row>
<row><c t="inlineStr"><is><t xml:space="preserve"> 示例甲有限公司 </t></is></c><c><v>5000000</v></c></row>
<row><c t="str"><v>示例乙有限公司</v></c><c t="inlineStr"><is><t>620万元</t></is></c></row>
</sheetData></worksheet>"""


def test_inline_texts_without_places_or_size(tmp_path: Path) -> None:
    path, plain = tmp_path / "填报.xlsx", tmp_path / "plain.xlsx"
    with xlsxwriter.Workbook(plain) as book:
        book.add_worksheet("企业").write(0, 0, "名称")
    with zipfile.ZipFile(plain) as given, zipfile.ZipFile(path, "w") as made:
        for name in given.namelist():
            made.writestr(name, _SHEET if name == "xl/worksheets/sheet1.xml" else given.read(name))
    (table,) = read(path).tables
    assert table.header == ("名称", "年营业收入")
    assert [row[1] for row in table.rows] == [5_000_000, "620万元"]
    assert not check(read(path), KNOWN).problems


OLD: dict[str, Rows] = {
    "企业": [
        ["名称", "所在城市", "年营业收入（万元）"],
        ["示例甲传动有限公司", "常州市", 1200],
        ["示例乙（常州）有限公司", None, 620],
    ],
    "采购": [["企业", "产品", "填报日期"], ["示例甲传动有限公司", "轴承", 44365]],
}


@pytest.mark.parametrize("suffix", [".xls", ".et"])
@pytest.mark.parametrize("codepage", [936, None])
def test_excel_95_in_gbk_reads_the_same(tmp_path: Path, suffix: str, codepage: int | None) -> None:
    path = tmp_path / f"填报{suffix}"
    path.write_bytes(biff5(OLD, codepage))
    firms, bought = read(path).tables
    assert firms.header == ("名称", "所在城市", "年营业收入(万元)")
    assert [list(row) for row in firms.rows] == [[value or "" for value in row] for row in OLD["企业"][1:]]
    assert [read_date(row[2]) for row in bought.rows] == [date(2021, 6, 18)]
    assert not check(read(path), KNOWN).problems


def test_excel_95_marked_comes_back_as_xlsx(tmp_path: Path) -> None:
    path, marked = tmp_path / "填报.xls", tmp_path / "标好.xlsx"
    path.write_bytes(biff5({"企业": [["名称", "职工人数"], ["示例甲有限公司", "很多"]]}))
    write_checked(check(read(path), KNOWN), marked)
    assert openpyxl.load_workbook(marked)["企业"]["B2"].comment is not None


def test_a_file_of_wps(tmp_path: Path) -> None:
    rows: list[list[object]] = [["名称", "年营业收入"], ["示例甲有限公司", 5], ["示例乙有限公司", "很多"]]
    path, marked = write_wps(tmp_path / "填报.xlsx", rows), tmp_path / "标好.xlsx"
    raw = read(path)
    (table,) = raw.tables
    assert table.header == ("名称", "年营业收入", "厂区照片")
    assert [row[0] for row in table.rows] == ["示例甲有限公司", "示例乙有限公司"]
    notes = "".join(map(str, raw.notes))
    assert "不认识这些列，未读取：厂区照片" in notes
    assert "不再有单元格图片" in notes
    assert [problem.cell for problem in check(raw, KNOWN).problems] == ["B3"]
    write_checked(check(raw, KNOWN), marked)
    assert "单元格图片" in _errors(marked)


def _errors(path: Path) -> str:
    return "".join(str(row[0].value) for row in openpyxl.load_workbook(path)[ERRORS_SHEET].iter_rows())


def _sparkline(page: Any, _book: Any) -> None:
    page.add_sparkline("D2", {"range": "企业!B2:B2"})


def _drop_down(page: Any, book: Any) -> None:
    book.add_worksheet("选项").write(0, 0, "正常")
    page.data_validation("C2", {"validate": "list", "source": "=选项!$A$1:$A$1"})


def _data_bar(page: Any, _book: Any) -> None:
    page.conditional_format("B2:B2", {"type": "data_bar", "data_bar_2010": True})


def _text_box(page: Any, _book: Any) -> None:
    page.insert_textbox("D20", "注意")


def _chart(page: Any, book: Any) -> None:
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='企业'!$B$2:$B$2"})
    page.insert_chart("D2", chart)


KEPT_OR_SAID = {
    "sparklines": (_sparkline, "迷你图"),
    "a drop-down list from another sheet": (_drop_down, None),
    "data bars of 2010": (_data_bar, "数据条、图标集等条件格式"),
    "a text box": (_text_box, "文本框和形状"),
    "a chart": (_chart, None),
}


@pytest.mark.parametrize("name", KEPT_OR_SAID)
def test_what_the_marked_file_does_not_keep_is_said(tmp_path: Path, name: str) -> None:
    draw, lost = KEPT_OR_SAID[name]
    path, marked = tmp_path / "填报.xlsx", tmp_path / "标好.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("企业")
        page.write_column(0, 0, ["名称", "示例甲有限公司"])
        page.write_column(0, 1, ["年营业收入", "很多"])
        draw(page, book)
    raw = read(path)
    said = [str(note) for note in raw.notes if "不再有" in str(note)]
    assert [lost in note for note in said] == ([True] if lost else [])
    write_checked(check(raw, KNOWN), marked)
    assert (f"不再有{lost}" in _errors(marked)) == bool(lost)
    if not lost:
        assert _extras(marked) >= _extras(path)


def _extras(path: Path) -> set[str]:
    """What besides cells a file holds: charts, drop-down lists."""
    with zipfile.ZipFile(path) as archive:
        charts = {name for name in archive.namelist() if name.startswith("xl/charts/chart")}
        sheets = b"".join(archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet"))
    return charts | {mark for mark in ("<dataValidation ",) if mark.encode() in sheets}
