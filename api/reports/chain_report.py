"""The chain report in Word: summary, the pictures of the page, gaps with reasons, tasks, next steps, limits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.charts import draw_map, draw_priorities, has_chinese_font, to_png
from api.charts.ink import colour
from api.i18n import _, aside, chained, listed, render, titled
from api.numbers import fraction
from api.reports import word
from api.reports.gap_list import reason_text
from api.titles import VALUES
from graph.model import Stream
from matching.gaps import RING_TITLES, SETTINGS
from matching.gaps.classify import CLASS_TITLES
from matching.gaps.priority import PART_TITLES
from matching.gaps.router import STEP_TITLES, StepKind

if TYPE_CHECKING:
    from matching.gaps import Board, ChainSummary, Figure, SegmentAssessment

NAMED = 3


def write_chain_report(board: Board, chain: str, path: Path, changes: Sequence[str] = ()) -> None:
    """Write the report of one chain; ``changes`` are sentences on what changed since the last snapshot."""
    path.parent.mkdir(parents=True, exist_ok=True)
    summary = board.by_chain[chain]
    document = word.new_document()
    word.title(document, _("{chain}产业链缺口分析报告").format(chain=summary.chain.name))
    ring = _(RING_TITLES[board.ring]) if board.ring else _("不限地区")
    word.say(document, _("{day} · 圈层：{ring}").format(day=board.today, ring=ring), middle=True)
    if nobody := board.where(chain).nobody(board.ring):
        word.say(document, render(nobody), bold=True)
    if any(found.sample for found in board.of(chain)):
        word.say(document, _("本报告含样例数据（虚构），仅供演示，不得作为决策依据。"), bold=True)
    _add_summary(document, board, summary, changes)
    word.turn(document, upright=False)
    _add_map(document, board, chain)
    _add_gaps(document, board, chain)
    _add_pending(document, board, chain)
    word.turn(document, upright=True)
    _add_steps(document, board, chain)
    _add_limits(document, board, chain)
    document.save(str(path))


def _figures(summary: ChainSummary) -> dict[str, Figure]:
    return {
        _("环节覆盖率"): summary.coverage,
        _("品类配套率"): summary.sourcing,
        _("本地配套率"): summary.local_sourcing,
    }


def _add_summary(document: Any, board: Board, summary: ChainSummary, changes: Sequence[str]) -> None:
    document.add_heading(_("一、总体情况"), 1)
    line = _("截至 {day}，{chain}产业链共 {segments} 个环节，{with_firms} 个有确认企业，仅 1 家的 {with_one_firm} 个。")
    values = {"day": board.today, "chain": summary.chain.name, "segments": summary.segments}
    word.say(document, line.format(**values, with_firms=summary.with_firms, with_one_firm=summary.with_one_firm))
    counts = [f"{_(CLASS_TITLES[kind])} {count}" for kind, count in summary.classes.items() if count]
    word.say(document, _("按类别：{counts}。").format(counts=listed(counts)))
    urgent = board.gaps(summary.chain.id)[:NAMED]
    if urgent:
        named = [
            f"{one.segment.name}" + aside(f"{_(CLASS_TITLES[one.gap_class])} {one.priority.score}") for one in urgent
        ]
        word.say(document, _("优先解决：{names}。").format(names=listed(named)))
    if changes:
        word.say(document, _("变化：{changes}。").format(changes=chained(changes)))
    rows = []
    for name, figure in _figures(summary).items():
        value = _("缺数据") if figure.value is None else f"{figure.value:.0%}"
        rows.append([name, value, fraction(figure), render(figure.note)])
    heads = {_("指标"): 3.2, _("数值"): 2.0, _("分子/分母"): 3.2, _("依据"): 7.2}
    word.table(document, heads, rows)


def _add_map(document: Any, board: Board, chain: str) -> None:
    document.add_heading(_("二、产业链图谱"), 1)
    if has_chinese_font():
        caption = _("图 1  产业链图谱：确认企业、待确认企业与类别")
        word.picture(document, to_png(draw_map(board, chain)), caption, wide=25, high=12.6)
        return
    streams = list(Stream)
    columns = [sorted((f for f in board.of(chain) if f.segment.stream == s), key=_order) for s in streams]
    rows = [
        [_line(column[row]) if row < len(column) else "" for column in columns] for row in range(max(map(len, columns)))
    ]
    word.table(document, {_(VALUES[stream]): 6.0 for stream in streams}, rows)


def _order(found: SegmentAssessment) -> int:
    return found.segment.order


def _line(found: SegmentAssessment) -> str:
    count = _("{count} 家").format(count=len(found.confirmed))
    return f"{found.segment.name}  {count}  {_(CLASS_TITLES[found.gap_class])}"


def _add_gaps(document: Any, board: Board, chain: str) -> None:
    document.add_heading(_("三、缺口与优先级"), 1)
    gaps = board.gaps(chain)
    if not gaps:
        word.say(document, _("目前没有可以断定的缺口。"))
        return
    if has_chinese_font():
        caption = _("图 2  缺口优先级及其组成（满分 100）")
        word.picture(document, to_png(draw_priorities(board, chain)), caption, wide=25, high=12.0)
    heads = {_("环节"): 3.3, _("类别"): 2.1, _("优先"): 4.6, _("依据"): 9.4, _("下一步"): 6.2}
    absent = _("缺")
    rows = []
    for found in gaps:
        parts = " + ".join(
            f"{_(PART_TITLES[part.name])} {absent if part.missing else part.points}" for part in found.priority.parts
        )
        swing = ""
        if found.rank and found.rank.best == found.rank.worst:
            swing = _("名次 {place}").format(place=found.rank.place)
        elif found.rank:
            swing = _("名次 {place}（权重浮动时 {best}–{worst}）").format(
                place=found.rank.place, best=found.rank.best, worst=found.rank.worst
            )
        rows.append(
            [
                found.segment.name,
                _(CLASS_TITLES[found.gap_class]),
                f"{found.priority.score} = {parts}\n{swing}",
                reason_text(found),
                render(found.step.sentence),
            ]
        )
    word.table(document, heads, rows, [colour(f"{found.gap_class.value}-ground")[1:] for found in gaps])


def _add_pending(document: Any, board: Board, chain: str) -> None:
    document.add_heading(_("四、待核实任务"), 1)
    pending = board.to_verify(chain)
    if not pending:
        word.say(document, _("没有待核实的环节。"))
        return
    heads = {_("环节"): 4.0, _("须核查的事项"): 13.6, _("线索企业（所在地）"): 8.0}
    rows = [
        [
            found.segment.name,
            chained(render(message) for message in found.to_check),
            listed(link.firm.name + aside(listed(link.firm.places)) for link in found.uncertain) or _("无"),
        ]
        for found in pending
    ]
    word.table(document, heads, rows)


def _add_steps(document: Any, board: Board, chain: str) -> None:
    document.add_heading(_("五、下一步工作建议"), 1)
    wanted = [found for found in board.of(chain) if found.step.kind is not StepKind.KEEP]
    if not wanted:
        word.say(document, _("暂无需要行动的环节。"))
    for kind, title in STEP_TITLES.items():
        own = [found for found in wanted if found.step.kind is kind]
        if not own:
            continue
        word.say(document, _("{title}（{count} 个环节）").format(title=_(title), count=len(own)), bold=True)
        for found in own:
            document.add_paragraph(titled(found.segment.name, render(found.step.sentence)), style="List Bullet")


def _add_limits(document: Any, board: Board, chain: str) -> None:
    document.add_heading(_("六、证据与局限"), 1)
    word.say(
        document,
        _(
            "只有已确认的挂链计入各项指标，待确认的另列；缺数据的指标不计分并标明。优先分为各部分之和，权重和阈值可调整。"
        ),
    )
    found = board.of(chain)
    absent = Counter(
        _(PART_TITLES[part.name]) for one in board.gaps(chain) for part in one.priority.parts if part.missing
    )
    if absent:
        counts = listed(f"{title} {count}" for title, count in absent.items())
        word.say(document, _("缺口中缺数据的部分（环节数）：{counts}。").format(counts=counts))
    unsure = sum(one.figures["confidence"].missing for one in found if one.confirmed)
    line = _("有企业的环节中 {count} 个的来源不足 3 个，名录完整度无法估计。")
    word.say(document, line.format(count=unsure))
    tuned = board.settings.of([chain]).values
    own = [
        titled(_(SETTINGS[key].title), f"{value:g}") for key, value in tuned.items() if value != SETTINGS[key].default
    ]
    said = chained(own) if own else _("均为默认值")
    word.say(document, titled(_("所用阈值与权重"), said))
    sources = sorted({source for one in found for link in one.confirmed for source in link.sources})
    word.say(document, _("确认企业的数据来源：{sources}").format(sources=listed(sources) or _("无")))
