"""Say for every request who asks."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from api.auth.viewer import LOCAL, act_as


class AccountMiddleware:
    """Set who asks for the rest of the request."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] == "http":
            act_as(LOCAL)
        await self.app(scope, receive, send)
