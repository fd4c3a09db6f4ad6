"""``ronglian train``: the encoder of the matcher, and the weights of its score, learned from what the graph knows."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.console import ENCODER, err, out, store
from api.i18n import _, listed, titled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matching.pairing.weights import Weights


def train(
    *,
    chainkg: Annotated[
        Path | None, typer.Option(metavar="DIR", help=_("改用 ChainKnowledgeGraph 数据集文件夹中的关系训练"))
    ] = None,
    folder: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help=_("模型保存到哪里；不写则为数据文件夹，立即启用"))
    ] = None,
    compact: Annotated[bool, typer.Option("--compact", help=_("小模型（不超过 8 MB）"))] = False,
    encoder: Annotated[str | None, ENCODER] = None,
    seed: Annotated[int, typer.Option(help=_("随机种子；相同种子得到相同结果"))] = 0,
) -> None:
    from api import training
    from api.pairing import chosen_towers, encoding, trained_folder
    from matching.pairing.training import COMPACT, FULL

    with ExitStack() as stack:
        stack.enter_context(encoding(encoder))
        if chosen_towers():
            raise typer.BadParameter(
                _("--encoder 指的是 ronglian train 保存的模型；本命令训练的就是它，只能再选通用文本编码器")
            )
        status = stack.enter_context(err().status(_("正在读取供应关系…")))
        if chainkg:
            data = training.from_chainkg(chainkg)
        else:
            with store() as opened:
                data = training.from_graph(opened)
        size = COMPACT if compact else FULL
        target = folder or trained_folder()
        words = ["ronglian train", *(["--chainkg DIR"] if chainkg else []), *(["--compact"] if compact else [])]
        command = " ".join([*words, *([f"--seed {seed}"] if seed else [])])
        found = training.train(
            data, size, target, command=command, seed=seed, progress=lambda said: status.update(_(said))
        )
        weights = None
        if folder is None:
            with store() as opened:
                weights = training.weigh(
                    opened, None if chainkg else data, size, seed=seed, progress=lambda said: status.update(_(said))
                )
    console = out()
    console.print(data.title, markup=False)
    line = _("{pairs:,} 对 · 需方名称 {asking:,} 个 · 供方名称 {offered:,} 个 · 训练 {seconds:.0f} 秒")
    counts = {"pairs": found.pairs, "asking": found.asking, "offered": found.offered, "seconds": found.seconds}
    console.print(line.format(**counts))
    if found.check:
        check = found.check
        said = _("留出 {count:,} 条关系检验，前 10 名找回：模型 {encoder:.0%} · 文字 {text:.0%} · 热门 {popular:.0%}")
        shares = {"encoder": check.encoder, "text": check.text, "popular": check.popularity}
        console.print(said.format(count=check.relations, **shares))
    megabytes = sum(file.stat().st_size for file in target.rglob("*") if file.is_file()) / 1e6
    console.print(_("已保存 {path}（{size:.1f} MB）").format(path=target, size=megabytes), markup=False)
    if weights:
        for sentence in _taught(weights):
            console.print(sentence, markup=False)


def _taught(weights: Weights) -> Iterator[str]:
    """What the weights were learned from, and how they did on what was held out."""
    from matching.pairing.score import PART_TITLES
    from matching.pairing.weighing import ENOUGH_ANSWERS, ENOUGH_BUYERS
    from matching.pairing.weights import FEATURES, TRUSTED

    lesson = weights.lesson
    if lesson is None:
        return
    counts = _("得分权重：双方接受 {agreed:,} 对、已知供货 {supplied:,} 对，涉及需方 {buyers:,} 家")
    yield counts.format(agreed=lesson.agreed, supplied=lesson.supplied, buyers=lesson.buyers)
    if lesson.learned is None:
        few = _("  证据不足（至少 {answers} 对、{buyers} 家需方），沿用出厂默认权重，不给出概率")
        yield few.format(answers=ENOUGH_ANSWERS, buyers=ENOUGH_BUYERS)
        return
    held = _("  留出的需方上 nDCG@10：学得 {learned:.3f} · 出厂默认 {prior:.3f}（提升的 95% 区间下限 {low:+.3f}）")
    yield held.format(learned=lesson.learned, prior=lesson.prior, low=lesson.low)
    if not weights.learned:
        yield _("  没有可靠地胜过出厂默认权重，沿用默认，不给出概率")
        return
    for title, slopes in ((_("需方已知"), weights.ranker.known), (_("需方未知"), weights.ranker.new)):
        own = dict(zip(FEATURES, slopes[:, 0].tolist(), strict=True))
        yield "  " + titled(title, listed(f"{_(part)} {own[name]:.0f}" for name, part in PART_TITLES.items()))
    shown = _("给出概率") if weights.trusted else _("不给出概率")
    yield _("  概率平均误差 {error:.3f}（不超过 {most} 才显示）：{shown}").format(
        error=lesson.error, most=TRUSTED, shown=shown
    )
