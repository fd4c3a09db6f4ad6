"""Is a request that changes something sent by one of our own pages? Two checks, and both must hold.

1. The browser says so itself: ``Sec-Fetch-Site: same-origin``, else ``Origin`` names the host it talks to.
2. The page sends back the session's token, in ``X-CSRF-Token`` or the form field ``csrf``.

A program with an access token sends no cookie and needs neither. Without accounts only the first can be asked, and
programs, which send neither header, are let through.
"""

from __future__ import annotations

import hmac
from urllib.parse import urlsplit

from starlette.requests import Request

from api.auth.errors import ForgedRequest
from api.auth.viewer import Viewer

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
HEADER, FIELD = "x-csrf-token", "csrf"
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def own_page(request: Request) -> bool | None:
    """Whether the browser says that the request comes from our own page; None when it says nothing."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    said = [] if site is None else [site == "same-origin"]
    if origin is not None:
        said.append(urlsplit(origin).netloc == request.headers.get("host", ""))
    return all(said) if said else None


async def _sent(request: Request) -> str:
    if (token := request.headers.get(HEADER)) is not None:
        return token
    if request.headers.get("content-type", "").startswith(_FORMS):
        field = (await request.form()).get(FIELD)
        return field if isinstance(field, str) else ""
    return ""


async def check(request: Request, who: Viewer, *, with_token: bool = True) -> None:
    """Refuse a request that changes something and was not sent by our own page.

    Signing in needs no token: whoever was signed in from another tab meanwhile may sign in anew.

    Raises:
        ForgedRequest: when either check fails.
    """
    if request.method in SAFE or who.token is not None:
        return
    own = own_page(request)
    if own is False or (own is None and who.csrf is not None):
        raise ForgedRequest()
    if (
        with_token
        and who.csrf is not None
        and not hmac.compare_digest((await _sent(request)).encode(), who.csrf.encode())
    ):
        raise ForgedRequest()
