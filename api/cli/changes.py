"""``ronglian snapshot``, ``diff`` and ``plan``: the board of a day, what changed since, where the targets stand."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.auth.roles import Role
from api.cli.console import AS_JSON, AS_ROLE, out, print_json, print_written, seen_as, store
from api.i18n import _, aside
from graph.errors import InputError
from graph.messages import N_

if TYPE_CHECKING:
    from api.schemas.changes import Changes, PlanWire
    from api.time import Time

NOW = "now"
SHOWN = 20
plan_app = typer.Typer(no_args_is_help=True)


class DayInvalid(InputError):
    """No day."""

    message = N_("“{text}”不是日期")
    cure = N_("请写成 2026-03-01 的形式；截至此刻写 now")


def snapshot(
    note: Annotated[str, typer.Option(help=_("备注"))] = "",
    by: Annotated[str, typer.Option(help=_("留存人；不写则为系统登录名"))] = "",
    listing: Annotated[bool, typer.Option("--list", help=_("只列出已有的快照"))] = False,
    json: Annotated[bool, AS_JSON] = False,
) -> None:
    with _time() as time:
        items = time.snapshots().items if listing else [time.take(by or getpass.getuser(), note)]
    if json:
        print_json([one.model_dump(mode="json") for one in items] if listing else items[0].model_dump(mode="json"))
        return
    for one in items:
        line = _("快照 {day}  {by} · 图谱版本 {revision}{note}")
        note_shown = aside(one.note)
        out().print(line.format(day=one.taken_on, by=one.by, revision=one.revision, note=note_shown), markup=False)
    if listing and not items:
        out().print(_("还没有快照，请执行 ronglian snapshot"))


def diff(
    since: Annotated[str, typer.Argument(metavar="A", help=_("与这一天或以前最近的快照相比，如 2026-03-01"))],
    until: Annotated[str, typer.Argument(metavar="B", help=_("截至这一天的快照；不写为此刻"))] = NOW,
    *,
    chain: Annotated[str, typer.Option(help=_("只看这条产业链（编号或名称）"))] = "",
    xlsx: Annotated[Path | None, typer.Option(help=_("另存为 Excel"))] = None,
    role: Annotated[Role | None, AS_ROLE] = None,
    json: Annotated[bool, AS_JSON] = False,
) -> None:
    from api.auth.traces import recorded
    from api.cli.settings import chain_of

    start, end = day(since), None if until == NOW else day(until)
    with _time() as time, recorded(time.store, "diff"), seen_as(role, "analyse"):
        found = time.changes(start, end, chain_of(time.catalogue, chain) if chain else None)
        if xlsx:
            from api.reports.change_list import write_change_list

            write_change_list(found, xlsx)
            print_written(xlsx, aside_from_answer=json)
    if json:
        print_json(found.model_dump(mode="json"))
    elif not xlsx:
        print_changes(found)


@plan_app.command("show", help=_("各项目标及其进展；没有数据的注明"))
def show_plan(json: Annotated[bool, AS_JSON] = False) -> None:
    with _time() as time:
        _answer(time.plan(), json)


@plan_app.command("record", help=_("填报一项目标的进展"))
def record(
    *,
    target: Annotated[str, typer.Argument(metavar="TARGET", help=_("目标编号，如 high-tech-firms"))],
    value: Annotated[float, typer.Argument(help=_("进展值"))],
    basis: Annotated[str, typer.Option(help=_("依据：文件、报表或数据来源"))],
    on: Annotated[str, typer.Option(help=_("截至日期；不写为今天"))] = "",
    by: Annotated[str, typer.Option(help=_("填报人；不写则为系统登录名"))] = "",
    json: Annotated[bool, AS_JSON] = False,
) -> None:
    from api.schemas.changes import ReadingEdit
    from matching.plan.progress import ReadingInvalid

    if not value >= 0 or value == float("inf"):
        raise ReadingInvalid(where="VALUE", value=value)
    when = day(on) if on else None
    with _time() as time:
        edit = ReadingEdit(target=target, value=value, on=when, basis=basis, by=by or getpass.getuser())
        _answer(time.record(edit), json)


def day(text: str) -> date:
    """A day as people write it.

    Raises:
        DayInvalid: when it is none.
    """
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d").date()
    except ValueError:
        raise DayInvalid(text=text) from None


@contextmanager
def _time() -> Iterator[Time]:
    from api.time import Time
    from graph.catalogue import load_catalogue
    from matching.gaps.snapshots import present
    from matching.gaps.tuning import load_history

    today = date.today()
    with store() as opened:
        yield Time(opened, today, lambda: present(opened, today), load_history(opened), load_catalogue(opened))


def print_changes(found: Changes) -> None:
    """Print the sentences, then the segments with the facts behind each change, then the targets that moved."""
    console = out()
    console.print(found.headline, style="bold", markup=False)
    if found.sample:
        console.print(_("含样例数据（虚构）"), style="dim")
    absent = _("无")
    for change in found.segments[:SHOWN]:
        before = change.before.title if change.before else absent
        after = change.after.title if change.after else absent
        moved = f"{before} → {after}" if change.moved else after
        score = f"{change.score_before if change.score_before is not None else absent} → {change.score_after}"
        score = _("不公开") if found.withheld else score
        console.print(
            _("  {name}  {moved}  优先 {score}").format(name=change.segment.name, moved=moved, score=score),
            markup=False,
        )
        for reason in change.reasons:
            console.print(f"      {reason}", style="dim", markup=False)
    if len(found.segments) > SHOWN:
        more = len(found.segments) - SHOWN
        console.print(_("  另有 {count} 个环节，用 --json 或 --xlsx 查看").format(count=more))
    moved_targets = [one for one in found.targets if one.before != one.after]
    for target in moved_targets:
        values = [_("缺数据") if value is None else f"{value:g}" for value in (target.before, target.after)]
        line = _("  目标 {name}  {before} → {after}（目标 {goal:g}{unit}）")
        shown = {"name": target.target.name, "before": values[0], "after": values[1]}
        console.print(line.format(**shown, goal=target.goal, unit=target.unit), markup=False)


def _answer(found: PlanWire, json: bool) -> None:
    if json:
        print_json(found.model_dump(mode="json"))
        return
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for name in (_("目标编号"), _("目标"), _("期间")):
        table.add_column(name)
    table.add_column(_("进展"), justify="right")
    table.add_column(_("目标值"), justify="right")
    table.add_column(_("依据"))
    for one in found.items:
        value = one.standing.title if one.value is None else f"{one.value:g}"
        goal = f"{one.goal:g}{one.unit}"
        table.add_row(one.id.removeprefix("target-"), one.name, one.period.title, value, goal, one.note)
    out().print(table)
    line = _("{total} 项目标中 {known} 项有进展数据")
    out().print(line.format(total=len(found.items), known=found.known))
