"""``ronglian event …`` on events in the graph: from a registration workbook to what came of the meetings."""

from __future__ import annotations

import getpass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from api.auth.roles import Role
from api.cli.console import AS_JSON, AS_ROLE, err, out, plain, print_json, print_report, print_written, seen_as, store
from api.cli.event_view import as_json, marks, print_occasion, sample_mark
from api.i18n import _, listed, render, titled
from graph.errors import InputError
from graph.messages import N_

REF = typer.Argument(metavar="EVENT", help=_("活动编号或名称"))
BY = typer.Option(help=_("修改人；不写则为系统登录名"))
SHOWN = 20


class LateUnreadable(InputError):
    """Late without a time."""

    message = N_("看不懂“{text}”")
    cure = N_("请写成“单位=首个能到的时段”，例如 示例传动=10:30")


def by_whom(given: str) -> str:
    return given or getpass.getuser()


def new(
    path: Annotated[Path, typer.Argument(metavar="OUT.xlsx", help=_("活动工作簿写到哪里"))],
    *,
    number: Annotated[str, typer.Option(help=_("活动编号"))],
    name: Annotated[str, typer.Option(help=_("活动名称"))],
    on: Annotated[str, typer.Option(help=_("活动日期，如 2026-12-03"))],
    starts: Annotated[str, typer.Option(help=_("开始时间"))] = "09:00",
    ends: Annotated[str, typer.Option(help=_("结束时间"))] = "11:40",
    minutes: Annotated[int, typer.Option(help=_("每场分钟"))] = 20,
    halls: Annotated[str, typer.Option(help=_("会场桌数，如“A厅=12；B厅=8”"))] = "20",
) -> None:
    from api.cli.changes import day
    from graph.model import Event, Participation
    from loaders.workbook import lists_from_catalog, write_template
    from loaders.workbook.sheets import BY_NAME

    values: dict[str, Any] = {
        "number": number, "name": name, "held_on": day(on), "starts": starts, "ends": ends, "minutes": minutes,
        "halls": halls,
    }  # fmt: skip
    titles = {column.field: column.title for column in BY_NAME[Event.TITLE].columns}
    rows: dict[str, list[dict[str, Any]]] = {
        Event.TITLE: [{titles[field]: value for field, value in values.items()}],
        Participation.TITLE: [{BY_NAME[Participation.TITLE].columns[0].title: number}],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    write_template(path, lists_from_catalog(), rows)
    out().print(_("已写入 {path}：填好“参会登记”后执行 ronglian event import {path}").format(path=path), markup=False)


def import_(
    path: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help=_("活动工作簿"))],
    json: Annotated[bool, AS_JSON] = False,
) -> None:
    from api.cli.load import load_workbook

    with store() as opened:
        report, returned = load_workbook(opened, path)
    if json:
        print_json(report.counts() | {"drops": report.drops, "findings": report.findings})
        return
    print_report(report)
    if returned:
        out().print(_("退回的行见 {path}").format(path=returned), markup=False)


def list_(json: Annotated[bool, AS_JSON] = False) -> None:
    from matching.events import desk

    with store() as opened:
        cards = desk.list_events(opened)
    if json:
        print_json([plain(vars(card)) | {"event": card.event.model_dump(mode="json")} for card in cards])
        return
    if not cards:
        out().print(_("还没有对接活动：ronglian event new 写出活动工作簿，填好后 ronglian event import 载入"))
    line = _(
        "{number}  {day}  {name}{sample} · 参会 {parties} 家 · 建议 {meetings} 场 · 双方接受 {mutual} · "
        "排入 {placed} · 已会面 {held}"
    )
    for card in cards:
        event = card.event
        counts = {name: getattr(card, name) for name in ("parties", "meetings", "mutual", "placed", "held")}
        said = {"number": event.number, "day": event.held_on, "name": event.name, "sample": sample_mark(event.sample)}
        out().print(line.format(**said, **counts), markup=False)


