"""A workbook as Excel 5.0/95 wrote it on a Chinese Windows: BIFF5, texts in GBK, in a compound file.

Made up by the published formats ([MS-CFB], OpenOffice.org's documentation of the Excel file format), since no program
at hand writes it any more; LibreOffice opens what comes out.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
Rows = Sequence[Sequence[str | float | None]]


def biff5(sheets: dict[str, Rows], codepage: int | None = 936) -> bytes:
    """The bytes of an .xls file; some programs leave the code page out."""
    encoding = "cp936"
    pages = [_sheet(rows, encoding) for rows in sheets.values()]
    names = [name.encode(encoding) for name in sheets]
    head = _record(0x0809, struct.pack("<HHHH", 0x0500, 0x0005, 0x096C, 0x07C9))
    if codepage:
        head += _record(0x0042, struct.pack("<H", codepage))
    head += b"".join(_record(0x0031, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 134, 0) + b"\x05Arial")
                     for _ in range(4))  # fmt: skip
    head += b"".join(_record(0x00E0, struct.pack("<HHHHHHHH", 0, 0, 0xFFF5 if one < 15 else 1, 0x20, 0x20C0, 0, 0, 0))
                     for one in range(16))  # fmt: skip
    at = len(head) + sum(4 + 7 + len(name) for name in names) + 4
    for name, page in zip(names, pages, strict=True):
        head += _record(0x0085, struct.pack("<IHB", at, 0, len(name)) + name)
        at += len(page)
    return _compound("Book", head + _record(0x000A) + b"".join(pages))


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _sheet(rows: Rows, encoding: str) -> bytes:
    width = max(map(len, rows), default=0)
    found = _record(0x0809, struct.pack("<HHHH", 0x0500, 0x0010, 0x096C, 0x07C9))
    found += _record(0x0000, struct.pack("<HHHHH", 0, len(rows), 0, width, 0))
    return found + b"".join(_cells(rows, encoding)) + _record(0x000A)


def _cells(rows: Rows, encoding: str) -> Iterator[bytes]:
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            place = struct.pack("<HHH", row, column, 15)
            if isinstance(value, str):
                text = value.encode(encoding)
                yield _record(0x0204, place + struct.pack("<H", len(text)) + text)
            elif value is not None:
                yield _record(0x0203, place + struct.pack("<d", value))


def _compound(name: str, stream: bytes) -> bytes:
    """One stream in a compound file: header, the table of sectors, the folder, the stream."""
    stream = stream.ljust(4096, b"\0")  # a shorter one would lie in the small sectors
    count = -(-len(stream) // SECTOR)
    assert count + 2 <= SECTOR // 4, "one sector of the table is enough for what tests write"
    table = [FAT, END, *range(3, 2 + count), END]
    table += [FREE] * (SECTOR // 4 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += bytes(10) + struct.pack("<IIIIIIII", 1, 1, 0, 4096, END, 0, END, 0)
    header += struct.pack("<109I", 0, *[FREE] * 108)
    folder = _entry("Root Entry", 5, child=1, start=END, size=0) + _entry(
        name, 2, child=FREE, start=2, size=len(stream)
    )
    folder += 2 * _entry("", 0, child=FREE, start=0, size=0)
    return header + struct.pack(f"<{SECTOR // 4}I", *table) + folder + stream.ljust(count * SECTOR, b"\0")


def _entry(name: str, kind: int, *, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0" if name else b""
    links = struct.pack("<III", FREE, FREE, child)
    place = struct.pack("<III", start, size, 0)
    return text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1) + links + bytes(36) + place
