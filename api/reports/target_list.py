"""The target list in Excel: who could come and why, who would buy here, whom it concerns, who is not on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from api.i18n import _, chained, listed, render, retold
from api.reports.tables import Cell, Sheet, write_workbook
from api.titles import VALUES
from matching.gaps.classify import CLASS_TITLES
from matching.gaps.targets import CRITERION_TITLES, DEMAND_TITLES, STANDING_TITLES
from matching.rings import RING_TITLES

if TYPE_CHECKING:
    from matching.gaps.facts import FirmFact
    from matching.gaps.target_book import TargetBook
    from matching.gaps.targets import TargetList


def write_target_list(book: TargetBook, path: Path) -> None:
    """Write the lists of a book, one sheet for each question."""
    day = book.board.today
    title = _("招商对象清单（{day}），开放名单，不按注册地排序").format(day=day)
    sheets = [
        Sheet(_("招商对象"), title, _target_columns(), _targets(book)),
        Sheet(_("本地买家"), _("本地谁会买"), _buyer_columns(), _buyers(book)),
        Sheet(_("本地同环节企业"), _("本地谁会受影响"), _displaced_columns(), _displaced(book.lists)),
        Sheet(_("未列入"), _("未列入的企业和理由"), _excluded_columns(), _excluded(book.lists)),
        Sheet(_("延链"), _extension_title(book), _extension_columns(), _extensions(book)),
    ]
    write_workbook(path, sheets)


def _target_columns() -> list[tuple[str, int]]:
    return [
        (_("环节"), 18),
        (_("名次"), 6),
        (_("企业"), 28),
        (_("所在地"), 14),
        (_("与本地企业的关系"), 20),
        (_("核实情况"), 10),
        (_("得分"), 8),
        *((_(title), 8) for title in CRITERION_TITLES.values()),
        (_("依据"), 60),
        (_("未知，待问"), 36),
        (_("样例"), 8),
    ]


def _where(firm: FirmFact) -> str:
    return listed(firm.places) or (_(RING_TITLES[firm.ring]) if firm.ring else _("地点不明"))


def _targets(book: TargetBook) -> Iterator[list[Cell]]:
    for found in book.lists:
        for place, target in enumerate(found.targets, start=1):
            reasons = [reason for finding in target.findings.values() for reason in finding.reasons]
            yield [
                found.segment.name,
                place,
                target.firm.name,
                _where(target.firm),
                _(STANDING_TITLES[target.standing]),
                _("线索，待核实") if target.uncertain else _("已确认"),
                target.score,
                *(_("缺数据") if part.missing else part.points for part in target.parts),
                chained(render(reason) for reason in reasons),
                chained(render(question) for question in target.questions),
                _("样例") if target.firm.sample else "",
            ]


def _buyer_columns() -> list[tuple[str, int]]:
    names = (_("环节"), _("单位"), _("链主"), _("依据"), _("产品或需求"), _("年金额（万元）"), _("进口占比"), _("日期"))
    return list(zip(names, (18, 28, 8, 12, 30, 14, 10, 12), strict=True))


def _buyers(book: TargetBook) -> Iterator[list[Cell]]:
    absent = _("敏感，不显示") if book.withheld else _("未填报")
    for found in book.lists:
        for one in found.buyers:
            yield [
                found.segment.name,
                one.name or _("未写明"),
                _("链主") if one.leader else "",
                _(DEMAND_TITLES[one.kind]),
                one.what,
                absent if one.amount is None else one.amount / 10_000,
                absent if one.import_share is None else f"{one.import_share:.0%}",
                one.on.isoformat() if one.on else _("日期不详"),
            ]


def _displaced_columns() -> list[tuple[str, int]]:
    names = (_("环节"), _("企业"), _("所在地"), _("挂链状态"), _("证据"), _("核查日期"))
    return list(zip(names, (18, 28, 14, 10, 50, 12), strict=True))


def _displaced(lists: Iterable[TargetList]) -> Iterator[list[Cell]]:
    for found in lists:
        for link in found.displaced:
            yield [
                found.segment.name,
                link.firm.name,
                _where(link.firm),
                _(VALUES[link.state]),
                retold(link.evidence),
                link.checked_on.isoformat() if link.checked_on else _("日期不详"),
            ]


def _excluded_columns() -> list[tuple[str, int]]:
    return list(zip((_("环节"), _("企业"), _("所在地"), _("未列入的理由")), (18, 28, 14, 60), strict=True))


def _excluded(lists: Iterable[TargetList]) -> Iterator[list[Cell]]:
    for found in lists:
        for one in found.excluded:
            yield [found.segment.name, one.firm.name, _where(one.firm), render(one.reason)]


def _extension_title(book: TargetBook) -> str:
    return render(book.note) if book.note else _("本区没有而与本区已有环节关联的环节")


def _extension_columns() -> list[tuple[str, int]]:
    return list(zip((_("环节"), _("类别"), _("关联度"), _("理由")), (18, 10, 10, 90), strict=True))


def _extensions(book: TargetBook) -> Iterator[list[Cell]]:
    for one in book.extensions:
        figure = one.figures["relatedness"]
        yield [one.segment.name, _(CLASS_TITLES[one.gap_class]), round(figure.value or 0.0, 3), render(figure.note)]
