"""Signing in and out, and what everybody may do about their own account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.auth.doorkeeper import Doorkeeper
from api.auth.errors import AccountError, NotSignedIn, TooManyAttempts
from api.auth.gate import may
from api.auth.middleware import client_address, cookie_name
from api.auth.roles import ACTION_TITLES, ROLE_TITLES, Action, permits
from api.auth.tokens import GRANTABLE, LONGEST_DAYS
from api.auth.viewer import viewer
from api.deps import DoorkeeperDep
from api.errors import status_of
from api.i18n import render
from api.web.render import page
from graph.errors import RonglianError
from graph.records import Account

if TYPE_CHECKING:
    from api.auth.oidc import Provider

router = APIRouter(include_in_schema=False)
Word = Annotated[str, Form(max_length=300)]
Done = Annotated[str, Query(max_length=20)]
Next = Annotated[str, Query(max_length=2000)]


def local_path(wanted: str) -> str:
    """A path of this service to go on to; anything else becomes the first page."""
    parts = urlsplit(wanted)
    plain = wanted.isprintable() and "\\" not in wanted
    own = plain and not parts.scheme and not parts.netloc and wanted.startswith("/") and not wanted.startswith("//")
    return wanted if own else "/"


def signed_in(request: Request, secret: str, to: str) -> Response:
    """Go on, with the session's cookie set."""
    answer = RedirectResponse(to, 303)
    secure = request.url.scheme == "https"
    answer.set_cookie(cookie_name(request), secret, httponly=True, samesite="lax", secure=secure, path="/")
    return answer


def sign_in_form(
    request: Request, *, name: str = "", wanted: str = "/", problem: RonglianError | None = None, left: bool = False
) -> Response:
    """The form, with what went wrong; ``left``: after signing out."""
    provider: Provider | None = request.app.state.provider
    wait = problem.values.get("seconds") if problem else None
    context: dict[str, object] = {
        "name": name,
        "next": wanted,
        "problem": _said(problem) if problem else None,
        "provider": render(provider.registration.name) if provider else None,
        "left": left,
    }
    headers = {"Retry-After": str(wait)} if wait else None
    return page(request, "sign_in.html", context, status=status_of(problem) if problem else 200, headers=headers)


def _said(error: RonglianError) -> dict[str, str]:
    return {"detail": render(error.what), "cure": render(error.remedy)}


@router.get("/sign-in", dependencies=[may(Action.OPEN)])
def sign_in_page(request: Request, next: Next = "/", left: Done = "") -> Response:  # noqa: A002  its name in the address
    """The form; whoever is known already goes on. Without accounts that is the first page: others may ask for one."""
    if viewer().known:
        return RedirectResponse("/" if viewer().local else local_path(next), 303)
    return sign_in_form(request, wanted=local_path(next), left=bool(left))


@router.post("/sign-in", dependencies=[may(Action.OPEN)])
def sign_in(
    request: Request,
    doorkeeper: DoorkeeperDep,
    name: Word = "",
    password: Word = "",
    next: Annotated[str, Form(max_length=2000)] = "/",  # noqa: A002
) -> Response:
    """Open a new session, whatever the browser held before, and go on."""
    before = viewer()
    try:
        secret, account = doorkeeper.sign_in(name, password, client_address(request))
    except (NotSignedIn, TooManyAttempts) as error:
        return sign_in_form(request, name=name, wanted=local_path(next), problem=error)
    if before.session:
        doorkeeper.sessions.close(before.session)
    return signed_in(request, secret, "/account" if account.must_change else local_path(next))


@router.post("/sign-out", dependencies=[may(Action.SELF)])
def sign_out(request: Request, doorkeeper: DoorkeeperDep) -> Response:
    """End the session here and in the browser."""
    doorkeeper.sign_out(viewer(), client_address(request))
    answer = RedirectResponse("/sign-in?left=1" if request.app.state.provider else "/sign-in", 303)
    answer.delete_cookie(cookie_name(request), path="/", secure=request.url.scheme == "https", httponly=True)
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


