"""Files as they arrive: whole, cut off, renamed, with sheets and columns nobody knows."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.formula import ArrayFormula

from graph.errors import SourceMissing, SourceUnreadable
from loaders.workbook import SHEETS, read, source_for
from loaders.workbook.files import MAX_COLUMNS
from loaders.workbook.sheets import BANNER

FIRMS: list[list[object]] = [["名称", "所在城市"], ["示例甲有限公司", "常州市"]]


def write_book(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> Path:
    """Write rows cell by cell; text that begins with = becomes a formula, as in Excel."""
    book = openpyxl.Workbook()
    del book[book.sheetnames[0]]
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    book.save(path)
    return path


def notes(path: Path) -> list[str]:
    return [str(note) for note in read(path).notes]


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing) as caught:
        read(tmp_path / "无.xlsx")
    assert "无.xlsx" in str(caught.value.what)
    assert ".xlsx" in str(caught.value.remedy)


def test_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing):
        read(tmp_path)


def test_text_renamed(tmp_path: Path) -> None:
    path = tmp_path / "文本.xlsx"
    path.write_text("名称,所在城市\n示例甲有限公司,常州市\n", encoding="utf-8")
    with pytest.raises(SourceUnreadable, match=r"不是 \.xlsx"):
        read(path)


def test_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "空.xlsx"
    path.touch()
    with pytest.raises(SourceUnreadable):
        read(path)


def test_old_or_locked_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "旧.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))
    with pytest.raises(SourceUnreadable, match="另存为"):
        read(path)


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_truncated_file(tmp_path: Path, part: float) -> None:
    whole = write_book(tmp_path / "整.xlsx", {"企业": [*FIRMS] * 200}).read_bytes()
    path = tmp_path / "断.xlsx"
    path.write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(SourceUnreadable):
        read(path)


def test_corrupt_sheet_inside_a_whole_zip(tmp_path: Path) -> None:
    whole = write_book(tmp_path / "整.xlsx", {"企业": FIRMS})
    path = tmp_path / "坏.xlsx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data[: len(data) // 2] if "sheet1" in name else data)
    with pytest.raises(SourceUnreadable):
        read(path)


def test_zip_that_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "包.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(SourceUnreadable):
        read(path)


def test_every_byte_may_be_wrong(tmp_path: Path) -> None:
    whole = bytearray(write_book(tmp_path / "整.xlsx", {"企业": FIRMS}).read_bytes())
    path = tmp_path / "错.xlsx"
    for position in range(0, len(whole), 17):
        broken = bytearray(whole)
        broken[position] ^= 0xFF
        path.write_bytes(broken)
        with suppress(SourceUnreadable):
            assert read(path).tables


def test_unknown_sheet_is_noted_and_none_known_is_an_error(tmp_path: Path) -> None:
    both = write_book(tmp_path / "两.xlsx", {"企业": FIRMS, "随手记": [["甲"]], "说明": [["怎么填"]]})
    assert [note for note in notes(both) if "随手记" in note]
    assert not [note for note in notes(both) if "“说明”" in note]
    assert [table.sheet.name for table in read(both).tables] == ["企业"]
    alone = write_book(tmp_path / "一.xlsx", {"随手记": [["甲"]]})
    with pytest.raises(SourceUnreadable, match="没有一张认识的工作表"):
        read(alone)


def test_empty_sheet_is_passed_over(tmp_path: Path) -> None:
    raw = read(write_book(tmp_path / "空.xlsx", {"企业": FIRMS, "采购": []}))
    assert [table.sheet.name for table in raw.tables] == ["企业"]
    assert raw.notes == ()


def test_header_alone_is_a_table_without_rows(tmp_path: Path) -> None:
    raw = read(write_book(tmp_path / "头.xlsx", {"企业": FIRMS[:1]}))
    assert raw.total == 0


def test_sheet_without_header_is_noted(tmp_path: Path) -> None:
    raw = read(write_book(tmp_path / "无头.xlsx", {"企业": FIRMS, "采购": [["甲", 1], ["乙", 2]]}))
    assert [note for note in map(str, raw.notes) if "采购" in note and "找不到表头" in note]


def test_three_hundred_columns(tmp_path: Path) -> None:
    extra = [f"另列{number}" for number in range(298)]
    rows = [[*extra, "名称", "所在城市"], [*["x"] * 298, "示例甲有限公司", "常州市"]]
    path = write_book(tmp_path / "宽.xlsx", {"企业": rows})
    (note,) = notes(path)
    assert "另列0" in note
    assert "等 298 列" in note
    (table,) = read(path).tables
    assert table.rows[0][table.positions["名称"]] == "示例甲有限公司"


def test_more_columns_than_are_read(tmp_path: Path) -> None:
    path = write_book(tmp_path / "很宽.xlsx", {"企业": [["名称", *["另"] * MAX_COLUMNS], ["示例甲有限公司"]]})
    assert any(f"只读取前 {MAX_COLUMNS} 列" in note for note in notes(path))


def test_columns_in_any_order_and_width(tmp_path: Path) -> None:
    rows: list[list[object]] = [["备注", "产品", "收入占比", " 企业 "], ["x", "丙", 0.2, "示例甲有限公司"]]
    path = write_book(tmp_path / "序.xlsx", {"产品": rows})
    (table,) = read(path).tables
    assert dict(table.positions) == {"产品": 1, "收入占比": 2, "企业": 3}
    assert notes(path) == ["序.xlsx 产品：不认识这些列，未读取：备注"]


def test_repeated_and_missing_columns_are_noted(tmp_path: Path) -> None:
    found = notes(write_book(tmp_path / "列.xlsx", {"产品": [["企业", "企业"], ["甲", "乙"]]}))
    assert any("“企业”出现多次" in note for note in found)
    assert any("缺少必填列“产品”" in note for note in found)


@pytest.mark.parametrize("banner", [BANNER, "样例：仅供演示"])
def test_banner_marks_a_sample(tmp_path: Path, banner: str) -> None:
    path = write_book(tmp_path / "样.xlsx", {"企业": [[banner], *FIRMS]})
    raw = read(path)
    assert raw.sample
    assert raw.total == 1
    assert source_for(path).sample


def test_category_marks_a_sample(tmp_path: Path) -> None:
    path = tmp_path / "类.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"category": "样例", "created": datetime(2026, 3, 4, tzinfo=UTC)})
        page = book.add_worksheet("企业")
        page.write_string(0, 0, "名称")
    raw = read(path)
    assert raw.sample
    assert f"{raw.made_on}" == "2026-03-04"


def test_real_workbook_is_no_sample(tmp_path: Path) -> None:
    path = write_book(tmp_path / "真.xlsx", {"企业": FIRMS})
    source = source_for(path)
    assert (source.id, source.rank, source.sample) == ("workbook:真", 1, False)


def test_blank_rows_keep_the_numbers_of_the_others(tmp_path: Path) -> None:
    rows: list[list[object]] = [*FIRMS, [None, "  "], [], ["示例乙有限公司"]]
    (table,) = read(write_book(tmp_path / "空行.xlsx", {"企业": rows})).tables
    assert table.numbers == [2, 5]


def test_formulas_are_text_never_values(tmp_path: Path) -> None:
    path = tmp_path / "式.xlsx"
    book = openpyxl.Workbook()
    page = book.create_sheet("企业")
    page.append(["名称", "简称"])
    page.append(["=1+1", "x"])
    page["B2"] = ArrayFormula("B2:B2", "=SUM(A1:A2)")
    book.save(path)
    (table,) = read(path).tables
    assert table.rows[0] == ["=1+1", "=SUM(A1:A2)"]


def test_wrong_stated_size_loses_nothing(tmp_path: Path) -> None:
    whole = write_book(tmp_path / "整.xlsx", {"企业": [*FIRMS, ["示例乙有限公司", "常州市"]]})
    path = tmp_path / "小.xlsx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b'ref="A1:B3"', b'ref="A1:A1"'))
    assert read(path).total == 2


def test_sheets_are_declared_without_clashes() -> None:
    for sheet in SHEETS:
        titles = [column.title for column in sheet.columns]
        assert len(set(titles)) == len(titles)
        assert any(column.required for column in sheet.columns)
        assert sheet.state.__doc__
