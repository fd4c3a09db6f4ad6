"""The pairing list in Excel: who should meet whom, with the parts of each score, what is met and what to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.i18n import _, aside, chained, render
from api.reports.tables import Cell
from matching.pairing.score import PART_TITLES

if TYPE_CHECKING:
    from matching.pairing import Candidate, Result
    from matching.pairing.gates import Verdict


def columns() -> list[tuple[str, int]]:
    """Headers and widths of the list."""
    return [
        (_("需求编号"), 10),
        (_("需求"), 30),
        (_("需方"), 22),
        (_("供方"), 22),
        (_("供给"), 30),
        (_("结论"), 10),
        (_("得分"), 8),
        *((_(title), 10) for title in PART_TITLES.values()),
        (_("满足"), 36),
        (_("差一项"), 30),
        (_("未知，请问"), 36),
        (_("样例"), 8),
    ]


def row(result: Result, candidate: Candidate, verdict: str) -> list[Cell]:
    """A line of the list."""
    wanted, offered = result.wanted, candidate.offered
    return [
        wanted.number,
        wanted.name,
        wanted.party.name if wanted.party else "",
        offered.party.name if offered.party else "",
        offered.name,
        verdict,
        candidate.score,
        *(_("缺数据") if part.missing else part.points / 100 for part in candidate.parts),
        chained(render(one.detail) for one in candidate.passed),
        chained(_failure(one) for one in candidate.failed),
        chained(render(question) for question in candidate.questions),
        _("样例") if wanted.sample or offered.sample else "",
    ]


def _failure(verdict: Verdict) -> str:
    return render(verdict.detail) + aside(render(verdict.gap) if verdict.gap else "")
