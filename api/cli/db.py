"""``ronglian db start|stop|status|path|vectors``: the database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli.console import AS_JSON, ENCODER, encoded, err, out, print_json, store
from api.i18n import _

app = typer.Typer(no_args_is_help=True)


def _home() -> Path:
    from api.connection import home
    from api.settings import Settings

    return home(Settings())


@app.command(help=_("启动并保持运行，直到 db stop"))
def start() -> None:
    from graph.server import start as start_server

    connection = start_server(_home())
    out().print(_("图数据库已启动：{uri}").format(uri=connection.uri))


@app.command(help=_("停止"))
def stop() -> None:
    from graph.server import stop as stop_server

    stopped = stop_server(_home())
    out().print(_("图数据库已停止") if stopped else _("图数据库没有在运行"))


@app.command(help=_("是否在运行、在哪里"))
def status(json: Annotated[bool, AS_JSON] = False) -> None:
    from graph.server import status as server_status

    now = server_status(_home())
    if json:
        print_json(now)
    elif now.running:
        out().print(_("正在运行：{uri} · Neo4j {version} · 进程 {pid}").format(**vars(now)))
    else:
        out().print(_("没有在运行"))


@app.command(help=_("数据文件夹"))
def path() -> None:
    typer.echo(_home())


@app.command(help=_("把供需信息的向量写入图数据库的向量索引 listing_vector，供其他工具检索"))
def vectors(chosen: Annotated[str | None, ENCODER] = None) -> None:
    from datetime import date

    from api.pairing import encoder, encoding, model_folder, texts
    from matching.pairing.vectors import keep_text_vectors, keep_vectors

    with encoding(chosen), store() as opened:
        encoded(opened)
        found, folder, general = encoder(), model_folder(), texts()
        with err().status(_("正在写入向量…")):
            if general:
                count, name = keep_text_vectors(opened, general, date.today()), general.encoder.mark
            elif found and folder:
                count, name = keep_vectors(opened, found, folder.name, date.today()), folder.name
            else:
                raise typer.BadParameter(_("没有可用的模型，请先运行 ronglian train"))
    line = _("{count:,} 条供需信息的向量已写入索引 listing_vector（编码器 {name}）")
    out().print(line.format(count=count, name=name), markup=False)
