"""``ronglian link …``: which segments firms belong to: proposed, confirmed, rejected, taken back."""

from __future__ import annotations

import getpass
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.console import AS_JSON, err, out, plain, print_json, store
from api.i18n import _, aside, chained, render, retold

if TYPE_CHECKING:
    from graph.model import LinkState
    from graph.store import Store
    from matching.linking import Proposal
    from matching.linking.standing import Standing

app = typer.Typer(no_args_is_help=True)
FIRM = typer.Argument(metavar="FIRM", help=_("企业：名称、简称、证券代码、统一社会信用代码或编号"))
SEGMENT = typer.Argument(metavar="SEGMENT", help=_("环节：编号、名称或“链名/环节名”"))
BY = typer.Option(help=_("核查人；不写则为系统登录名"))
WHY = typer.Option(help=_("理由：依据什么"))
SHOWN = 3


@app.command(help=_("提出挂链建议：等级、状态、得分构成、证据和待问的事"))
def propose(
    *,
    firm: Annotated[str | None, typer.Argument(metavar="[FIRM]", help=_("企业；不写须用 --segment 或 --all"))] = None,
    segment: Annotated[str | None, typer.Option(metavar="S", help=_("只列这个环节的建议"))] = None,
    every: Annotated[bool, typer.Option("--all", help=_("全部企业"))] = False,
    dry: Annotated[bool, typer.Option("--dry-run", help=_("只看，不写入图谱"))] = False,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help=_("最多列出多少条"))] = 20,
    json: Annotated[bool, AS_JSON] = False,
) -> None:
    from api import linking
    from matching.linking.fetch import load_segments

    if not (firm or segment or every):
        raise typer.BadParameter(_("请写明企业，或用 --segment、--all"))
    with store() as opened:
        firms = [linking.find(opened, firm, "Enterprise")] if firm else None
        place = linking.find(opened, segment, "Segment") if segment else None
        with err().status(_("正在比对…")):
            found = linking.propose(opened, date.today(), firms=firms, write=not dry)
        names = {one.id: one.name for one in load_segments(opened)} | _firm_names(opened, found.proposals)
    shown = [one for one in found.proposals if place in (None, one.segment)]
    if json:
        report = found.report.counts() if found.report else None
        print_json({"report": report, "proposals": [as_plain(one, names) for one in shown]})
        return
    _print(shown, names, limit)
    if found.report:
        line = _("写入 {written:,} 条，清理 {swept:,} 条")
        counts = {"written": found.report.relationships, "swept": found.report.swept_relationships}
        out().print(line.format(**counts))


@app.command(help=_("确认一条挂链，写明理由；以后的建议以此为准"))
def confirm(
    firm: Annotated[str, FIRM],
    segment: Annotated[str, SEGMENT],
    why: Annotated[str, WHY],
    by: Annotated[str, BY] = "",
) -> None:
    from graph.model import LinkState

    _decide(firm, segment, LinkState.CONFIRMED, why, by)


@app.command(help=_("排除一条挂链，写明理由；没有新证据不再提出"))
def reject(
    firm: Annotated[str, FIRM],
    segment: Annotated[str, SEGMENT],
    why: Annotated[str, WHY],
    by: Annotated[str, BY] = "",
) -> None:
    from graph.model import LinkState

    _decide(firm, segment, LinkState.REJECTED, why, by)


@app.command(help=_("撤销对一条挂链的最近一次决定"))
def undo(firm: Annotated[str, FIRM], segment: Annotated[str, SEGMENT], by: Annotated[str, BY] = "") -> None:
    from api import linking

    with store() as opened:
        done = linking.undo(opened, firm, segment, by=by or getpass.getuser(), today=date.today())
        _print_standing(linking.standing_of(opened, done.firm, done.segment, date.today()))


def _decide(firm: str, segment: str, state: LinkState, why: str, by: str) -> None:
    from api import linking

    with store() as opened:
        today = date.today()
        done = linking.decide(opened, firm, segment, state, by=by or getpass.getuser(), reason=why, today=today)
        _print_standing(linking.standing_of(opened, done.firm, done.segment, today))


def _firm_names(opened: Store, proposals: tuple[Proposal, ...]) -> dict[str, str]:
    from graph.nodes import names_of

    return names_of(opened, {one.firm for one in proposals})


def as_plain(one: Proposal, names: dict[str, str]) -> dict[str, object]:
    """A proposal for a program."""
    return {
        "firm": one.firm,
        "firm_name": names.get(one.firm, one.firm),
        "segment": one.segment,
        "segment_name": names.get(one.segment, one.segment),
        "state": one.state,
        "grade": one.grade,
        "score": one.score,
        "parts": plain(one.parts),
        "evidence": [render(piece.sentence) for piece in one.evidence],
        "question": render(one.question) if one.question else None,
        "reason": render(one.reason) if one.reason else None,
        "observed_on": one.observed_on,
    }


def parts_text(one: Proposal) -> str:
    """The sum a score is made of, in words."""
    from matching.linking import DOUBT, DOUBT_TITLE, KIND_TITLES

    titles = {**KIND_TITLES, DOUBT: DOUBT_TITLE}
    return " + ".join(f"{part.points:.2f} {_(titles[part.kind])}" for part in one.parts).replace("+ -", "− ")


def _print(shown: list[Proposal], names: dict[str, str], limit: int) -> None:
    from api.titles import VALUES, grade_title

    console = out()
    counts = Counter(one.state for one in shown)
    total = chained(f"{_(VALUES[state])} {count:,}" for state, count in sorted(counts.items()))
    console.print(_("建议 {count:,} 条：{states}").format(count=len(shown), states=total or _("无")))
    for one in shown[:limit]:
        head = f"{one.score:.2f}  {names[one.firm]} → {names[one.segment]}"
        console.print(f"{head}  {_(VALUES[one.state])} · {_('证据')} {grade_title(one.grade)}", markup=False)
        if one.parts:
            console.print(f"      = {parts_text(one)}", markup=False)
        for piece in one.evidence[:SHOWN]:
            console.print(f"      {render(piece.sentence)}", markup=False)
        for title, said in ((_("待问"), one.question), (_("排除"), one.reason)):
            if said:
                console.print(f"      {title}  {render(said)}", markup=False)
    if len(shown) > limit:
        console.print(_("  另有 {count} 条").format(count=len(shown) - limit))


def _print_standing(found: Standing | None) -> None:
    from api.titles import VALUES, grade_title

    console = out()
    if found is None:
        console.print(_("没有来源提到这条挂链"))
        return
    console.print(
        f"{found.firm_name} → {found.segment_name}  {_(VALUES[found.state])}{aside(render(found.rule))}", markup=False
    )
    for one in found.said:
        who = one.decided_by or one.source_name
        line = f"  {_(VALUES[one.state])}  {who} {one.seen_on or ''} {_('证据')} {grade_title(one.grade)}"
        console.print(f"{line}  {retold(one.evidence)}", markup=False)
