"""A workbook given back: the same file, its wrong cells marked, each with what is wrong, the cure, and a link to it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font

from loaders.workbook import check, read, source_id, write_checked
from tests.loaders.test_workbook_reader import write_book
from tests.loaders.test_workbook_records import FIRMS, KNOWN, ONE

BUYS: list[list[object]] = [
    ["我的备注", "企业", "产品", "年采购额"],
    ["好", ONE, "轴承", 5],
    ["坏", "示例无此有限公司", None, "很多"],
]


def filled(tmp_path: Path) -> Path:
    path = write_book(tmp_path / "填报.xlsx", {"企业": FIRMS, "采购": BUYS, "内部": [["=1+1", "随手记"]]})
    book = openpyxl.load_workbook(path)
    book["采购"]["A2"].font = Font(bold=True)
    book["采购"]["A2"].comment = Comment("自己的批注", "某人")
    book["采购"].column_dimensions["A"].width = 33
    book["采购"].merge_cells("F1:G2")
    book.save(path)
    return path


def marked(tmp_path: Path) -> tuple[Path, openpyxl.Workbook]:
    checked = check(read(filled(tmp_path)), KNOWN)
    assert (checked.rows, checked.returned) == (4, 1)
    out = tmp_path / "填报-检查.xlsx"
    assert write_checked(checked, out) == 3
    return out, openpyxl.load_workbook(out)


def test_wrong_cells_are_marked_with_what_and_cure(tmp_path: Path) -> None:
    _, book = marked(tmp_path)
    page = book["采购"]
    filled_cells = {cell.coordinate: cell for row in page for cell in row if cell.fill.fill_type == "solid"}
    assert set(filled_cells) == {"B3", "C3", "D3"}
    assert "没有名为“示例无此有限公司”的企业" in filled_cells["B3"].comment.text
    assert "统一社会信用代码" in filled_cells["B3"].comment.text
    assert "缺少“产品”" in filled_cells["C3"].comment.text
    assert filled_cells["D3"].fill.fgColor.rgb != filled_cells["B3"].fill.fgColor.rgb


def test_the_errors_sheet_links_to_the_cells(tmp_path: Path) -> None:
    _, book = marked(tmp_path)
    page = book.worksheets[0]
    assert page.title == "错误"
    assert "4 行" in str(page["A1"].value)
    assert [cell.value for cell in page[2]] == ["位置", "问题", "怎么改", "处理"]
    links = [page.cell(row, 1).hyperlink.location or page.cell(row, 1).hyperlink.target for row in (3, 4, 5)]
    assert [str(link).lstrip("#") for link in links] == ["'采购'!B3", "'采购'!C3", "'采购'!D3"]
    assert [page.cell(row, 4).value for row in (3, 4, 5)] == ["整行退回", "整行退回", "此格不采用"]


def test_everything_else_of_the_file_stays(tmp_path: Path) -> None:
    _, book = marked(tmp_path)
    page = book["采购"]
    assert page["A2"].font.bold
    assert page["A2"].comment.text == "自己的批注"
    assert page.column_dimensions["A"].width == 33
    assert [str(area) for area in page.merged_cells.ranges] == ["F1:G2"]
    assert book["内部"]["A1"].value == "=1+1"
    assert [cell.value for cell in page[3]][:4] == BUYS[2]


def test_the_marked_file_is_the_workbook_itself_when_it_comes_back(tmp_path: Path) -> None:
    out, book = marked(tmp_path)
    assert source_id(read(out)) == "workbook:填报"
    book["采购"]["B3"], book["采购"]["C3"], book["采购"]["D3"] = ONE, "减速器", 70
    book.save(out)
    raw = read(out)
    checked = check(raw, KNOWN)
    assert (checked.rows, checked.problems) == (4, ())
    assert not [note for note in raw.notes if "错误" in str(note)]
    again = tmp_path / "再.xlsx"
    write_checked(checked, again)
    page = openpyxl.load_workbook(again)["采购"]
    assert page["B3"].fill.fill_type is None
    assert page["B3"].comment is None
    assert page["A2"].comment.text == "自己的批注"


def test_text_of_a_csv_stays_text_in_the_marked_workbook(tmp_path: Path) -> None:
    path = tmp_path / "企业.csv"
    path.write_text('名称,年营业收入\n"=cmd|\' /C calc\'!A0",5\n+8613800000000,"很多"\n', encoding="gb18030")
    checked = check(read(path), KNOWN)
    out = tmp_path / "企业-检查.xlsx"
    write_checked(checked, out)
    cells = [openpyxl.load_workbook(out)["企业"][place] for place in ("A2", "A3")]
    assert [cell.value for cell in cells] == ["=cmd|' /C calc'!A0", "+8613800000000"]
    assert {cell.data_type for cell in cells} == {"s"}