def _account_page(
    request: Request,
    doorkeeper: Doorkeeper,
    *,
    problem: RonglianError | None = None,
    done: str | None = None,
    token: str | None = None,
) -> Response:
    account = _own(doorkeeper)
    roles = viewer().roles
    grantable = [action for action in Action if action in GRANTABLE and permits(roles, action)]
    context: dict[str, object] = {
        "account": account,
        "roles": [ROLE_TITLES[role] for role in sorted(roles)],
        "must_change": account.must_change and viewer().actions is not None,
        "tokens": doorkeeper.tokens.of(account),
        "sessions": doorkeeper.sessions.of(account) if viewer().session else [],
        "now": doorkeeper.clock(),
        "grantable": [(action.value, ACTION_TITLES[action]) for action in grantable],
        "action_titles": {action.value: title for action, title in ACTION_TITLES.items()},
        "problem": _said(problem) if problem else None,
        "done": done,
        "token": token,
    }
    return page(request, "account.html", context, status=status_of(problem) if problem else 200)


def _own(doorkeeper: Doorkeeper) -> Account:
    who = viewer()
    if who.account is None:  # without accounts nobody has one
        raise NotSignedIn()
    return doorkeeper.accounts.get(who.name)


@router.get("/account", dependencies=[may(Action.SELF)])
def account_page(request: Request, doorkeeper: DoorkeeperDep, done: Done = "") -> Response:
    """One's own account."""
    return _account_page(request, doorkeeper, done=done)


@router.post("/account/password", dependencies=[may(Action.SELF)])
def change_password(
    request: Request, doorkeeper: DoorkeeperDep, old: Word = "", new: Word = "", again: Word = ""
) -> Response:
    """Change the password; every session ends, and a new one is opened here."""
    account = _own(doorkeeper)
    try:
        doorkeeper.change_password(account, old, new, again, client_address(request))
    except (AccountError, NotSignedIn, TooManyAttempts) as error:
        return _account_page(request, doorkeeper, problem=error)
    return signed_in(request, doorkeeper.sessions.open(account), "/account?done=password")


@router.post("/account/sessions/end", dependencies=[may(Action.SELF)])
def end_other_sessions(request: Request, doorkeeper: DoorkeeperDep, password: Word = "") -> Response:
    """Sign out everywhere else."""
    account, here = _own(doorkeeper), viewer().session
    if here is None:  # a program has no session
        raise NotSignedIn()
    try:
        doorkeeper.end_others(account, here, password, client_address(request))
    except (NotSignedIn, TooManyAttempts) as error:
        return _account_page(request, doorkeeper, problem=error)
    return RedirectResponse("/account?done=sessions", 303)


@router.post("/account/tokens", dependencies=[may(Action.SELF)])
def issue_token(
    request: Request,
    doorkeeper: DoorkeeperDep,
    label: Annotated[str, Form(min_length=1, max_length=60)],
    days: Annotated[int, Form(ge=1, le=LONGEST_DAYS)] = 90,
    action: Annotated[list[Action], Form()] = [],  # noqa: B006  FastAPI copies it
) -> Response:
    """Make an access token and show it, for the only time."""
    account, address = _own(doorkeeper), client_address(request)
    token, _ = doorkeeper.issue_token(account, label, action, days, by=account.name, address=address)
    return _account_page(request, doorkeeper, token=token)


@router.post("/account/tokens/{token}/revoke", dependencies=[may(Action.SELF)])
def revoke_token(request: Request, doorkeeper: DoorkeeperDep, token: str) -> Response:
    """End one of one's own tokens."""
    account = _own(doorkeeper)
    doorkeeper.revoke_token(account, token, by=account.name, address=client_address(request))
    return RedirectResponse("/account", 303)
