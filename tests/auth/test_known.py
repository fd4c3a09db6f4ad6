"""Who was identified a moment ago is not looked up again, and yet every revocation holds from the next request on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest

from api.auth.doorkeeper import Doorkeeper
from api.auth.known import KEPT
from api.auth.roles import Action, Role
from api.auth.viewer import NOBODY
from graph.queries import Cardinality, Query
from graph.store import Store
from tests.auth.people import PASSWORD, add, browser, forget
from tests.service import example_app, load_example

NEW = "another horse battery staple"
SHUT = Query("shut", "MATCH (a:Account {name: 'reader'}) SET a.enabled = false", "", frozenset(), (), Cardinality.WRITE)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime.fromisoformat("2026-11-23T08:00:00+00:00")

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def no_accounts(store: Store) -> Iterator[Store]:
    """A store whose accounts are gone before and after."""
    forget(store)
    yield store
    forget(store)


@pytest.fixture
def doorkeeper(no_accounts: Store, clock: Clock) -> Doorkeeper:
    add(no_accounts, "admin", Role.ADMIN)
    add(no_accounts, "reader", Role.VIEWER)
    return Doorkeeper(no_accounts, clock)


def test_somebody_is_looked_up_once_in_a_few_seconds(doorkeeper: Doorkeeper, clock: Clock) -> None:
    secret, _ = doorkeeper.sign_in("reader", PASSWORD, "10.0.0.1")
    assert doorkeeper.recognise(cookie=secret, bearer=None) is None
    who = doorkeeper.identify(cookie=secret, bearer=None)
    assert doorkeeper.recognise(cookie=secret, bearer=None) == who
    assert doorkeeper.recognise(cookie=None, bearer=secret) is None  # a cookie is no token
    assert doorkeeper.recognise(cookie=secret, bearer="") is None
    assert doorkeeper.recognise(cookie=secret + "x", bearer=None) is None
    clock.now += KEPT
    assert doorkeeper.recognise(cookie=secret, bearer=None) is None


def test_nobody_is_known_longer_than_the_session_or_token_lasts(no_accounts: Store, clock: Clock) -> None:
    add(no_accounts, "admin", Role.ADMIN)
    short = Doorkeeper(no_accounts, clock, idle=timedelta(seconds=1))
    secret, _ = short.sign_in("admin", PASSWORD, "10.0.0.1")
    assert short.identify(cookie=secret, bearer=None).known
    clock.now += timedelta(seconds=1)
    assert short.recognise(cookie=secret, bearer=None) is None
    assert short.identify(cookie=secret, bearer=None) == NOBODY


REVOCATIONS: dict[str, Callable[[Doorkeeper, str], object]] = {
    "sign out": lambda door, secret: door.sign_out(door.identify(cookie=secret, bearer=None), ""),
    "disabled": lambda door, _: door.accounts.disable("reader"),
    "new password": lambda door, _: door.accounts.set_password("reader", NEW),
    "own password": lambda door, _: door.change_password(door.accounts.get("reader"), PASSWORD, NEW, NEW, ""),
    "erased": lambda door, _: door.erase("reader", by="admin"),
    "elsewhere in this process": lambda door, _: Doorkeeper(door.accounts._store).accounts.disable("reader"),
}


@pytest.mark.parametrize("name", REVOCATIONS)
def test_a_session_that_was_ended_is_nobodys_from_the_next_request_on(doorkeeper: Doorkeeper, name: str) -> None:
    secret, _ = doorkeeper.sign_in("reader", PASSWORD, "10.0.0.1")
    assert doorkeeper.identify(cookie=secret, bearer=None).known
    REVOCATIONS[name](doorkeeper, secret)
    assert doorkeeper.recognise(cookie=secret, bearer=None) is None
    assert doorkeeper.identify(cookie=secret, bearer=None) == NOBODY


@pytest.mark.parametrize("name", ["revoked", "disabled"])
def test_a_token_that_was_ended_is_nobodys_from_the_next_request_on(doorkeeper: Doorkeeper, name: str) -> None:
    account = doorkeeper.accounts.get("reader")
    secret, token = doorkeeper.issue_token(account, "test", [Action.READ], 1, by="reader")
    assert doorkeeper.identify(cookie=None, bearer=secret).known
    assert doorkeeper.recognise(cookie=None, bearer=secret) is not None
    if name == "revoked":
        doorkeeper.revoke_token(account, token.id, by="reader")
    else:
        doorkeeper.accounts.disable("reader")
    assert doorkeeper.recognise(cookie=None, bearer=secret) is None
    assert doorkeeper.identify(cookie=None, bearer=secret) == NOBODY


def test_what_another_process_ends_ends_here_seconds_later(doorkeeper: Doorkeeper, clock: Clock) -> None:
    secret, _ = doorkeeper.sign_in("reader", PASSWORD, "10.0.0.1")
    assert doorkeeper.identify(cookie=secret, bearer=None).known
    doorkeeper.accounts._store.keep(lambda tx: tx.run(SHUT))
    clock.now += KEPT
    assert doorkeeper.recognise(cookie=secret, bearer=None) is None
    assert doorkeeper.identify(cookie=secret, bearer=None) == NOBODY


def test_who_is_shut_out_while_being_looked_up_is_not_remembered(
    doorkeeper: Doorkeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret, _ = doorkeeper.sign_in("reader", PASSWORD, "10.0.0.1")
    find = doorkeeper.sessions.find

    def find_slowly(given: str) -> object:
        found = find(given)
        doorkeeper.accounts.disable("reader")
        return found

    monkeypatch.setattr(doorkeeper.sessions, "find", find_slowly)
    doorkeeper.identify(cookie=secret, bearer=None)
    assert doorkeeper.recognise(cookie=secret, bearer=None) is None


@pytest.fixture
def pages(no_accounts: Store) -> Iterator[Store]:
    load_example(no_accounts)
    add(no_accounts, "admin", Role.ADMIN)
    yield no_accounts
    forget(no_accounts)


def test_over_http_the_database_is_asked_once_and_signing_out_holds_at_once(
    pages: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = example_app(pages)
    with browser(app) as page:
        assert page.sign_in("admin") == 303
        asked = []
        door = app.state.doorkeeper
        find = door.sessions.find
        monkeypatch.setattr(door.sessions, "find", lambda secret: asked.append(1) or find(secret))
        token = page.token
        for _ in range(5):
            assert page.get("/api/v1/chains").status_code == 200
        assert len(asked) == 1
        kept = dict(page.cookies)
        page.post("/sign-out", data={"csrf": token})
        page.cookies.update(kept)
        assert page.get("/api/v1/chains").status_code == 401
