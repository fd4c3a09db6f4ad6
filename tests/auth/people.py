"""People for tests: accounts whose passwords are known, and a browser that behaves like one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.auth.accounts import Accounts, account_id, utc_now
from api.auth.known import known_of
from api.auth.passwords import hashed
from api.auth.roles import Role
from api.auth.tokens import GRANTABLE, Tokens
from graph.queries import Cardinality, Query, queries
from graph.records import Account
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


@cache
def _hash() -> str:
    return hashed(PASSWORD)


def forget(store: Store) -> None:
    """Take all accounts away."""
    store.keep(lambda tx: tx.run(FORGET))
    known_of(store).drop()


def add(store: Store, name: str, *roles: Role, towns: tuple[str, ...] = (), firm: str | None = None) -> None:
    """An account that need not change its password first; the hash is made once, since it is slow on purpose."""
    now = utc_now()
    account = Account(
        id=account_id(name),
        name=name,
        roles=sorted(roles),
        password=_hash(),
        towns=list(towns),
        firm=firm,
        created_at=now,
        changed_at=now,
    )
    props = account.model_dump(exclude_none=True)
    store.keep(lambda tx: tx.run(queries.create_account, id=account.id, props=props))


def bearer(store: Store, name: str) -> dict[str, str]:
    """The headers of a program that may do all its account may."""
    token, _ = Tokens(store).issue(Accounts(store).get(name), "test", GRANTABLE, 1)
    return {"Authorization": f"Bearer {token}"}


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
