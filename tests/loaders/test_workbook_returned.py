"""The rows that came back, as a workbook that can be mended and sent in again."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from graph.messages import Message
from loaders.provenance import Drop, Row
from loaders.workbook import read, records, write_returned
from loaders.workbook.sheets import BANNER
from tests.loaders.test_workbook_reader import write_book
from tests.loaders.test_workbook_records import FIRMS, KNOWN, ONE

HEADER = ["备注", "企业", "产品", "年采购额", "填报日期"]


def returned(tmp_path: Path, rows: list[list[object]], *, banner: bool = False) -> tuple[Path, Path, list[Drop]]:
    top: list[list[object]] = [[BANNER]] if banner else []
    path = write_book(tmp_path / "填报.xlsx", {"企业": [*top, *FIRMS], "采购": [*top, HEADER, *rows]})
    raw = read(path)
    drops = [row for row in records(raw, KNOWN) if isinstance(row, Drop)]
    out = tmp_path / "填报-退回.xlsx"
    assert write_returned(raw, drops, out) == len(drops)
    return path, out, drops


def test_only_returned_rows_with_place_problem_and_cure(tmp_path: Path) -> None:
    _, out, drops = returned(
        tmp_path, [["好", ONE, "轴承", 5, None], ["坏", "示例无此有限公司", None, 7, "2026-03-01"]]
    )
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["采购", "_ronglian"]
    head, row = [list(values) for values in book["采购"].iter_rows(values_only=True)]
    assert head == [*HEADER, "位置", "问题", "怎么改"]
    assert row[:5] == ["坏", "示例无此有限公司", None, 7, "2026-03-01"]
    assert row[5] == "采购!3"
    assert "B3 没有名为“示例无此有限公司”的企业" in str(row[6])
    assert "C3 缺少“产品”" in str(row[6])
    assert "统一社会信用代码" in str(row[7])
    assert len(drops) == 1


def test_bad_cells_are_marked(tmp_path: Path) -> None:
    _, out, _ = returned(tmp_path, [["坏", "示例无此有限公司", "轴承", 7, None]])
    page = openpyxl.load_workbook(out)["采购"]
    marked = [cell.coordinate for cell in page[2] if cell.fill.fgColor.rgb == "FFFFC7CE"]
    assert marked == ["B2"]


@pytest.mark.parametrize("formula", ["=1+1", '=HYPERLINK("http://x","y")', "=cmd|' /C calc'!A0"])
def test_formulas_stay_text(tmp_path: Path, formula: str) -> None:
    _, out, _ = returned(tmp_path, [[formula, formula, formula, formula, None]])
    cells = openpyxl.load_workbook(out)["采购"][2]
    assert [cell.value for cell in cells[:4]] == [formula] * 4
    assert {cell.data_type for cell in cells[:4]} == {"s"}
    assert {cell.number_format for cell in cells[:4]} == {"@"}


@pytest.mark.parametrize("text", ["+1+1", "-1+1", "@SUM(A1)", "http://示例", "00123"])
def test_text_that_looks_like_something_else_stays_text(tmp_path: Path, text: str) -> None:
    _, out, _ = returned(tmp_path, [[text, "示例无此有限公司", "轴承", None, None]])
    cell = openpyxl.load_workbook(out)["采购"]["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_mended_file_goes_in_without_a_word(tmp_path: Path) -> None:
    path, out, _ = returned(tmp_path, [["坏", "示例无此有限公司", "轴承", 7, "2026-03-01"]], banner=True)
    book = openpyxl.load_workbook(out)
    page = book["采购"]
    assert page["A1"].value == BANNER
    page["B3"].value = ONE
    firms = book.create_sheet("企业")
    for row in openpyxl.load_workbook(path)["企业"].iter_rows(values_only=True):
        firms.append(list(row))
    book.save(out)
    raw = read(out)
    assert raw.sample
    assert not [note for note in map(str, raw.notes) if "位置" in note or "问题" in note]
    assert all(isinstance(row, Row) for row in records(raw, KNOWN))


def test_reason_of_the_runner_is_written_as_it_is(tmp_path: Path) -> None:
    path = write_book(tmp_path / "填报.xlsx", {"企业": FIRMS})
    out = tmp_path / "退回.xlsx"
    assert write_returned(read(path), [Drop("企业!2", Message("关系的一端不在图谱中"))], out) == 1
    row = list(openpyxl.load_workbook(out)["企业"].iter_rows(values_only=True))[1]
    assert row[2:] == ("企业!2", "关系的一端不在图谱中", "")


def test_nothing_returned_is_still_a_workbook(tmp_path: Path) -> None:
    path = write_book(tmp_path / "填报.xlsx", {"企业": FIRMS})
    assert write_returned(read(path), [], tmp_path / "退回.xlsx") == 0
    assert openpyxl.load_workbook(tmp_path / "退回.xlsx").sheetnames == ["企业", "_ronglian"]
