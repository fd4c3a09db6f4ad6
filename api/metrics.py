"""What the service measures of itself, in Prometheus' form: by route and status, never by person, path or address."""

from __future__ import annotations

import time

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.process_collector import ProcessCollector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.auth.viewer import viewer

_log = structlog.get_logger("ronglian.requests")
PREFIX = "/api/v1"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


def route_of(scope: Scope) -> str:
    """The template of the route that answered: ``/nodes/{ref:path}``, so that no name of a firm is in it.

    A router's prefix is not in its routes' own templates, so the API's is put before them here.
    """
    template = getattr(scope.get("route"), "path", None)
    if not isinstance(template, str):
        return "other"
    within = scope["path"].startswith(f"{PREFIX}/") and not template.startswith(PREFIX)
    return PREFIX + template if within else template


class Metrics:
    """The meters of one service."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.requests = Counter(
            "ronglian_requests", "Requests answered", ("method", "route", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "ronglian_request_seconds", "Time to answer", ("route",), buckets=_SECONDS, registry=self.registry
        )
        self.under_way = Gauge("ronglian_requests_under_way", "Requests being answered", registry=self.registry)

    def text(self) -> bytes:
        """All meters in the text form that Prometheus reads."""
        return generate_latest(self.registry)


class MetricsMiddleware:
    """Measure every request; log one line each when asked to."""

    def __init__(self, app: ASGIApp, metrics: Metrics, *, log: bool = False) -> None:
        self.app = app
        self.metrics = metrics
        self.log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status, began = 500, time.perf_counter()

        async def seen(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        with self.metrics.under_way.track_inprogress():
            try:
                await self.app(scope, receive, seen)
            finally:
                self._note(scope, status, time.perf_counter() - began)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route, method = route_of(scope), scope["method"]
        known = method if method in {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"} else "OTHER"
        self.metrics.requests.labels(known, route, status).inc()
        self.metrics.seconds.labels(route).observe(seconds)
        if self.log:
            who = viewer().account or ("local" if viewer().local else None)
            _log.info("request", method=known, route=route, status=status, ms=round(seconds * 1000, 1), account=who)
