"""Signing in as browsers and programs do, and the attacks on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.auth.accounts import Accounts
from api.auth.doorkeeper import Doorkeeper
from api.auth.errors import PasswordExpired
from api.auth.roles import Action, Role
from api.auth.sessions import IDLE, LONGEST, Sessions
from api.auth.tokens import Tokens
from api.auth.viewer import NOBODY
from api.web.accounts import local_path
from graph.store import Store
from tests.auth.people import PASSWORD, SITE, Browser, add, browser
from tests.service import example_app

CHAINS = "/api/v1/chains"
NEW = "another good password"


@pytest.fixture
def surfer(staffed: Store) -> Iterator[Browser]:
    with browser(example_app(staffed)) as opened:
        yield opened


def test_nobody_gets_anything_but_the_sign_in_page(surfer: Browser) -> None:
    assert surfer.get(CHAINS).status_code == 401
    assert "Bearer" in surfer.get(CHAINS).headers["www-authenticate"]
    page = surfer.get("/chains/robotics?ring=delta", headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["location"]) == (303, "/sign-in?next=%2Fchains%2Frobotics%3Fring%3Ddelta")
    for path in ("/gaps", "/needs", "/nodes/N-017", "/docs", "/api/v1/openapi.json", "/api/v1/digest", "/account"):
        assert surfer.get(path, headers={"Accept": "application/json"}).status_code == 401, path
    assert surfer.get("/sign-in").status_code == 200
    assert surfer.get("/api/v1/health").status_code == 200


def test_signing_in_leads_to_the_page_that_was_wanted(surfer: Browser) -> None:
    answer = surfer.post("/sign-in", data={"name": "reader", "password": PASSWORD, "next": "/gaps?sort=name"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/gaps?sort=name")
    cookie = answer.headers["set-cookie"]
    assert all(word in cookie for word in ("ronglian=", "HttpOnly", "SameSite=lax", "Path=/"))
    seen = surfer.get(CHAINS)
    assert (seen.status_code, seen.headers["cache-control"]) == (200, "no-store")
    assert "reader" in surfer.get("/", headers={"Accept": "text/html"}).text


def test_over_tls_the_cookie_is_secure_and_bound_to_the_host(staffed: Store) -> None:
    with TestClient(example_app(staffed), base_url="https://127.0.0.1", follow_redirects=False) as opened:
        headers = {"Origin": "https://127.0.0.1"}
        answer = opened.post("/sign-in", data={"name": "reader", "password": PASSWORD}, headers=headers)
        assert answer.headers["set-cookie"].startswith("__Host-ronglian=")
        assert "Secure" in answer.headers["set-cookie"]
        assert opened.get(CHAINS).status_code == 200


def test_a_wrong_password_is_told_on_the_page_and_keeps_the_name(surfer: Browser) -> None:
    answer = surfer.post("/sign-in", data={"name": "reader", "password": "wrong"})
    assert answer.status_code == 401
    assert "账号名或口令不正确" in answer.text
    assert 'value="reader"' in answer.text
    assert "set-cookie" not in answer.headers


def test_guessing_is_answered_with_the_time_to_wait(surfer: Browser) -> None:
    codes = [surfer.sign_in("reader", "wrong") for _ in range(7)]
    assert codes[0] == 401
    assert codes[-1] == 429
    answer = surfer.post("/sign-in", data={"name": "reader", "password": PASSWORD})
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) >= 1


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "evil",
        "/a\r\nSet-Cookie: x=1",
    ],
)
def test_it_leads_nowhere_else(wanted: str) -> None:
    assert local_path(wanted) == "/"


def test_a_session_is_new_at_every_sign_in_and_the_old_one_ends(surfer: Browser) -> None:
    surfer.cookies.set("ronglian", "chosen-by-an-attacker", domain="127.0.0.1", path="/")
    surfer.sign_in("reader")
    first = surfer.cookies.get("ronglian")
    assert first
    assert first != "chosen-by-an-attacker"
    surfer.sign_in("reader")
    second = surfer.cookies.get("ronglian")
    assert second != first
    surfer.cookies.clear()
    assert surfer.get(CHAINS, headers={"Cookie": f"ronglian={first}"}).status_code == 401
    assert surfer.get(CHAINS, headers={"Cookie": f"ronglian={second}"}).status_code == 200


def test_a_session_ends_when_signed_out_and_cannot_be_replayed(surfer: Browser) -> None:
    surfer.sign_in("reader")
    kept = surfer.cookies.get("ronglian")
    assert surfer.post("/sign-out", data={"csrf": surfer.token}).status_code == 303
    assert surfer.get(CHAINS).status_code == 401
    assert surfer.get(CHAINS, headers={"Cookie": f"ronglian={kept}"}).status_code == 401


FORGERIES: list[tuple[str, dict[str, str], bool]] = [
    ("no token", {"Origin": SITE}, False),
    ("another site", {"Origin": "https://evil.example"}, True),
    ("another site by its own word", {"Origin": SITE, "Sec-Fetch-Site": "cross-site"}, True),
    ("a sister site", {"Sec-Fetch-Site": "same-site", "Origin": SITE}, True),
    ("a page in a sandbox", {"Origin": "null"}, True),
]


@pytest.mark.parametrize(
    ("headers", "with_token"), [case[1:] for case in FORGERIES], ids=[case[0] for case in FORGERIES]
)
def test_a_forged_request_changes_nothing(surfer: Browser, headers: dict[str, str], with_token: bool) -> None:
    surfer.sign_in("reader")
    data = {"csrf": surfer.token} if with_token else {}
    assert surfer.post("/sign-out", data=data, headers=headers).status_code == 403
    assert surfer.get(CHAINS).status_code == 200
    body = {"text": "精密行星减速器"}
    sent = headers | ({"X-CSRF-Token": surfer.token} if with_token else {})
    assert surfer.post("/api/v1/matches", json=body, headers=sent).status_code == 403


def test_our_own_pages_request_passes(surfer: Browser) -> None:
    surfer.sign_in("reader")
    headers = {"X-CSRF-Token": surfer.token, "Sec-Fetch-Site": "same-origin"}
    answer = surfer.post("/api/v1/matches", json={"text": "精密行星减速器"}, headers=headers)
    assert answer.status_code == 200, answer.text


def test_another_sessions_token_does_not_help(staffed: Store) -> None:
    with browser(example_app(staffed)) as one, browser(example_app(staffed)) as other:
        one.sign_in("reader")
        other.sign_in("admin")
        assert one.post("/sign-out", data={"csrf": other.token}).status_code == 403


def test_signing_in_from_another_site_is_refused(surfer: Browser) -> None:
    data = {"name": "reader", "password": PASSWORD}
    assert surfer.post("/sign-in", data=data, headers={"Origin": "https://evil.example"}).status_code == 403


def test_a_changed_password_ends_every_session(staffed: Store) -> None:
    with browser(example_app(staffed)) as here, browser(example_app(staffed)) as there:
        here.sign_in("reader")
        there.sign_in("reader")
        before = here.cookies.get("ronglian")
        wrong = {"csrf": here.token, "old": "wrong", "new": NEW, "again": NEW}
        assert here.post("/account/password", data=wrong).status_code == 401
        data = {"csrf": here.token, "old": PASSWORD, "new": NEW, "again": NEW}
        assert here.post("/account/password", data=data | {"again": "else"}).status_code == 422
        assert here.post("/account/password", data=data | {"new": "weak", "again": "weak"}).status_code == 422
        assert here.post("/account/password", data=data).status_code == 303
        assert here.get(CHAINS).status_code == 200
        assert here.cookies.get("ronglian") != before
        assert there.get(CHAINS).status_code == 401
    Accounts(staffed).set_password("reader", PASSWORD)


def test_one_sees_where_one_is_signed_in_and_ends_all_but_here(staffed: Store) -> None:
    with browser(example_app(staffed)) as here, browser(example_app(staffed)) as there:
        there.sign_in("reader")
        here.sign_in("reader")
        page = here.get("/account").text
        assert "登录的地方" in page
        assert page.count("本次") == 1
        assert here.cookies["ronglian"] not in page
        wrong = here.post("/account/sessions/end", data={"csrf": here.token, "password": "wrong"})
        assert wrong.status_code == 401
        assert there.get(CHAINS).status_code == 200
        assert here.post("/account/sessions/end", data={"password": PASSWORD}).status_code == 403
        assert here.post("/account/sessions/end", data={"csrf": here.token, "password": PASSWORD}).status_code == 303
        assert here.get(CHAINS).status_code == 200
        assert there.get(CHAINS).status_code == 401
        assert "退出其他登录" not in here.get("/account").text


def test_whoever_was_given_a_password_must_change_it_first(staffed: Store) -> None:
    Accounts(staffed).add("new", PASSWORD, [Role.VIEWER])
    with browser(example_app(staffed)) as opened:
        answer = opened.post("/sign-in", data={"name": "new", "password": PASSWORD, "next": "/gaps"})
        assert answer.headers["location"] == "/account"
        assert opened.get(CHAINS).status_code == 403
        data = {"csrf": opened.token, "old": PASSWORD, "new": NEW, "again": NEW}
        assert opened.post("/account/password", data=data).status_code == 303
        assert opened.get(CHAINS).status_code == 200


def test_a_password_that_was_given_opens_nothing_after_a_week(staffed: Store) -> None:
    now = [datetime(2026, 11, 23, 8, tzinfo=UTC)]
    door = Doorkeeper(staffed, lambda: now[0])
    door.accounts.add("late", PASSWORD, [Role.VIEWER])
    now[0] += timedelta(days=7)
    assert door.check("late", PASSWORD, "local")
    now[0] += timedelta(seconds=1)
    with pytest.raises(PasswordExpired, match="7"):
        door.check("late", PASSWORD, "local")
    door.accounts.set_password("late", NEW)
    assert door.check("late", NEW, "local")


def test_a_disabled_account_is_out_at_once(staffed: Store) -> None:
    add(staffed, "leaver", Role.VIEWER)
    accounts = Accounts(staffed)
    token, _ = Tokens(staffed).issue(accounts.get("leaver"), "x", [Action.READ], 1)
    with browser(example_app(staffed)) as opened:
        opened.sign_in("leaver")
        assert opened.get(CHAINS).status_code == 200
        accounts.disable("leaver")
        assert opened.get(CHAINS).status_code == 401
        opened.cookies.clear()
        assert opened.get(CHAINS, headers={"Authorization": f"Bearer {token}"}).status_code == 401


class _Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def test_a_session_ends_when_idle_and_in_any_case_after_a_day_at_the_office(staffed: Store) -> None:
    clock = _Clock()
    sessions = Sessions(staffed, clock)
    account = Accounts(staffed).get("reader")
    idle = sessions.open(account)
    clock.now += IDLE - timedelta(seconds=1)
    assert sessions.find(idle)
    clock.now += IDLE
    assert sessions.find(idle) is None
    busy, opened_at = sessions.open(account), clock.now
    while clock.now - opened_at < LONGEST:
        assert sessions.find(busy)
        clock.now += IDLE / 2
    assert sessions.find(busy) is None


def test_a_token_does_what_it_may_until_it_expires_or_is_revoked(staffed: Store) -> None:
    clock = _Clock()
    doorkeeper = Doorkeeper(staffed, clock)
    account = Accounts(staffed).get("reader")
    secret, token = doorkeeper.tokens.issue(account, "nightly", [Action.READ, Action.ADMINISTER], 30)
    who = doorkeeper.identify(cookie=None, bearer=secret)
    assert who.may(Action.READ)
    assert not any(who.may(action) for action in (Action.MATCH, Action.SELF, Action.ADMINISTER))
    clock.now += timedelta(days=30)
    assert doorkeeper.identify(cookie=None, bearer=secret) == NOBODY
    clock.now -= timedelta(days=1)
    assert doorkeeper.identify(cookie=None, bearer=secret).known
    doorkeeper.tokens.revoke(account, token.id)
    assert doorkeeper.identify(cookie=None, bearer=secret) == NOBODY


@pytest.mark.parametrize("bearer", ["", "x", "rlt_", "rlt_" + "0" * 43, "null", "é"])
def test_a_made_up_token_is_nobodys(staffed: Store, bearer: str) -> None:
    assert Doorkeeper(staffed).identify(cookie=None, bearer=bearer) == NOBODY


def test_a_token_over_the_wire(surfer: Browser, staffed: Store) -> None:
    surfer.sign_in("reader")
    data: dict[str, Any] = {"csrf": surfer.token, "label": "日报", "days": "7", "action": ["read", "match"]}
    page = surfer.post("/account/tokens", data=data)
    assert page.status_code == 200
    secret = "rlt_" + page.text.split(">rlt_")[1].split("<")[0]
    assert secret not in surfer.get("/account").text
    surfer.cookies.clear()
    headers = {"Authorization": f"Bearer {secret}", "Origin": "https://elsewhere.example"}
    assert surfer.get("/api/v1/needs", headers=headers).status_code == 200
    assert surfer.post("/api/v1/matches", json={"text": "减速器"}, headers=headers).status_code == 200
    assert surfer.get("/api/v1/gaps", headers=headers).status_code == 403
    assert surfer.get("/account", headers=headers).status_code == 403
    assert surfer.get(CHAINS, headers={"Authorization": f"Bearer {secret}x"}).status_code == 401
    made = Tokens(staffed).of(Accounts(staffed).get("reader"))[0]
    surfer.sign_in("admin")
    assert surfer.post(f"/account/tokens/{made.id}/revoke", data={"csrf": surfer.token}).status_code == 404
    surfer.sign_in("reader")
    assert surfer.post(f"/account/tokens/{made.id}/revoke", data={"csrf": surfer.token}).status_code == 303
    surfer.cookies.clear()
    assert surfer.get(CHAINS, headers=headers).status_code == 401


HOSTS = [("127.0.0.1", 401), ("10.1.2.3", 401), ("evil.example", 421), ("127.0.0.1.evil.cn", 421), ("", 421)]


@pytest.mark.parametrize(("host", "status"), HOSTS)
def test_names_that_are_not_ours_are_refused(surfer: Browser, host: str, status: int) -> None:
    assert surfer.get(CHAINS, headers={"Host": host}).status_code == status
    assert surfer.get(CHAINS, headers={"Host": host, "X-Forwarded-For": "10.0.0.9"}).status_code == status
