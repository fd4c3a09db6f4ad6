"""``ronglian demo``: one complete pass, from files to answers a person can read."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.console import out, run_load, store
from api.i18n import _

if TYPE_CHECKING:
    from graph.store import Store
    from loaders.report import LoadReport

NEED = "N-017"
CHAIN = "robotics"
SHOWN_GAPS = 6


def demo(
    folder: Annotated[Path, typer.Option("--out", help=_("结果文件写到哪个文件夹"))] = Path("out"),
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    with store() as opened:
        _line(_("图数据库"), f"Neo4j {opened.check()} · {opened.uri} · {_seconds(started)}")
        _load(opened, folder)
        _pair(opened, folder)
        _gaps(opened, folder)
        _event(opened, folder)
    _line(
        _("下一步"),
        _("make serve（打开网页） · ronglian match {need} · ronglian gaps {chain}").format(need=NEED, chain=CHAIN),
    )


def _line(title: str, text: str) -> None:
    from rich.markup import escape

    out().print(f"[bold cyan]{title}[/]  {escape(text)}", markup=True)


def _seconds(started: float) -> str:
    return _("{seconds:.1f} 秒").format(seconds=time.monotonic() - started)


def _load(opened: Store, folder: Path) -> None:
    from api.cli.load import load_workbook
    from loaders.catalog.loader import open_catalog
    from loaders.workbook.sample import write_sample

    started = time.monotonic()
    catalog = run_load(opened, open_catalog())
    _line(_("载入"), _("35X 产业链目录 · {counts}").format(counts=_counts(catalog)))
    workbook = folder / "样例工作簿.xlsx"
    write_sample(workbook)
    report, returned = load_workbook(opened, workbook)
    _line(_("载入"), _("样例工作簿（内容均为虚构） · {counts}").format(counts=_counts(report)))
    if returned:
        _line(
            _("退回"),
            _("{count} 行，见 {path} · {seconds}").format(
                count=report.dropped, path=returned, seconds=_seconds(started)
            ),
        )


def _counts(report: LoadReport) -> str:
    line = _("读 {read:,} 行 = 写入 {written:,} + 合并 {merged:,} + 退回 {dropped:,}")
    return line.format(read=report.read, written=report.written, merged=report.merged, dropped=report.dropped)


def _pair(opened: Store, folder: Path) -> None:
    from api.batch import Asked, match_all
    from api.cli.match import find, print_result

    out().print()
    _line(_("供需对接"), "")
    print_result(find(opened, NEED, None, limit=3))
    path = folder / "对接建议.xlsx"
    match_all(opened, path, date.today(), asked=Asked(limit=3))
    _line(_("文件"), _("全部需求的对接建议：{path}").format(path=path))


def _gaps(opened: Store, folder: Path) -> None:
    from api.cli.gaps import print_board
    from api.reports.chain_report import write_chain_report
    from api.reports.gap_list import write_gap_list
    from api.reports.target_list import write_target_list
    from matching.gaps import assess, fetch
    from matching.gaps.target_book import target_book
    from matching.gaps.view import View

    today = date.today()
    facts = fetch(opened, today)
    board = assess(facts, today)
    out().print()
    _line(_("链条缺口"), "")
    print_board(board, CHAIN, SHOWN_GAPS)
    report, gaps, targets = (folder / name for name in ("机器人产业链报告.docx", "缺口清单.xlsx", "招商对象.xlsx"))
    write_chain_report(board, CHAIN, report)
    write_gap_list(board, None, gaps)
    write_target_list(target_book(board, View(facts, today), CHAIN), targets)
    _line(_("文件"), f"{report} · {gaps} · {targets}")


def _event(opened: Store, folder: Path) -> None:
    """Propose, accept everything, schedule, write the pack: the sample's event as it would go if all said yes."""
    from api import events
    from api.reports.event import write_all
    from loaders.workbook.sample.events import NUMBER
    from matching.events import desk

    started = time.monotonic()
    by = _("演示")
    found = events.propose(opened, NUMBER, date.today(), by=by)
    done = desk.schedule(opened, desk.accept_all(opened, found.occasion, None, by=by), by=by)
    line = _("{name}（内容均为虚构） · 参会 {parties} 家 · 会面 {meetings} 场 · {without} 家没有会面 · {seconds}")
    counts = {"parties": len(done.occasion.parties), "meetings": len(done.occasion.placed)}
    out().print()
    said = {"name": done.occasion.event.name, "without": len(found.without), "seconds": _seconds(started)}
    _line(_("对接活动"), line.format(**counts, **said))
    _line(_("文件"), " · ".join(map(str, write_all(done.occasion, folder))))
