"""The report of an event in Word: summary, figures with their rule, every meeting, who had none and why, next steps.

Amounts of intentions are sensitive and not in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from api.i18n import _, listed, render, titled
from api.reports import word
from api.titles import VALUES
from graph import model
from matching.events.desk import KIND_TITLES, RULE, Occasion, Tally, counts, mutual, why_left
from matching.events.desk.follow_ups import DAYS
from matching.plan import Progress
from matching.plan.progress import CHAIN_LEADERS, FIRMS_SERVED, INTENTIONS


@dataclass(frozen=True)
class Came:
    """An event after it: what came of it, its own counts and the year's, and where the yearly targets stand."""

    occasion: Occasion
    own: Tally
    tally: Tally
    targets: Sequence[Progress]


def write_report(came: Came, path: Path) -> None:
    """Write the report."""
    path.parent.mkdir(parents=True, exist_ok=True)
    document = word.new_document()
    occasion = came.occasion
    word.title(document, _("{event}总结报告").format(event=occasion.event.name))
    if occasion.sample:
        word.say(document, _("本报告含样例数据（虚构），仅供演示。"), bold=True, middle=True)
    document.add_heading(_("一、概况"), 1)
    for text in _summary(occasion):
        word.say(document, text)
    document.add_heading(_("二、数据与口径"), 1)
    word.table(document, {_("指标"): 5.4, _("本场"): 3.2, _("全年累计"): 3.2, _("年度目标"): 3.8}, _figures(came))
    word.say(document, _(RULE))
    if came.tally.outside:
        text = _("全年另有 {outside} 家已会面的企业未确认挂入“35X”产业链，未计入。")
        word.say(document, text.format(outside=came.tally.outside))
    word.say(document, _("意向金额属敏感数据，不写入本报告。"))
    word.turn(document, upright=False)
    document.add_heading(_("三、会面与结果"), 1)
    heads = {_("时段"): 2.2, _("桌位"): 2.0, _("会面"): 7.6, _("结果"): 3.6, _("意向"): 3.4, _("下一步"): 6.4}
    word.table(document, heads, _meetings(occasion))
    word.turn(document, upright=True)
    document.add_heading(_("四、没有会面的单位及原因"), 1)
    left = [(one.party.name, _(VALUES[one.party.role]), render(one.why)) for one in why_left(occasion)]
    _table_or(document, {_("单位"): 5.4, _("参会身份"): 2.2, _("原因"): 8.0}, left, _("参会单位均有会面。"))
    document.add_heading(_("五、下一步"), 1)
    heads = {_("期限"): 2.8, _("事项"): 5.2, _("会面"): 5.2, _("负责人"): 2.4}
    _table_or(document, heads, sorted(_steps(occasion)), _("没有待办事项。"))
    document.save(str(path))


def _table_or(document: Any, heads: dict[str, float], rows: Sequence[Sequence[str]], nothing: str) -> None:
    if rows:
        word.table(document, heads, rows)
    else:
        word.say(document, nothing)


def _summary(occasion: Occasion) -> Iterator[str]:
    event = occasion.event
    roles = Counter(_(VALUES[party.role]) for party in occasion.parties.values())
    said = {
        "day": event.held_on,
        "venue": event.venue or _("（地点未填）"),
        "host": event.host or _("（主办单位未填）"),
    }
    yield _("{day}，{host}在{venue}举办{event}。").format(event=event.name, **said)
    line = _("参会 {parties} 家（{roles}），设 {slots} 个时段、{tables} 张桌。")
    by_role = listed(_("{role} {count} 家").format(role=role, count=count) for role, count in roles.items())
    yield line.format(
        parties=len(occasion.parties), roles=by_role, slots=len(occasion.slots), tables=len(occasion.tables)
    )
    found = list(occasion.outcomes.values())
    held = [one for one in found if one.held]
    line = _(
        "提出会面建议 {proposed} 场，双方接受 {mutual} 场，排入时间表 {placed} 场；已录入结果 {came} 场，"
        "其中会面 {held} 场、未会面 {missed} 场；达成合作意向 {intentions} 项，双方均已确认 {sure} 项。"
    )
    yield line.format(
        proposed=len(occasion.meetings),
        mutual=sum(map(mutual, occasion.meetings.values())),
        placed=len(occasion.placed),
        came=len(found),
        held=len(held),
        missed=len(found) - len(held),
        intentions=sum(bool(one.intention) for one in held),
        sure=sum(map(counts, held)),
    )
    if len(found) < len(occasion.placed):
        yield _("另有 {open} 场尚未录入结果，以下数字不含这些会面。").format(open=len(occasion.placed) - len(found))


def _figures(came: Came) -> Iterator[tuple[str, str, str, str]]:
    """Meetings, then each yearly target: of this event, of the year, and what the plan asks."""
    own, year = came.own, came.tally
    yield _("已会面场数"), f"{own.meetings}", f"{year.meetings}", "—"
    shown = {FIRMS_SERVED: "firms", CHAIN_LEADERS: "leaders", INTENTIONS: "intentions"}
    for one in came.targets:
        if field := shown.get(one.id):
            yield one.name, f"{getattr(own, field)}", f"{getattr(year, field)}", f"{one.target:g}{one.unit}"


def _meetings(occasion: Occasion) -> Iterator[tuple[str, ...]]:
    spans = {slot.id: slot.span for slot in occasion.slots}
    for one in occasion.placed:
        out = occasion.outcomes.get(one.id)
        yield spans[one.slot or ""], one.table or "", one.name, *_came(occasion, one, out)


def _came(occasion: Occasion, meeting: model.Meeting, out: model.Outcome | None) -> tuple[str, str, str]:
    if out is None:
        return _("未录入"), "—", "—"
    absent = occasion.parties.get(out.absent or "")
    result = _("已会面") if out.held else _("未会面")
    if absent:
        result += "\n" + titled(_("缺席"), absent.name)
    if out.lost:
        result += "\n" + titled(_("未成"), out.lost)
    intention = "—"
    if out.intention:
        sides = ((meeting.a, out.a_confirms), (meeting.b, out.b_confirms))
        waiting = [occasion.parties[id_].name for id_, said in sides if not said]
        intention = titled(_("待确认"), listed(waiting)) if waiting else _("双方已确认")
    if files := occasion.attached.get(meeting.id):
        intention += "\n" + titled(_("附件"), listed(file.name for file in files))
    return result, intention, out.next_step or "—"


def _steps(occasion: Occasion) -> Iterator[tuple[str, str, str, str]]:
    for id_, out in occasion.outcomes.items():
        if not out.held or out.lost or id_ not in occasion.meetings:
            continue
        name, owner = occasion.meetings[id_].name, out.owner or _("未定")
        if out.next_step:
            yield f"{out.due_on or _('期限未定')}", out.next_step, name, owner
        done = {one.kind for one in occasion.asked.values() if one.meeting == id_}
        for kind, days in DAYS.items():
            if kind not in done:
                yield f"{occasion.event.held_on + timedelta(days=days)}", _(KIND_TITLES[kind]), name, owner
