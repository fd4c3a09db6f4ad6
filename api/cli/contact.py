"""``ronglian contact …``: whom a firm may call, who saw its data, and people taken out of its registrations."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli.console import AS_JSON, out, print_json, store
from api.i18n import _, chained, listed

app = typer.Typer(no_args_is_help=True)
FIRM = typer.Argument(metavar="FIRM", help=_("企业编号、代码或名称"))


@app.command("list", help=_("双方均已接受会面的对方单位及其联系人；每次查看都留审计记录"))
def list_contacts(firm: Annotated[str, FIRM], json: Annotated[bool, AS_JSON] = False) -> None:
    from api import contacts
    from api.auth.traces import recorded

    with store() as opened, recorded(opened, "contact list"):
        found = contacts.contacts(opened, firm)
    if json:
        print_json(found.model_dump(mode="json"))
        return
    for one in found.items:
        reached = [part for part in (one.contact, one.mobile, one.email) if part]
        line = f"{one.held_on}  {one.event.name}  {one.party.name}  {chained(reached or [_('未登记')])}"
        out().print(line, markup=False)
    if not found.items:
        out().print(_("还没有双方都接受的会面。一方未答复或谢绝时，联系方式不显示。"))


@app.command(help=_("谁在何时看到企业的哪些敏感字段，包括以它从前的编号记下的"))
def seen(
    firm: Annotated[str, FIRM],
    limit: Annotated[int, typer.Option(min=1, max=100_000, help=_("最多多少条"))] = 50,
    json: Annotated[bool, AS_JSON] = False,
) -> None:
    from api import contacts
    from api.auth.audit import Audit

    with store() as opened:
        found = contacts.seen(opened, Audit(opened), firm, before=None, limit=limit)
    if json:
        print_json(found.model_dump(mode="json"))
        return
    for one in found.items:
        when = f"{one.at.astimezone():%Y-%m-%d %H:%M:%S}"
        out().print(f"{one.number:>6}  {when}  {one.who or _('已删除')}  {listed(one.fields)}", markup=False)
    if not found.items:
        out().print(_("还没有人看过这家企业的敏感字段"))


@app.command(help=_("从企业的参会登记及留存的副本中删除一个人的姓名和联系方式；登记本身保留"))
def erase(
    firm: Annotated[str, FIRM],
    person: Annotated[str, typer.Argument(metavar="PERSON", help=_("姓名，须与登记的完全一致"))],
    yes: Annotated[bool, typer.Option("--yes", help=_("不再询问"))] = False,
    json: Annotated[bool, AS_JSON] = False,
) -> None:
    from api import contacts
    from api.auth.audit import Audit

    if not yes:
        typer.confirm(_("{person} 的姓名和联系方式删除后无法恢复，继续吗？").format(person=person), abort=True)
    with store() as opened:
        found = contacts.erase(opened, Audit(opened), firm, person, origin="")
    if json:
        print_json(found.model_dump(mode="json"))
        return
    line = _("{count} 份参会登记不再提到 {person}，另改正副本 {copies} 处；对外发出的文件请另行处理")
    out().print(line.format(count=found.registrations, person=person, copies=found.copies), markup=False)
