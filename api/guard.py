"""What stands around every request: its host name and size, security headers, the last net under a surprise."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import ForeignHost, known, unforeseen
from api.loopback import host_name, is_loopback

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)

LARGEST_BODY = 64 * 1024
"""The longest request that is read, in bytes."""

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

    def __init__(self, send: Send) -> None:
        self._send = send
        self.started = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("Cache-Control", "no-cache")
        await self._send(message)


def _measured(receive: Receive) -> Receive:
    """Receive no more than a request may hold."""
    taken = 0

    async def receive_part() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > LARGEST_BODY:
            raise HTTPException(413)
        return message

    return receive_part


class GuardMiddleware:
    """Let in what came by this machine's name; answer an unforeseen error with a number, details in the log."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request, guarded = Request(scope), _Sender(send)
        host = host_name(request.headers.get("host", ""))
        if not is_loopback(host):
            # a hostile page can point its own name at 127.0.0.1; without accounts its name is all that tells it apart
            await known(request, ForeignHost(host=host))(scope, receive, guarded)
            return
        try:
            await self.app(scope, _measured(receive), guarded)
        except Exception as error:
            response = unforeseen(request, error)
            if guarded.started:
                raise
            await response(scope, receive, guarded)
