"""``ronglian evaluate``: how well the matcher ranks hidden links, beside every known way of doing it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli import evaluate_gaps, evaluate_linking, evaluate_resolution
from api.cli.console import err, out, plain
from api.cli.written import require_writable, write_text
from api.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matching.evaluation.bootstrap import Interval
    from matching.evaluation.evaluation import Evaluation
    from matching.evaluation.reliability import Reliability

app = typer.Typer(no_args_is_help=True)
app.command(help=_("两份企业名单：哪些是同一家，与已知答案对照"))(evaluate_resolution.resolution)
app.command(help=_("缺口判断：隐去部分挂链后，会不会把只是缺数据的环节说成缺链"))(evaluate_gaps.gaps)
app.command(help=_("挂链建议：企业属于哪些环节，与人工标注对照"))(evaluate_linking.linking)
BAR = 40  # columns of a bar of 100%
WIDTH = 140  # columns: a figure without its interval would be of no use

TRAIN = typer.Option(help=_("训练用的已知关系"))
TEST = typer.Option(help=_("留作检验的关系"))
JSON = typer.Option("--json", help=_("另存为 JSON 的文件"))
SEED = typer.Option(help=_("随机种子；相同种子得到相同结果"))


@app.command(help=_("产品要哪些材料（T1）、企业还能做什么（T2）、谁能供货（T3）"))
def links(
    *,
    task: Annotated[str, typer.Option(help="T1 | T2 | T3")],
    train: Annotated[Path, TRAIN],
    test: Annotated[Path, TEST],
    pool: Annotated[Path | None, typer.Option(help=_("更大的候选范围"))] = None,
    company_product: Annotated[Path | None, typer.Option(help=_("企业与主营产品（T3 必需）"))] = None,
    profiles: Annotated[Path | None, typer.Option(help=_("新企业的主营产品（T2）"))] = None,
    meaning: Annotated[bool, typer.Option(help=_("是否参照通用文本编码器（未见过任何关系）；T1、T3"))] = True,
    seed: Annotated[int, SEED] = 0,
    json: Annotated[Path | None, JSON] = None,
) -> None:
    from matching.evaluation.links import Files, evaluate_links, kind_of
    from matching.learning.meanings import Meanings, available

    kind = kind_of(task)
    if json:
        require_writable(json)
    meanings = Meanings() if meaning and available() else None
    with err().status(_("正在训练和检验…")):
        found = evaluate_links(kind, Files(train, test, pool, company_product, profiles), seed, meanings)
    _answer(found, json)


@app.command(help=_("为没有任何已知供应商的企业找供应商"))
def suppliers(
    *,
    profiles: Annotated[Path, typer.Option(help=_("企业：company,name,industry,products（产品以；分隔）"))],
    train: Annotated[Path, TRAIN],
    test: Annotated[Path, TEST],
    seed: Annotated[int, SEED] = 0,
    json: Annotated[Path | None, JSON] = None,
) -> None:
    from matching.evaluation.suppliers import evaluate_suppliers

    if json:
        require_writable(json)
    with err().status(_("正在训练和检验…")):
        found = evaluate_suppliers(profiles, train, test, seed)
    _answer(found, json)


def _answer(found: Evaluation, path: Path | None) -> None:
    import json

    _print(found)
    if path:
        write_text(path, json.dumps(plain(found), ensure_ascii=False, indent=2) + "\n")
        err().print(_("已写入 {path}").format(path=path), markup=False)


def _print(found: Evaluation) -> None:
    """One table a slice: each method with its 95% interval, and how much better the learned score is, paired."""
    from rich.table import Table

    console = out()
    console.width = max(console.width, WIDTH)
    console.print(_("{task}  训练 {seconds:.0f} 秒").format(task=found.task, seconds=found.training_seconds))
    if found.encoder:
        console.print(_("名称含义：通用文本编码器 {name}，未用任何关系训练").format(name=found.encoder))
    if found.left_out:
        left = _("检验用的采购方在训练数据里已有 {count} 条关系，未用于训练").format(count=found.left_out)
        console.print(left)
    if found.outside:
        console.print(_("{count} 条答案不在候选之中，未计入").format(count=found.outside))
    for part in dict.fromkeys(figure.part for figure in found.figures):
        chosen = [figure for figure in found.figures if figure.part == part]
        title = _("{part}（{count} 条；%，95% 区间）").format(part=part, count=chosen[0].trials)
        table = Table(title=title, title_justify="left", box=None, pad_edge=False)
        table.add_column(_("方法"), no_wrap=True)
        for measure in chosen[0].measures:
            table.add_column(measure, justify="right", no_wrap=True)
        table.add_column(_("学习所得多出 {measure}").format(measure=found.main), justify="right", no_wrap=True)
        for figure in chosen:
            gain = _interval(figure.gain, found.main)
            table.add_row(figure.method, *(_interval(figure.measures, name) for name in figure.measures), gain)
        console.print(table)
    if found.reliability:
        _print_reliability(found.reliability)


def _print_reliability(found: Reliability) -> None:
    """Bins of the chances: what was promised, what came true, both as bars of one scale."""
    from rich.table import Table

    title = _("概率可靠性（每份清单的前 {shown} 项）：期望校准误差 ECE {error:.3f}").format(
        shown=found.shown, error=found.error
    )
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for heading in (_("对数"), _("预测概率"), _("实际比例")):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column(_("预测 ░ 实际 █"), no_wrap=True)
    for each in found.bins:
        promised, kept = (round(BAR * share) for share in (each.chance, each.right))
        bar = "█" * kept + "░" * max(promised - kept, 0)
        table.add_row(str(each.count), f"{100 * each.chance:.1f}%", f"{100 * each.right:.1f}%", bar)
    out().print(table)


def _interval(found: Mapping[str, Interval], measure: str) -> str:
    if measure not in found:
        return ""
    one = found[measure]
    return f"{100 * one.mean:.1f} [{100 * one.low:.1f}, {100 * one.high:.1f}]"