def show(ref: Annotated[str, REF], json: Annotated[bool, AS_JSON] = False) -> None:
    from matching.events import desk

    with store() as opened:
        occasion = desk.load_occasion(opened, ref)
        changes = desk.list_changes(opened, occasion.event.id, 5)
    if json:
        print_json(as_json(occasion))
        return
    print_occasion(occasion)
    for change in changes:
        said = render(desk.unpack(change.what))
        line = f"{change.at.astimezone():%Y-%m-%d %H:%M}  {change.by}  {said}"
        out().print(f"{change.number:>4}  {line}", style="dim", markup=False)


def propose(ref: Annotated[str, REF], by: Annotated[str, BY] = "", json: Annotated[bool, AS_JSON] = False) -> None:
    from api import events
    from api.cli.event import problems_listed

    with store() as opened, err().status(_("正在评估组合…")) as status, problems_listed():

        def tell(done: int, total: int) -> None:
            status.update(_("正在评估组合… {done}/{total} 条需求").format(done=done, total=total))

        found = events.propose(opened, ref, date.today(), by=by_whom(by), progress=tell)
    if json:
        left = [{"id": one.id, "reason": render(one.reason)} for one in (*found.without, *found.short)]
        print_json(as_json(found.occasion) | {"without": left, "value": found.value, "value_bound": found.value_bound})
        return
    print_occasion(found.occasion)
    for title, left_out in ((_("没有会面"), found.without), (_("少于要求"), found.short)):
        for one in left_out:
            out().print(f"{title}  {titled(one.id, render(one.reason))}", markup=False)
    line = _("建议会面 {count} 场 · 总分 {value:.0f} 分（上界 {bound:.0f} 分）")
    count = len(found.occasion.meetings)
    out().print(line.format(count=count, value=100 * found.value, bound=100 * found.value_bound), markup=False)


def accept(
    *,
    ref: Annotated[str, REF],
    party: Annotated[str, typer.Argument(metavar="[PARTY]", help=_("答复的单位；不写并加 --all 为全部接受"))] = "",
    other: Annotated[str, typer.Argument(metavar="[OTHER]", help=_("对方；不写为该单位的全部建议"))] = "",
    decline: Annotated[str, typer.Option(help=_("谢绝，并写明理由"))] = "",
    everybody: Annotated[bool, typer.Option("--all", help=_("双方全部接受"))] = False,
    by: Annotated[str, BY] = "",
) -> None:
    from graph.model import Answer
    from matching.events import desk

    with store() as opened:
        occasion = desk.load_occasion(opened, ref)
        if other:
            said = Answer.DECLINED if decline else Answer.ACCEPTED
            after = desk.answer(opened, occasion, party, other, said, by=by_whom(by), reason=decline)
        elif party or everybody:
            after = desk.accept_all(opened, occasion, party or None, by=by_whom(by))
        else:
            raise typer.BadParameter(_("请写明答复的单位，或加 --all"))
    answered = sum(map(desk.mutual, after.meetings.values()))
    line = _("双方接受 {mutual} 场，共 {count} 场建议")
    out().print(line.format(mutual=answered, count=len(after.meetings)), markup=False)


def pin(
    ref: Annotated[str, REF],
    a: Annotated[str, typer.Argument(help=_("一方"))],
    b: Annotated[str, typer.Argument(help=_("另一方"))],
    off: Annotated[bool, typer.Option("--off", help=_("取消指定"))] = False,
    by: Annotated[str, BY] = "",
) -> None:
    from matching.events import desk

    with store() as opened:
        after = desk.pin(opened, desk.load_occasion(opened, ref), a, b, not off, by=by_whom(by))
    out().print(after.meeting(a, b).name + marks(after.meeting(a, b)), markup=False)


def lock(
    ref: Annotated[str, REF],
    a: Annotated[str, typer.Argument(help=_("一方"))],
    b: Annotated[str, typer.Argument(help=_("另一方"))],
    off: Annotated[bool, typer.Option("--off", help=_("取消锁定"))] = False,
    by: Annotated[str, BY] = "",
) -> None:
    from matching.events import desk

    with store() as opened:
        after = desk.lock(opened, desk.load_occasion(opened, ref), a, b, not off, by=by_whom(by))
    out().print(after.meeting(a, b).name + marks(after.meeting(a, b)), markup=False)


