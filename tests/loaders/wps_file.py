"""An .xlsx with what WPS writes and Excel does not: made up from descriptions of such files, not written by WPS.

Its build in ``docProps/custom.xml``, its own name for the program, readings of Chinese words beside the shared texts,
a picture in a cell (``DISPIMG`` and ``xl/cellimages.xml``), namespaces of its own in ``xl/workbook.xml``.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import xlsxwriter

_APP = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">
<Application>WPS Office_11.1.0.14309_F1E327BC-269C-435d-A152-05C5408002CA</Application></Properties>"""
_CUSTOM = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
 xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">
<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="KSOProductBuildVer">
<vt:lpwstr>2052-11.1.0.14309</vt:lpwstr></property>
<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="3" name="ICV"><vt:lpwstr>0A1B</vt:lpwstr></property>
</Properties>"""
_IMAGES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"
 xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing">
<etc:cellImage><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="ID_5A1B"/></xdr:nvPicPr></xdr:pic></etc:cellImage>
</etc:cellImages>"""
_READING = '<rPh sb="0" eb="2"><t>shìlì</t></rPh><phoneticPr fontId="1" type="noConversion"/>'


def write_wps(path: Path, rows: list[list[object]], sheet: str = "企业") -> Path:
    """Write it; the last column holds a picture in each row."""
    plain = path.with_name("plain.xlsx")
    with xlsxwriter.Workbook(plain) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
            if number:
                page.write_formula(number, len(row), '=_xlfn.DISPIMG("ID_5A1B",1)', None, '=DISPIMG("ID_5A1B",1)')
        page.write(0, len(rows[0]), "厂区照片")
    with zipfile.ZipFile(plain) as given, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            made.writestr(name, _changed(name, given.read(name).decode()))
        made.writestr("docProps/custom.xml", _CUSTOM)
        made.writestr("xl/cellimages.xml", _IMAGES)
    plain.unlink()
    return path


def _changed(name: str, text: str) -> str:
    if name == "docProps/app.xml":
        return _APP
    if name == "xl/sharedStrings.xml":
        return text.replace("</t></si>", f"</t>{_READING}</si>")
    if name == "xl/workbook.xml":
        text = re.sub(r"<fileVersion[^>]*/>", '<fileVersion appName="xl" lastEdited="3" rupBuild="9302"/>', text)
        return text.replace("<workbook ", '<workbook xmlns:s="http://www.wps.cn/officeDocument/2013/wpsCustomData" ', 1)
    return text
