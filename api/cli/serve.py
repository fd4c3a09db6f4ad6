"""``ronglian serve``: the service on this machine."""

from __future__ import annotations

import errno
import signal
import socket
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.console import ENCODER, encoded, out, store
from api.i18n import _, environment_language, use

if TYPE_CHECKING:
    import uvicorn
    from fastapi import FastAPI

    from graph.store import Store

HOST = typer.Option(help=_("监听地址；有管理员账号后才能用本机以外的地址；默认 RONGLIAN_HOST 或 127.0.0.1"))
PORT = typer.Option(min=0, max=65535, help=_("端口，0 表示任选；默认 RONGLIAN_PORT 或 8000"))
_GRACE_SECONDS = 30
"""How long requests under way may take when the service is told to stop."""
_AT_ONCE = 200
"""Connections answered at once; further ones are told to come back (503) instead of filling the memory."""


def serve(
    host: Annotated[str | None, HOST] = None,
    port: Annotated[int | None, PORT] = None,
    encoder: Annotated[str | None, ENCODER] = None,
) -> None:
    """Serve until interrupted."""
    from api.loopback import is_loopback
    from api.pairing import encoding
    from api.settings import Settings

    settings = Settings()
    chosen = host or settings.host
    with ExitStack() as stack:
        stack.enter_context(encoding(encoder))
        opened = None if is_loopback(chosen) else stack.enter_context(store())
        accounts = opened is not None and accounts_exist(opened)
        listener = stack.enter_context(listen(chosen, settings.port if port is None else port, accounts=accounts))
        opened = opened or stack.enter_context(store())
        encoded(opened)
        from api.app import create_app

        run(create_app(settings, opened), listener)
    out().print(_("已停止"))


def accounts_exist(opened: Store) -> bool:
    """Whether whoever comes must sign in."""
    from api.auth.accounts import Accounts

    return Accounts(opened).required()


def listen(host: str, port: int, *, accounts: bool = False) -> socket.socket:
    """Take the port before anything is started.

    Raises:
        NotLoopback: when others could reach the address and need not sign in.
        PortInUse: when another program listens there.
        AddressUnusable: when the system refuses the address.
    """
    from api.errors import AddressUnusable, NotLoopback, PortInUse
    from api.loopback import is_loopback

    if not accounts and not is_loopback(host):
        raise NotLoopback(host=host, port=port)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host.strip("[]"), port))
        listener.listen()
    except (OSError, OverflowError) as error:
        listener.close()
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            raise PortInUse(port=port, other=port + 1 if port < 65535 else 8000) from error
        raise AddressUnusable(host=host, port=port, reason=str(error)) from error
    return listener


def address(listener: socket.socket) -> str:
    """The address to open in a browser."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def log_lines() -> None:
    """Log one JSON object a line to standard error."""
    import structlog

    from api.signs import as_json

    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(as_json),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def server_config(app: FastAPI) -> uvicorn.Config:
    """How the service is served."""
    import uvicorn

    from api.guard import LONGEST_HEAD
    from api.slow_heads import HeadTimeoutProtocol

    return uvicorn.Config(
        app,
        log_level="warning",
        server_header=False,
        http=HeadTimeoutProtocol,  # h11, whose limit of a head is set below
        ws="none",
        timeout_graceful_shutdown=_GRACE_SECONDS,
        limit_concurrency=_AT_ONCE,
        h11_max_incomplete_event_size=LONGEST_HEAD,
    )


def run(app: FastAPI, listener: socket.socket) -> None:
    """Serve on the listener until Ctrl-C or SIGTERM; requests under way are finished."""
    import uvicorn

    log_lines()
    use(environment_language())
    out().print(_("网页 {url}").format(url=address(listener)))
    out().print(_("接口文档 {url}docs · 按 Ctrl-C 停止").format(url=address(listener)))
    before = signal.signal(signal.SIGTERM, lambda *_args: sys.exit(0))  # what uvicorn hands the signal on to when done
    try:
        uvicorn.Server(server_config(app)).run(sockets=[listener])
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)
