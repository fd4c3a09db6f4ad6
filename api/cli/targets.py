"""``ronglian targets``: which firms outside could fill a gap, who would buy from them here, and whom it concerns."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.auth.roles import Role
from api.cli.console import AS_JSON, AS_ROLE, IN_RING, out, print_json, print_written, seen_as, store
from api.i18n import _, aside, chained, listed, render, titled
from api.rings import RingChoice
from graph.errors import SourceMissing, SourceUnreadable

if TYPE_CHECKING:
    from matching.gaps.target_book import TargetBook
    from matching.gaps.targets import Condition, Target, TargetList

SHOWN_FIRMS = 4


def targets(
    *,
    ref: Annotated[str, typer.Argument(metavar="SEGMENT|CHAIN", help=_("环节或产业链的编号或名称"))],
    ring: Annotated[RingChoice | None, IN_RING] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help=_("每个环节最多列出多少家"))] = 5,
    rules: Annotated[Path | None, typer.Option(help=_("条件文件（YAML）；涉及注册地、所有制的条件会被拒绝"))] = None,
    xlsx: Annotated[Path | None, typer.Option(help=_("另存为 Excel 清单"))] = None,
    role: Annotated[Role | None, AS_ROLE] = None,
    json: Annotated[bool, AS_JSON] = False,
) -> None:
    from api.auth.disclosure import disclosed_targets
    from api.auth.traces import recorded
    from api.deps import opening_ring, shown_board_of, view_of
    from api.derived import Derived
    from matching.gaps.target_book import target_book

    today = date.today()
    conditions = read_rules(rules) if rules else ()
    with store() as opened, recorded(opened, "targets"), seen_as(role, "invest"):
        derived = Derived(opened)
        within = ring.ring if ring else opening_ring(derived, today)
        view = view_of(derived, today, within)
        book = disclosed_targets(target_book(shown_board_of(derived, today, within), view, ref, conditions), view)
        _answer(book, limit, xlsx=xlsx, json=json)


def _answer(book: TargetBook, limit: int, *, xlsx: Path | None, json: bool) -> None:
    if xlsx:
        from api.reports.target_list import write_target_list

        write_target_list(book, xlsx)
        print_written(xlsx, aside_from_answer=json)
    if json:
        found = [one.segment for one in book.extensions]
        print_json(
            {
                "today": book.board.today,
                "chain": book.chain,
                "lists": book.lists,
                "extensions": found,
                "note": book.note,
            }
        )
    elif not xlsx:
        print_book(book, limit)


def read_rules(path: Path) -> tuple[Condition, ...]:
    """The conditions of a YAML file.

    Raises:
        SourceMissing: when there is no such file.
        SourceUnreadable: when it is not YAML.
        UnfairRule: when a condition looks at the place of registration or at ownership.
        ConditionUnclear: when a condition cannot be read.
    """
    import yaml

    from matching.gaps.targets import read_conditions

    if not path.is_file():
        raise SourceMissing(path=path, expected=_("应为 YAML 文件"))
    try:
        proposal = yaml.safe_load(path.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SourceUnreadable(path=path, reason=str(error).splitlines()[0]) from error
    return read_conditions(proposal)


def print_book(book: TargetBook, limit: int) -> None:
    """Print each segment's targets, then the segments a chain could be extended by."""
    console = out()
    if not book.lists:
        console.print(_("该链没有可以断言的缺口"))
    for found in book.lists:
        _print_list(found, limit)
    console.print(_("延链：本区没有而与本区已有环节关联的环节"), style="bold")
    for one in book.extensions[:limit]:
        figure = one.figures["relatedness"]
        console.print(f"  {one.segment.name}  {figure.value:.2f}  {render(figure.note)}", markup=False)
    if book.note:
        console.print(f"  {render(book.note)}", markup=False)


def _print_list(found: TargetList, limit: int) -> None:
    console = out()
    line = _("{segment}  招商对象 {targets} 家 · 本地买家 {buyers} 条 · 未列入 {excluded} 家")
    counts = {"targets": len(found.targets), "buyers": len(found.buyers), "excluded": len(found.excluded)}
    console.print(line.format(segment=found.segment.name, **counts), style="bold", markup=False)
    for place, target in enumerate(found.targets[:limit], start=1):
        _print_target(target, place)
    if not found.targets:
        console.print(_("  数据中尚无候选企业，须征集"))
    elif len(found.targets) > limit:
        console.print(_("  另有 {count} 家，用 --limit 或 --xlsx 查看").format(count=len(found.targets) - limit))
    for title, names in (
        (_("本地谁会买"), [_buyer(one.name, one.what, one.amount, one.on) for one in found.buyers]),
        (_("本地谁会受影响"), [link.firm.name for link in found.displaced]),
        (_("未列入"), [one.firm.name + aside(render(one.reason)) for one in found.excluded]),
    ):
        if names:
            shown = chained(names[:SHOWN_FIRMS]) + ("…" if len(names) > SHOWN_FIRMS else "")
            console.print(f"  {titled(title, shown)}", style="dim", markup=False)


def _buyer(name: str | None, what: str, amount: int | None, on: date | None) -> str:
    money = _("{amount:,.0f} 万元").format(amount=amount / 10_000) if amount else _("金额未填报")
    return f"{name or _('未写明')} {what}" + aside(listed([money, on.isoformat() if on else _("日期不详")]))


def _print_target(target: Target, place: int) -> None:
    from matching.gaps.targets import CRITERION_TITLES, STANDING_TITLES

    console = out()
    sample = _(" [样例]") if target.firm.sample else ""
    lead = _(" [线索，待核实]") if target.uncertain else ""
    head = f"  {place}  {target.score}  {target.firm.name}{sample}{lead}  {_(STANDING_TITLES[target.standing])}"
    console.print(head, markup=False)
    absent = _("缺")
    parts = " + ".join(
        f"{_(CRITERION_TITLES[part.name])} {absent if part.missing else part.points}" for part in target.parts
    )
    console.print(f"      = {parts}", markup=False)
    for part in target.parts:
        if not part.missing:
            reasons = chained(render(reason) for reason in target.findings[part.name].reasons)
            console.print(f"        {titled(_(CRITERION_TITLES[part.name]), reasons)}", style="dim", markup=False)
    if target.questions:
        questions = chained(render(question) for question in target.questions)
        console.print(f"        {titled(_('未知，待问'), questions)}", style="dim", markup=False)
