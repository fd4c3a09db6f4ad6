"""``ronglian audit …``: what was done, and whether the chain that says so is whole."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.console import AS_JSON, err, out, print_json, store
from api.i18n import _

app = typer.Typer(no_args_is_help=True)


@app.command("list", help=_("审计记录，新的在前"))
def list_events(
    subject: Annotated[str | None, typer.Option(help=_("只要涉及这个对象编号的，如企业编号：谁看过它的数据"))] = None,
    who: Annotated[str | None, typer.Option(help=_("只要这个人的"))] = None,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help=_("最多多少条"))] = 50,
    json: Annotated[bool, AS_JSON] = False,
) -> None:
    from api.auth.audit import KIND_TITLES, Audit, Kind

    with store() as opened:
        found = Audit(opened).list(subject=subject, who=who, limit=limit)
    if json:
        print_json([event.model_dump() for event in found])
        return
    for event in found:
        person = _("已删除") if event.who is None else f"{event.who} {event.origin or ''}".strip()
        kind = _(KIND_TITLES[Kind(event.kind)]) if event.kind in set(Kind) else event.kind
        details = " ".join((event.what, *event.fields, *event.subjects))
        when = f"{event.at.astimezone():%Y-%m-%d %H:%M:%S}"
        out().print(f"{event.number:>6}  {when}  {person}  {kind}  {details}", markup=False)


@app.command(help=_("核对整条链：是否有记录被改动、删去或插入"))
def verify(
    head: Annotated[str | None, typer.Option(help=_("先前记下的摘要，须仍在链条中"))] = None,
    json: Annotated[bool, AS_JSON] = False,
) -> None:
    from api.auth.audit import Audit

    with store() as opened:
        found = Audit(opened).verify(head)
    if json:
        print_json(found)
    elif found.reason is None:
        out().print(_("链条完整：{count} 条记录逐条相连").format(count=found.events))
        out().print(f"{_('末条摘要')} {found.head}", markup=False)
    else:
        line = _("链条在第 {number} 条断开：{reason}")
        err().print(line.format(number=found.broken_at, reason=_(found.reason)), markup=False)
    if not found.whole:
        raise typer.Exit(1)


@app.command(help=_("把整条链写入文件，每行一条 JSON"))
def export(path: Annotated[Path, typer.Argument(metavar="FILE.jsonl", help=_("写到哪里"))]) -> None:
    from api.auth.audit import Audit, Kind, lines
    from api.auth.viewer import viewer

    with store() as opened, path.open("w", encoding="utf-8") as file:
        audit = Audit(opened)
        audit.record(Kind.EXPORTED, path.name, who=viewer().name)
        file.writelines(lines(audit))
        number, head = audit.head()
    out().print(_("已写入 {path}").format(path=path), markup=False)
    out().print(
        _("共 {count} 条，末条摘要 {head}；请另存这个摘要，日后可用 audit verify --head 核对").format(
            count=number, head=head
        )
    )
