"""What of an .xlsx is gone when openpyxl writes it again: said before, since the marked file is somebody's own."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Mapping

from graph.messages import N_

NOT_KEPT = N_("{file}：标好问题的返回文件里不再有{what}；原文件不受影响，也可在原文件中照“错误”表改")
SHAPES, PICTURES = N_("文本框和形状"), N_("图片")
_DRAWING = re.compile(r"xl/drawings/[^/]+\.xml")
_DRAWN: Mapping[str, re.Pattern[bytes]] = {
    SHAPES: re.compile(rb"<xdr:(?:sp|grpSp|cxnSp)[ >]"),
    PICTURES: re.compile(rb"<xdr:pic[ >]"),
}
_PARTS: Mapping[str, re.Pattern[str]] = {
    N_("单元格图片"): re.compile(r"xl/cellimages\.xml|xl/richData/rdrichvalue\.xml", re.IGNORECASE),
    N_("图表的配色和样式"): re.compile(r"xl/charts/(?:style|colors)\d+\.xml"),
    N_("瀑布图、旭日图等新式图表"): re.compile(r"xl/charts/chartex\d+\.xml", re.IGNORECASE),
    N_("流程图（SmartArt）"): re.compile(r"xl/diagrams/.+"),
    N_("切片器"): re.compile(r"xl/(?:slicers|timelines)/.+"),
    N_("控件"): re.compile(r"xl/(?:ctrlProps|activeX)/.+"),
    N_("嵌入的文件"): re.compile(r"xl/embeddings/.+"),
    N_("批注的回复"): re.compile(r"xl/threadedComments/.+"),
}
_MARKS: Mapping[bytes, str] = {
    b"<x14:sparklineGroup ": N_("迷你图"),
    b"<x14:dataValidation ": N_("引用其他工作表的下拉列表"),
    b"<x14:conditionalFormatting ": N_("数据条、图标集等条件格式"),
}


def marks_in(piece: bytes) -> set[bytes]:
    """The marks of extensions that a piece of a sheet shows."""
    return {mark for mark in _MARKS if mark in piece}


def not_kept(archive: zipfile.ZipFile, names: Collection[str], marks: Collection[bytes]) -> list[str]:
    """What will be gone, in words; ``marks`` were found in the sheets."""
    drawn = b"".join(archive.read(name) for name in names if _DRAWING.fullmatch(name))
    found = [title for title, pattern in _DRAWN.items() if pattern.search(drawn)]
    found += [title for title, pattern in _PARTS.items() if any(map(pattern.fullmatch, names))]
    return found + [title for mark, title in _MARKS.items() if mark in marks]
