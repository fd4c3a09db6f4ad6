"""``ronglian runs …``: what was loaded, and taking it back as a whole."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli.console import AS_JSON, out, print_json, store
from api.i18n import _, render

app = typer.Typer(no_args_is_help=True)
RUN = typer.Argument(metavar="RUN", help=_("载入的编号，见 ronglian runs list"))
SHOWN = 20


@app.command("list", help=_("各次载入，最近的在前"))
def list_(
    limit: Annotated[int, typer.Option(min=1, max=1000, help=_("最多列出多少条"))] = 20,
    json: Annotated[bool, AS_JSON] = False,
) -> None:
    from rich.table import Table

    from loaders.history import STATES, list_runs

    with store() as opened:
        found = list_runs(opened, limit)
    if json:
        print_json(found)
        return
    if not found:
        out().print(_("还没有载入过数据"))
        return
    table = Table(box=None)
    for title in (_("编号"), _("来源"), _("开始"), _("状态"), _("读"), _("写入"), _("退回"), _("可撤销")):
        table.add_column(title, overflow="fold")
    for run in found:
        figures = (f"{run.read:,}", f"{run.written:,}", f"{run.dropped:,}")
        undoable = _("是") if run.undoable else ""
        started = f"{run.started_at:%Y-%m-%d %H:%M:%S}"
        table.add_row(run.id, run.source_name, started, _(STATES[run.state]), *figures, undoable)
    out().print(table)


@app.command(help=_("一次载入的结果：写入多少、退回哪些、为什么"))
def show(run: Annotated[str, RUN], json: Annotated[bool, AS_JSON] = False) -> None:
    from loaders.history import STATES, view_run

    with store() as opened:
        found = view_run(opened, run)
    if json:
        print_json(found)
        return
    card, console = found.card, out()
    console.print(f"{card.source_name}  {_(STATES[card.state])}  {card.started_at:%Y-%m-%d %H:%M:%S}", markup=False)
    line = _("读 {read:,} 行 = 写入 {written:,} + 合并 {merged:,} + 退回 {dropped:,}")
    counts = {"read": card.read, "written": card.written, "merged": card.merged, "dropped": card.dropped}
    console.print(line.format(**counts))
    for title, items in ((_("退回"), found.drops), (_("部分采用"), found.findings)):
        for item in items[:SHOWN]:
            console.print(f"  {title}  {item.where}  {render(item.reason)}", markup=False)
        if len(items) > SHOWN:
            rest = _("  {title}  另有 {count} 行，用 --json 查看全部")
            console.print(rest.format(title=title, count=len(items) - SHOWN))


@app.command(help=_("整次撤销：这次载入的内容全部收回，其他来源的不动"))
def undo(run: Annotated[str, RUN], json: Annotated[bool, AS_JSON] = False) -> None:
    from loaders.undo import undo as undo_run

    with store() as opened:
        done = undo_run(opened, run)
    if json:
        print_json(done)
        return
    line = _("已撤销：收回 {statements:,} 条说法、{relationships:,} 条关系，恢复 {restored:,} 条 · {seconds:.1f} 秒")
    counts = {"statements": done.statements, "relationships": done.relationships, "restored": done.restored}
    out().print(line.format(**counts, seconds=done.seconds))
