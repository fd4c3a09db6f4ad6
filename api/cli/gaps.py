"""``ronglian gaps``: what a chain lacks, how sure that is, and what to do next."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.auth.roles import Role
from api.cli.console import AS_JSON, AS_ROLE, IN_RING, out, print_json, print_written, seen_as, store
from api.i18n import _, listed, render, titled
from api.rings import RingChoice
from graph.errors import InputError, NotFound
from graph.messages import N_

if TYPE_CHECKING:
    from matching.gaps import Board, ChainSummary, SegmentAssessment

SHOWN_FIRMS = 5


class ChainMissing(InputError):
    """A report of no chain."""

    message = N_("报告须写明一条产业链")
    cure = N_("例如：ronglian gaps robotics --docx 报告.docx")


def gaps(
    *,
    chain: Annotated[str | None, typer.Argument(metavar="CHAIN", help=_("产业链编号或名称；不写则列出全部"))] = None,
    ring: Annotated[RingChoice | None, IN_RING] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help=_("最多列出多少个环节"))] = 15,
    xlsx: Annotated[Path | None, typer.Option(help=_("另存为 Excel 清单"))] = None,
    docx: Annotated[Path | None, typer.Option(help=_("另存为 Word 报告（须写明一条产业链）"))] = None,
    role: Annotated[Role | None, AS_ROLE] = None,
    json: Annotated[bool, AS_JSON] = False,
) -> None:
    from api.auth.disclosure import trace_figures
    from api.auth.traces import recorded
    from api.deps import opening_ring, shown_board_of
    from api.derived import Derived
    from api.titles import UNJUDGED
    from graph.catalogue import load_catalogue

    today = date.today()
    with store() as opened, recorded(opened, "gaps"), seen_as(role, "analyse"):
        derived, catalogue = Derived(opened), load_catalogue(opened)
        chosen_ring = ring.ring if ring else opening_ring(derived, today, chain)
        board = shown_board_of(derived, today, chosen_ring)
        chosen = find_chain(board, chain) if chain else None
        trace_figures(board.of(chosen), [board.by_chain[chosen]] if chosen else board.chains)
        _answer(board, chosen, limit, xlsx=xlsx, docx=docx, json=json)
    if not (xlsx or docx or json) and catalogue.unjudged(chosen or ""):
        out().print(_(UNJUDGED), style="dim", markup=False)


def _answer(board: Board, chosen: str | None, limit: int, *, xlsx: Path | None, docx: Path | None, json: bool) -> None:
    if xlsx:
        from api.reports.gap_list import write_gap_list

        write_gap_list(board, chosen, xlsx)
        print_written(xlsx, aside_from_answer=json)
    if docx:
        from api.reports.chain_report import write_chain_report

        if chosen is None:
            raise ChainMissing(where="CHAIN")
        write_chain_report(board, chosen, docx)
        print_written(docx, aside_from_answer=json)
    if json:
        from api.schemas.chains import Whereabouts

        print_json(
            {
                "today": board.today,
                "ring": board.ring,
                "where": Whereabouts.of(board.where(chosen), board.ring).model_dump(mode="json"),
                "chains": _summaries(board, chosen),
                "segments": board.of(chosen),
            }
        )
    elif not xlsx and not docx:
        print_board(board, chosen, limit)


def find_chain(board: Board, ref: str) -> str:
    """The id of a chain given by id or name.

    Raises:
        NotFound: when there is none.
    """
    for summary in board.chains:
        if ref.strip() in (summary.chain.id, summary.chain.name):
            return summary.chain.id
    raise NotFound(id=ref)


def _summaries(board: Board, chain: str | None) -> list[ChainSummary]:
    return [summary for summary in board.chains if chain in (None, summary.chain.id)]


def print_board(board: Board, chain: str | None, limit: int) -> None:
    """Print the chains summed up and their gaps by priority, then what has to be verified first."""
    from matching.gaps import CLASS_TITLES, GapClass

    console = out()
    if not board.chains:
        console.print(_("图谱中还没有产业链，请先执行 ronglian load catalog"))
        return
    for summary in _summaries(board, chain):
        found = summary.classes
        classes = " · ".join(f"{_(CLASS_TITLES[kind])} {found[kind]}" for kind in GapClass if found[kind])
        line = _("{chain}  环节 {segments} · 有企业 {with_firms}（其中仅 1 家 {with_one_firm}）")
        values = {"segments": summary.segments, "with_firms": summary.with_firms}
        values["with_one_firm"] = summary.with_one_firm
        console.print(line.format(chain=summary.chain.name, **values), style="bold", markup=False)
        console.print(f"  {classes}", markup=False)
    print_where(board, chain)
    found_gaps = board.gaps(chain)
    for segment in found_gaps[:limit]:
        print_segment(segment)
    if len(found_gaps) > limit:
        console.print(_("  另有 {count} 个缺口，用 --limit 或 --xlsx 查看").format(count=len(found_gaps) - limit))
    pending = board.to_verify(chain)
    if pending:
        names = listed(segment.segment.name for segment in pending[:8]) + ("…" if len(pending) > 8 else "")
        console.print(_("待核实 {count} 个：{names}").format(count=len(pending), names=names), markup=False)


def print_where(board: Board, chain: str | None) -> None:
    """Print how many firms the ring counts; when home or the ring has none, that and where there are some."""
    where, console = board.where(chain), out()
    console.print(f"{_('本区')} {where.district.name} · {render(where.said(board.ring))}", style="dim", markup=False)
    if nobody := where.nobody(board.ring):
        cure = _("改本区：ronglian settings district 省市区县；看有企业的最近圈层：不写 --ring；全部：--ring anywhere")
        console.print(render(nobody), style="bold", markup=False)
        console.print(cure, markup=False)


def print_segment(found: SegmentAssessment) -> None:
    """Print one segment: class, priority with its parts, the sentence, the firms and the next step."""
    from matching.gaps import CLASS_TITLES, PART_TITLES

    console = out()
    absent = _("缺")
    parts = " + ".join(
        f"{_(PART_TITLES[part.name])} {absent if part.missing else part.points}" for part in found.priority.parts
    )
    title = _(CLASS_TITLES[found.gap_class])
    sample = _(" [样例]") if found.sample else ""
    line = _("  {title}  {name}{sample}  优先 {score} = {parts}")
    values = {
        "title": title,
        "name": found.segment.name,
        "sample": sample,
        "score": found.priority.score,
        "parts": parts,
    }
    console.print(line.format(**values), markup=False)
    console.print(f"      {render(found.sentence)}", style="dim", markup=False)
    for reason in found.reasons:
        console.print(f"      {render(reason)}", style="dim", markup=False)
    if found.confirmed:
        names = listed(link.firm.name for link in found.confirmed[:SHOWN_FIRMS])
        console.print(f"      {titled(_('企业'), names)}", style="dim", markup=False)
    console.print(f"      {titled(_('下一步'), render(found.step.sentence))}", markup=False)
