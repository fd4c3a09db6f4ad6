"""Templates, and what every page needs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from api.auth.viewer import viewer
from api.i18n import _, aside, chained, language, listed, titled
from api.language import COOKIE, cookies
from api.numbers import fraction, number
from api.schemas.needs import GateCount, MatchEvidence

THEMES = ("light", "dark")


@cache
def static_version() -> str:
    """A hash over the static files: a changed file gets a new address, so the browser may keep each for good."""
    digest = hashlib.blake2b(digest_size=6)
    folder = files("api.web") / "static"
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()


@cache
def static(name: str) -> str:
    """The address of a static file.

    Raises:
        FileNotFoundError: when there is none of that name: a page must not ask for what is not there.
    """
    if not (files("api.web") / "static" / name).is_file():
        raise FileNotFoundError(name)
    return f"/static/{static_version()}/{name}"


def _plural(one: str, many: str, count: int) -> str:
    return _(one if count == 1 else many)


def percent(value: float) -> str:
    """A share as a whole percentage, as many digits as the data bear."""
    return f"{value:.0%}"


def day(value: date | None) -> str:
    """A date, or a dash."""
    return value.isoformat() if value else "—"


def moment(value: datetime) -> str:
    """An instant in the time of the place where the service runs."""
    return f"{value.astimezone():%Y-%m-%d %H:%M}"


def dated(found: MatchEvidence) -> str:
    """A source with the day it speaks of."""
    return found.source + aside(day(found.observed_on) if found.observed_on else "")


def counted(found: GateCount) -> str:
    """A gate and how many offers failed there."""
    return f"{found.gate.title} {found.count}"


@cache
def environment() -> Environment:
    """Templates with translation; a name a template does not know is an error, not a blank."""
    env = Environment(
        loader=PackageLoader("api.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    env.install_gettext_callables(_, _plural, newstyle=False)  # type: ignore[attr-defined]
    filters: dict[str, Callable[..., Any]] = {
        **{
            "percent": percent,
            "number": number,
            "fraction": fraction,
            "day": day,
            "moment": moment,
            "path": path,
            "dated": dated,
            "counted": counted,
        },
        **{"listed": listed, "chained": chained, "aside": aside, "titled": lambda text, title: titled(title, text)},
    }
    env.filters.update(filters)
    env.globals["static"] = static
    return env


def path(text: str) -> str:
    """An id as one part of an address."""
    return quote(text, safe="")


def _theme(request: Request) -> str:
    kept = cookies(request.headers.get("cookie", "")).get("theme", "")
    return kept if kept in THEMES else ""


def _same_page(request: Request, lang: str) -> str:
    kept = [(key, value) for key, value in request.query_params.multi_items() if key != COOKIE]
    return f"{request.url.path}?{urlencode([*kept, (COOKIE, lang)])}"


def page(
    request: Request,
    template: str,
    context: dict[str, object],
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
) -> HTMLResponse:
    """Render a page in the reader's language and theme."""
    other = "en" if language() == "zh" else "zh"
    shared: dict[str, object] = {
        "lang": language(),
        "other_language": other,
        "other_language_url": _same_page(request, other),
        "theme": _theme(request),
        "path": request.url.path,
        "viewer": viewer(),
    }
    return HTMLResponse(environment().get_template(template).render(shared | context), status, headers)
