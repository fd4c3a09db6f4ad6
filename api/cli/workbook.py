"""``ronglian workbook …``: the template, and a look at a filled-in file before it is loaded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.console import AS_JSON, err, out, print_json, store
from api.i18n import _, render

if TYPE_CHECKING:
    from loaders.workbook import Checked

app = typer.Typer(no_args_is_help=True)
FILE = typer.Argument(metavar="FILE", help=_("Excel、WPS 或 CSV 文件"))
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
    print_notes(checked)
    line = _("共 {rows:,} 行：{good:,} 行可以载入，{returned:,} 行须改正；问题 {problems:,} 处")
    counts = {"rows": checked.rows, "good": checked.rows - checked.returned, "returned": checked.returned}
    console.print(line.format(**counts, problems=len(checked.problems)))
    for problem in checked.problems[:SHOWN]:
        console.print(f"  {problem.sheet}!{problem.cell}  {render(problem.what)}。{render(problem.cure)}", markup=False)
    if len(checked.problems) > SHOWN:
        console.print(_("  另有 {count:,} 处，见“错误”表").format(count=len(checked.problems) - SHOWN))
    if target:
        console.print(_("标好的工作簿见 {path}：改好后直接载入它即可").format(path=target), markup=False)


def print_notes(checked: Checked) -> None:
    """Say what concerns whole sheets and columns."""
    for note in checked.raw.notes:
        err().print(f"  {render(note)}", markup=False)
