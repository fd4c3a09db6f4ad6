"""Signing in and out by a provider of accounts of elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.auth.doorkeeper import Doorkeeper
from api.auth.errors import NotSignedIn, ProviderUnavailable
from api.auth.gate import may
from api.auth.middleware import client_address
from api.auth.roles import Action
from api.auth.viewer import viewer
from api.deps import DoorkeeperDep
from api.language import cookies
from api.web.accounts import Next, local_path, sign_in_form, signed_in
from graph.errors import NotFound

if TYPE_CHECKING:
    from api.auth.oidc import Provider, Returned

router = APIRouter(include_in_schema=False)
COOKIE, SECURE_COOKIE = "ronglian-begun", "__Host-ronglian-begun"
MAX_AGE = 600
"""Seconds; the provider refuses an older one in any case."""
LONGEST_WANTED = 1000
"""A longer path would not fit into the cookie."""
Sent = Annotated[str, Query(max_length=4000)]


def _provider(request: Request) -> Provider:
    """The provider.

    Raises:
        NotFound: when the settings name none.
    """
    provider: Provider | None = request.app.state.provider
    if provider is None:
        raise NotFound(id=request.url.path)
    return provider


def _cookie_name(request: Request) -> str:
    return SECURE_COOKIE if request.url.scheme == "https" else COOKIE


def _own_address(request: Request, path: str) -> str:
    return str(request.base_url.replace(path=path))


@router.get("/sign-in/oidc", dependencies=[may(Action.OPEN)])
def begin(request: Request, next: Next = "/") -> Response:  # noqa: A002  its name in the address
    """Send the browser to the provider."""
    wanted = local_path(next) if len(next) <= LONGEST_WANTED else "/"
    try:
        address, cookie = _provider(request).begin(_own_address(request, "/sign-in/oidc/back"), wanted)
    except ProviderUnavailable as error:
        return sign_in_form(request, wanted=wanted, problem=error)
    answer = RedirectResponse(address, 303)
    secure = request.url.scheme == "https"
    answer.set_cookie(
        _cookie_name(request), cookie, max_age=MAX_AGE, httponly=True, samesite="lax", secure=secure, path="/"
    )
    return answer


@router.get("/sign-in/oidc/back", dependencies=[may(Action.OPEN)])
def back(
    request: Request,
    doorkeeper: DoorkeeperDep,
    *,
    state: Sent = "",
    code: Sent = "",
    error: Sent = "",
    iss: Sent = "",
) -> Response:
    """Whom the provider sends back: open a new session, whatever the browser held before, and go on."""
    from api.auth.oidc import Returned

    try:
        answer = _open(request, doorkeeper, Returned(state, code, error, iss))
    except (NotSignedIn, ProviderUnavailable) as problem:
        answer = sign_in_form(request, problem=problem)
    answer.delete_cookie(_cookie_name(request), path="/", secure=request.url.scheme == "https", httponly=True)
    return answer


def _open(request: Request, doorkeeper: Doorkeeper, returned: Returned) -> Response:
    provider, before = _provider(request), viewer()
    cookie = cookies(request.headers.get("cookie", "")).get(_cookie_name(request), "")
    subject, wanted = provider.finish(cookie, returned)
    ours = provider.registration
    secret = doorkeeper.sign_in_by(ours.issuer, subject, client_address(request), called=ours.name)
    if before.session:
        doorkeeper.sessions.close(before.session)
    return signed_in(request, secret, wanted)


@router.get("/sign-out/oidc", dependencies=[may(Action.OPEN)])
def sign_out_there(request: Request) -> Response:
    """Sign out at the provider, too; here that was done before."""
    try:
        address = _provider(request).end_address(_own_address(request, "/sign-in"))
    except ProviderUnavailable as error:
        return sign_in_form(request, problem=error)
    return RedirectResponse(address or "/sign-in", 303)
