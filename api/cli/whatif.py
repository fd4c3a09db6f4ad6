"""``ronglian whatif``: what stops when something is gone; without anything, the firms whose loss hurts most."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.auth.roles import Role
from api.cli.console import AS_JSON, AS_ROLE, IN_RING, out, print_json, print_written, seen_as, store
from api.i18n import _, aside, chained, listed, titled
from api.rings import RingChoice

if TYPE_CHECKING:
    from api.schemas.what_if import FirmLossWire, LossList, SegmentImpactWire, WhatIf
    from matching.gaps import Network

SHOWN = 3


def whatif(
    what: Annotated[
        list[str] | None,
        typer.Argument(metavar="WHAT", help=_("移除什么：编号或名称，可多个；不写则列出失去后影响最大的企业")),
    ] = None,
    *,
    firm: Annotated[list[str] | None, typer.Option(metavar="REF", help=_("移除企业，可多次"))] = None,
    site: Annotated[list[str] | None, typer.Option(metavar="REF", help=_("移除厂区，可多次"))] = None,
    segment: Annotated[list[str] | None, typer.Option(metavar="REF", help=_("移除环节，可多次"))] = None,
    country: Annotated[
        list[str] | None, typer.Option(metavar="REF", help=_("不再从该国进口；* 为全部进口，可多次"))
    ] = None,
    town: Annotated[list[str] | None, typer.Option(metavar="REF", help=_("移除镇街的全部厂区，可多次"))] = None,
    chain: Annotated[str | None, typer.Option(metavar="REF", help=_("排名只看这条产业链"))] = None,
    ring: Annotated[RingChoice | None, IN_RING] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help=_("最多列出多少项"))] = 15,
    xlsx: Annotated[Path | None, typer.Option(help=_("另存为 Excel 清单"))] = None,
    role: Annotated[Role | None, AS_ROLE] = None,
    json: Annotated[bool, AS_JSON] = False,
) -> None:
    from api.auth.traces import recorded
    from api.schemas.what_if import LossList
    from api.what_if import answer as answer_to
    from api.what_if import removals_of
    from graph.catalogue import load_catalogue
    from matching.gaps import Network, RemovalKind, View, fetch, fetch_sites, losses
    from matching.gaps.presence import presence

    words = {None: what, RemovalKind.FIRM: firm, RemovalKind.SITE: site, RemovalKind.SEGMENT: segment}
    words |= {RemovalKind.COUNTRY: country, RemovalKind.TOWN: town}
    answer: WhatIf | LossList
    with store() as opened, recorded(opened, "whatif"), seen_as(role, "analyse"):
        facts, sites, catalogue = fetch(opened, date.today()), fetch_sites(opened), load_catalogue(opened)
        within = ring.ring if ring else presence(facts)[None].opening
        network = Network(View(facts, date.today(), within), sites)
        if removals := removals_of(network, {kind: several or [] for kind, several in words.items()}):
            answer = answer_to(network, removals, catalogue)
        else:
            chosen = _chain(network, chain) if chain else None
            cut = len(network.view.firms) if json or xlsx else limit
            answer = LossList.of(losses(network, chosen), network, chosen, cut, catalogue)
        if xlsx:
            from api.reports.what_if_list import write_what_if

            write_what_if(answer, date.today(), xlsx)
            print_written(xlsx)
    if json:
        print_json(answer.model_dump(mode="json"))
    elif not xlsx:
        _print(answer, limit)


def _chain(network: Network, ref: str) -> str:
    from graph.errors import NotFound

    for chain in network.view.chains.values():
        if ref.strip() in (chain.id, chain.name):
            return chain.id
    raise NotFound(id=ref)


def _print(answer: WhatIf | LossList, limit: int) -> None:
    from api.schemas.what_if import WhatIf

    if answer.sample:
        out().print(_("含样例数据：其中标 [样例] 的企业为虚构"), style="yellow", markup=False)
    if isinstance(answer, WhatIf):
        print_what_if(answer, limit)
    else:
        print_losses(answer)


def print_what_if(answer: WhatIf, limit: int) -> None:
    """Print what stops, step by step, the leaders that are hit, and who could step in."""
    console = out()
    console.print(titled(_("移除"), listed(one.name for one in answer.removals)), style="bold", markup=False)
    lost = _("缺数据") if answer.output.value is None else f"{answer.output.value:.0%}"
    line = _("停产环节 {stopped} 个 · 失去本地价值 {lost}（{note}） · 受影响链主 {hit} 家")
    console.print(line.format(stopped=answer.stopped, lost=lost, note=answer.output.note, hit=answer.hit), markup=False)
    if not answer.segments:
        console.print(_("  没有环节停产，也没有环节减少企业"), markup=False)
    for segment in answer.segments[:limit]:
        _print_segment(segment)
    if len(answer.segments) > limit:
        console.print(
            _("  另有 {count} 个环节，用 --limit、--xlsx 或 --json 查看").format(count=len(answer.segments) - limit)
        )
    for leader in answer.leaders:
        if leader.hurt:
            title = _("链主")
            console.print(f"  {title} {leader.name}  {leader.hit.title}  {chained(leader.reasons)}", markup=False)
    left_out = _("未计入")
    for text in answer.limits:
        console.print(f"  {left_out}  {text}", style="dim", markup=False)


def _print_segment(segment: SegmentImpactWire) -> None:
    console = out()
    step = _("第 {step} 步").format(step=segment.step) if segment.step else ""
    head = f"  {segment.effect.title}{aside(step)}  {segment.name}  {chained(segment.reasons)}"
    console.print(head, markup=False)
    for one in segment.substitutes[:SHOWN]:
        doubt = _(" [待核实]") if one.uncertain else ""
        sample = _(" [样例]") if one.sample else ""
        place = aside(one.ring.title) if one.ring else ""
        console.print(f"      {one.way.title}  {one.name}{sample}{place}{doubt}  {one.when}", style="dim", markup=False)
    if segment.substitutes_total > SHOWN:
        more = _("另有 {count} 家").format(count=segment.substitutes_total - SHOWN)
        console.print(f"      {more}", style="dim", markup=False)
    elif not segment.substitutes_total and not segment.step:
        console.print("      " + _("数据中没有可以顶上的企业"), style="dim", markup=False)


def print_losses(answer: LossList) -> None:
    """Print the firms whose loss hurts most, with the parts they are ranked by."""
    console = out()
    scope = answer.chain.name if answer.chain else _("全部产业链")
    console.print(_("失去后影响最大的企业（{scope}）").format(scope=scope), style="bold", markup=False)
    if not answer.items:
        console.print(_("  没有一家企业单独失去会使环节停产或只剩一家"), markup=False)
    for one in answer.items:
        _print_loss(one)
    line = _("共 {total} 家单独失去即有影响；其余 {harmless} 家不致停产，也不使环节只剩一家")
    console.print(line.format(total=answer.total, harmless=answer.harmless), markup=False)


def _print_loss(one: FirmLossWire) -> None:
    lost = _("缺数据") if one.output.value is None else f"{one.output.value:.1%}"
    sample = _(" [样例]") if one.sample else ""
    head = f"  {one.rank}  {one.firm.name}{sample}"
    line = _("本地价值 −{lost} · 停产环节 {stopped} 个 · 其他链主 {leaders} 家 · 只剩一家 {alone} 个")
    counts = {"stopped": len(one.stopped), "leaders": len(one.leaders), "alone": len(one.alone)}
    console = out()
    console.print(f"{head}  {line.format(lost=lost, **counts)}", markup=False)
    if one.emptied:
        said = titled(_("它是最后一家"), listed(found.name for found in one.emptied))
        console.print(f"      {said}", style="dim", markup=False)
