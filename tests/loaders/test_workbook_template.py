"""The template: derived from the declared columns, with lists and notes, and an example that is never loaded."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from loaders.workbook import SHEETS, check, lists_from_catalog, read, source_id, write_template
from loaders.workbook.columns import Kind
from loaders.workbook.known import Reference
from loaders.workbook.template import note_of, version

LISTS = lists_from_catalog()
ISSUE = """企业 厂区 产品 采购 供应关系 需求 供给 加工与检测能力 设备 系统解决方案 科技成果 机构 挂链"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "模板.xlsx"
    write_template(path, LISTS)
    return path


def test_every_offered_sheet_has_its_columns_and_a_note_on_each(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    assert set(book.sheetnames) >= set(ISSUE.split())
    for sheet in SHEETS:
        if sheet.offered:
            head = book[sheet.name][1]
            assert [cell.value for cell in head] == [column.title for column in sheet.columns]
            assert all(
                cell.comment and cell.comment.text == note_of(column)
                for cell, column in zip(head, sheet.columns, strict=True)
            )


def test_the_example_is_grey_and_never_loaded(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    assert str(book["企业"]["A2"].value).startswith("例：")
    assert book["企业"]["A2"].font.color.rgb == "FF8C8C8C"
    raw = read(path)
    assert raw.total == 0
    assert raw.notes == ()


def test_an_example_written_as_the_guide_says_is_a_good_row(tmp_path: Path) -> None:
    path = tmp_path / "照例填.xlsx"
    write_template(path, LISTS)
    book = openpyxl.load_workbook(path)
    book["企业"]["A2"] = "某某精密传动有限公司"
    book["挂链"]["A2"] = "某某精密传动有限公司"
    book["需求"]["A2"] = "N-001"
    book.save(path)
    checked = check(read(path))
    assert checked.rows == 3
    assert checked.problems == ()


def test_choices_and_references_have_lists(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    for sheet in (sheet for sheet in SHEETS if sheet.offered):
        listed = {
            str(area).split(":")[0]
            for rule in book[sheet.name].data_validations.dataValidation
            for area in rule.sqref.ranges
        }
        for index, column in enumerate(sheet.columns, start=1):
            wants = column.kind in {Kind.CHOICE, Kind.FLAG} or column.refers_to in {
                *LISTS.words,
                Reference.FIRM,
                Reference.ORGANISATION,
            }
            assert (book[sheet.name].cell(2, index).coordinate in listed) is wants, (sheet.name, column.title)
    assert book["_ronglian_lists"].sheet_state == "veryHidden"


def test_the_version_is_hidden_and_comes_back(path: Path) -> None:
    raw = read(path)
    assert raw.stamp == {"version": version(), "kind": "template", "about": ""}
    assert openpyxl.load_workbook(path)["_ronglian"].sheet_state == "veryHidden"
    assert source_id(raw) == "workbook:模板"
