"""The page of somebody at an event, on a phone: their own meetings, by the code they were given, without an account.

The code goes into a cookie that no script reads and no other site sends; it is looked up anew each time, so a code
that ended ends everywhere. Nothing here says whether an event or a firm is known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.auth.doorkeeper import Doorkeeper
from api.auth.errors import NotSignedIn, TooManyAttempts
from api.auth.gate import may
from api.auth.middleware import client_address
from api.auth.roles import Action
from api.auth.sessions import secret_hash
from api.deps import DoorkeeperDep, StoreDep
from api.errors import status_of
from api.i18n import render
from api.language import cookies
from api.web.render import page
from graph.errors import InputError, RonglianError
from graph.messages import N_
from graph.model import Answer, Meeting
from graph.records import EventPass
from graph.store import Store
from matching.events import desk
from matching.events.desk import Occasion

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, dependencies=[may(Action.OPEN)])
COOKIE, SECURE_COOKIE, HOME = "ronglian-meetings", "__Secure-ronglian-meetings", "/my-meetings"
Text = Annotated[str, Form(max_length=300)]


class WrongCode(NotSignedIn):
    """No code of ours, or no longer."""

    message = N_("参会码不正确或已失效")
    cure = N_("请核对参会码后重新输入；仍不行请联系主办单位重发")


class NotYours(InputError):
    """No meeting of this party; whether there is one of others is not said."""

    message = N_("没有本单位的这场会面")
    cure = N_("请刷新本页查看最新安排")


@dataclass(frozen=True)
class Own:
    """One of the own meetings: with whom, when and where; whether the intention awaits this side's word."""

    other_id: str
    other: str
    span: str
    table: str
    intention: bool
    confirmed: bool
    both: bool


@dataclass(frozen=True)
class Mine:
    """What one party at one event sees: its own and nothing else."""

    name: str
    event: str
    held_on: date
    venue: str | None
    sample: bool
    placed: list[Own]
    open: list[Own]


def mine(occasion: Occasion, organisation: str) -> Mine:
    """The meetings of one party."""
    party = occasion.party(organisation)
    own = [one for one in occasion.meetings.values() if party.id in (one.a, one.b)]
    waiting = [one for one in own if (one.a_answer if party.id == one.a else one.b_answer) is None]
    event = occasion.event
    return Mine(
        party.name,
        event.name,
        event.held_on,
        event.venue,
        occasion.sample,
        [_own(occasion, party.id, one) for one in occasion.placed if one in own],
        [_own(occasion, party.id, one) for one in waiting if not one.pinned],
    )


def _own(occasion: Occasion, party: str, meeting: Meeting) -> Own:
    other = occasion.parties[meeting.b if meeting.a == party else meeting.a]
    spans = {slot.id: slot.span for slot in occasion.slots}
    out = occasion.outcomes.get(meeting.id)
    confirmed = bool(out and (out.a_confirms if meeting.a == party else out.b_confirms))
    both = bool(out and desk.counts(out))
    place = (spans.get(meeting.slot or "", ""), meeting.table or "")
    return Own(other.id, other.label, *place, bool(out and out.intention), confirmed, both)


def _cookie_name(request: Request) -> str:
    """The name of the cookie; over TLS one that browsers take over TLS only. It keeps to these pages by its path."""
    return SECURE_COOKIE if request.url.scheme == "https" else COOKIE


def _pass(request: Request, doorkeeper: Doorkeeper) -> EventPass:
    """The pass of the code in the cookie.

    Raises:
        WrongCode: when there is none that holds.
    """
    found = doorkeeper.passes.find(cookies(request.headers.get("cookie", "")).get(_cookie_name(request), ""))
    if found is None:
        raise WrongCode()
    return found


def _page(request: Request, store: Store, found: EventPass | None, problem: RonglianError | None = None) -> Response:
    own = mine(desk.load_occasion(store, found.event), found.organisation) if found else None
    said = {"detail": render(problem.what), "cure": render(problem.remedy)} if problem else None
    wait = problem.values.get("seconds") if problem else None
    headers = {"Cache-Control": "no-store"} | ({"Retry-After": str(wait)} if wait else {})
    status = status_of(problem) if problem else 200
    return page(request, "my_meetings.html", {"own": own, "problem": said}, status=status, headers=headers)


@router.get(HOME)
def show(request: Request, store: StoreDep, doorkeeper: DoorkeeperDep) -> Response:
    """The own meetings, or the form for the code."""
    try:
        return _page(request, store, _pass(request, doorkeeper))
    except RonglianError:
        return _page(request, store, None)


@router.post(HOME)
def enter(request: Request, store: StoreDep, doorkeeper: DoorkeeperDep, code: Text = "") -> Response:
    """Keep the code in the browser when it is one; whoever tries many has to wait longer and longer."""
    address = client_address(request)
    try:
        doorkeeper.throttle.begin(f"code {secret_hash(code)[:16]}", address)
        found = doorkeeper.passes.find(code)
        if found is None:
            raise WrongCode()
    except (WrongCode, TooManyAttempts) as error:
        return _page(request, store, None, error)
    doorkeeper.throttle.succeeded(f"code {secret_hash(code)[:16]}", address)
    answer = RedirectResponse(HOME, 303)
    left = int((found.expires_at - doorkeeper.clock()).total_seconds())
    secure = request.url.scheme == "https"
    answer.set_cookie(
        _cookie_name(request), code, max_age=left, httponly=True, samesite="strict", secure=secure, path=HOME
    )
    return answer


@router.post(f"{HOME}/leave")
def leave(request: Request) -> Response:
    """Forget the code in this browser."""
    answer = RedirectResponse(HOME, 303)
    secure = request.url.scheme == "https"
    answer.delete_cookie(_cookie_name(request), path=HOME, secure=secure, httponly=True, samesite="strict")
    return answer


@router.post(f"{HOME}/answer")
def answer(
    *,
    request: Request,
    store: StoreDep,
    doorkeeper: DoorkeeperDep,
    other: Text = "",
    accept: Text = "",
    reason: Text = "",
) -> Response:
    """Accept or decline one of the own proposals."""
    said = Answer.ACCEPTED if accept == "yes" else Answer.DECLINED

    def work(occasion: Occasion, party: str, name: str) -> None:
        desk.answer(store, occasion, party, other, said, by=name, reason=reason)

    return _own_edit(request, store, doorkeeper, other, work)


@router.post(f"{HOME}/confirm")
def confirm(request: Request, store: StoreDep, doorkeeper: DoorkeeperDep, other: Text = "") -> Response:
    """Confirm the intention of one of the own meetings."""

    def work(occasion: Occasion, party: str, name: str) -> None:
        desk.confirm(store, occasion, party, other, True, by=name)

    return _own_edit(request, store, doorkeeper, other, work)


def _own_edit(
    request: Request, store: Store, doorkeeper: Doorkeeper, other: str, work: Callable[[Occasion, str, str], None]
) -> Response:
    """Edit in the name of the party whose code it is, and of no other."""
    try:
        found = _pass(request, doorkeeper)
    except WrongCode as error:
        return _page(request, store, None, error)
    occasion = desk.load_occasion(store, found.event)
    own = [one for one in occasion.meetings.values() if found.organisation in (one.a, one.b)]
    try:
        if not any(other in (one.a, one.b) for one in own):
            raise NotYours()
        work(occasion, found.organisation, occasion.party(found.organisation).name)
    except InputError as error:
        return _page(request, store, found, error)
    return RedirectResponse(HOME, 303)
