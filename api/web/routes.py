"""Pages, static files, the words of the scripts, and the offline documentation of the API."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from fastapi import APIRouter, FastAPI
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from api.auth.gate import may
from api.auth.roles import Action
from api.i18n import Language, catalogue
from api.openapi import URL
from api.web import (
    accounts,
    audit,
    batch,
    contacts,
    event_setup,
    events,
    firms,
    imports,
    my_meetings,
    oidc,
    own,
    pages,
    reports,
    reviews,
    targets,
    what_if,
)
from api.web.render import page, static_version

router = APIRouter(include_in_schema=False)
_STATIC = Path(__file__).parent / "static"
_FOR_GOOD = "public, max-age=31536000, immutable"


class _Kept(StaticFiles):
    """Static files whose address changes with their content."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Serve a file; tell the browser to keep it."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = _FOR_GOOD
        return response


def _swagger_folder() -> Path:
    """The Swagger UI files that the fastapi_offline wheel bundles; the package itself is not imported."""
    spec = find_spec("fastapi_offline")
    if spec is None or spec.origin is None:
        raise RuntimeError("the fastapi-offline package is not installed")
    return Path(spec.origin).parent / "static"


@router.get("/favicon.ico", dependencies=[may(Action.OPEN)])
def icon() -> FileResponse:
    """The mark, where browsers look for it unasked."""
    return FileResponse(_STATIC / "mark.svg", media_type="image/svg+xml")


@router.get("/i18n/{lang}.json", dependencies=[may(Action.OPEN)])
def words(lang: Language) -> JSONResponse:
    """Translations for the scripts, by Chinese sentence."""
    return JSONResponse(catalogue(lang))


@router.get(URL, dependencies=[may(Action.READ)])
def openapi(request: Request) -> JSONResponse:
    """The description of the API in the reader's language."""
    return JSONResponse(request.app.openapi())


@router.get("/metrics", dependencies=[may(Action.MEASURE)])
def metrics(request: Request) -> Response:
    """What the service measures of itself, for Prometheus."""
    return Response(request.app.state.metrics.text(), media_type=CONTENT_TYPE_LATEST)


@router.get("/docs", dependencies=[may(Action.READ)])
def docs(request: Request) -> Response:
    """The API's documentation; nothing is fetched from elsewhere."""
    return page(request, "docs.html", {"openapi_url": URL})


def add(app: FastAPI) -> None:
    """Add pages and files to the service."""
    app.include_router(pages.router)
    app.include_router(batch.router)
    app.include_router(event_setup.router)
    app.include_router(events.router)
    app.include_router(my_meetings.router)
    app.include_router(reports.router)
    app.include_router(firms.router)
    app.include_router(targets.router)
    app.include_router(what_if.router)
    app.include_router(accounts.router)
    app.include_router(oidc.router)
    app.include_router(audit.router)
    app.include_router(contacts.router)
    app.include_router(reviews.router)
    app.include_router(imports.router)
    app.include_router(own.router)
    app.include_router(router)
    app.mount(f"/static/{static_version()}", _Kept(directory=_STATIC), name="static")
    app.mount("/docs-static", StaticFiles(directory=_swagger_folder()), name="docs-static")
