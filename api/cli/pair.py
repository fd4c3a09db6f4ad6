"""``ronglian pair …``: what one side says of a proposed pair, and what follows for its list."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.console import AS_JSON, out, print_json, store
from api.i18n import _, aside, chained

if TYPE_CHECKING:
    from graph.model import Answer, DeclineReason

app = typer.Typer(no_args_is_help=True)
WANTED = typer.Argument(metavar="NEED", help=_("需求编号，如 N-017"))
OFFERED = typer.Argument(metavar="OFFER", help=_("供给编号，如 O-011"))
SIDE = typer.Option(help=_("谁的答复：buyer（需方）或 seller（供方）"))
BY = typer.Option(help=_("答复人；不写则为系统登录名"))
NOTE = typer.Option(help=_("备注"))
WHY = typer.Option(
    help=_(
        "理由：product 不是所需产品 · specification 指标 · capacity 产能 · delivery 交期 · certificate 证书 · "
        "price 价格 · partner 已有合作 · timing 目前没有计划"
    )
)


@app.command(help=_("接受一条对接建议"))
def accept(
    wanted: Annotated[str, WANTED],
    offered: Annotated[str, OFFERED],
    side: Annotated[str, SIDE] = "buyer",
    note: Annotated[str, NOTE] = "",
    by: Annotated[str, BY] = "",
) -> None:
    from graph.model import Answer

    _say((wanted, offered), side, Answer.ACCEPTED, note=note, by=by)


@app.command(help=_("谢绝一条对接建议：不再列给这一方，理由只影响这一条供需"))
def decline(
    *,
    wanted: Annotated[str, WANTED],
    offered: Annotated[str, OFFERED],
    reason: Annotated[str, WHY],
    side: Annotated[str, SIDE] = "buyer",
    note: Annotated[str, NOTE] = "",
    by: Annotated[str, BY] = "",
) -> None:
    from graph.model import Answer, DeclineReason

    try:
        why = DeclineReason(reason)
    except ValueError:
        raise typer.BadParameter(_("不认识的理由“{reason}”").format(reason=reason)) from None
    _say((wanted, offered), side, Answer.DECLINED, reason=why, note=note, by=by)


@app.command(help=_("撤销一方对一对供需最近的答复"))
def undo(
    wanted: Annotated[str, WANTED],
    offered: Annotated[str, OFFERED],
    side: Annotated[str, SIDE] = "buyer",
    by: Annotated[str, BY] = "",
) -> None:
    from api import pair_answers
    from graph.model import PairSide

    with store() as opened:
        kept = pair_answers.undo(opened, wanted, offered, PairSide(_side(side)), by=by or getpass.getuser())
    out().print(_("已撤销 {wanted} 与 {offered} 的答复").format(wanted=kept.wanted, offered=kept.offered), markup=False)


@app.command("list", help=_("答复记录：一条供需的，或全部"))
def list_answers(
    listing: Annotated[str | None, typer.Argument(metavar="[LISTING]", help=_("需求或供给编号"))] = None,
    json: Annotated[bool, AS_JSON] = False,
) -> None:
    from api import pair_answers
    from api.titles import VALUES
    from matching.pairing.opinion import REASON_TITLES, SIDE_TITLES

    with store() as opened:
        found = pair_answers.listed(opened, listing)
    if json:
        print_json(found)
        return
    console = out()
    for one in found:
        said = one.answer
        reason = aside(_(REASON_TITLES[said.reason]) if said.reason else "")
        state = _("撤销") if said.undoes else _(VALUES[said.answer])
        stands = "" if one.stands or said.undoes else aside(_("已失效"))
        head = f"{said.at.astimezone():%Y-%m-%d %H:%M}  {_(SIDE_TITLES[said.side])} {state}{reason}{stands}"
        who = chained(part for part in (said.by, said.note) if part)
        console.print(f"{head}  {one.wanted_name} ← {one.offered_name}  {who}", markup=False)
    if not found:
        console.print(_("还没有答复"))


def _side(side: str) -> str:
    if side not in ("buyer", "seller"):
        raise typer.BadParameter(_("答复方只能是 buyer 或 seller"))
    return side


def _say(
    pair: tuple[str, str], side: str, said: Answer, *, reason: DeclineReason | None = None, note: str, by: str
) -> None:
    from api import pair_answers
    from graph.model import PairSide
    from matching.pairing.opinion import AGAIN_AFTER, REASON_EFFECTS

    by = by or getpass.getuser()
    with store() as opened:
        kept = pair_answers.answer(opened, *pair, PairSide(_side(side)), said, by=by, reason=reason, note=note)
    out().print(_("已记下：{by} {at}").format(by=kept.by, at=f"{kept.at.astimezone():%Y-%m-%d %H:%M}"), markup=False)
    if kept.reason:
        out().print(_(REASON_EFFECTS[kept.reason]).format(days=AGAIN_AFTER.days), style="dim")
