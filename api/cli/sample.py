"""``ronglian sample``: a workbook of made-up data that says so."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.console import out
from api.i18n import _


def sample(
    path: Annotated[Path, typer.Argument(metavar="OUT.xlsx", help=_("写到哪里"))],
    seed: Annotated[int, typer.Option(help=_("随机种子，同一种子内容相同"))] = 35,
) -> None:
    from loaders.workbook.sample import write_sample

    path.parent.mkdir(parents=True, exist_ok=True)
    write_sample(path, seed)
    out().print(_("已写入 {path}（内容均为虚构）").format(path=path), markup=False)
