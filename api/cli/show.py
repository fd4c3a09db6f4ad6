"""``ronglian show`` and ``ronglian digest``: any node with its facts and sources; one hash over the graph."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from api.cli.console import AS_JSON, out, print_json, store
from api.i18n import _, chained


def show(
    ref: Annotated[str, typer.Argument(metavar="ID", help=_("编号、证券代码或名称"))],
    limit: Annotated[int, typer.Option(min=1, max=1000, help=_("每类关系最多列出多少条"))] = 10,
    json: Annotated[bool, AS_JSON] = False,
) -> None:
    from api.auth.disclosure import disclosed_node
    from graph.nodes import view_node

    with store() as opened:
        view = disclosed_node(opened, view_node(opened, ref, limit))
    if json:
        print_json(view)
    else:
        _print_node(view)


def digest(json: Annotated[bool, AS_JSON] = False) -> None:
    from graph.digest import digest as compute

    with store() as opened:
        result = compute(opened)
    if json:
        print_json(result)
    else:
        typer.echo(result.value)
        line = _("节点 {nodes:,} · 来源陈述 {statements:,} · 关系 {relationships:,}")
        out().print(line.format(**vars(result)))


def _print_node(view: Any) -> None:
    from rich.table import Table

    from api.titles import field_title, grade_title, label_title, tie_title, value_text

    console = out()
    sample = f" [reverse]{_('样例')}[/]" if view.sample else ""
    console.print(f"[bold]{view.facts.get('name', view.id)}[/]{sample}  {label_title(view.labels[-1])}  {view.id}")
    table = Table(title=_("事实（按来源）"), title_justify="left", box=None, pad_edge=False)
    for column in (_("项目"), _("内容"), _("来源"), _("日期"), _("证据强度"), _("出处")):
        table.add_column(column, overflow="fold")
    for statement in view.statements:
        said = (statement.source, str(statement.observed_on), grade_title(statement.grade), statement.row)
        for key, value in statement.facts.items():
            table.add_row(field_title(view.labels[-1], key), value_text(value), *said)
    console.print(table)
    for ties in view.ties:
        console.print(f"[bold]{tie_title(ties.type, ties.outgoing)}[/] {ties.total}")
        for other in ties.neighbours:
            facts = chained(f"{field_title(ties.type, key)} {value_text(v)}" for key, v in other.facts.items())
            line = f"  {other.name}  {facts}  ({other.source} {other.observed_on} {grade_title(other.grade)})"
            console.print(line, markup=False)
        if ties.total > len(ties.neighbours):
            console.print(_("  另有 {count} 条").format(count=ties.total - len(ties.neighbours)))
