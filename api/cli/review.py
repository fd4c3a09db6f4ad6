"""``ronglian review``: pairs that may be one firm, side by side; one firm, never the same, and back again."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.console import AS_ACCOUNT, AS_JSON, acting_for, out, print_json, store
from api.i18n import _, render, titled

if TYPE_CHECKING:
    from loaders.resolution.queue import Page, Pair, State
    from loaders.resolution.view import SideBySide

app = typer.Typer(no_args_is_help=True)
PAIR = typer.Argument(metavar="PAIR", help=_("对的编号（review-…），或一家企业的编号、代码、名称"))
OTHER = typer.Argument(metavar="OTHER", help=_("另一家企业的编号、代码、名称；给了对的编号则不写"))
BY = typer.Option(help=_("由谁判断；默认为当前系统用户"))
STATE = typer.Option(help=_("看哪些：open 待判断，same 同一家，different 不是同一家"))


@app.command("list", help=_("待判断的企业对，最像的在前"))
def list_(
    state: Annotated[str, STATE] = "open",
    limit: Annotated[int, typer.Option(min=1, max=1000, help=_("最多列出多少对"))] = 20,
    account: Annotated[str | None, AS_ACCOUNT] = None,
    json: Annotated[bool, AS_JSON] = False,
) -> None:
    from api.reviewing import own_pairs
    from loaders.resolution.queue import State

    if state not in set(State):
        raise typer.BadParameter(_("应为以下之一：{expected}").format(expected=", ".join(State)))
    with store() as opened, acting_for(opened, account, "review"):
        page = own_pairs(opened, State(state), limit=limit)
    if json:
        print_json({"counts": page.counts, "total": page.total, "pairs": page.pairs})
    else:
        _print_page(page, State(state))


@app.command(help=_("并排看一对：各自的内容、得分构成、合并后会变什么；不写则看第一对"))
def show(
    pair: Annotated[str | None, PAIR] = None,
    account: Annotated[str | None, AS_ACCOUNT] = None,
    json: Annotated[bool, AS_JSON] = False,
) -> None:
    from api.reviewing import own_pair, own_pairs
    from loaders.resolution.view import view_pair

    with store() as opened, acting_for(opened, account, "review"):
        first = own_pairs(opened, limit=1).pairs if pair is None else ()
        own = own_pair(opened, pair).id if pair else (first[0].id if first else None)
        view = view_pair(opened, own) if own else None
    if json:
        print_json(view)
    elif view:
        print_view(view)
    else:
        out().print(_("没有待判断的企业对"))


@app.command(help=_("判为同一家：合并成一个，两个编号都继续有效"))
def same(
    pair: Annotated[str, PAIR],
    other: Annotated[str | None, OTHER] = None,
    by: Annotated[str, BY] = "",
    account: Annotated[str | None, AS_ACCOUNT] = None,
    json: Annotated[bool, AS_JSON] = False,
) -> None:
    _decide((pair, other), account, by, json, same=True)


@app.command(help=_("判为不是同一家，以后载入不再问"))
def different(
    pair: Annotated[str, PAIR],
    other: Annotated[str | None, OTHER] = None,
    by: Annotated[str, BY] = "",
    account: Annotated[str | None, AS_ACCOUNT] = None,
    json: Annotated[bool, AS_JSON] = False,
) -> None:
    _decide((pair, other), account, by, json, same=False)


@app.command(help=_("撤销一次判断；合并过的恢复原样"))
def undo(
    pair: Annotated[str, PAIR],
    account: Annotated[str | None, AS_ACCOUNT] = None,
    json: Annotated[bool, AS_JSON] = False,
) -> None:
    from api.reviewing import undo_own

    with store() as opened, acting_for(opened, account, "review"):
        found = undo_own(opened, pair)
    _answer(found, json)


def _decide(pair: tuple[str, str | None], account: str | None, by: str, json: bool, *, same: bool) -> None:
    from api.reviewing import ask_own, decide_own

    with store() as opened, acting_for(opened, account, "review"):
        left, right = pair
        chosen = ask_own(opened, left, right).id if right else left
        found = decide_own(opened, chosen, same=same, by=by or account or getpass.getuser())
    _answer(found, json)


def _answer(found: Pair, json: bool) -> None:
    from loaders.resolution.queue import STATE_TITLES

    if json:
        print_json(found)
        return
    line = _("“{left}”与“{right}”：{state}。撤销：ronglian review undo {id}")
    if found.state == "open":
        line = _("“{left}”与“{right}”：{state}。看一看：ronglian review show {id}")
    values = {"left": found.left_name, "right": found.right_name, "id": found.id}
    out().print(line.format(state=_(STATE_TITLES[found.state]), **values), markup=False)


def _print_page(page: Page, state: State) -> None:
    from loaders.resolution.queue import STATE_TITLES

    console = out()
    counts = " · ".join(f"{_(STATE_TITLES[one])} {count}" for one, count in page.counts.items())
    console.print(counts, style="bold", markup=False)
    for pair in page.pairs:
        left, right = pair.left_name, pair.right_name
        console.print(f"{pair.id}  {pair.probability:>4.0%}  {left} | {right}", markup=False)
        for reason in pair.reasons:
            console.print(f"      {render(reason)}", style="dim", markup=False)
    if not page.pairs:
        console.print(_("没有“{state}”的企业对").format(state=_(STATE_TITLES[state])))
    elif page.total > len(page.pairs):
        console.print(_("  另有 {count} 对，用 --limit 查看").format(count=page.total - len(page.pairs)))


def print_view(view: SideBySide) -> None:
    """Print both sides, the waterfall, and what would change."""
    from rich.table import Table

    from api.titles import field_title, value_text
    from loaders.resolution.weights import LEVEL_TITLES, TITLES

    console = out()
    pair = view.pair
    console.print(f"{pair.left_name} | {pair.right_name}  {pair.id}", style="bold", markup=False)
    table = Table(title=_("内容"), title_justify="left", box=None, pad_edge=False)
    for column in (_("项目"), pair.left_name, pair.right_name, _("合并后显示")):
        table.add_column(column, overflow="fold")
    absent = _("缺")
    for field in view.fields:
        cells = [absent if v is None else value_text(v) for v in (field.left, field.right, field.both)]
        mark = "≠ " if field.differs else ""
        table.add_row(mark + field_title(view.label, field.field), *cells)
    console.print(table)
    parts = Table(title=_("得分构成（比特，相加即总分）"), title_justify="left", box=None, pad_edge=False)
    for part in pair.parts:
        parts.add_row(_(TITLES[part.field]), _(LEVEL_TITLES[part.level]), f"{part.bits:+.1f}")
    parts.add_row(_("合计"), _("同一家的把握 {share}").format(share=f"{pair.probability:.0%}"), f"{pair.score:+.1f}")
    console.print(parts)
    for reason in pair.reasons:
        console.print(titled(_("请人确认的原因"), render(reason)), markup=False)
    if not view.joined:
        moving = _("合并后：{statements} 条来源陈述、{ties} 条关系归到“{left}”，两个编号都继续有效，可以撤销")
        statements, ties = view.moving
        console.print(moving.format(statements=statements, ties=ties, left=view.left.name), markup=False)
