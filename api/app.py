"""The service: a factory, so that tests and ``ronglian serve`` make the same one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, ExitStack, asynccontextmanager
from datetime import date, timedelta
from importlib.metadata import version
from typing import TYPE_CHECKING

from anyio.to_thread import run_sync
from fastapi import FastAPI

from api import deps, web
from api.attachments import Attachments
from api.auth.doorkeeper import Doorkeeper
from api.auth.gate import check_declared
from api.auth.middleware import AccountMiddleware
from api.auth.pace import Pace
from api.auth.registration import registration
from api.batches import Batches
from api.connection import files_folder, home, open_store
from api.derived import Derived
from api.errors import HANDLERS
from api.guard import GuardMiddleware
from api.imports import Imports
from api.language import LanguageMiddleware
from api.metrics import PREFIX, Metrics, MetricsMiddleware
from api.openapi import document
from api.routes import ROUTERS
from api.settings import Settings
from api.solving import Solvings

if TYPE_CHECKING:
    from api.auth.oidc import Provider
    from graph.store import Store


def _lifespan(settings: Settings, store: Store | None) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with ExitStack() as stack:
            app.state.store = store or stack.enter_context(open_store(settings))
            app.state.derived = Derived(app.state.store)
            app.state.doorkeeper = Doorkeeper(
                app.state.store,
                idle=timedelta(minutes=settings.session_idle_minutes),
                longest=timedelta(hours=settings.session_hours),
            )
            app.state.imports = Imports(app.state.store)
            stack.callback(app.state.imports.close)
            app.state.attachments = Attachments(files_folder(settings))
            app.state.solvings = Solvings(app.state.store)
            stack.callback(app.state.solvings.close)
            app.state.batches = Batches(
                app.state.store,
                folder=home(settings) / "batches",
                today=app.state.today,
                market=lambda _: deps.market_of(app.state.derived),
            )
            stack.callback(app.state.batches.close)
            await run_sync(_warm, app)
            yield

    return lifespan


def _warm(app: FastAPI) -> None:
    """Make what the first page needs, so that the first visitor does not wait."""
    deps.catalogue_of(app.state.derived)
    today = app.state.today()
    deps.board_of(app.state.derived, today, deps.opening_ring(app.state.derived, today))


def _provider(settings: Settings) -> Provider | None:
    """The provider of accounts, when the settings name one; its library is loaded only then."""
    agreed = registration(settings)
    if agreed is None:
        return None
    from api.auth.oidc import Provider

    return Provider(agreed)


def create_app(
    settings: Settings | None = None, store: Store | None = None, *, today: Callable[[], date] = date.today
) -> FastAPI:
    """Make the service on ``store``, or on the one the settings name, which it then opens and closes."""
    settings = settings or Settings()
    app = FastAPI(
        version=version("ronglian"),
        lifespan=_lifespan(settings, store),
        exception_handlers=HANDLERS,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
    )
    app.state.today = today
    app.state.pace = Pace(settings.requests_per_minute)
    app.state.provider = _provider(settings)
    app.state.metrics = Metrics()
    app.openapi = lambda: document(app)  # type: ignore[method-assign]
    for router in ROUTERS:
        app.include_router(router, prefix=PREFIX)
    web.add(app)
    check_declared(app)
    app.add_middleware(AccountMiddleware)
    app.add_middleware(GuardMiddleware, hosts=settings.names)
    app.add_middleware(LanguageMiddleware)
    app.add_middleware(MetricsMiddleware, metrics=app.state.metrics, log=settings.log_requests)
    return app