def undo(ref: Annotated[str, REF], by: Annotated[str, BY] = "") -> None:
    from matching.events import desk

    with store() as opened:
        after = desk.undo(opened, ref, by=by_whom(by))
        last = desk.list_changes(opened, after.event.id, 1)[0]
    out().print(render(desk.unpack(last.what)), markup=False)


def schedule(
    *,
    ref: Annotated[str, REF],
    limit: Annotated[float, typer.Option(min=1, max=3600, help=_("最多用多少秒，到时给出已有的最好结果"))] = 60.0,
    by: Annotated[str, BY] = "",
    json: Annotated[bool, AS_JSON] = False,
) -> None:
    from api.cli.event import print_summary, problems_listed, progressing
    from matching.events import desk

    with store() as opened, progressing() as (tell, stop), problems_listed():
        occasion = desk.load_occasion(opened, ref)
        done = desk.schedule(opened, occasion, by=by_whom(by), limit=limit, stop=stop, tell=tell)
    if json:
        print_json(as_json(done.occasion) | {"plan": plain(done.plan.plain())})
        return
    print_occasion(done.occasion)
    print_summary(done.plan)


def replan(
    *,
    ref: Annotated[str, REF],
    now: Annotated[str, typer.Option(help=_("从这个时段起重排，写开始时刻，如 10:30"))],
    gone: Annotated[list[str], typer.Option(help=_("不来或已离开的单位，可多个"))] = [],  # noqa: B006  Typer copies it
    late: Annotated[list[str], typer.Option(help=_("晚到：单位=首个能到的时段，可多个"))] = [],  # noqa: B006
    table_lost: Annotated[list[str], typer.Option(help=_("停用的桌位，可多个"))] = [],  # noqa: B006
    walk_in: Annotated[list[str], typer.Option(help=_("临时到场的单位（先在参会登记中载入），可多个"))] = [],  # noqa: B006
    by: Annotated[str, BY] = "",
    json: Annotated[bool, AS_JSON] = False,
) -> None:
    from api import events
    from matching.events.desk import Happened

    happened = Happened(now, tuple(gone), tuple(map(_late, late)), tuple(table_lost), tuple(walk_in))
    with store() as opened, err().status(_("正在重排…")):
        done = events.rearrange(opened, ref, happened, date.today(), by=by_whom(by))
    plan = done.plan
    if json:
        notices = [{"id": one.id, "other": one.other, "say": render(one.say)} for one in plan.notices]
        print_json(as_json(done.occasion) | {"notices": notices, "moved": plan.moved, "cancelled": plan.cancelled})
        return
    line = _("改时段 {moved} 场 · 换桌 {reseated} 场 · 取消 {cancelled} 场 · 新增 {added} 场 · {seconds:.1f} 秒")
    figures = {name: getattr(plan, name) for name in ("moved", "reseated", "cancelled", "added", "seconds")}
    out().print(line.format(**figures), markup=False)
    for one in plan.notices:
        out().print(_("  通知 {who}").format(who=titled(one.id, render(one.say))), markup=False)


def _late(text: str) -> tuple[str, str]:
    name, _equals, slot = text.replace("＝", "=").rpartition("=")
    if not name or not slot:
        raise LateUnreadable(text=text, where="--late")
    return name.strip(), slot.strip()


def pack(
    ref: Annotated[str, REF],
    folder: Annotated[Path, typer.Option("--out", help=_("写到哪个文件夹"))] = Path("out"),
    role: Annotated[Role | None, AS_ROLE] = None,
) -> None:
    from api.event_files import check_may_see
    from api.reports.event import write_all
    from matching.events import desk

    with store() as opened, seen_as(role, "export"):
        check_may_see()
        print_written(listed(map(str, write_all(desk.load_occasion(opened, ref), folder))))
