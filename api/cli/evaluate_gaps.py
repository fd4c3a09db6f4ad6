"""``ronglian evaluate gaps``: does a gap that is only missing data get called a missing link?"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.console import AS_JSON, err, out, print_json, store
from api.i18n import _

if TYPE_CHECKING:
    from matching.evaluation.honesty import Point


def gaps(
    rounds: Annotated[int, typer.Option(min=1, max=100, help=_("每一档随机隐去几次"))] = 5,
    json: Annotated[bool, AS_JSON] = False,
) -> None:
    from matching.evaluation.honesty import honesty
    from matching.gaps import fetch

    today = date.today()
    with store() as opened:
        facts = fetch(opened, today)
    with err().status(_("正在隐去部分挂链，重新判断…")):
        curve = honesty(facts, today, rounds=rounds)
    if json:
        print_json(curve)
    else:
        _print(curve)


def _print(curve: list[Point]) -> None:
    from rich.table import Table

    console = out()
    if not curve:
        console.print(_("图谱中还没有确认的挂链，无从检验"))
        return
    title = _("隐去部分挂链后，确有企业的 {covered} 个环节中未被误称缺链的比例").format(covered=curve[0].covered)
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for name in (_("隐去"), _("排查"), _("失去全部企业"), _("未误称缺链"), _("最低一次")):
        table.add_column(name, justify="right", no_wrap=True)
    for point in curve:
        searches = _("同样漏查") if point.blind else _("如实")
        emptied = f"{point.emptied:.1f}"
        table.add_row(f"{point.share:.0%}", searches, emptied, f"{point.kept:.1%}", f"{point.lowest:.1%}")
    console.print(table)
    console.print(_("“同样漏查”是最坏情形：排查的人也没有发现被隐去的企业，没有任何记录可以反驳缺链。"))
