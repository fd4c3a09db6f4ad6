"""Word documents as an office hands them in: fonts with their fallbacks, margins, page numbers, tables.

Margins, sizes and the form of the page number follow GB/T 9704-2012 for official documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

BODY_FONT, HEAD_FONT = "仿宋", "黑体"
FALLBACKS = {BODY_FONT: "仿宋_GB2312,FangSong,STFangsong,华文仿宋", HEAD_FONT: "SimHei,STHeiti,华文黑体"}
"""What Word looks for where a font is not installed (``w:altName`` in the font table)."""

SMALL = 10.5


def new_document(*, body: float = 14, narrow: bool = False) -> Any:
    """An empty A4 document, upright.

    Args:
        body: Size of the text in points.
        narrow: Narrow margins, for papers that are filled in by hand.
    """
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    _margins(section, upright=True)
    if narrow:
        section.left_margin = section.right_margin = Cm(2.2)
        section.top_margin = section.bottom_margin = Cm(1.8)
    sizes = (
        ("Normal", BODY_FONT, body),
        ("Title", HEAD_FONT, 22),
        ("Heading 1", HEAD_FONT, 16),
        ("Heading 2", HEAD_FONT, 13),
        ("Caption", HEAD_FONT, 10.5),
    )
    for name, font, size in sizes:
        style = document.styles[name]
        style.font.name, style.font.size, style.font.bold, style.font.italic = font, Pt(size), False, False
        style.font.color.rgb = None
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for script in ("ascii", "hAnsi", "eastAsia"):
            fonts.set(qn(f"w:{script}"), font)
        for colour in style.element.rPr.findall(qn("w:color")):
            style.element.rPr.remove(colour)
    document.styles["Normal"].paragraph_format.space_after = Pt(4)
    for border in document.styles["Title"].element.pPr.findall(qn("w:pBdr")):
        document.styles["Title"].element.pPr.remove(border)
    _name_fallbacks(document)
    _page_number(section.footer.paragraphs[0])
    return document


def _margins(section: Any, *, upright: bool) -> None:
    top, bottom, side = (3.7, 3.5, 2.7) if upright else (2.6, 2.2, 2.0)
    section.top_margin, section.bottom_margin = Cm(top), Cm(bottom)
    section.left_margin = section.right_margin = Cm(side)


def _name_fallbacks(document: Any) -> None:
    part = next(part for part in document.part.package.iter_parts() if part.partname == "/word/fontTable.xml")
    table = parse_xml(part.blob)
    for font, names in FALLBACKS.items():
        entry = f'<w:font {nsdecls("w")} w:name="{font}"><w:altName w:val="{names}"/><w:charset w:val="86"/></w:font>'
        table.append(parse_xml(entry))
    part._blob = _xml(table)


def _xml(element: Any) -> bytes:
    from lxml.etree import tostring

    return bytes(tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True))


def _page_number(paragraph: Any) -> None:
    """``— 1 —``, in the middle."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ").font.size = Pt(14)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = OxmlElement("w:r")
    shown = OxmlElement("w:t")
    shown.text = "1"
    run.append(shown)
    field.append(run)
    paragraph._p.append(field)
    paragraph.add_run(" —").font.size = Pt(14)


def turn(document: Any, *, upright: bool) -> None:
    """Go on a new page, upright or across."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.PORTRAIT if upright else WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = (Cm(21), Cm(29.7)) if upright else (Cm(29.7), Cm(21))
    _margins(section, upright=upright)


def title(document: Any, text: str) -> None:
    """The title of the document."""
    document.add_heading(text, 0).alignment = WD_ALIGN_PARAGRAPH.CENTER


def say(document: Any, text: str, *, bold: bool = False, middle: bool = False) -> None:
    """A paragraph, indented by two characters."""
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.bold = bold
    if middle:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    else:
        paragraph.paragraph_format.first_line_indent = Pt(28)
    paragraph.paragraph_format.line_spacing = 1.4


def picture(document: Any, png: bytes, caption: str, *, wide: float, high: float) -> None:
    """A picture as large as fits in ``wide`` × ``high`` cm, with its caption."""
    shown = document.add_picture(BytesIO(png), width=Cm(wide))
    if shown.height > Cm(high):
        shown.width, shown.height = int(shown.width * Cm(high) / shown.height), Cm(high)
    document.paragraphs[-1].alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    document.add_paragraph(caption, style="Caption").alignment = WD_ALIGN_PARAGRAPH.CENTER


def table(document: Any, heads: Mapping[str, float], rows: Iterable[Sequence[str]], shades: Sequence[str] = ()) -> None:
    """A table with its heads repeated on every page; widths in cm; ``shades`` colour the second column by row."""
    made = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    made.autofit, made.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    made.rows[0]._tr.get_or_add_trPr().append(repeat)
    for cell, head in zip(made.rows[0].cells, heads, strict=True):
        fill(cell, head, bold=True, shade="E8EFF8")
    for number, texts in enumerate(rows):
        row = made.add_row()
        whole = OxmlElement("w:cantSplit")
        row._tr.get_or_add_trPr().append(whole)
        for column, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            shaded = column == 1 and number < len(shades)
            fill(cell, text, shade=shades[number] if shaded else None)
    for column, width in zip(made.columns, heads.values(), strict=True):
        column.width = Cm(width)
    for row in made.rows:
        for cell, width in zip(row.cells, heads.values(), strict=True):
            cell.width = Cm(width)


def fill(cell: Any, text: str, *, bold: bool = False, shade: str | None = None) -> None:
    """Write into a cell."""
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(3), Pt(2)
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(SMALL)
    if shade:
        ground = OxmlElement("w:shd")
        for key, value in (("val", "clear"), ("fill", shade)):
            ground.set(qn(f"w:{key}"), value)
        cell._tc.get_or_add_tcPr().append(ground)
