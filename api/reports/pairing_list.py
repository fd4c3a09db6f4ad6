"""The pairing list in Excel: who should meet whom, with the parts of each score, what is met and what to ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from api.i18n import _, chained
from api.reports.tables import Cell, Sheet, write_workbook
from api.schemas.batch import NeedProposals, Proposal
from matching.pairing.score import PART_TITLES


def write_pairings(path: Path, found: Sequence[NeedProposals], most: int) -> None:
    """Write the list: a line for each firm proposed or one condition short, and for each need nobody answers."""
    parts = _parts(found)
    sheet = Sheet(_("对接建议"), _("全部需求的对接建议"), _columns(parts), _rows(found, parts, most))
    write_workbook(path, [sheet])


def _parts(found: Sequence[NeedProposals]) -> list[str]:
    """The parts that any score has, in their order."""
    told = {part.id for need in found for one in (*need.candidates, *need.near_misses) for part in one.parts}
    return [name for name in PART_TITLES if name in told]


def _columns(parts: Sequence[str]) -> list[tuple[str, int]]:
    return [
        (_("需求编号"), 10),
        (_("需求"), 30),
        (_("需方"), 22),
        (_("供方"), 22),
        (_("供给"), 30),
        (_("结论"), 10),
        (_("得分"), 8),
        (_("概率"), 26),
        *((_(PART_TITLES[name]), 10) for name in parts),
        (_("满足"), 36),
        (_("差一项"), 30),
        (_("未知，待问"), 36),
        (_("样例"), 8),
        (_("双方契合"), 10),
        (_("名单"), 24),
    ]


def _rows(found: Sequence[NeedProposals], parts: Sequence[str], most: int) -> Iterator[list[Cell]]:
    for need in found:
        yield from (_row(need, one, parts, _("推荐"), _place(one, most)) for one in need.candidates)
        yield from (_row(need, one, parts, _("差一项"), "") for one in need.near_misses)
        if not need.candidates and not need.near_misses:
            nothing: list[Cell] = [None] * (len(parts) + 2)
            sample = _("样例") if need.sample else ""
            yield [*_need(need), "", "", _("无"), *nothing, "", "", need.advice, sample, None, need.summary]


def _need(need: NeedProposals) -> list[Cell]:
    return [need.number, need.need.name, need.buyer.name if need.buyer else ""]


def _row(need: NeedProposals, one: Proposal, parts: Sequence[str], verdict: str, place: str) -> list[Cell]:
    known = {part.id: part.points / 100 for part in one.parts if not part.missing}
    return [
        *_need(need),
        one.firm.name if one.firm else "",
        one.listing.name,
        verdict,
        one.score,
        one.chance or _("未校准"),
        *(known.get(name, _("缺数据")) for name in parts),
        chained(one.met),
        chained(one.lacking),
        chained(one.questions),
        _("样例") if need.sample or one.sample else "",
        one.mutual,
        place,
    ]


def _place(one: Proposal, most: int) -> str:
    return "" if one.within else _("该单位已列入 {most} 条需求，另作备选").format(most=most)
