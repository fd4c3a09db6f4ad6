"""Files as nobody should send them: each is read, or refused with a clear sentence, and nothing is half read."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from graph.errors import InputError
from loaders.workbook import check, read
from loaders.workbook.loader import Checked
from tests.loaders.excel_95 import biff5
from tests.loaders.test_workbook_records import KNOWN

HEAD: list[object] = ["名称", "简称", "年营业收入", "集团"]
FIRM = "示例甲有限公司"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _book(rows: list[list[object]], sheet: str = "企业") -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _good() -> bytes:
    return _book([HEAD, [FIRM, "甲", 5, None]])


def _changed(change: Callable[[str, bytes], bytes], *more: tuple[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_good())) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name in source.namelist():
            out.writestr(name, change(name, source.read(name)))
        for name, data in more:
            out.writestr(name, data)
    return target.getvalue()


def _same(_name: str, data: bytes) -> bytes:
    return data


def _row(cells: str) -> Callable[[str, bytes], bytes]:
    def change(name: str, data: bytes) -> bytes:
        return data.replace(b"</sheetData>", cells.encode() + b"</sheetData>") if "sheet1" in name else data

    return change


def _bomb() -> bytes:
    return _changed(_same, ("xl/media/x.bin", bytes(600 * 2**20)))


def _blank_rows() -> bytes:
    rows = "".join(f'<row r="{number}"/>' for number in range(3, 1_000_001))
    return _changed(_row(rows))


def _last_corner() -> bytes:
    return _changed(_row('<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'))


def _twins() -> bytes:
    target = io.BytesIO()
    book = openpyxl.Workbook()
    del book[book.sheetnames[0]]
    for name in ("企业", "企业 ", "DATA", "data "):
        page = book.create_sheet(name)
        page.append(HEAD)
        page.append([f"{FIRM}{name.strip()}{len(name)}", None, None, None])
    book.save(target)
    return target.getvalue()


def _macro() -> bytes:
    return _changed(_same, ("xl/vbaProject.bin", OLE + bytes(64)))


def _linked() -> bytes:
    return _changed(_same, ("xl/externalLinks/externalLink1.xml", b"<externalLink/>"))


def _lying_size() -> bytes:
    data = bytearray(_good())
    at = data.find(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 2**31)
    return bytes(data)


REFUSED: dict[str, tuple[str, bytes | Callable[[], bytes], str]] = {
    "nothing at all": ("空.xlsx", b"", "文件是空的"),
    "one byte": ("一.xlsx", b"P", "不完整"),
    "text by another name": ("文.xlsx", "名称,简称\n".encode(), "另存为 .xlsx"),
    "a page of the web": ("页.xls", b"<html><table><tr><td>x</td></tr></table></html>", "另存为 .xlsx"),
    "a picture": ("图.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(99), "不完整"),
    "a zip of something else": ("包.xlsx", lambda: _zip({"a.txt": b"a"}), "不完整"),
    "half a download": ("半.xlsx", lambda: _good()[: len(_good()) // 2], "不完整"),
    "without its last bytes": ("末.xlsx", lambda: _good()[:-30], "不完整"),
    "a zip bomb": ("弹.xlsx", _bomb, "512 MB"),
    "a nested zip": ("套.xlsx", lambda: _zip({"内.xlsx": _good()}), "不完整"),
    "with a password": ("锁.xlsx", OLE + bytes(512) + "EncryptedPackage".encode("utf-16-le") + bytes(512), "密码"),
    "an old file cut off": ("旧.xls", OLE + bytes(2048), "不完整"),
    "an Excel 95 file cut off": ("古.xls", lambda: biff5({"企业": [["名称"], [FIRM]]})[:2560], "不完整"),
    "an empty zip": ("空包.xlsx", lambda: _zip({}), "不完整"),
    "a book without its sheet": ("缺.xlsx", lambda: _without("sheet1.xml"), "不完整"),
    "a book without its list of sheets": ("缺目.xlsx", lambda: _without("workbook.xml"), "不完整"),
    "broken XML": (
        "坏.xlsx",
        lambda: _changed(lambda name, data: data[: len(data) // 2] if "sheet1" in name else data),
        "不完整",
    ),
    "entities that grow": ("实体.xlsx", lambda: _changed(_entities), "没有一张认识的工作表"),
    "no sheet we know": ("别.xlsx", lambda: _book([["甲", "乙"], [1, 2]], "随手记"), "没有一张认识的工作表"),
    "an empty sheet": ("空表.xlsx", lambda: _book([]), "没有一张认识的工作表"),
    "an ending nobody knows": ("程序.exe", b"MZ" + bytes(99), "不认识“.exe”文件"),
    "bytes for text": ("乱.csv", bytes(range(256)) * 20, "不是"),
    "NUL only": ("零.csv", bytes(100), "没有一张认识的工作表"),
    "text without a header": ("无头.csv", "甲\n乙\n".encode(), "没有一张认识的工作表"),
    "too many rows": ("长.csv", ("名称\n" + "示例\n" * 300_001).encode, "300,000 行"),
}


def _zip(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as out:
        for name, data in files.items():
            out.writestr(name, data)
    return target.getvalue()


def _without(part: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_good())) as source, zipfile.ZipFile(target, "w") as out:
        for name in source.namelist():
            if not name.endswith(part):
                out.writestr(name, source.read(name))
    return target.getvalue()


def _entities(name: str, data: bytes) -> bytes:
    if "sheet1" not in name:
        return data
    levels = b"".join(b'<!ENTITY l%d "%s">' % (n + 1, b"&l%d;" % n * 10) for n in range(12))
    return b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">' + levels + b"]><x>&l12;</x>"


@pytest.mark.parametrize("name", REFUSED)
def test_refused_in_words(tmp_path: Path, name: str) -> None:
    file, content, words = REFUSED[name]
    path = tmp_path / file
    path.write_bytes(content() if callable(content) else content)
    with pytest.raises(InputError) as caught:
        read(path)
    assert words in str(caught.value.what)
    assert "请" in str(caught.value.remedy)


def _cell(value: object) -> bytes:
    return _book([HEAD, [FIRM, value, 5, None]])


TAKEN: dict[str, tuple[str, bytes | Callable[[], bytes], int]] = {
    "a million blank rows": ("白.xlsx", _blank_rows, 1),
    "a cell in the last corner": ("角.xlsx", _last_corner, 1),
    "sheets of one name in other case": ("双.xlsx", _twins, 4),
    "macros": ("宏.xlsm", _macro, 1),
    "links to other books": ("链.xlsx", _linked, 1),
    "a zip that lies about its size": ("谎.xlsx", _lying_size, 1),
    "three hundred columns": ("宽.xlsx", lambda: _book([[*HEAD, *map(str, range(300))], [FIRM]]), 1),
    "emoji": ("😀.xlsx", lambda: _cell("甲🏭👨‍👩‍👧"), 1),
    "marks from right to left": ("反.xlsx", lambda: _cell("\u202e甲\u202c\u200f"), 1),
    "zero-width characters": ("零宽.xlsx", lambda: _cell("甲\u200b\ufeff"), 1),
    "a cell of ten thousand characters": ("字.xlsx", lambda: _cell("长" * 10_000), 1),
    "a formula": ("式.xlsx", lambda: _cell("=1+1"), 1),
    "a formula that calls": ("呼.xlsx", lambda: _cell('=HYPERLINK("http://x","y")'), 1),
    "a formula that commands": ("企业.csv", "名称,简称\n示例甲有限公司,\"=cmd|' /C calc'!A0\"\n".encode(), 1),
    "a full-width formula": ("企业.csv", "名称,简称\n示例甲有限公司,＝1+1\n".encode(), 1),
    "an error value": ("错.xlsx", lambda: _cell("#REF!"), 1),
    "a huge number": ("大.xlsx", lambda: _book([HEAD, [FIRM, None, 10**30, None]]), 1),
    "a number for a name": ("数.xlsx", lambda: _book([HEAD, [12345, None, 5, None]]), 1),
    "NUL among text": ("企业.csv", "名称,简称\n示例甲\x00有限公司,甲\n".encode(), 1),
    "quotes that never close": ("企业.csv", '名称,简称\n"示例甲有限公司,甲\n'.encode(), 1),
    "rows of other lengths": ("企业.csv", "名称,简称\n示例甲有限公司\n示例乙有限公司,乙,多,了\n".encode(), 2),
    "old line ends": ("企业.csv", "名称,简称\r示例甲有限公司,甲\r".encode(), 1),
    "the header twice": ("重.xlsx", lambda: _book([HEAD, HEAD, [FIRM, None, 5, None]]), 1),
    "only a header": ("头.xlsx", lambda: _book([HEAD]), 0),
    "a name of spaces": ("格.xlsx", lambda: _book([HEAD, ["   ", "甲", 5, None]]), 1),
    "a wrong stated size": (
        "小.xlsx",
        lambda: _changed(lambda name, data: data.replace(b'ref="A1:D2"', b'ref="A1:A1"')),
        1,
    ),
}


@pytest.mark.parametrize("name", TAKEN)
def test_taken_for_what_it_is(tmp_path: Path, name: str) -> None:
    file, content, rows = TAKEN[name]
    path = tmp_path / file
    path.write_bytes(content() if callable(content) else content)
    checked = check(read(path), KNOWN)
    assert isinstance(checked, Checked)
    assert checked.rows == rows
    assert all(str(problem.what) and str(problem.cure) for problem in checked.problems)


def test_there_are_forty() -> None:
    assert len(REFUSED) + len(TAKEN) >= 40


def test_no_formula_is_computed(tmp_path: Path) -> None:
    path = tmp_path / "式.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("企业")
        page.write_row(0, 0, ["名称", "职工人数"])
        page.write_string(1, 0, FIRM)
        page.write_formula(1, 1, "=40+2", None, 42)
    (problem,) = check(read(path), KNOWN).problems
    assert "“=40+2”是公式" in str(problem.what)
