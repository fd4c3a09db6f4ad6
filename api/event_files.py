"""The papers of an event for command line and pages alike: timetable, pack, calendars, report."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from api.auth.disclosure import clearance
from api.auth.errors import NotAllowed
from api.auth.roles import ACTION_TITLES, Action
from api.auth.viewer import viewer
from api.files import EXCEL, WORD
from api.reports.event import Came, write_calendars, write_pack, write_report, write_timetable
from graph.grades import Disclosure
from graph.messages import N_, Message
from graph.store import Store
from matching.events import desk
from matching.plan import progress


@dataclass(frozen=True)
class Paper:
    """A file about an event: what it is called, how it ends, its media type, and what writes it."""

    title: str
    ending: str
    media: str
    write: Callable[[Store, str, Path], None]


def check_may_see() -> None:
    """Let those see papers of events who see what enterprises give for use within offices.

    Raises:
        NotAllowed: for anybody else.
    """
    if clearance(viewer()) is Disclosure.PUBLIC:
        raise NotAllowed(action=Message(ACTION_TITLES[Action.EXPORT], {}))


def came_of(store: Store, ref: str) -> Came:
    """An event after it, with its own counts and the year's."""
    occasion = desk.load_occasion(store, ref)
    year = occasion.event.held_on.year
    own = desk.tally(store, year, event=occasion.event.id)
    return Came(occasion, own, desk.tally(store, year), progress(store, date(year, 12, 31)))


def _timetable(store: Store, ref: str, path: Path) -> None:
    write_timetable(desk.load_occasion(store, ref), path)


def _pack(store: Store, ref: str, path: Path) -> None:
    write_pack(desk.load_occasion(store, ref), path)


def _calendars(store: Store, ref: str, path: Path) -> None:
    folder = path.with_suffix("")
    write_calendars(desk.load_occasion(store, ref), folder)
    shutil.make_archive(str(folder), "zip", folder)


def _report(store: Store, ref: str, path: Path) -> None:
    write_report(came_of(store, ref), path)


PAPERS = {
    "timetable": Paper(N_("时间表、签到表、胸卡"), ".xlsx", EXCEL, _timetable),
    "pack": Paper(N_("对接手册"), ".docx", WORD, _pack),
    "calendars": Paper(N_("各单位日历"), ".zip", "application/zip", _calendars),
    "report": Paper(N_("总结报告"), ".docx", WORD, _report),
}
"""Files by what they are called in addresses."""
