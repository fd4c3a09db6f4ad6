"""Say for every request who asks, and keep what they get out of shared caches."""

from __future__ import annotations

from functools import partial

from anyio.to_thread import run_sync
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.auth.audit import Audit, Kind
from api.auth.doorkeeper import Doorkeeper
from api.auth.forgery import SAFE
from api.auth.pace import Pace
from api.auth.roles import Action
from api.auth.traces import Traces, collecting
from api.auth.viewer import LOCAL, Viewer, act_as
from api.guard import BODY_SECONDS, LARGEST_BODY, measured
from api.language import cookies

OWN_UPLOAD = "/api/v1/own/imports"
COOKIE, SECURE_COOKIE = "ronglian", "__Host-ronglian"
OWN_EVENTS = ("/sign-in", "/sign-out", "/account/", "/api/v1/matches")
"""What says itself what it did, and what only asks although it is a POST."""
FILES = ("/static/", "/docs-static/")
"""The same for everybody, so nobody is looked up for them."""
ALIVE = "/api/v1/health"
"""Answered without the database, to whoever asks."""


def cookie_name(request: Request) -> str:
    """The name of the session's cookie; over TLS one that no other site of the domain can set (RFC 6265bis)."""
    return SECURE_COOKIE if request.url.scheme == "https" else COOKIE


def client_address(request: Request) -> str:
    """Where the request comes from; behind a proxy on this machine, where the proxy says."""
    return request.client.host if request.client else ""


def _bearer(request: Request) -> str | None:
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else None


async def identify(request: Request) -> Viewer:
    """Who sent the request."""
    doorkeeper: Doorkeeper = request.app.state.doorkeeper
    cookie, bearer = cookies(request.headers.get("cookie", "")).get(cookie_name(request)), _bearer(request)
    if known := doorkeeper.recognise(cookie=cookie, bearer=bearer):
        return known
    return await run_sync(partial(doorkeeper.identify, cookie=cookie, bearer=bearer))


class AccountMiddleware:
    """Set who asks for the rest of the request."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http" or scope["path"] == ALIVE or scope["path"].startswith(FILES):
            await self.app(scope, receive, send)
            return
        who = await identify(Request(scope))
        act_as(who)
        pace: Pace = scope["app"].state.pace
        if who is not LOCAL:
            pace.take(who.account or client_address(Request(scope)))
        if who is LOCAL:
            await self.app(scope, receive, send)
            return

        sends = Action.DECLARE if scope["path"] == OWN_UPLOAD else Action.LOAD
        if not who.may(sends):  # only who may load may send a file: nobody else's is read
            receive = measured(receive, LARGEST_BODY, BODY_SECONDS)
        with collecting() as traces:

            async def recorded(message: Message) -> None:
                if message["type"] == "http.response.start":
                    MutableHeaders(scope=message).setdefault("Cache-Control", "no-store")
                    await _record(Request(scope), who, traces, message["status"])
                await send(message)

            await self.app(scope, receive, recorded)


async def _record(request: Request, who: Viewer, traces: Traces, status: int) -> None:
    """Write down what the answer shows, changes or refuses, before it leaves."""
    if not who.known:
        return
    events: list[Kind] = []
    if status == 403 or traces.refused:
        events.append(Kind.REFUSED)
    elif traces.fields and status < 400:
        events.append(Kind.SEEN)
    if request.method not in SAFE and status < 400 and not request.url.path.startswith(OWN_EVENTS):
        events.append(Kind.CHANGED)
    audit: Audit = request.app.state.doorkeeper.audit
    for kind in events:
        record = partial(
            audit.record,
            kind,
            f"{request.method} {request.url.path}",
            who=who.name,
            origin=client_address(request),
            subjects=traces.refused or traces.subjects,
            fields=traces.fields if kind is Kind.SEEN else (),
        )
        await run_sync(record)
