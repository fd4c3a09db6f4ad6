"""The paper of a matchmaking event: timetable, pack, badges, door list, calendars, report."""

from __future__ import annotations

from pathlib import Path

from api.reports.event.calendars import write_calendars
from api.reports.event.pack import write_pack
from api.reports.event.report import Came, write_report
from api.reports.event.timetable import write_timetable
from matching.events.desk import Occasion

__all__ = ["Came", "write_all", "write_calendars", "write_pack", "write_report", "write_timetable"]


def write_all(occasion: Occasion, folder: Path) -> list[Path]:
    """Write everything that is handed out; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    pack, timetable, calendars = folder / "对接会手册.docx", folder / "对接会时间表.xlsx", folder / "calendars"
    write_pack(occasion, pack)
    write_timetable(occasion, timetable)
    write_calendars(occasion, calendars)
    return [pack, timetable, calendars]
