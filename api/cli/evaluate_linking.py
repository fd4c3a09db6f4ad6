"""``ronglian evaluate linking``: link proposals held against pairs of firm and segment that a person labelled."""

from __future__ import annotations

import json as json_text
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.console import err, out, plain
from api.cli.written import require_writable, write_text
from api.i18n import _, render

if TYPE_CHECKING:
    from matching.evaluation.linking import Judged, LinkEvaluation, Rate


def linking(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=_("ChainKnowledgeGraph 数据所在文件夹"))],
    labels: Annotated[Path | None, typer.Option(help=_("标注文件，默认用随附的标注"))] = None,
    json: Annotated[Path | None, typer.Option(metavar="OUT", help=_("另存为 JSON，含每一对的结论"))] = None,
) -> None:
    from loaders.catalog.files import read_chains
    from loaders.catalog.loader import segment_terms
    from matching.evaluation.linking import default_labels, evaluate_linking, read_firms, read_labels
    from matching.linking import Rules, Segment

    if json:
        require_writable(json)
    segments = [Segment(s.segment, s.segment, s.terms, s.lookalikes) for s in segment_terms(list(read_chains()))]
    with err().status(_("正在比对…")):
        found = evaluate_linking(read_firms(folder), segments, read_labels(labels or default_labels()), Rules())
    _print(found)
    if json:
        answer = {name: _rate(getattr(found, name)) for name in ("precision", "recall", "asked", "lookalikes")}
        pairs = [_pair(one) for one in found.judged]
        write_text(json, json_text.dumps(answer | {"pairs": pairs}, ensure_ascii=False, indent=1))
        out().print(_("已写入 {path}").format(path=json), markup=False)


def _print(found: LinkEvaluation) -> None:
    from rich.table import Table

    belonging = sum(one.label.belongs for one in found.judged)
    line = _("标注 {total} 对：属于 {belonging} 对，易混 {lookalikes} 对")
    counts = {"total": len(found.judged), "belonging": belonging, "lookalikes": found.lookalikes.of}
    out().print(line.format(**counts))
    table = Table("", _("对"), _("总数"), _("比例（95% 区间）"))
    for title, rate in (
        (_("查准率：已确认的挂链中属实的"), found.precision),
        (_("查全率：属实的挂链中已确认或待核实的"), found.recall),
        (_("待核实的挂链中属实的"), found.asked),
        (_("易混的企业中未被确认的"), found.lookalikes),
    ):
        table.add_row(title, str(rate.right), str(rate.of), _text(rate))
    out().print(table)


def _text(rate: Rate) -> str:
    if rate.value is None or rate.interval is None:
        return _("缺")
    return f"{rate.value:.3f} ({rate.interval[0]:.3f}–{rate.interval[1]:.3f})"


def _rate(rate: Rate) -> dict[str, object]:
    return {"right": rate.right, "of": rate.of, "value": rate.value, "interval": rate.interval}


def _pair(one: Judged) -> dict[str, object]:
    proposal = one.proposal
    because = (proposal.question or proposal.reason) if proposal else None
    return {
        "label": plain(one.label),
        "state": one.state.value if one.state else None,
        "score": proposal.score if proposal else None,
        "parts": plain(proposal.parts) if proposal else [],
        "evidence": [render(piece.sentence) for piece in proposal.evidence] if proposal else [],
        "because": render(because) if because else None,
    }
