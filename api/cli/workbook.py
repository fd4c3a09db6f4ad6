"""``ronglian workbook …``: the template, and a look at a filled-in file before it is loaded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.console import AS_JSON, err, out, print_json, store
from api.i18n import _, render

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph.messages import Message
    from loaders.lists import ListMapping, Preview, Proposal
    from loaders.workbook import Checked

app = typer.Typer(no_args_is_help=True)
FILE = typer.Argument(metavar="FILE", help=_("Excel、WPS 或 CSV 文件"))
SHEET = typer.Option(help=_("只读这张工作表；不写则读行数最多的及列相同的各表"))
SAVE = typer.Option("--as", metavar="NAME", help=_("确认并以此名保存映射，供下次使用"))
CHANGE = typer.Option("--set", metavar=_("列=字段"), help=_("改一列的对应，可多次"))
CONFIRMED = typer.Option("--confirmed", help=_("名录已逐条核实：挂链记为已确认，否则为待核实"))
SHOWN = 10


@app.command(help=_("写出空白填报模板：各表列名、填写说明、下拉列表、示例行"))
def template(
    path: Annotated[Path, typer.Argument(metavar="OUT.xlsx", help=_("写到哪里"))],
    offline: Annotated[bool, typer.Option("--offline", help=_("不连接图数据库，下拉列表用自带的产业链目录"))] = False,
) -> None:
    from loaders.workbook import lists_from_catalog, lists_from_graph, write_template

    if offline:
        lists = lists_from_catalog()
    else:
        with store() as opened:
            lists = lists_from_graph(opened)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_template(path, lists)
    out().print(_("已写入 {path}").format(path=path), markup=False)


@app.command(help=_("把一家企业的现有数据写进填报模板：核对、改好后用 ronglian load workbook 载入"))
def profile(
    firm: Annotated[str, typer.Argument(metavar="FIRM", help=_("企业编号、代码或名称"))],
    path: Annotated[Path, typer.Argument(metavar="OUT.xlsx", help=_("写到哪里"))],
) -> None:
    from datetime import date

    from api.auth.traces import recorded
    from api.profiles import write_profile

    path.parent.mkdir(parents=True, exist_ok=True)
    with store() as opened, recorded(opened, "workbook profile"):
        found = write_profile(opened, firm, path, date.today())
    count = sum(map(len, found.rows.values()))
    line = _("“{firm}”的 {count:,} 行已写入 {path}：改好后用 ronglian load workbook 载入")
    out().print(line.format(firm=found.name, count=count, path=path), markup=False)


@app.command(help=_("只检查、不载入：写出标好问题的同一个工作簿"))
def check(
    path: Annotated[Path, FILE],
    marked: Annotated[Path | None, typer.Option("--out", help=_("标好的工作簿写到哪里"))] = None,
    json: Annotated[bool, AS_JSON] = False,
) -> None:
    from loaders.workbook import check as check_workbook
    from loaders.workbook import known_from_graph, read, source_id, write_checked

    raw = read(path)
    with store() as opened:
        checked = check_workbook(raw, known_from_graph(opened, source_id(raw)))
    target = marked or path.with_name(f"{raw.about}-检查.xlsx")
    if checked.problems:
        write_checked(checked, target)
    _answer(checked, target if checked.problems else None, json)
    if checked.returned:
        raise typer.Exit(1)


@app.command("map", help=_("名录映射：外来表格的列对应到产业链、环节、企业，确认后载入，可存名复用"))
def map_list(
    *,
    path: Annotated[Path, FILE],
    sheet: Annotated[str | None, SHEET] = None,
    save: Annotated[str | None, SAVE] = None,
    use: Annotated[str | None, typer.Option(metavar="NAME", help=_("使用已保存的映射"))] = None,
    change: Annotated[list[str] | None, CHANGE] = None,
    chain: Annotated[str | None, typer.Option(help=_("表中没有产业链列时，写明是哪条链"))] = None,
    place: Annotated[
        str | None, typer.Option(help=_("表中没有写所在地的企业都在哪里，例如 江苏省常州市武进区"))
    ] = None,
    confirmed: Annotated[bool, CONFIRMED] = False,
    load: Annotated[bool, typer.Option("--load", help=_("按此映射载入"))] = False,
    json: Annotated[bool, AS_JSON] = False,
) -> None:
    from api.cli.console import print_report, run_load
    from api.lists import Wizard
    from graph.model import LinkState
    from loaders.lists import mend, save_mapping

    pairs = [one.partition("=") for one in change or []]
    if any(not mark for _header, mark, _field in pairs):
        raise typer.BadParameter(_("--set 写成“列=字段”，例如 --set 细分领域=环节"))
    with store() as opened:
        wizard = Wizard.open(opened, path, sheet, use)
        mapping = mend(wizard.mapping, [(header, wanted) for header, _mark, wanted in pairs])
        state = LinkState.CONFIRMED if confirmed else mapping.state
        mapping = mapping.model_copy(
            update={"chain": chain or mapping.chain, "place": place or mapping.place, "state": state}
        )
        found = wizard.preview(mapping)
        if save:
            save_mapping(opened, save, mapping)
        report = run_load(opened, wizard.job(mapping)) if load else None
    if json:
        counts = report.counts() if report else None
        columns = wizard.as_plain(mapping)
        print_json({"mapping": mapping.model_dump(mode="json"), "columns": columns, "preview": found, "report": counts})
        return
    print_notes(wizard.notes)
    print_mapping(wizard.proposals, mapping, wizard.chain(mapping))
    print_preview(found)
    if save:
        out().print(_("映射已保存为“{name}”").format(name=save), markup=False)
    if report:
        print_report(report)
        _print_next(confirmed=state is LinkState.CONFIRMED)
    else:
        out().print(_("改一列：--set 列=字段；保存：--as 名称；载入：--load"), markup=False)


def _print_next(*, confirmed: bool) -> None:
    """Say where the chain map and the gap board of a list are."""
    console = out()
    console.print(_("缺口清单：ronglian gaps --ring anywhere（所在地不明的企业只在“不限地区”圈层计入）"), markup=False)
    console.print(_("产业链图谱：ronglian serve，然后打开 http://127.0.0.1:8000/?ring=anywhere"), markup=False)
    console.print(_("本区不对的，先改：ronglian settings district 省市区县"), markup=False)
    if not confirmed:
        said = _("挂链按待核实载入，各环节先列“待核实”；名录已逐条核实的，加 --confirmed 再载入一次")
        console.print(said, markup=False)


def print_mapping(proposals: Sequence[Proposal], mapping: ListMapping, chain: str | None) -> None:
    """Show which column is what, with the parts of its score."""
    from rich.table import Table

    from api.i18n import aside
    from api.titles import value_text
    from loaders.lists import TITLES

    table = Table(box=None)
    for title in (_("列"), _("对应"), _("得分 = 表头 + 内容"), _("也可能是"), _("示例")):
        table.add_column(title, overflow="fold")
    for proposal, column in zip(proposals, mapping.columns, strict=True):
        stream = value_text(column.stream.value) if column.stream else ""
        fixed = " ".join(filter(None, [stream, column.segment or ""]))
        best = next((one for one in proposal.candidates if one.field is column.field), None)
        score = f"{best.score:.2f} = {best.parts[0]:.2f} + {best.parts[1]:.2f}" if best else ""
        others = "  ".join(f"{_(TITLES[one.field])} {one.score:.2f}" for one in proposal.candidates if one is not best)
        samples = " | ".join(text[:14] for text in proposal.samples[:3])
        table.add_row(column.header, _(TITLES[column.field]) + aside(fixed), score, others, samples)
    out().print(table)
    if chain and mapping.chain:
        out().print(_("产业链：{chain}").format(chain=chain), markup=False)
    elif chain:
        said = _("产业链：{chain}（取自表名或文件名；不对请加 --chain 名称）")
        out().print(said.format(chain=chain), markup=False)
    elif not any(column.field == "chain" for column in mapping.columns):
        out().print(_("表中没有产业链名称：请加 --chain 名称"), markup=False)


def print_preview(found: Preview) -> None:
    """Show what a list would bring."""
    console = out()
    line = _(
        "读 {rows:,} 行：产业链 {chains} 条（新 {new_chains}），环节 {segments} 个（新 {new_segments}），"
        "企业 {firms:,} 家（已有 {known_firms:,}），挂链 {links:,} 条，退回 {refused:,} 行"
    )
    console.print(line.format(**(vars(found) | {"refused": len(found.refused)})), markup=False)
    for message in [*found.told[:SHOWN], *found.notes[:SHOWN]]:
        console.print(f"  {render(message)}", markup=False)


def _answer(checked: Checked, target: Path | None, json: bool) -> None:
    if json:
        problems = [
            {"where": problem.where, "cell": problem.cell, "level": problem.level.value,
             "what": render(problem.what), "cure": render(problem.cure)}
            for problem in checked.problems
        ]  # fmt: skip
        counts = {"rows": checked.rows, "returned": checked.returned, "notes": checked.raw.notes}
        print_json({**counts, "problems": problems, "marked": str(target) if target else None})
        return
    console = out()
    print_notes(checked.raw.notes)
    line = _("共 {rows:,} 行：{good:,} 行可以载入，{returned:,} 行须改正；问题 {problems:,} 处")
    counts = {"rows": checked.rows, "good": checked.rows - checked.returned, "returned": checked.returned}
    console.print(line.format(**counts, problems=len(checked.problems)))
    for problem in checked.problems[:SHOWN]:
        console.print(f"  {problem.sheet}!{problem.cell}  {render(problem.what)}。{render(problem.cure)}", markup=False)
    if len(checked.problems) > SHOWN:
        console.print(_("  另有 {count:,} 处，见“错误”表").format(count=len(checked.problems) - SHOWN))
    if target:
        console.print(_("标好的工作簿见 {path}：改好后直接载入它即可").format(path=target), markup=False)


def print_notes(notes: Iterable[Message]) -> None:
    """Say what concerns whole sheets and columns."""
    for note in notes:
        err().print(f"  {render(note)}", markup=False)
