"""``ronglian show`` and ``digest``: a node with facts by source, a firm with links and what is missing; a hash."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.console import AS_JSON, out, print_json, store
from api.i18n import _, aside, asked, chained, render, retold, titled

if TYPE_CHECKING:
    from graph.nodes import NodeView, Ties
    from matching.dossier import Dossier


def show(
    ref: Annotated[str, typer.Argument(metavar="ID", help=_("编号、证券代码或名称"))],
    limit: Annotated[int, typer.Option(min=1, max=1000, help=_("每类关系最多列出多少条"))] = 10,
    json: Annotated[bool, AS_JSON] = False,
) -> None:
    from api.auth.disclosure import disclosed_node
    from api.auth.traces import recorded
    from api.link_answers import dossier
    from graph.nodes import view_node

    with store() as opened, recorded(opened, "show"):
        view = disclosed_node(opened, view_node(opened, ref, limit), ref)
        found = dossier(opened, view.id, date.today(), limit) if "Enterprise" in view.labels else None
    if json:
        print_json(found or view)
        return
    _print_node(view, found)


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


def _print_node(view: NodeView, firm: Dossier | None) -> None:
    from rich.markup import escape

    from api.titles import label_title

    console = out()
    name = escape(str(view.facts.get("name", view.id)))
    sample = f" [reverse]{_('样例')}[/]" if view.sample else ""
    head = f"[bold]{name}[/]{sample}  {label_title(view.labels[-1])}  {escape(view.id)}"
    console.print(head, markup=True)
    _print_facts(view)
    if firm:
        _print_disputes(firm)
        _print_links(firm)
    for ties in view.ties:
        if firm is None or ties.type != "LINKED_TO":
            _print_ties(ties)
    if firm:
        _print_missing(firm)


def _print_facts(view: NodeView) -> None:
    from rich.table import Table

    from api.titles import fact_text, field_title, grade_title

    table = Table(title=_("事实（按来源）"), title_justify="left", box=None, pad_edge=False)
    for column in (_("项目"), _("内容"), _("来源"), _("日期"), _("证据强度"), _("出处")):
        table.add_column(column, overflow="fold")
    for statement in view.statements:
        said = (statement.source, str(statement.observed_on), grade_title(statement.grade), statement.row)
        for key, value in statement.facts.items():
            table.add_row(field_title(view.labels[-1], key), fact_text(view.labels[-1], key, value), *said)
    out().print(table)


def _print_disputes(firm: Dossier) -> None:
    """Fields sources differ on, with the rule that chose."""
    from api.titles import fact_text, field_title

    for side in firm.disputed:
        claims = chained(
            f"{fact_text('Enterprise', side.field, claim.value)}{aside(claim.statement.source)}"
            for claim in side.claims
        )
        line = titled(field_title("Enterprise", side.field), claims)
        out().print(f"{_('说法不一')}  {line}  → {render(side.rule)}", markup=False)


def _print_links(firm: Dossier) -> None:
    """Links with state, evidence, what to ask, and every source's word."""
    from api.titles import VALUES, grade_title

    console = out()
    console.print(f"[bold]{_('挂链')}[/] {len(firm.links)}", markup=True)
    for link in firm.links:
        head = f"  {_(VALUES[link.state])}  {link.segment_name}  {_('证据')} {grade_title(link.first.grade)}"
        console.print(f"{head}  {retold(link.first.evidence)}", markup=False)
        if link.question:
            console.print(f"      {titled(_('待问'), asked(link.question))}", markup=False)
        if len(link.said) > 1:
            said = chained(f"{_(VALUES[one.state])} {one.source_name} {one.seen_on or ''}" for one in link.said)
            console.print(f"      {said}{aside(render(link.rule))}", markup=False)


def _print_ties(ties: Ties) -> None:
    from api.titles import fact_text, field_title, grade_title, tie_title

    console = out()
    console.print(f"[bold]{tie_title(ties.type, ties.outgoing)}[/] {ties.total}", markup=True)
    for other in ties.neighbours:
        facts = chained(
            f"{field_title(ties.type, key)} {fact_text(ties.type, key, v)}" for key, v in other.facts.items()
        )
        said = f"{other.source} {other.observed_on}" if other.source else _("本系统记录")
        line = f"  {other.name}  {facts}  ({said} {grade_title(other.grade)})"
        console.print(line, markup=False)
    if ties.total > len(ties.neighbours):
        console.print(_("  另有 {count} 条").format(count=ties.total - len(ties.neighbours)))


def _print_missing(firm: Dossier) -> None:
    """What is not known, and what it would unlock."""
    if firm.missing:
        out().print(f"[bold]{_('缺什么')}[/] {len(firm.missing)}", markup=True)
    for piece in firm.missing:
        line = titled(_(piece.what), _(piece.unlocks))
        sheet = _("填在工作簿“{sheet}”表").format(sheet=_(piece.sheet))
        out().print(f"  {line}{aside(sheet)}", markup=False)
