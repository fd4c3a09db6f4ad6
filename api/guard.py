"""What stands around every request: its host name and size, security headers, the last net under a surprise."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import TYPE_CHECKING

from anyio import current_time, fail_after, move_on_after
from anyio.to_thread import run_sync
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import (
    ForeignHost,
    HeadTooLarge,
    LengthInDoubt,
    ProxyWithoutAccounts,
    TooLarge,
    TooSlow,
    known,
    status_of,
    unforeseen,
)
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

LONGEST_HEAD = 32 * 1024
"""The longest request line and headers, in bytes."""
LARGEST_BODY = 64 * 1024
"""The longest request that is read, in bytes."""
LARGEST_UPLOAD = 64 * 1024 * 1024
"""The longest file that is taken, in bytes."""
BODY_SECONDS, UPLOAD_SECONDS = 30.0, 600.0
"""How long a request's body, and a file, may take to arrive."""
HEAD_SECONDS = 15.0
"""How long a line may be open without a whole head on it, in seconds."""
_DRAIN_SECONDS = 10.0
LARGEST_ATTACHMENT = 10 * 1024 * 1024
"""The longest file that is attached to an intention, in bytes."""
UPLOADS = {
    re.compile(r"/api/v1/(imports|own/imports|events/registrations)"): LARGEST_UPLOAD,
    re.compile(r"/api/v1/events/[^/]+/attachments"): LARGEST_ATTACHMENT,
}

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
                headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        await self._send(message)


class Refused(HTTPException):
    """A body that is not read any further; of this kind because the framework hides what else breaks off a body."""

    def __init__(self, error: RonglianError) -> None:
        super().__init__(status_of(error))
        self.error = error


def measured(receive: Receive, largest: int, seconds: float) -> Receive:
    """Receive no more than a request may hold, and wait no longer for it."""
    taken, complete, until = 0, False, current_time() + seconds

    async def receive_part() -> Message:
        nonlocal taken, complete
        if complete:  # what is waited for now is that the other side goes away
            return await receive()
        try:
            with fail_after(max(0.0, until - current_time())):
                message = await receive()
        except TimeoutError:
            raise Refused(TooSlow(seconds=round(seconds))) from None
        taken += len(message.get("body", b""))
        complete = not message.get("more_body", False)
        if taken > largest:
            raise Refused(too_large(largest))
        return message

    return receive_part


def too_large(largest: int) -> TooLarge:
    """What is said to somebody who sends more."""
    size = f"{largest // 2**20} MB" if largest >= 2**20 else f"{largest // 2**10} KB"
    return TooLarge(limit=size)


def _head(scope: Scope) -> int:
    """How long the request line and headers are; the server gives up on one only while it is still incomplete."""
    line = len(scope.get("raw_path") or b"") + len(scope["query_string"])
    return line + sum(len(name) + len(value) for name, value in scope["headers"])


def _announced(request: Request) -> int:
    """How long the sender says its body is."""
    length = request.headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() and len(length) < 20 else 0


async def _refuse(response: Response, receive: Receive, send: Send) -> None:
    """Answer before the body is read; then take and forget some of it, so that who sends on gets to read the answer."""
    headers = [*response.raw_headers, (b"connection", b"close")]
    await send({"type": "http.response.start", "status": response.status_code, "headers": headers})
    await send({"type": "http.response.body", "body": response.body, "more_body": True})
    taken, more = 0, True
    with move_on_after(_DRAIN_SECONDS):
        while more and taken <= 2 * LARGEST_UPLOAD:
            message = await receive()
            taken += len(message.get("body", b""))
            more = message.get("more_body", False)
    await send({"type": "http.response.body", "body": b"", "more_body": False})


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
        if _head(request.scope) > LONGEST_HEAD:
            return HeadTooLarge(limit=f"{LONGEST_HEAD // 2**10} KB")
        if "content-length" in request.headers and "transfer-encoding" in request.headers:
            return LengthInDoubt()
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
            most = next((most for path, most in UPLOADS.items() if path.fullmatch(scope["path"])), None)
            largest, seconds = (most, UPLOAD_SECONDS) if most else (LARGEST_BODY, BODY_SECONDS)
            if _announced(request) > largest:
                await _refuse(known(request, too_large(largest)), receive, guarded)
                return
            await self.app(scope, measured(receive, largest, seconds), guarded)
        except RonglianError as error:  # before any route was asked: the store could not say who it is
            if guarded.started:
                raise
            await known(request, error)(scope, receive, guarded)
        except Exception as error:
            response = unforeseen(request, error)
            if guarded.started:
                raise
            await response(scope, receive, guarded)
