"""What is handed out at an event: Word, Excel, calendars; the same facts in each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from docx import Document
from icalendar import Calendar

from api.reports.event import Came, write_all, write_report
from api.reports.event.calendars import PLACE
from graph import model
from graph.messages import Message
from graph.model import Answer
from matching.events.desk import Occasion, Tally, pack
from matching.plan import Progress, Standing
from tests.event_example import EVENT, example


def text_of(path: Path) -> str:
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_pack_has_a_page_a_meeting_and_says_what_is_unknown(tmp_path: Path) -> None:
    pack, _book, _calendars = write_all(example(), tmp_path)
    text = text_of(pack)
    assert text.count("为什么见面") == 2
    for said in (
        "本手册含样例数据",
        "09:00-09:20  A厅1",
        "为什么见面（63 分）",
        "43 分 供需契合",
        "请问能否在 45 天内交货",
        "所在地：缺数据",
    ):
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
    assert (book["按时段"]["E2"].value, book["按时段"]["E3"].value) == ("得分（分）", 63)
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


def after_it() -> Occasion:
    """One meeting held with an intention one side confirmed, one missed, one declined, one never proposed."""
    before = example()
    first, second, third = before.meetings.values()
    said = {"intention": True, "a_confirms": True, "amount": 1_234_567}
    came = [
        model.Outcome(name="会", meeting=first.id, held=True, next_step="送样", owner="李某", **said),  # type: ignore[arg-type]
        model.Outcome(name="会", meeting=second.id, held=False, absent=second.b),
    ]
    no = third.model_copy(update={"b_answer": Answer.DECLINED, "b_reason": "近期无产能", "slot": None})
    alone = replace(before.parties["光栅"], id="孤", name="示例孤有限公司", label="示例孤有限公司")
    reason = Message("没有合适的会面对象")
    left = model.LeftOut(name=alone.name, event=EVENT.id, organisation=alone.id, reason=pack(reason))
    return replace(
        before,
        parties={**before.parties, alone.id: alone},
        meetings={first.id: first, second.id: second, no.id: no},
        outcomes={one.meeting: one for one in came},
        left={alone.id: left},
    )


def test_the_report_says_what_came_of_it_by_the_rule_and_why_somebody_had_no_meeting(tmp_path: Path) -> None:
    goal = Progress(
        *("target-firms-served", "服务“35X”产业企业", 500.0, "家", "yearly", "more_than", "每年…", 2.0),
        Standing.COUNTED,
        Message("—"),
        date(2026, 12, 31),
    )
    own, year = Tally(2026, 1, 2, 1, 0, 1, sample=True), Tally(2026, 9, 31, 4, 3, 2, sample=True, outside=2)
    path = tmp_path / "总结.docx"
    write_report(Came(after_it(), own, year, [goal]), path)
    text = text_of(path)
    for said in (
        *("示例机器人供需对接会总结报告", "本报告含样例数据", "会面 1 场、未会面 1 场", "计数口径", "500家", "31"),
        *("待确认：示例传动有限公司", "缺席：示例齿轮有限公司", "该单位谢绝与 示例重工有限公司 会面", "近期无产能"),
        *("没有合适的会面对象", "送样", "30 天回访", "2027-01-02", "另有 2 家"),
    ):
        assert said in text, said
    assert "1234567" not in text
    assert "123.4" not in text


@pytest.mark.parametrize("paper", ["手册", "总结"])
def test_papers_name_their_fonts_fallbacks_and_number_their_pages(tmp_path: Path, paper: str) -> None:
    if paper == "手册":
        path = write_all(example(), tmp_path)[0]
    else:
        path = tmp_path / "总结.docx"
        counted = Tally(2026, 1, 2, 1, 0, 1, sample=True)
        write_report(Came(after_it(), counted, counted, []), path)
    with ZipFile(path) as parts:
        assert "FangSong" in parts.read("word/fontTable.xml").decode()
        footers = [parts.read(name).decode() for name in parts.namelist() if "footer" in name]
    assert any("PAGE" in footer for footer in footers)
