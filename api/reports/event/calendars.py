"""A calendar file for each party: its meetings with place and subject."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from icalendar import Calendar
from icalendar import Event as Entry

from api.i18n import _
from graph.model import Meeting
from graph.values import clock
from matching.events.desk import Occasion, Party

PLACE = ZoneInfo("Asia/Shanghai")
_UNSAFE = str.maketrans(dict.fromkeys('/\\:*?"<>|', "_"))


def write_calendars(occasion: Occasion, folder: Path) -> None:
    """Write one ``.ics`` a party that has a meeting."""
    folder.mkdir(parents=True, exist_ok=True)
    for party in occasion.parties.values():
        own = [one for one in occasion.placed if party.id in (one.a, one.b)]
        if own:
            name = party.label.translate(_UNSAFE)
            (folder / f"{name}.ics").write_bytes(calendar_of(occasion, party, own))


def calendar_of(occasion: Occasion, party: Party, meetings: Iterable[Meeting]) -> bytes:
    """The calendar of one party (RFC 5545)."""
    slots = {slot.id: slot for slot in occasion.slots}
    calendar = Calendar()
    calendar.add("prodid", "-//Ronglian//events//ZH")
    calendar.add("version", "2.0")
    for meeting in meetings:
        slot = slots[meeting.slot or ""]
        other = occasion.parties[meeting.b if meeting.a == party.id else meeting.a]
        entry = Entry()
        entry.add("uid", f"{meeting.id}-{party.id}@ronglian")
        entry.add("dtstamp", datetime.now(UTC))
        for name, minute in (("dtstart", slot.start), ("dtend", slot.end)):
            entry.add(name, datetime.combine(occasion.event.held_on, time.fromisoformat(clock(minute)), PLACE))
        entry.add("summary", _("与 {other} 会面").format(other=other.name))
        entry.add("location", f"{occasion.event.venue or ''} {meeting.table}".strip())
        calendar.add_component(entry)
    return bytes(calendar.to_ical())
