"""``ronglian event outcome|follow-ups|ask|budget``: what came of meetings, whom to ask, whom to invite."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from api.auth.roles import Role
from api.cli.console import AS_JSON, AS_ROLE, out, print_json, print_written, seen_as, store
from api.cli.event_desk import BY, REF, by_whom
from api.cli.event_view import print_tally, sample_mark
from api.i18n import _, render, titled

LEAST = 0.0001


def outcome(
    *,
    ref: Annotated[str, REF],
    a: Annotated[str, typer.Argument(help=_("一方"))],
    b: Annotated[str, typer.Argument(help=_("另一方"))],
    held: Annotated[bool, typer.Option("--held/--no-show", help=_("会面了，还是没有"))] = True,
    absent: Annotated[str, typer.Option(help=_("没有到的一方"))] = "",
    intention: Annotated[bool, typer.Option("--intention", help=_("达成合作意向"))] = False,
    confirmed: Annotated[list[str], typer.Option(help=_("已确认意向的单位，可多个；双方都确认才计数"))] = [],  # noqa: B006
    amount: Annotated[int | None, typer.Option(help=_("意向金额（元）"))] = None,
    next_step: Annotated[str, typer.Option(help=_("下一步"))] = "",
    owner: Annotated[str, typer.Option(help=_("负责人"))] = "",
    due: Annotated[str, typer.Option(help=_("完成期限，如 2026-12-31"))] = "",
    document: Annotated[str, typer.Option(help=_("意向文件的文号或存放处"))] = "",
    lost: Annotated[str, typer.Option(help=_("未成的原因"))] = "",
    by: Annotated[str, BY] = "",
) -> None:
    from api.cli.changes import day
    from matching.events import desk
    from matching.events.desk import Came

    with store() as opened:
        occasion = desk.load_occasion(opened, ref)
        meeting = occasion.meeting(a, b)
        sure = {occasion.party(one).id for one in confirmed}
        came = Came(
            held=held,
            absent=absent or None,
            intention=intention or None,
            a_confirms=meeting.a in sure or None,
            b_confirms=meeting.b in sure or None,
            amount=amount,
            next_step=next_step or None,
            owner=owner or None,
            due_on=day(due) if due else None,
            document=document or None,
            lost=lost or None,
        )
        after = desk.record(opened, occasion, (a, b), came, by=by_whom(by))
        counted = desk.tally(opened, after.event.held_on.year)
    print_tally(counted)


def follow_ups(
    ahead: Annotated[int, typer.Option(min=0, max=365, help=_("另列出今后这么多天内到期的"))] = 0,
    on: Annotated[str, typer.Option(help=_("截至日期；不写为今天"))] = "",
    json: Annotated[bool, AS_JSON] = False,
) -> None:
    from api.cli.changes import day
    from api.schemas.outcomes import DueList
    from matching.events import desk

    today = day(on) if on else date.today()
    with store() as opened:
        found = DueList.of(desk.due(opened, today, ahead), today)
    if json:
        print_json(found.model_dump(mode="json"))
        return
    line = _("{on}  {kind}  {a} — {b}{sample} · {event} · 负责人 {owner}")
    for one in found.items:
        kind = titled(one.kind.title, one.subject) if one.subject else one.kind.title
        said = {"on": one.on, "kind": kind, "a": one.a.name, "b": one.b.name, "event": one.event.name}
        owner = one.owner or _("未定")
        out().print(line.format(**said, owner=owner, sample=sample_mark(one.sample)), markup=False)
    if not found.items:
        out().print(_("没有应回访的事项"))
    out().print(found.rule, style="dim", markup=False)


def ask(
    *,
    ref: Annotated[str, REF],
    a: Annotated[str, typer.Argument(help=_("一方"))],
    b: Annotated[str, typer.Argument(help=_("另一方"))],
    said: Annotated[str, typer.Option(help=_("回访情况"))],
    kind: Annotated[str, typer.Option(help=_("day30、day90 或 step"))] = "day30",
    state: Annotated[str, typer.Option(help=_("going_on 仍在推进、realised 已落实、lost 未成"))] = "going_on",
    on: Annotated[str, typer.Option(help=_("回访日期；不写为今天"))] = "",
    by: Annotated[str, BY] = "",
) -> None:
    from api.cli.changes import day
    from graph.model import Progressed
    from matching.events import desk

    if kind not in desk.KIND_TITLES or state not in set(Progressed):
        raise typer.BadParameter(_("回访类别填 day30、day90 或 step，结果填 going_on、realised 或 lost"))
    what = desk.Asked(kind, Progressed(state), said, day(on) if on else date.today())
    with store() as opened:
        after = desk.ask(opened, desk.load_occasion(opened, ref), (a, b), what, by=by_whom(by))
        last = desk.list_changes(opened, after.event.id, 1)[0]
    out().print(render(desk.unpack(last.what)), markup=False)


def budget(
    *,
    firms: Annotated[float | None, typer.Option(min=LEAST, max=1, help=_("假定：邀约一家次服务到一家的比例"))] = None,
    leaders: Annotated[float | None, typer.Option(min=LEAST, max=1, help=_("假定：邀约链主一家次对接到的比例"))] = None,
    intentions: Annotated[
        float | None, typer.Option(min=LEAST, max=1, help=_("假定：邀约一家次达成意向的比例"))
    ] = None,
    json: Annotated[bool, AS_JSON] = False,
) -> None:
    from api.schemas.outcomes import BudgetList
    from matching.events import desk
    from matching.plan.progress import CHAIN_LEADERS, FIRMS_SERVED, INTENTIONS

    said = {FIRMS_SERVED: firms, CHAIN_LEADERS: leaders, INTENTIONS: intentions}
    assumed = {target: share for target, share in said.items() if share}
    with store() as opened:
        found = BudgetList.of(desk.budget(opened, date.today(), assumed))
    if json:
        print_json(found.model_dump(mode="json"))
        return
    line = _(
        "{year} 年{sample} · 已录入结果的活动 {events} 场：邀约 {invited} 家次 → 会面 {held} → 双方确认意向 {agreed}"
    )
    counts = {name: getattr(found, name) for name in ("year", "events", "invited", "held", "agreed")}
    out().print(line.format(**counts, sample=sample_mark(found.sample)), style="bold", markup=False)
    for one in found.items:
        head = _("{name}：目标 {goal}{unit}，已计入 {counted}，还差 {missing}")
        same = {name: getattr(one, name) for name in ("name", "goal", "unit", "counted", "missing")}
        out().print(head.format(**same), markup=False)
        if one.needed and one.rate and one.rate.assumed:
            out().print(_("  还须邀约 {needed} 家次（假定）").format(needed=one.needed))
        elif one.needed:
            span = {"needed": one.needed, "fewest": one.fewest, "most": one.most}
            out().print(_("  还须邀约 {needed} 家次（{fewest}–{most}）").format(**span))
        out().print(f"  {one.note}", markup=False)
    out().print(found.rule, style="dim", markup=False)


def report(
    ref: Annotated[str, REF],
    path: Annotated[Path, typer.Option("--out", help=_("写到哪个文件"))] = Path("out/对接会总结.docx"),
    role: Annotated[Role | None, AS_ROLE] = None,
) -> None:
    from api.event_files import came_of, check_may_see
    from api.reports.event import write_report

    with store() as opened, seen_as(role, "export"):
        check_may_see()
        write_report(came_of(opened, ref), path)
        print_written(path)
