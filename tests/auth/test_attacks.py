"""Attacks by whoever may sign in but not see: changed ids, paths, headers, cookies, tokens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.auth.accounts import Accounts
from api.auth.audit import Audit
from api.auth.roles import Role
from api.auth.tokens import Tokens
from api.settings import Settings
from graph.store import Store
from tests.auth.canaries import NAMES
from tests.auth.people import SITE, bearer, browser
from tests.service import TODAY


def _app(store: Store) -> Any:
    return create_app(Settings(requests_per_minute=1_000_000), store, today=lambda: TODAY)


@pytest.fixture(scope="module")
def client(secrets: Store) -> Iterator[TestClient]:
    with TestClient(_app(secrets), base_url=SITE, follow_redirects=False) as opened:
        yield opened


PATHS = [
    "/static/../../../etc/passwd",
    "/docs-static/..%2f..%2f..%2fetc/passwd",
    "/docs-static/%2e%2e/%2e%2e/__init__.py",
    "/api/v1/nodes/../../etc/passwd",
    "/api/v1/nodes/..%2f..%2fetc%2fpasswd",
    "/nodes/%00",
    "/nodes/%0d%0aSet-Cookie:%20a=1",
    "/i18n/..%2f..%2fpyproject.json",
    "/account/tokens/..%2f..%2fsign-out/revoke",
    "//evil.example/%2e%2e",
]


@pytest.mark.parametrize("path", PATHS)
def test_a_path_leads_to_no_file_and_into_no_header(client: TestClient, secrets: Store, path: str) -> None:
    answer = client.get(path, headers=bearer(secrets, NAMES[Role.VIEWER]))
    assert answer.status_code in {400, 403, 404, 405, 422}, answer.text[:200]
    assert "root:" not in answer.text
    assert "import annotations" not in answer.text
    assert "a=1" not in answer.headers.get("set-cookie", "")


@pytest.mark.parametrize("method", ["TRACE", "PUT", "PATCH", "CONNECT", "BREW"])
def test_methods_nobody_needs_are_refused(client: TestClient, secrets: Store, method: str) -> None:
    for path in ("/api/v1/chains", "/sign-in", "/"):
        answer = client.request(method, path, headers=bearer(secrets, NAMES[Role.VIEWER]) | {"X-Probe": "canary"})
        assert answer.status_code == 405
        assert "canary" not in answer.text


@pytest.mark.parametrize("text", ["a\r\nSet-Cookie: x=1", "中文\r\n\r\n<script>", "x" * 1900])
def test_what_is_asked_for_gets_into_no_header(client: TestClient, text: str) -> None:
    for path in ("/sign-in", "/gaps"):
        answer = client.get(path, params={"next": text, "lang": text}, headers={"Accept": "text/html"})
        assert all("\n" not in value and "x=1" not in value for value in answer.headers.values())


@pytest.mark.parametrize(
    "cookie", ["ronglian=", "ronglian=%00", "ronglian=" + "a" * 5000, 'ronglian="x', "ronglian=x; ronglian=y"]
)
def test_a_made_up_cookie_is_nobodys(client: TestClient, cookie: str) -> None:
    assert client.get("/api/v1/chains", headers={"Cookie": cookie}).status_code == 401


def test_another_accounts_token_cannot_be_revoked_by_its_id(secrets: Store) -> None:
    accounts, tokens = Accounts(secrets), Tokens(secrets)
    _, theirs = tokens.issue(accounts.get(NAMES[Role.LIAISON]), "theirs", [], 1)
    with browser(_app(secrets)) as opened:
        opened.sign_in(NAMES[Role.VIEWER])
        assert opened.post(f"/account/tokens/{theirs.id}/revoke", data={"csrf": opened.token}).status_code == 404
    kept = next(one for one in tokens.of(accounts.get(NAMES[Role.LIAISON])) if one.id == theirs.id)
    assert kept.revoked_at is None


def test_a_token_is_refused_in_the_address_and_never_in_the_log_of_events(client: TestClient, secrets: Store) -> None:
    token = bearer(secrets, NAMES[Role.VIEWER])["Authorization"].removeprefix("Bearer ")
    for name in ("token", "access_token", "authorization"):
        assert client.get("/api/v1/chains", params={name: token}).status_code == 401
    assert token not in "".join(event.model_dump_json() for event in Audit(secrets).all())
