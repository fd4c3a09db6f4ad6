"""``ronglian key …``: the keys of what is kept encrypted."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli.console import AS_JSON, err, out, print_json, store
from api.i18n import _

app = typer.Typer(no_args_is_help=True)


@app.command(help=_("密钥文件在哪里、现用哪一把、是否有未完成的更换"))
def status(json: Annotated[bool, AS_JSON] = False) -> None:
    from api.connection import key_file
    from api.settings import Settings
    from graph.sealing import status as key_status

    path = key_file(Settings())
    with store() as opened:
        found = key_status(opened, path)
    if json:
        print_json({"path": str(path)} | found)
        return
    out().print(_("密钥文件：{path}").format(path=path), markup=False)
    out().print(_("现用密钥 {current}，文件中共 {keys} 把").format(**found))
    if found["unfinished"]:
        out().print(_("上次更换没有完成：请再执行 ronglian key rotate"))


@app.command(help=_("换一把新密钥，全部加密字段重新加密；中断后再次执行即接着做"))
def rotate(json: Annotated[bool, AS_JSON] = False) -> None:
    from api.auth.accounts import Accounts
    from api.auth.audit import Audit, Kind
    from api.auth.viewer import viewer
    from api.connection import key_file
    from api.settings import Settings
    from graph.sealing import rotate as rotate_key
    from graph.sealing import status as key_status

    path = key_file(Settings())
    with store() as opened:
        with err().status(_("正在重新加密…")) as shown:
            count = rotate_key(
                opened, path, lambda done: shown.update(_("正在重新加密…已完成 {count} 条").format(count=done))
            )
        found = key_status(opened, path)
        if Accounts(opened).required():
            Audit(opened).record(Kind.CHANGED, f"key rotate {found['current']}", who=viewer().name)
    if json:
        print_json({"count": count} | found)
        return
    out().print(_("已换用密钥 {current}，重新加密 {count} 条").format(count=count, current=found["current"]))
    out().print(_("上一把密钥仍留在文件中，供运行中的服务使用，下次更换时移除；请另行备份密钥文件"))
