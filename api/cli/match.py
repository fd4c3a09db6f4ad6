"""``ronglian match``: who can meet a need, and why."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.auth.roles import Role
from api.cli.console import AS_JSON, AS_ROLE, ENCODER, encoded, err, out, print_json, print_written, seen_as, store
from api.i18n import _, aside, chained, listed, render, titled
from api.rings import RingChoice

if TYPE_CHECKING:
    from api.batch import Asked
    from graph.store import Store
    from matching.pairing import Candidate, Result

BAR = "█"
FOUND_IN = typer.Option(
    help=_("圈层，所找的单位须在其中：本区 district、本市 city、长三角 delta、国内 national、不限 anywhere")
)
LIST = Path("对接建议.xlsx")


def match(
    *,
    need: Annotated[
        str | None, typer.Argument(metavar="REF", help=_("需求、供给、成果的编号或名称；企业的名称或代码"))
    ] = None,
    text: Annotated[str | None, typer.Option("--text", help=_("直接写出需求，如“行星减速器，背隙≤1角分”"))] = None,
    direction: Annotated[
        str,
        typer.Option(
            help=_(
                "方向：need-offer 需求找供给 · offer-need 供给找需求 · firm-supplier 企业找供应商 · "
                "firm-customer 企业找客户 · need-capability 找能力 · need-solution 找方案 · "
                "need-achievement 找成果 · achievement-firm 成果找企业"
            )
        ),
    ] = "need-offer",
    ring: Annotated[RingChoice, FOUND_IN] = RingChoice.ANYWHERE,
    limit: Annotated[int, typer.Option(min=1, max=100, help=_("最多列出多少家"))] = 10,
    every: Annotated[bool, typer.Option("--all", help=_("全部有效需求，写入 Excel；中断后重跑会接着做"))] = False,
    chain: Annotated[str | None, typer.Option(help=_("与 --all 同用：只对这条产业链（编号）"))] = None,
    town: Annotated[str | None, typer.Option(help=_("与 --all 同用：只对需方在这一镇街（编号）的需求"))] = None,
    path: Annotated[
        Path, typer.Option("--out", metavar="OUT.xlsx", show_default=False, help=_("与 --all 同用：写到哪里"))
    ] = LIST,
    encoder: Annotated[str | None, ENCODER] = None,
    role: Annotated[Role | None, AS_ROLE] = None,
    json: Annotated[bool, AS_JSON] = False,
) -> None:
    if [need is not None, text is not None, every].count(True) != 1:
        raise typer.BadParameter(_("请给出编号，或用 --text 写出需求，或用 --all，三者取一"))
    from api.pairing import encoding

    if every:
        from api.batch import Asked

        with encoding(encoder), seen_as(role, "export"):
            _match_all(path, Asked(chain, ring.ring, town, limit))
        return
    from api.auth.matches import disclosed_result
    from api.auth.traces import recorded

    with encoding(encoder), store() as opened, recorded(opened, "match"), seen_as(role, "match"):
        encoded(opened)
        result = disclosed_result(opened, find(opened, need, text, limit, way=direction, ring=ring))
    if json:
        print_json(result.plain())
    else:
        print_result(result)


def _match_all(path: Path, asked: Asked) -> None:
    from api.auth.traces import recorded

    with store() as opened, recorded(opened, "match --all"):
        encoded(opened)
        _match_in(opened, path, asked)


def _match_in(opened: Store, path: Path, asked: Asked) -> None:
    from rich.progress import Progress

    from api.batch import match_all

    with Progress(console=err(), transient=True) as bar:
        task = bar.add_task(_("匹配"))
        found = match_all(
            opened,
            path,
            date.today(),
            asked=asked,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
    line = _("{needs:,} 条需求，{served:,} 条有推荐 · 接续上次 {resumed:,} 条 · 超出单位上限 {beyond:,} 处")
    counts = {"needs": found.needs, "served": found.served, "resumed": found.resumed, "beyond": found.beyond}
    out().print(line.format(**counts))
    print_written(path)


def find(
    opened: Store,
    ref: str | None,
    text: str | None,
    limit: int,
    *,
    way: str = "need-offer",
    ring: RingChoice = RingChoice.ANYWHERE,
) -> Result:
    """Match what is stored, or said in words, in a direction, within a ring."""
    from api.auth.matches import sees
    from api.pairing import load_pool, load_reach, rules
    from matching import pairing
    from matching.pairing.directions import direction
    from matching.pairing.pools import load_asking, read_asking

    asked, today = direction(way), date.today()
    asking = load_asking(opened, asked, ref) if ref is not None else read_asking(asked, text or "")
    market = load_pool(opened, asked.pool, today)
    see, reach = sees(), load_reach(opened, ring.ring)
    beside = load_pool(opened, asked.beside, today, market.network) if asked.beside and see is None else None
    return pairing.find(opened, asking, market, today, limit=limit, reach=reach, beside=beside, rules=rules(), see=see)


def print_result(result: Result) -> None:
    """Print candidates and near misses, each with the parts that sum to its score."""
    from api.advice import advice
    from api.titles import label_title
    from matching.pairing.arrange import ORDER

    console = out()
    wanted = result.wanted
    number = f"{wanted.number} " if wanted.number else ""
    party = aside(wanted.party.name if wanted.party else "")
    console.print(f"{label_title(wanted.kind)} {number}“{wanted.name}”{party}", style="bold", markup=False)
    if result.lapsed:
        console.print(f"  {render(result.lapsed)}", style="yellow", markup=False)
    for place, candidate in enumerate(result.candidates, 1):
        _print_candidate(candidate, f"{place:>3}")
    for candidate in result.near_misses:
        _print_candidate(candidate, "  –")
    console.print(render(result.summary), markup=False)
    if said := advice(result):
        console.print(f"  {said}", markup=False)
    if any(one.moved for one in result.candidates):
        console.print(f"  {_(ORDER)}", style="dim", markup=False)
    for sentence in (*result.unchecked, result.basis):
        console.print(f"  {render(sentence)}", style="dim", markup=False)


def _print_candidate(candidate: Candidate, place: str) -> None:
    from matching.pairing.score import PART_TITLES

    console = out()
    offered = candidate.found
    party = offered.party.name if offered.party else _("单位未知")
    sample = _(" [样例]") if offered.sample else ""
    parts = [part for part in candidate.parts if not part.missing]
    sums = " + ".join(f"{part.points / 100:.2f} {_(PART_TITLES[part.name])}" for part in parts)
    bar = BAR * round(candidate.points / 10)
    console.print(f"{place}  {candidate.score:.2f} {bar:<10} {party}{sample}  {offered.name}", markup=False)
    console.print(f"      = {sums or '0'}", markup=False)
    for part in parts:
        if part.points:
            title, reason = _(PART_TITLES[part.name]), render(part.reason)
            line = reason if reason.startswith(title) else titled(title, reason)
            console.print(f"        {line}", style="dim", markup=False)
    for sentence in candidate.moved:
        console.print(f"      {titled(_('次序'), render(sentence))}", markup=False)
    if candidate.mutual is not None:
        console.print(f"      {titled(_('双方契合'), f'{candidate.mutual:.2f}')}", style="dim", markup=False)
    if absent := [_(PART_TITLES[part.name]) for part in candidate.parts if part.missing]:
        line = titled(_("缺数据，不计分"), listed(absent))
        console.print(f"        {line}", style="dim", markup=False)
    if candidate.chance:
        console.print(f"      {render(candidate.chance.said)}", markup=False)
    if met := [render(verdict.detail) for verdict in candidate.passed]:
        console.print(f"      {titled(_('通过'), chained(met))}", markup=False)
    for verdict in candidate.failed:
        cure = aside(_("{gap}则可对接").format(gap=render(verdict.gap)) if verdict.gap else "")
        console.print(f"      {titled(_('差一项'), render(verdict.detail) + cure)}", markup=False)
    if questions := [render(question) for question in candidate.questions]:
        console.print(f"      {titled(_('未知，待问'), chained(questions))}", markup=False)
