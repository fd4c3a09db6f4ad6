"""The timetable in Excel: by slot, by table, by party; the door list and the badges."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from api.i18n import _, listed
from api.reports.tables import Cell, Sheet, write_workbook
from api.titles import VALUES
from matching.events.desk import Occasion, Party


def write_timetable(occasion: Occasion, path: Path) -> None:
    """Write the timetable three ways round, the door list and the badges."""
    made_up = _("（样例数据，均为虚构）") if occasion.sample else ""
    title = f"{occasion.event.name}  {occasion.event.held_on}{made_up}"
    slots = [slot.id for slot in occasion.slots]
    spans = [slot.span for slot in occasion.slots]
    tables = [(_("桌位"), 10), *((span, 30) for span in spans)]
    parties = [(_("单位"), 30), *((span, 26) for span in spans)]
    sheets = [
        Sheet(_("按时段"), title, _meeting_columns(), _by_slot(occasion)),
        Sheet(_("按桌位"), title, tables, _grid(occasion, slots)),
        Sheet(_("按单位"), title, parties, _by_party(occasion, slots)),
        Sheet(_("签到表"), title, _door_columns(), _door(occasion)),
        Sheet(_("胸卡"), title, [(_("姓名"), 14), (_("单位"), 34), (_("参会身份"), 12)], _badges(occasion)),
    ]
    write_workbook(path, sheets)


def _meeting_columns() -> list[tuple[str, int]]:
    return [(_("时段"), 14), (_("桌位"), 10), (_("甲方"), 32), (_("乙方"), 32), (_("得分（分）"), 10), (_("备注"), 14)]


def _by_slot(occasion: Occasion) -> Iterator[list[Cell]]:
    spans = {slot.id: slot.span for slot in occasion.slots}
    for one in occasion.placed:
        marks = listed([_("指定")] * bool(one.pinned) + [_("锁定")] * bool(one.locked))
        a, b = occasion.parties[one.a].name, occasion.parties[one.b].name
        yield [spans[one.slot or ""], one.table, a, b, one.points, marks]


def _grid(occasion: Occasion, slots: list[str]) -> Iterator[list[Cell]]:
    places = {(one.table, one.slot): one.name for one in occasion.placed}
    for table in occasion.tables:
        yield [table, *(places.get((table, slot), "") for slot in slots)]


def _by_party(occasion: Occasion, slots: list[str]) -> Iterator[list[Cell]]:
    for party in _in_order(occasion):
        own: dict[str | None, list[str]] = {}
        for one in occasion.placed:
            if party.id in (one.a, one.b):
                other = occasion.parties[one.b if one.a == party.id else one.a]
                own.setdefault(one.slot, []).append(f"{one.table} {other.name}")
        yield [party.name, *("\n".join(own.get(slot, [])) for slot in slots)]


def _in_order(occasion: Occasion) -> list[Party]:
    return sorted(occasion.parties.values(), key=lambda party: (party.role != "leader", party.name))


def _door_columns() -> list[tuple[str, int]]:
    return [(_("单位"), 34), (_("参会身份"), 12), (_("参会人"), 24), (_("首场"), 10), (_("场数"), 8), (_("签到"), 16)]


def _door(occasion: Occasion) -> Iterator[list[Cell]]:
    for party in sorted(occasion.parties.values(), key=lambda one: one.name):
        own = [one for one in occasion.placed if party.id in (one.a, one.b)]
        first = min((one.slot or "" for one in own), default="")
        yield [party.name, _(VALUES[party.role]), listed(party.attendees), first, len(own), ""]


def _badges(occasion: Occasion) -> Iterator[list[Cell]]:
    for party in _in_order(occasion):
        for person in party.attendees or ("",):
            yield [person, party.name, _(VALUES[party.role])]
