"""The pack of an event in Word: one page a meeting with both profiles, why they should talk, what to ask, and room."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Cm, Pt

from api.i18n import _, listed, render, titled
from api.reports import word
from api.titles import VALUES
from graph.model import Meeting
from matching.events.desk import Occasion, Party, unpack

LINES, MOST = 6, 10


def write_pack(occasion: Occasion, path: Path) -> None:
    """Write the pack: an overview, then the meetings in the order of the day."""
    path.parent.mkdir(parents=True, exist_ok=True)
    document = word.new_document(body=11, narrow=True)
    _add_overview(document, occasion)
    for meeting in occasion.placed:
        document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
        _add_meeting(document, occasion, meeting)
    document.save(str(path))


def _add_overview(document: Any, occasion: Occasion) -> None:
    event = occasion.event
    title = document.add_heading(_("{event}对接手册").format(event=event.name), 0)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if occasion.sample:
        document.add_paragraph(_("本手册含样例数据（虚构），仅供演示。")).runs[0].bold = True
    when = f"{event.held_on}  {event.starts}-{event.ends}"
    for name, value in ((_("日期"), when), (_("地点"), event.venue), (_("主办单位"), event.host)):
        if value:
            document.add_paragraph(titled(name, value))
    line = _("参会 {parties} 家，排入会面 {meetings} 场，{slots} 个时段，{tables} 张桌。")
    counts = {"parties": len(occasion.parties), "meetings": len(occasion.placed)}
    document.add_paragraph(line.format(**counts, slots=len(occasion.slots), tables=len(occasion.tables)))
    spans = {slot.id: slot.span for slot in occasion.slots}
    rows = [(spans[one.slot or ""], one.table or "", one.name) for one in occasion.placed]
    _add_table(document, (_("时段"), _("桌位"), _("会面")), rows, (3.2, 2.2, 11.2))
    met = {id_ for one in occasion.placed for id_ in (one.a, one.b)}
    if left := [party.name for party in occasion.parties.values() if party.id not in met]:
        document.add_paragraph(titled(_("没有会面的单位"), listed(left)))


def _add_table(document: Any, heads: Iterable[str], rows: Iterable[Iterable[str]], widths: Iterable[float]) -> None:
    heads, widths = list(heads), list(widths)
    table = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for cells in [heads, *rows]:
        row = table.rows[0] if cells is heads else table.add_row()
        for cell, text, width in zip(row.cells, cells, widths, strict=True):
            cell.width = Cm(width)
            run = cell.paragraphs[0].add_run(text)
            run.font.size, run.bold = Pt(10), cells is heads
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)
    document.add_paragraph()


def _add_meeting(document: Any, occasion: Occasion, meeting: Meeting) -> None:
    a, b = occasion.parties[meeting.a], occasion.parties[meeting.b]
    slot = next(slot for slot in occasion.slots if slot.id == meeting.slot)
    document.add_heading(f"{slot.span}  {meeting.table}", 1)
    document.add_heading(meeting.name, 2)
    _add_table(document, (a.name, b.name), [(_profile(a), _profile(b))], (8.3, 8.3))
    document.add_heading(_("为什么见面（{points} 分）").format(points=meeting.points), 2)
    points = [render(unpack(text)) for text in meeting.parts]
    _add_bullets(document, points or [_("由组织者指定，没有可比的供需信息")])
    _add_bullets(document, [render(unpack(text)) for text in meeting.topics][:MOST])
    document.add_heading(_("尚不清楚、请当面问"), 2)
    questions = [render(unpack(text)) for text in meeting.questions][:MOST]
    nothing = _("现有信息中没有待问事项") if meeting.topics else _("图谱中没有双方可比的供需：各需要什么、能供什么？")
    _add_bullets(document, questions or [nothing])
    document.add_heading(_("记录"), 2)
    document.add_paragraph(_("□ 已会面  □ 达成意向  意向金额：________"))
    document.add_paragraph(_("下一步：____________________  负责人：________  期限：________"))
    for _line in range(LINES):
        document.add_paragraph("_" * 78).paragraph_format.space_after = Pt(2)


def _profile(party: Party) -> str:
    unknown = _("缺数据")
    lines = [
        titled(_("参会身份"), _(VALUES[party.role])),
        titled(_("参会人"), listed(party.attendees) or unknown),
        titled(_("所在地"), party.town or unknown),
        titled(_("主要产品"), listed(party.products) or unknown),
        titled(_("简介"), (party.profile or unknown)[:160]),
    ]
    return "\n".join(lines)


def _add_bullets(document: Any, lines: Iterable[str]) -> None:
    for line in lines:
        document.add_paragraph(line, style="List Bullet").paragraph_format.space_after = Pt(0)
