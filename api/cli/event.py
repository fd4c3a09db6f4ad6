"""``ronglian event``: who meets whom, when and at which table."""

from __future__ import annotations

import json as jsons
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli import event_desk, event_outcomes
from api.cli.console import err, out, plain
from api.cli.written import require_writable, write_text
from api.i18n import _, aside, render, titled
from graph.errors import SourceMissing, SourceUnreadable
from graph.messages import N_, Message

if TYPE_CHECKING:
    from matching.events import Plan

app = typer.Typer(no_args_is_help=True)

SHOWN = 20


app.command("new", help=_("写出一场活动的登记工作簿"))(event_desk.new)
app.command("import", help=_("载入活动工作簿；有问题的行退回"))(event_desk.import_)
app.command("list", help=_("列出全部活动"))(event_desk.list_)
app.command("show", help=_("一场活动：时间表、建议、改动记录"))(event_desk.show)
app.command("propose", help=_("按两方契合度、意愿和场数要求提出会面建议，说明理由"))(event_desk.propose)
app.command("accept", help=_("录入答复：接受，或谢绝并写明理由"))(event_desk.accept)
app.command("pin", help=_("组织者指定一场会面"))(event_desk.pin)
app.command("lock", help=_("锁定一场会面的时段和桌位"))(event_desk.lock)
app.command("schedule", help=_("排时间表：双方接受的和指定的才排入"))(event_desk.schedule)
app.command("replan", help=_("当日有变：从某个时段起重排，列出要通知谁"))(event_desk.replan)
app.command("pack", help=_("写出手册、时间表、签到表、胸卡和各单位日历"))(event_desk.pack)
app.command("outcome", help=_("录入会面结果"))(event_outcomes.outcome)
app.command("follow-ups", help=_("回访清单：活动后 30 天、90 天和到期的下一步"))(event_outcomes.follow_ups)
app.command("ask", help=_("录入一次回访"))(event_outcomes.ask)
app.command("budget", help=_("邀约测算：按实测比例，达到年度目标还须邀约多少家次"))(event_outcomes.budget)
app.command("report", help=_("写出活动总结报告（Word）"))(event_outcomes.report)
app.command("undo", help=_("撤销上一次改动"))(event_desk.undo)


@app.command(help=_("由 JSON 文件排出会面：谁见谁、何时、哪桌"))
def solve(
    file: Annotated[Path, typer.Argument(metavar="IN.json", help=_("活动：时段、桌位、参会方、可见的组合和要求"))],
    json: Annotated[Path | None, typer.Option("--json", help=_("把结果写入这个 JSON 文件；- 为标准输出"))] = None,
    limit: Annotated[float, typer.Option(min=1, max=3600, help=_("最多用多少秒，到时给出已有的最好结果"))] = 60.0,
    seed: Annotated[int, typer.Option(min=0, help=_("随机种子，相同则结果相同"))] = 0,
) -> None:
    from matching.events import read_event
    from matching.events import solve as arrange

    raw = read_json(file)
    if json is not None and str(json) != "-":
        require_writable(json)
    with problems_listed():
        read = read_event(raw)
        with progressing() as (tell, stop):
            plan = arrange(read, limit=limit, seed=seed, stop=stop, tell=tell)
    text = jsons.dumps(plain(plan.plain()), ensure_ascii=False, indent=2)
    if json is None:
        print_plan(plan)
    elif str(json) == "-":
        typer.echo(text)
    else:
        write_text(json, text + "\n")
        out().print(_("已写入 {path}").format(path=json), markup=False)


@contextmanager
def progressing() -> Iterator[tuple[Callable[[Message], None], Callable[[], bool]]]:
    """Show what is reached so far; Ctrl-C asks for the best so far instead of ending, a second one ends."""
    stopped = Event()

    def interrupt(_signal: int, _frame: object) -> None:
        if stopped.is_set():
            raise KeyboardInterrupt
        stopped.set()
        err().print(_("收到中断：给出已有的最好结果；再按一次立即退出"))

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        with err().status(_("正在安排会面…")) as status:
            yield lambda reached: status.update(titled(_("正在安排会面"), render(reached))), stopped.is_set
    finally:
        signal.signal(signal.SIGINT, before)


def read_json(file: Path) -> Any:
    """Parse a JSON file.

    Raises:
        SourceMissing: no such file.
        SourceUnreadable: not JSON in UTF-8, or a name twice in one object, of which JSON would keep the last only.
    """
    if not file.is_file():
        raise SourceMissing(path=file, expected=Message(N_("应为一个 JSON 文件")))
    try:
        return jsons.loads(file.read_text("utf-8-sig"), object_pairs_hook=_once)
    except (ValueError, RecursionError, OSError) as error:
        raise SourceUnreadable(path=file, reason=error) from None


def _once(entries: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(entries)
    if len(found) < len(entries):
        names = [name for name, _value in entries]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(_("“{name}”写了不止一次").format(name=twice))
    return found


class problems_listed:  # noqa: N801  reads as a statement
    """Print every problem before the error that sums them up."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        from matching.events import EventInvalid, PinsInfeasible

        if isinstance(error, EventInvalid):
            for problem in error.problems:
                err().print(f"  {titled(problem.where, render(problem.what))}", markup=False)
        elif isinstance(error, PinsInfeasible):
            for sentence in error.relax:
                err().print(f"  {render(sentence)}", markup=False)


def print_plan(plan: Plan) -> None:
    """Print the timetable, then who is left out and why, then how good it is."""
    console = out()
    slot = None
    for meeting in plan.meetings:
        if meeting.slot != slot:
            slot = meeting.slot
            console.print(slot, style="bold", markup=False)
        line = _("  {table} 桌  {a} — {b}")
        console.print(line.format(table=meeting.table, a=meeting.a, b=meeting.b), markup=False)
    for title, left in ((_("没有会面"), plan.without), (_("少于要求"), plan.short)):
        for reason in left[:SHOWN]:
            console.print(f"{title}  {titled(reason.id, render(reason.reason))}", markup=False)
        if len(left) > SHOWN:
            console.print(_("{title}  另有 {count} 家，见 --json").format(title=title, count=len(left) - SHOWN))
    for dropped in plan.dropped[:SHOWN]:
        line = _("未排入  {a} — {b}{reason}")
        why = aside(render(dropped.reason))
        console.print(line.format(a=dropped.a, b=dropped.b, reason=why), markup=False)
    print_summary(plan)


def print_summary(plan: Plan) -> None:
    """Print how good a plan is."""
    line = _(
        "会面 {count} 场 · 总分 {value:.2f}（上界 {bound:.2f}）· 空等 {idle} 个时段（下界 {least}）· {seconds:.1f} 秒"
    )
    out().print(
        line.format(
            count=len(plan.meetings),
            value=plan.value,
            bound=plan.value_bound,
            idle=plan.idle,
            least=plan.idle_bound,
            seconds=plan.seconds,
        ),
        markup=False,
    )
