"""``ronglian user …``: accounts, their roles and access tokens. Whoever may run it is trusted by the machine."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from api.auth.roles import ROLE_TITLES, Action, Role
from api.auth.viewer import viewer
from api.cli.console import AS_JSON, out, print_json, store
from api.i18n import _, chained, listed, render

if TYPE_CHECKING:
    from api.auth.audit import Kind
    from graph.records import Account, ApiToken
    from graph.store import Store

app = typer.Typer(no_args_is_help=True)
NAME = typer.Argument(metavar="NAME", help=_("账号名"))
FROM_STDIN = typer.Option("--password-stdin", help=_("从标准输入读口令，供脚本使用"))


def _password(from_stdin: bool) -> str:
    if from_stdin or not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    return str(typer.prompt(_("新口令"), hide_input=True, confirmation_prompt=_("再输一遍")))


@app.command(help=_("建立账号；第一个必须是管理员"))
def add(
    name: Annotated[str, NAME],
    *,
    role: Annotated[list[Role], typer.Option(help=_("角色，可多次给出"))],
    town: Annotated[list[str] | None, typer.Option(help=_("只负责这些镇街（地区编号或名称），可多次给出"))] = None,
    firm: Annotated[str | None, typer.Option(help=_("企业联系人所属企业的编号、代码或名称"))] = None,
    no_password: Annotated[bool, typer.Option("--no-password", help=_("不设口令，只能经统一身份认证登录"))] = False,
    password_stdin: Annotated[bool, FROM_STDIN] = False,
) -> None:
    from api.auth.accounts import Accounts
    from api.auth.audit import Kind

    if (firm is None) == (Role.ENTERPRISE in role):
        raise typer.BadParameter(_("企业联系人须用 --firm 指明企业，其他角色不用"))
    with store() as opened:
        towns = [_node(opened, ref, "Place") for ref in town or []]
        own = _node(opened, firm, "Organisation") if firm else None
        password = None if no_password else _password(password_stdin)
        account = Accounts(opened).add(name, password, role, towns=towns, firm=own)
        _note(opened, Kind.ACCOUNT_ADDED, account, ", ".join(account.roles))
    roles = listed(_(ROLE_TITLES[one]) for one in role)
    out().print(_("已建立账号 {name}：{roles}").format(name=account.name, roles=roles), markup=False)
    if no_password:
        out().print(
            _("请接着绑定统一身份认证的标识：ronglian user bind {name} 标识").format(name=account.name), markup=False
        )
    elif account.must_change:
        out().print(_("首次登录时须更改口令"))
    else:
        out().print(_("从现在起打开网页须先登录；ronglian serve 可以监听本机以外的地址"))


def _note(opened: Store, kind: Kind, account: Account, what: str = "") -> None:
    """Record what the operator of the machine did to an account."""
    from api.auth.audit import Audit

    Audit(opened).record(kind, what, who=viewer().name, subjects=[account.id])


def _node(opened: Store, ref: str, label: str) -> str:
    from graph.errors import NotFound
    from graph.nodes import view_node

    found = view_node(opened, ref, 1)
    if label not in found.labels:
        raise NotFound(id=ref)
    return found.id


@app.command("list", help=_("全部账号"))
def list_accounts(json: Annotated[bool, AS_JSON] = False) -> None:
    from api.auth.accounts import Accounts

    with store() as opened:
        found = Accounts(opened).all()
    if json:
        print_json([_public(one.account) | {"sessions": one.sessions} for one in found])
        return
    for one in found:
        account = one.account
        roles = listed(_(ROLE_TITLES[Role(role)]) for role in account.roles)
        state = _("启用") if account.enabled else _("停用")
        details = [state, roles, _("登录 {count} 处").format(count=one.sessions), *account.towns]
        if account.subject:
            details.append(_("绑定 {subject}").format(subject=account.subject))
        out().print(f"{account.name}  {chained([*details, *([account.firm] if account.firm else [])])}", markup=False)
    if not found:
        out().print(_("还没有账号，网页不必登录，只能在本机打开"))


def _public(account: Account) -> dict[str, object]:
    return account.model_dump(exclude={"password"})


@app.command(help=_("停用账号，其登录和令牌立即失效"))
def disable(name: Annotated[str, NAME]) -> None:
    from api.auth.accounts import Accounts
    from api.auth.audit import Kind

    with store() as opened:
        accounts = Accounts(opened)
        accounts.disable(name)
        _note(opened, Kind.ACCOUNT_DISABLED, accounts.get(name))
    out().print(_("已停用 {name}").format(name=name), markup=False)


@app.command(help=_("重新启用账号"))
def enable(name: Annotated[str, NAME]) -> None:
    from api.auth.accounts import Accounts
    from api.auth.audit import Kind

    with store() as opened:
        accounts = Accounts(opened)
        accounts.enable(name)
        _note(opened, Kind.ACCOUNT_ENABLED, accounts.get(name))
    out().print(_("已启用 {name}").format(name=name), markup=False)


@app.command(help=_("重置口令，其登录立即失效，下次登录须更改口令"))
def reset(name: Annotated[str, NAME], password_stdin: Annotated[bool, FROM_STDIN] = False) -> None:
    from api.auth.accounts import Accounts
    from api.auth.audit import Kind

    with store() as opened:
        accounts = Accounts(opened)
        account = accounts.get(name)
        accounts.set_password(name, _password(password_stdin), temporary=True)
        _note(opened, Kind.PASSWORD_CHANGED, account)
    out().print(_("已重置 {name} 的口令，首次登录时须更改").format(name=name), markup=False)


@app.command(help=_("绑定统一身份认证的标识，此后可经它登录；标识见其首次登录时的提示"))
def bind(
    name: Annotated[str, NAME],
    subject: Annotated[str | None, typer.Argument(metavar="SUBJECT", help=_("统一身份认证中的标识"))] = None,
    clear: Annotated[bool, typer.Option("--clear", help=_("解除绑定，其登录立即失效"))] = False,
) -> None:
    from api.auth.accounts import Accounts
    from api.auth.audit import Kind
    from api.auth.registration import registration
    from api.settings import Settings

    if (subject is None) is not clear:
        raise typer.BadParameter(_("请给出标识，或用 --clear 解除绑定"))
    agreed = registration(Settings())
    if subject and agreed is None:
        raise typer.BadParameter(_("还没有设置统一身份认证：缺少 RONGLIAN_OIDC_ISSUER"))
    with store() as opened:
        accounts = Accounts(opened)
        if subject and agreed:
            accounts.bind(name, agreed.issuer, subject)
            said = _("已绑定 {name}，此后可经{provider}登录").format(name=name, provider=render(agreed.name))
        else:
            accounts.unbind(name)
            said = _("已解除 {name} 的绑定").format(name=name)
        _note(opened, Kind.ACCOUNT_BOUND, accounts.get(name), agreed.issuer if subject and agreed else "")
    out().print(said, markup=False)


@app.command(help=_("删除账号，并从审计记录中抹去其姓名和地址"))
def erase(
    name: Annotated[str, NAME],
    yes: Annotated[bool, typer.Option("--yes", help=_("不再询问"))] = False,
) -> None:
    from api.auth.doorkeeper import Doorkeeper

    if not yes:
        typer.confirm(_("账号 {name} 删除后无法恢复，继续吗？").format(name=name), abort=True)
    with store() as opened:
        erased = Doorkeeper(opened).erase(name, by=viewer().name)
    out().print(
        _("已删除 {name}，审计记录中抹去 {count} 处；链条保持完整").format(name=name, count=erased), markup=False
    )


@app.command(help=_("建立、列出或撤销访问令牌"))
def token(
    name: Annotated[str, NAME],
    *,
    label: Annotated[str, typer.Option(help=_("用途"))] = "",
    action: Annotated[list[Action] | None, typer.Option(help=_("允许的操作，可多次给出；默认只读"))] = None,
    days: Annotated[int, typer.Option(min=1, max=366, help=_("有效天数"))] = 90,
    show: Annotated[bool, typer.Option("--list", help=_("列出令牌"))] = False,
    revoke: Annotated[str | None, typer.Option(help=_("撤销这个编号的令牌"))] = None,
    json: Annotated[bool, AS_JSON] = False,
) -> None:
    from api.auth.doorkeeper import Doorkeeper

    by = viewer().name
    with store() as opened:
        doorkeeper = Doorkeeper(opened)
        account = doorkeeper.accounts.get(name)
        if revoke:
            doorkeeper.revoke_token(account, revoke, by=by)
            out().print(_("已撤销 {token}").format(token=revoke), markup=False)
            return
        if show:
            _print_tokens(doorkeeper.tokens.of(account), json)
            return
        label = label or _("未写明用途")
        secret, made = doorkeeper.issue_token(account, label, action or [Action.READ], days, by=by)
    if json:
        print_json({"token": secret, "id": made.id, "expires_at": made.expires_at})
        return
    typer.echo(secret)
    line = _("令牌 {id}，{day} 到期；只显示这一次，请立即保存")
    out().print(line.format(id=made.id, day=made.expires_at.date()), markup=False)


def _print_tokens(found: list[ApiToken], json: bool) -> None:
    if json:
        print_json([one.model_dump(exclude={"secret"}) for one in found])
        return
    for one in found:
        state = _("已撤销") if one.revoked_at else _("{day} 到期").format(day=one.expires_at.date())
        out().print(f"{one.id}  {one.label}  {listed(one.actions)}  {state}", markup=False)
