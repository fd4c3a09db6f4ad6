"""What changed between two days in Excel: segments with the facts behind, chains, targets of the plan."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from api.i18n import _, chained, listed
from api.reports.tables import Cell, Sheet, write_workbook

if TYPE_CHECKING:
    from api.schemas.changes import Changes


def write_change_list(found: Changes, path: Path) -> None:
    """Write three sheets."""
    segments = [
        (_("产业链"), 14),
        (_("环节"), 20),
        (_("原类别"), 10),
        (_("现类别"), 10),
        (_("原优先级"), 9),
        (_("现优先级"), 9),
        (_("由哪些事实引起"), 90),
    ]
    chains = [(_("产业链"), 14), (_("指标"), 20), (_("原值"), 10), (_("现值"), 10)]
    targets = [(_("目标"), 40), (_("目标值"), 10), (_("单位"), 8), (_("原进展"), 10), (_("现进展"), 10)]
    write_workbook(
        path,
        [
            Sheet(_("环节变化"), found.headline, segments, _segments(found)),
            Sheet(_("产业链变化"), found.headline, chains, _chains(found)),
            Sheet(_("行动方案目标"), found.headline, targets, _targets(found)),
        ],
    )


def _segments(found: Changes) -> Iterator[list[Cell]]:
    for change in found.segments:
        yield [
            listed(chain.name for chain in change.chains),
            change.segment.name,
            change.before.title if change.before else "",
            change.after.title if change.after else "",
            _("不公开") if found.withheld else change.score_before,
            _("不公开") if found.withheld else change.score_after,
            chained(change.reasons),
        ]


def _known(value: float | None) -> Cell:
    return _("缺数据") if value is None else value


def _chains(found: Changes) -> Iterator[list[Cell]]:
    for change in found.chains:
        for figure in change.figures:
            yield [change.chain.name, figure.title, _known(figure.before), _known(figure.after)]


def _targets(found: Changes) -> Iterator[list[Cell]]:
    for target in found.targets:
        yield [target.target.name, target.goal, target.unit, _known(target.before), _known(target.after)]
