"""The chain report in Word: summary, the map as a table, gaps with reasons, evidence and limits, next steps."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from api.i18n import _, aside, chained, listed, render, titled
from api.reports.gap_list import reason_text
from api.titles import VALUES
from graph.model import Stream
from matching.gaps.classify import CLASS_TITLES, GapClass
from matching.gaps.priority import PART_TITLES

if TYPE_CHECKING:
    from matching.gaps import Board, ChainSummary, SegmentAssessment

BODY_FONT, HEAD_FONT = "仿宋", "黑体"  # with the fallbacks Word itself has for them
SHADES = {
    GapClass.MISSING: "F8D7DA",
    GapClass.AT_RISK: "FDE2C8",
    GapClass.WEAK: "FFF3CD",
    GapClass.UNVERIFIED: "E2E3E5",
    GapClass.STRONG: "D1E7DD",
    GapClass.NORMAL: "E9F5EF",
}


def write_chain_report(board: Board, chain: str, path: Path) -> None:
    """Write the report of one chain."""
    path.parent.mkdir(parents=True, exist_ok=True)
    summary = board.by_chain[chain]
    document = _new_document()
    title = document.add_heading(_("{chain}产业链分析报告").format(chain=summary.chain.name), 0)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if any(found.sample for found in board.of(chain)):
        document.add_paragraph(_("本报告含样例数据（虚构），仅供演示，不得作为决策依据。")).runs[0].bold = True
    _add_summary(document, board, summary)
    _add_map(document, board, chain)
    _add_gaps(document, board, chain)
    _add_pending(document, board, chain)
    _add_limits(document, board)
    document.save(str(path))


def _new_document() -> Any:
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(2)
    for name, font, size in (("Normal", BODY_FONT, 12), ("Title", HEAD_FONT, 22), ("Heading 1", HEAD_FONT, 16)):
        style = document.styles[name]
        style.font.name, style.font.size = font, Pt(size)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    _add_page_number(section.footer.paragraphs[0])
    return document


def _add_page_number(paragraph: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _add_summary(document: Any, board: Board, summary: ChainSummary) -> None:
    document.add_heading(_("一、总体情况"), 1)
    line = _("截至 {day}，{chain}产业链共 {segments} 个环节，{with_firms} 个有确认企业，仅 1 家的 {with_one_firm} 个。")
    values = {"day": board.today, "chain": summary.chain.name, "segments": summary.segments}
    depth = {"with_firms": summary.with_firms, "with_one_firm": summary.with_one_firm}
    document.add_paragraph(line.format(**values, **depth))
    counts = [f"{_(CLASS_TITLES[kind])} {count}" for kind, count in summary.classes.items() if count]
    document.add_paragraph(_("按类别：{counts}。").format(counts=listed(counts)))
    shares = (
        (_("环节覆盖率"), summary.coverage),
        (_("品类配套率"), summary.sourcing),
        (_("本地配套率"), summary.local_sourcing),
    )
    for name, figure in shares:
        value = _("缺数据") if figure.value is None else f"{figure.value:.0%}"
        document.add_paragraph(titled(name, value + aside(render(figure.note))))


def _add_map(document: Any, board: Board, chain: str) -> None:
    document.add_heading(_("二、产业链图谱"), 1)
    streams = [Stream.UPSTREAM, Stream.MIDSTREAM, Stream.DOWNSTREAM, Stream.SUPPORTING]
    columns = [sorted((f for f in board.of(chain) if f.segment.stream == s), key=_order) for s in streams]
    table = document.add_table(rows=1 + max(map(len, columns)), cols=len(streams), style="Table Grid")
    for number, (stream, column) in enumerate(zip(streams, columns, strict=True)):
        _fill(table.cell(0, number), _(VALUES[stream]), bold=True)
        for row, found in enumerate(column, 1):
            count = _("{count} 家").format(count=len(found.confirmed))
            text = f"{found.segment.name}  {count}  {_(CLASS_TITLES[found.gap_class])}"
            _fill(table.cell(row, number), text, shade=SHADES.get(found.gap_class))


def _order(found: SegmentAssessment) -> int:
    return found.segment.order


def _add_gaps(document: Any, board: Board, chain: str) -> None:
    document.add_heading(_("三、缺口与下一步"), 1)
    gaps = board.gaps(chain)
    if not gaps:
        document.add_paragraph(_("目前没有可以断定的缺口。"))
        return
    heads = {_("环节"): 3.5, _("类别"): 2.2, _("优先"): 4.5, _("依据"): 9, _("下一步"): 6.5}
    table = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, heads.values(), strict=True):
        column.width = Cm(width)
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        _fill(cell, head, bold=True)
    absent = _("缺")
    for found in gaps:
        parts = " + ".join(
            f"{_(PART_TITLES[part.name])} {absent if part.missing else part.points}" for part in found.priority.parts
        )
        texts = [
            found.segment.name,
            _(CLASS_TITLES[found.gap_class]),
            f"{found.priority.score} = {parts}",
            reason_text(found),
            render(found.step.sentence),
        ]
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            _fill(cell, text)


def _add_pending(document: Any, board: Board, chain: str) -> None:
    document.add_heading(_("四、待核实环节"), 1)
    pending = board.to_verify(chain)
    if not pending:
        document.add_paragraph(_("没有待核实的环节。"))
    for found in pending:
        todo = chained(render(message) for message in found.to_check)
        document.add_paragraph(titled(found.segment.name, todo), style="List Bullet")


def _add_limits(document: Any, board: Board) -> None:
    document.add_heading(_("五、数据与口径"), 1)
    document.add_paragraph(
        _(
            "只有已确认的挂链计入各项指标，待确认的另列；缺数据的指标不计分并标明。优先分为各部分之和，权重和阈值可调整。"
        )
    )
    sources = sorted({source for found in board.segments for link in found.confirmed for source in link.sources})
    document.add_paragraph(_("确认企业的数据来源：{sources}").format(sources=listed(sources) or _("无")))


def _fill(cell: Any, text: str, *, bold: bool = False, shade: str | None = None) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = 1.2
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(10.5)
    if shade:
        fill = OxmlElement("w:shd")
        for key, value in (("val", "clear"), ("fill", shade)):
            fill.set(qn(f"w:{key}"), value)
        cell._tc.get_or_add_tcPr().append(fill)
