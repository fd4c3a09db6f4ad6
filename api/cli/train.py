"""``ronglian train``: the encoder of the matcher, learned from supply relations."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.console import err, out, store
from api.i18n import _


def train(
    *,
    chainkg: Annotated[
        Path | None, typer.Option(metavar="DIR", help=_("改用 ChainKnowledgeGraph 数据集文件夹中的关系训练"))
    ] = None,
    folder: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help=_("模型保存到哪里；不写则为数据文件夹，立即启用"))
    ] = None,
    compact: Annotated[bool, typer.Option("--compact", help=_("小模型（不超过 8 MB）"))] = False,
    seed: Annotated[int, typer.Option(help=_("随机种子；相同种子得到相同结果"))] = 0,
) -> None:
    from api import training
    from api.pairing import trained_folder
    from matching.pairing.training import COMPACT, FULL

    with err().status(_("正在读取供应关系…")) as status:
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
