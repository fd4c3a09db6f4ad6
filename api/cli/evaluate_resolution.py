"""``ronglian evaluate resolution``: how well two lists of firms are brought together, held against the truth."""

from __future__ import annotations

import json as json_text
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.console import err, out, plain
from api.cli.written import require_writable, write_text
from api.i18n import _

if TYPE_CHECKING:
    from loaders.resolution import Evaluation, Quality, Resolution, Share


def resolution(
    left: Annotated[Path, typer.Option(help=_("一份企业名单（CSV：id,name,code,town,phone）"))],
    right: Annotated[Path, typer.Option(help=_("另一份企业名单（列相同）"))],
    truth: Annotated[Path, typer.Option(help=_("已知是同一家的企业对（CSV：left,right）"))],
    json: Annotated[Path | None, typer.Option(metavar="OUT", help=_("另存为 JSON，含每一对的得分构成"))] = None,
) -> None:
    from loaders.resolution import evaluate, read_firms, read_truth, resolve

    if json:
        require_writable(json)
    ours, theirs = read_firms(left), read_firms(right)
    pairs = read_truth(truth, ours, theirs, files=(left.name, right.name))
    with err().status(_("正在比对…")):
        found = resolve(ours, theirs)
    evaluation = evaluate(found, pairs)
    print_evaluation(evaluation)
    if json:
        answer = {"evaluation": plain(evaluation), "pairs": [*_pairs(found)]}
        write_text(json, json_text.dumps(answer, ensure_ascii=False, indent=1))
        out().print(_("已写入 {path}").format(path=json), markup=False)


def print_evaluation(found: Evaluation) -> None:
    """Print counts and shares as a table."""
    from rich.table import Table

    line = _("左 {left:,} 家 · 右 {right:,} 家 · 已知同一家 {truth:,} 对 · 比对 {compared:,} 对")
    counts = {"left": found.left, "right": found.right, "truth": found.truth, "compared": found.compared}
    out().print(line.format(**counts), markup=False)
    table = Table("", _("对"), _("错"), _("漏"), _("查准率（95% 区间）"), _("查全率（95% 区间）"), "F1")
    for title, quality in ((_("同一家"), found.same), (_("同一家或请人确认"), found.same_and_ask)):
        table.add_row(title, *_row(quality))
    out().print(table)


def _row(quality: Quality) -> tuple[str, ...]:
    f1 = _("缺") if quality.f1 is None else f"{quality.f1:.4f}"
    counts = (f"{quality.right:,}", f"{quality.wrong:,}", f"{quality.missed:,}")
    return (*counts, _share(quality.precision), _share(quality.recall), f1)


def _share(share: Share) -> str:
    if share.value is None or share.low is None or share.high is None:
        return _("缺")
    return f"{share.value:.4f} ({share.low:.4f}–{share.high:.4f})"


def _pairs(found: Resolution) -> list[dict[str, object]]:
    """Every decided pair with its waterfall."""
    return [
        {
            "left": found.left[decision.scored.left].firm.id,
            "right": found.right[decision.scored.right].firm.id,
            "zone": decision.zone.value,
            "score": decision.scored.score,
            "probability": decision.scored.probability,
            "parts": [part._asdict() for part in decision.scored.parts],
            "reasons": [plain(veto.reason) for veto in decision.scored.vetoes],
        }
        for decision in found.decisions
    ]
