"""People for tests: accounts whose passwords are known, and a browser that behaves like one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.auth.accounts import Accounts
from api.auth.roles import Role
from graph.queries import Cardinality, Query
from graph.store import Store

SITE = "http://127.0.0.1"
PASSWORD = "correct horse battery"
FORGET = Query(
    "forget_accounts",
    "MATCH (n:Account|LoginSession|ApiToken) DETACH DELETE n",
    "Back to a service without accounts.",
    frozenset(),
    (),
    Cardinality.WRITE,
)


def forget(store: Store) -> None:
    """Take all accounts away."""
    store.keep(lambda tx: tx.run(FORGET))


def add(store: Store, name: str, *roles: Role, towns: tuple[str, ...] = (), firm: str | None = None) -> None:
    """An account that need not change its password first."""
    accounts = Accounts(store)
    accounts.add(name, PASSWORD, roles, towns=towns, firm=firm)
    accounts.set_password(name, PASSWORD)


class Browser(TestClient):
    """A client that says where its requests come from, as a browser does, and sends the page's token along."""

    def __init__(self, app: FastAPI) -> None:
        super().__init__(app, base_url=SITE, follow_redirects=False, headers={"Origin": SITE})

    def sign_in(self, name: str, password: str = PASSWORD, **more: str) -> int:
        return self.post("/sign-in", data={"name": name, "password": password, **more}).status_code

    @property
    def token(self) -> str:
        page = self.get("/account", headers={"Accept": "text/html"}).text
        return page.split('<meta name="csrf" content="')[1].split('"')[0]


@contextmanager
def browser(app: FastAPI) -> Iterator[Browser]:
    """A browser on a service that runs."""
    with Browser(app) as opened:
        yield opened


@pytest.fixture
def no_accounts(store: Store) -> Iterator[Store]:
    """A store whose accounts are gone before and after."""
    forget(store)
    yield store
    forget(store)
