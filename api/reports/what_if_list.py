"""A what-if, or the firms whose loss hurts most, in Excel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from api.i18n import _, aside, chained, listed
from api.reports.tables import Cell, Sheet, write_workbook
from api.schemas.what_if import FirmLossWire, LossList, WhatIf
from api.schemas.wire import Figure, Named


def write_what_if(answer: WhatIf | LossList, day: date, path: Path) -> None:
    """Write the answer: what stops, who could step in, the leaders, the chains and limits; or the ranking."""
    if isinstance(answer, LossList):
        write_workbook(path, [_losses(answer, day)])
    else:
        write_workbook(path, [_segments(answer, day), _substitutes(answer), _leaders(answer), _chains(answer)])


def _names(found: list[Named]) -> str:
    return listed(one.name for one in found)


def _share(figure: Figure) -> Cell:
    return _("缺数据") if figure.value is None else f"{figure.value:.1%}"


def _sample(shown: bool) -> str:
    return _("样例") if shown else ""


def _segments(answer: WhatIf, day: date) -> Sheet:
    def rows() -> Iterator[list[Cell]]:
        for one in answer.segments:
            yield [
                _names(one.chains),
                one.name,
                one.effect.title,
                "—" if one.step is None else one.step,
                chained(one.reasons),
                one.before,
                one.after,
                _("未知")
                if one.capacity is None and one.lost
                else ""
                if one.capacity is None
                else f"{one.capacity:.0%}",
                one.worth,
                one.substitutes_total,
            ]

    columns = [(_("产业链"), 16), (_("环节"), 20), (_("结果"), 12), (_("第几步停"), 9), (_("为什么"), 50)]
    columns += [(_("原有企业"), 9), (_("剩余企业"), 9), (_("失去产能"), 9), (_("失去价值"), 9), (_("可顶上"), 8)]
    removed = listed(f"{one.name}{aside(one.kind.title)}" for one in answer.removals)
    sample = aside(_("含样例数据，其中企业为虚构")) if answer.sample else ""
    title = _("断供推演（{day}，圈层 {ring}）：移除 {removed}").format(day=day, ring=answer.ring.title, removed=removed)
    return Sheet(_("环节"), title + sample, columns, rows())


def _substitutes(answer: WhatIf) -> Sheet:
    def rows() -> Iterator[list[Cell]]:
        for one in answer.segments:
            for found in one.substitutes:
                place = found.ring.title if found.ring else _("地点不明")
                doubt = _("待核实") if found.uncertain else ""
                months = _("未知") if found.months is None else found.months
                said = [found.way.title, found.name, place, months, found.when, found.reason]
                yield [one.name, *said, doubt, _sample(found.sample)]

    columns = [(_("环节"), 20), (_("办法"), 18), (_("企业"), 34), (_("圈层"), 10), (_("认证月数"), 9), (_("多快"), 34)]
    columns += [(_("理由"), 44), (_("把握"), 9), (_("样例"), 8)]
    return Sheet(_("谁能顶上"), _("可能顶上的企业；认证月数未知的写“未知”，不作估计"), columns, rows())


def _leaders(answer: WhatIf) -> Sheet:
    columns = [(_("链主"), 34), (_("产业链"), 16), (_("影响"), 12), (_("为什么"), 60)]
    rows = ([one.name, _names(one.chains), one.hit.title, chained(one.reasons)] for one in answer.leaders)
    return Sheet(_("链主"), _("全部链主受到的影响"), columns, rows)


def _chains(answer: WhatIf) -> Sheet:
    def rows() -> Iterator[list[Cell]]:
        for one in answer.chains:
            yield [one.name, one.stopped, one.total, _share(one.output), one.output.note]
        for text in answer.limits:
            yield [_("未计入"), None, None, None, text]

    columns = [(_("产业链"), 16), (_("停产环节"), 10), (_("环节"), 10), (_("失去本地价值"), 14), (_("依据"), 70)]
    return Sheet(_("产业链与说明"), _("各产业链，以及没有计入什么"), columns, rows())


def _losses(answer: LossList, day: date) -> Sheet:
    def row(one: FirmLossWire) -> list[Cell]:
        parts = (one.leaders, one.stopped, one.emptied, one.alone)
        return [one.rank, one.firm.name, _share(one.output), *(_names(part) for part in parts), _sample(one.sample)]

    columns = [(_("名次"), 7), (_("企业"), 34), (_("失去本地价值"), 12), (_("受影响的其他链主"), 40)]
    columns += [(_("停产的环节"), 50), (_("它是最后一家的环节"), 30), (_("只剩一家的环节"), 30), (_("样例"), 8)]
    scope = answer.chain.name if answer.chain else _("全部产业链")
    title = _("失去后影响最大的企业（{day}，{scope}，圈层 {ring}）；其余 {harmless} 家单独失去不致停产")
    values = {"day": day, "scope": scope, "ring": answer.ring.title, "harmless": answer.harmless}
    return Sheet(_("影响最大的企业"), title.format(**values), columns, (row(one) for one in answer.items))
