"""How events are printed, and what they are as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.cli.console import out, plain
from api.i18n import _, aside, listed, render

if TYPE_CHECKING:
    from graph import model
    from matching.events.desk import Occasion, Tally

SHOWN = 20


def sample_mark(sample: bool | None) -> str:
    """What follows a made-up name."""
    return _(" [样例]") if sample else ""


def as_json(occasion: Occasion) -> dict[str, Any]:
    """The event as plain data."""
    return {
        "event": occasion.event.model_dump(mode="json"),
        "number": occasion.number,
        "slots": [slot.span for slot in occasion.slots],
        "tables": list(occasion.tables),
        "parties": [plain(vars(party)) for party in occasion.parties.values()],
        "meetings": [meeting_json(one) for one in occasion.meetings.values()],
        "outcomes": [one.model_dump(mode="json", exclude={"amount"}) for one in occasion.outcomes.values()],
        "day": [one.model_dump(mode="json") for one in occasion.day],
    }


def meeting_json(meeting: model.Meeting) -> dict[str, Any]:
    """A meeting with its messages in words."""
    from matching.events import desk

    words = {
        name: [render(desk.unpack(t)) for t in getattr(meeting, name)] for name in ("parts", "questions", "topics")
    }
    return meeting.model_dump(mode="json") | words


def print_occasion(occasion: Occasion) -> None:
    """Print the timetable, or the proposals while there is none."""
    from api.titles import VALUES
    from matching.events import desk

    console = out()
    event = occasion.event
    head = _("{number} {name}{sample} · {day} · {slots} 个时段 · {tables} 张桌 · 参会 {parties} 家")
    counts = {"slots": len(occasion.slots), "tables": len(occasion.tables), "parties": len(occasion.parties)}
    said = {"number": event.number, "name": event.name, "sample": sample_mark(occasion.sample), "day": event.held_on}
    console.print(head.format(**said, **counts), style="bold", markup=False)
    for name in occasion.twice:
        console.print(_("  {name} 登记了不止一次，以第一条为准").format(name=name), style="yellow", markup=False)
    slot = None
    for meeting in occasion.placed:
        if meeting.slot != slot:
            slot = meeting.slot
            console.print(slot or "", style="bold", markup=False)
        console.print(f"  {meeting.table}  {meeting.name}{marks(meeting)}", markup=False)
    rest = [one for one in occasion.meetings.values() if not one.slot]
    for meeting in sorted(rest, key=lambda one: -one.score)[:SHOWN]:
        answers = [_(VALUES[said]) if said else _("未答复") for said in (meeting.a_answer, meeting.b_answer)]
        line = _("  建议  {points:>3} 分  {name}{marks}  甲方{a}、乙方{b}")
        values = {
            "points": meeting.points,
            "name": meeting.name,
            "marks": marks(meeting),
            "a": answers[0],
            "b": answers[1],
        }
        console.print(line.format(**values, marks=marks(meeting)), markup=False)
        for part in meeting.parts:
            console.print(f"          {render(desk.unpack(part))}", style="dim", markup=False)
    if len(rest) > SHOWN:
        console.print(_("  另有 {count} 场，见 --json").format(count=len(rest) - SHOWN))


def marks(meeting: model.Meeting) -> str:
    """What follows a pinned or locked meeting."""
    words = [_("指定")] * bool(meeting.pinned) + [_("锁定")] * bool(meeting.locked)
    return aside(listed(words))


def print_tally(counted: Tally) -> None:
    """Print a year's counts with the rule."""
    from matching.events.desk import RULE

    line = _(
        "{year} 年：已会面 {meetings} 场 · 服务企业 {firms} 家 · 对接链主 {leaders} 家 · "
        "合作意向 {intentions} 项（另有 {unconfirmed} 项待双方确认）"
    )
    out().print(line.format(**vars(counted)), markup=False)
    if counted.outside:
        out().print(_("另有 {outside} 家已会面的企业未确认挂入“35X”产业链，未计入").format(outside=counted.outside))
    if counted.sample:
        out().print(_("含样例数据（虚构）"), style="dim")
    out().print(_(RULE), style="dim", markup=False)
