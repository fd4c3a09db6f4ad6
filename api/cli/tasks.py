"""``ronglian tasks …``: what towns are asked to find out, who answers for it, the form, and what came of it."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.console import AS_JSON, out, print_json, store
from api.i18n import _, aside, chained, render, retold
from graph.messages import told

if TYPE_CHECKING:
    from matching.linking.verification import TaskView

app = typer.Typer(no_args_is_help=True)
TOWN = typer.Option(help=_("镇街"))
SHOWN = 30


@app.command("list", help=_("核查任务：待派、核查中、已逾期、已办结"))
def list_tasks(
    town: Annotated[str | None, TOWN] = None,
    done: Annotated[bool, typer.Option("--done", help=_("也列出已办结的"))] = False,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help=_("最多列出多少条"))] = SHOWN,
    json: Annotated[bool, AS_JSON] = False,
) -> None:
    from api.tasks import tasks
    from matching.linking.verification import TaskState

    states = list(TaskState) if done else [one for one in TaskState if one is not TaskState.DONE]
    with store() as opened:
        found = tasks(opened, date.today(), town=town, states=states)
    if json:
        print_json(found)
        return
    _print(found, limit)


@app.command(help=_("派发：每条待确认的挂链、每个排查不足的环节一项任务"))
def create(
    chain: Annotated[str | None, typer.Option(help=_("只对这条产业链（编号或名称）"))] = None,
    unplaced: Annotated[bool, typer.Option("--unplaced", help=_("也派发本市以外或不知所在地的企业"))] = False,
) -> None:
    from api import tasks
    from api.cli.gaps import find_chain
    from matching.gaps import Ring, assess, fetch

    with store() as opened:
        today = date.today()
        board = assess(fetch(opened, today), today, ring=Ring.DISTRICT)
        scope = find_chain(board, chain) if chain else None
        count = tasks.create(opened, board, today, chain=scope, unplaced=unplaced)
        found = tasks.tasks(opened, today)
    out().print(_("核查任务 {count:,} 项在办").format(count=count))
    _print_towns(found)


@app.command(help=_("把一个镇街未办结的任务交给责任人，可定限期"))
def assign(
    town: Annotated[str, typer.Argument(metavar="TOWN", help=_("镇街"))],
    owner: Annotated[str, typer.Option(help=_("责任人"))] = "",
    due: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help=_("限期"))] = None,
) -> None:
    from api.tasks import hand

    with store() as opened:
        count = hand(opened, date.today(), owner=owner, due_on=due.date() if due else None, town=town)
    out().print(_("已交办 {count:,} 项").format(count=count))


@app.command(help=_("写出一个镇街的核查表（Excel）：填好后用 ronglian load workbook 载入"))
def form(
    town: Annotated[str, typer.Argument(metavar="TOWN", help=_("镇街"))],
    path: Annotated[Path, typer.Argument(metavar="OUT.xlsx", help=_("写到哪里"))],
) -> None:
    from api.tasks import write_form

    path.parent.mkdir(parents=True, exist_ok=True)
    with store() as opened:
        count = write_form(opened, path, town, date.today())
    out().print(_("{count:,} 项已写入 {path}").format(count=count, path=path), markup=False)


def _print_towns(found: list[TaskView]) -> None:
    from matching.linking.verification import STATE_TITLES

    towns: dict[str, Counter[str]] = {}
    for view in found:
        towns.setdefault(view.task.town, Counter())[view.state] += 1
    for town, counts in towns.items():
        states = chained(f"{_(STATE_TITLES[state])} {counts[state]}" for state in STATE_TITLES if counts[state])
        out().print(f"  {town}  {states}", markup=False)


def _print(found: list[TaskView], limit: int) -> None:
    from matching.linking.verification import STATE_TITLES

    console = out()
    _print_towns(found)
    for view in found[:limit]:
        task = view.task
        about = f"{view.firm_name} → {view.segment_name}" if view.firm_name else view.segment_name
        who = task.owner or _("未派")
        due = aside(_("限 {date}").format(date=task.due_on)) if task.due_on else ""
        console.print(f"{_(STATE_TITLES[view.state])}  {task.town}  {about}  {who}{due}", markup=False)
        question = told(task.question, task.wording, "question")
        console.print(f"      {render(view.answer) if view.answer else retold(question)}", style="dim", markup=False)
    if len(found) > limit:
        console.print(_("  另有 {count} 条").format(count=len(found) - limit))
