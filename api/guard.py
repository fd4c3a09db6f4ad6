"""What stands around every request: its host name and size, security headers, the last net under a surprise."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING

from anyio.to_thread import run_sync
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import ForeignHost, ProxyWithoutAccounts, TooLarge, known, unforeseen
from api.loopback import host_name, is_loopback
from graph.errors import RonglianError

if TYPE_CHECKING:
    from api.auth.doorkeeper import Doorkeeper

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "frame-src 'none'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)

LARGEST_BODY = 64 * 1024
"""The longest request that is read, in bytes."""
LARGEST_UPLOAD = 64 * 1024 * 1024
"""The longest file that is taken, in bytes."""
UPLOADS = frozenset({"/api/v1/imports"})

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class _Sender:
    """Send with the security headers, and know whether an answer has begun."""

    def __init__(self, send: Send, *, over_tls: bool) -> None:
        self._send = send
        self._over_tls = over_tls
        self.started = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("Cache-Control", "no-cache")
            if self._over_tls:
                headers["Strict-Transport-Security"] = "max-age=31536000"
        await self._send(message)


def _measured(receive: Receive, largest: int) -> Receive:
    """Receive no more than a request may hold."""
    taken = 0

    async def receive_part() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > largest:
            raise too_large(largest)
        return message

    return receive_part


def too_large(largest: int) -> TooLarge:
    """What is said to somebody who sends more."""
    size = f"{largest // 2**20} MB" if largest >= 2**20 else f"{largest // 2**10} KB"
    return TooLarge(limit=size)


def _announced(request: Request) -> int:
    """How long the sender says its body is."""
    length = request.headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() and len(length) < 20 else 0


async def _drain(receive: Receive, most: int) -> None:
    """Take and forget a body, so that the sender gets to reading why it was refused instead of a broken line."""
    taken = 0
    while taken <= most:
        message = await receive()
        taken += len(message.get("body", b""))
        if not message.get("more_body", False):
            return


_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


class GuardMiddleware:
    """Let in what came by a name of ours; answer an unforeseen error with a number, details in the log.

    ``hosts`` are the names the service goes by beside this machine's own; a bare address cannot be another site's
    name, so any will do. Both count only once one must sign in: until then only this machine itself is let in, by
    its own name and through no proxy.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str] = frozenset()) -> None:
        self.app = app
        self.hosts = hosts

    async def _refusal(self, request: Request) -> RonglianError | None:
        host = host_name(request.headers.get("host", "")).lower()
        forwarded = any(name in request.headers for name in _FORWARDED)
        if is_loopback(host) and not forwarded:
            return None
        doorkeeper: Doorkeeper = request.app.state.doorkeeper
        if not await run_sync(doorkeeper.accounts.required):
            return ProxyWithoutAccounts() if forwarded else ForeignHost(host=host[:100])
        named = is_loopback(host) or host in self.hosts or _is_address(host)
        return None if named else ForeignHost(host=host[:100])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request, guarded = Request(scope), _Sender(send, over_tls=scope["scheme"] == "https")
        try:
            if refusal := await self._refusal(request):
                # a hostile page can point its own name at our address; its name is all that tells it apart
                await known(request, refusal)(scope, receive, guarded)
                return
            largest = LARGEST_UPLOAD if scope["path"] in UPLOADS else LARGEST_BODY
            if _announced(request) > largest:
                await _drain(receive, 2 * LARGEST_UPLOAD)
                await known(request, too_large(largest))(scope, receive, guarded)
                return
            await self.app(scope, _measured(receive, largest), guarded)
        except RonglianError as error:  # before any route was asked: the store could not say who it is
            if guarded.started:
                raise
            await known(request, error)(scope, receive, guarded)
        except Exception as error:
            response = unforeseen(request, error)
            if guarded.started:
                raise
            await response(scope, receive, guarded)
