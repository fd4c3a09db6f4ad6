"""The gap list in Excel: every segment with its class, its reason and the parts of its priority."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from api.i18n import _, chained, listed, render
from api.reports.tables import Cell, Sheet, write_workbook
from matching.gaps.classify import CLASS_TITLES
from matching.gaps.priority import PART_TITLES

if TYPE_CHECKING:
    from matching.gaps import Board, SegmentAssessment


def write_gap_list(board: Board, chain: str | None, path: Path) -> None:
    """Write the segments of a chain, or of all, by priority."""
    names = {summary.chain.id: summary.chain.name for summary in board.chains}
    columns = [
        (_("产业链"), 12),
        (_("环节"), 18),
        (_("类别"), 10),
        (_("优先"), 8),
        *((_(title), 8) for title in PART_TITLES.values()),
        (_("企业数"), 8),
        (_("待确认"), 8),
        (_("依据"), 50),
        (_("确认企业"), 36),
        (_("下一步"), 40),
        (_("样例"), 8),
    ]
    title = _("产业链缺口清单（{day}）").format(day=board.today)
    write_workbook(path, [Sheet(_("缺口清单"), title, columns, _rows(board, chain, names))])


def _rows(board: Board, chain: str | None, names: dict[str, str]) -> Iterator[list[Cell]]:
    for found in board.of(chain):
        yield [
            listed(names.get(one, one) for one in found.segment.chains),
            found.segment.name,
            _(CLASS_TITLES[found.gap_class]),
            found.priority.score,
            *(_("缺数据") if part.missing else part.points for part in found.priority.parts),
            len(found.confirmed),
            len(found.uncertain),
            reason_text(found),
            listed(link.firm.name for link in found.confirmed),
            render(found.step.sentence),
            _("样例") if found.sample else "",
        ]


def reason_text(found: SegmentAssessment) -> str:
    """Why the segment has its class, in one paragraph."""
    return chained(render(message) for message in (found.sentence, *found.reasons))
