"""What is handed out at an event: Word, Excel, calendars; the same facts in each."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import openpyxl
from docx import Document
from icalendar import Calendar

from api.reports.event import write_all
from api.reports.event.calendars import PLACE
from tests.event_example import example


def text_of(path: Path) -> str:
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_pack_has_a_page_a_meeting_and_says_what_is_unknown(tmp_path: Path) -> None:
    pack, _book, _calendars = write_all(example(), tmp_path)
    text = text_of(pack)
    assert text.count("为什么见面") == 2
    for said in ("本手册含样例数据", "09:00-09:20  A厅1", "43 供需契合", "请问能否在 45 天内交货", "所在地：缺数据"):
        assert said in text
    assert "没有会面的单位：示例光栅有限公司" in text
    assert "由组织者指定" in text


def test_the_timetable_is_the_same_three_ways_round(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_all(example(), tmp_path)[1])
    assert book.sheetnames == ["按时段", "按桌位", "按单位", "签到表", "胸卡"]
    assert [cell.value for cell in book["按时段"][3]][:4] == [
        *("09:00-09:20", "A厅1"),
        *("示例重工有限公司", "示例传动有限公司"),
    ]
    assert [cell.value for cell in book["按桌位"][2]] == ["桌位", "09:00-09:20", "09:25-09:45", "10:00-10:20"]
    assert book["按桌位"]["B3"].value == "示例重工有限公司 — 示例传动有限公司"
    names = {row[0].value: [cell.value for cell in row] for row in book["按单位"].iter_rows(min_row=3)}
    assert names["示例齿轮有限公司"][2] == "A厅1 示例重工有限公司"
    badges = [row[0].value for row in book["胸卡"].iter_rows(min_row=3)]
    assert "=SUM(1)" in badges
    assert all(cell.data_type != "f" for row in book["胸卡"].iter_rows() for cell in row)


def test_each_party_with_a_meeting_has_a_calendar(tmp_path: Path) -> None:
    folder = write_all(example(), tmp_path)[2]
    assert {file.stem for file in folder.iterdir()} == {f"示例{name}有限公司" for name in ("重工", "传动", "齿轮")}
    calendar = Calendar.from_ical((folder / "示例传动有限公司.ics").read_bytes())
    (entry,) = calendar.walk("VEVENT")
    assert entry.decoded("dtstart") == datetime(2026, 12, 3, 9, 0, tzinfo=PLACE)
    assert entry["summary"] == "与 示例重工有限公司 会面"
    assert entry["location"] == "示例会议中心 A厅1"
