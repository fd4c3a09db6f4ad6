"""Files as other programs write them: old Excel, WPS, OpenDocument, sheets with inline texts and no stated size.

``files/sample.*`` were written by LibreOffice from one made-up workbook: a merged first row, a header of two rows with
merged cells, dates, texts for numbers, a firm merged over two rows, a hidden sheet.
"""

from __future__ import annotations

import shutil
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from loaders.workbook import check, known_from_catalog, read, write_checked
from loaders.workbook.cells import read_date
from loaders.workbook.opendocument import merged_areas
from loaders.workbook.reader import ERRORS_SHEET

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


def test_what_the_marked_file_does_not_keep_is_said(tmp_path: Path) -> None:
    path, marked = tmp_path / "填报.xlsx", tmp_path / "标好.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("企业")
        page.write_column(0, 0, ["名称", "示例甲有限公司"])
        page.write_column(0, 1, ["年营业收入", "很多"])
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "='企业'!$B$2:$B$2"})
        page.insert_chart("D2", chart)
        page.insert_textbox("D20", "注意")
    raw = read(path)
    assert ["文本框和形状" in str(note) for note in raw.notes] == [True]
    write_checked(check(raw, KNOWN), marked)
    book = openpyxl.load_workbook(marked)
    assert any("不再有文本框和形状" in str(row[0].value) for row in book[ERRORS_SHEET].iter_rows())
    assert any(name.startswith("xl/charts/chart") for name in zipfile.ZipFile(marked).namelist())
