"""Requests by whoever means harm: rights just lost, another firm's ids everywhere, bodies too long or too deep."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.auth.accounts import Accounts
from api.auth.roles import Role
from api.settings import Settings
from graph.store import Store
from tests.auth.canaries import ATTACHED, IDLE, NAMES, SECRET_NEED, heard, read
from tests.auth.people import PASSWORD, SITE, bearer, browser
from tests.service import EVENT, LEADER, PAIR, TODAY, load_event

THEIRS = [LEADER.id, LEADER.name, SECRET_NEED.number, SECRET_NEED.id, IDLE.number, EVENT.number, PAIR, ATTACHED.file]
"""What is another firm's, or offices' alone, by id, number and name."""


@pytest.fixture(scope="module")
def client(secrets: Store) -> Iterator[TestClient]:
    load_event(secrets)
    app = create_app(Settings(requests_per_minute=1_000_000), secrets, today=lambda: TODAY)
    with TestClient(app, base_url=SITE, follow_redirects=False) as opened:
        yield opened


def _bodies(schema: dict[str, object]) -> list[str]:
    found = schema.get("properties")
    return list(found) if isinstance(found, dict) else []


def test_another_firms_ids_in_every_place_lead_nowhere(client: TestClient, secrets: Store) -> None:
    """In paths, questions and bodies of every operation: nothing secret, nothing changed, no error of the server."""
    headers = bearer(secrets, NAMES[Role.ENTERPRISE])
    described = client.get("/api/v1/openapi.json", headers=headers).json()
    models = described["components"]["schemas"]
    revision = client.get("/api/v1/digest", headers=bearer(secrets, NAMES[Role.LIAISON])).json()
    asked = 0
    for path, item in described["paths"].items():
        for method, operation in item.items():
            parameters = [one for one in operation.get("parameters", []) if one["in"] in {"path", "query"}]
            content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
            fields = _bodies(models.get(content.get("schema", {}).get("$ref", "").rsplit("/", 1)[-1], {}))
            for theirs in THEIRS:
                url, query = path, {}
                for one in parameters:
                    if one["in"] == "path":
                        url = url.replace(f"{{{one['name']}}}", theirs)
                    elif one["schema"].get("type") == "string" or "anyOf" in one["schema"]:
                        query[one["name"]] = theirs
                body = dict.fromkeys(fields, theirs) if fields else None
                answer = client.request(method, url, params=query, json=body, headers=headers)
                assert answer.status_code < 500, (method, url, answer.text[:300])
                assert not heard(read(answer.content)), (method, url)
                if method == "post":
                    assert answer.status_code >= 400 or path in ASKS, (url, body, answer.text[:300])
                asked += 1
    assert asked > 400
    assert client.get("/api/v1/digest", headers=bearer(secrets, NAMES[Role.LIAISON])).json() == revision


ASKS = {"/api/v1/matches"}
"""What only asks although it is a POST."""


def test_a_cookie_from_before_a_new_password_and_a_second_page(client: TestClient, secrets: Store) -> None:
    app = client.app
    with browser(app) as here, browser(app) as there:  # type: ignore[arg-type]
        here.sign_in(NAMES[Role.PROMOTER])
        there.sign_in(NAMES[Role.PROMOTER])
        second_page = here.token
        assert second_page == here.token, "two pages of one session hold the same token, so either may send"
        assert here.post("/sign-out", data={"csrf": there.token}).status_code == 403, "another session's token"
        assert here.get("/api/v1/chains").status_code == 200
        Accounts(secrets).set_password(NAMES[Role.PROMOTER], PASSWORD)
        assert {one.get("/api/v1/chains").status_code for one in (here, there)} == {401}


def test_a_token_of_somebody_who_is_shut_out(client: TestClient, secrets: Store) -> None:
    headers = bearer(secrets, NAMES[Role.ORGANISER])
    assert client.get("/api/v1/chains", headers=headers).status_code == 200
    Accounts(secrets).disable(NAMES[Role.ORGANISER])
    assert client.get("/api/v1/chains", headers=headers).status_code == 401
    Accounts(secrets).enable(NAMES[Role.ORGANISER])


@pytest.mark.parametrize(
    ("content", "statuses"),
    [
        (b'{"text": "' + b"a" * 10_000_000 + b'"}', {413}),
        (b"[" * 30_000 + b"]" * 30_000, {400, 422}),
        (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, {400, 422}),
        (json.dumps({"text": "\ud800"}).encode(), {200, 400, 422}),
        (b'{"text": NaN}', {400, 422}),
        (b'{"limit": 1e400, "text": "a"}', {200, 400, 422}),
        (b"\xff\xfe{}", {400, 422}),
    ],
    ids=["10 MB", "deep lists", "deep objects", "half a sign", "not a number", "endless number", "another encoding"],
)
def test_a_body_too_long_or_too_deep_is_refused(
    client: TestClient, secrets: Store, content: bytes, statuses: set[int]
) -> None:
    headers = bearer(secrets, NAMES[Role.LIAISON]) | {"Content-Type": "application/json"}
    for path in ("/api/v1/matches", "/api/v1/settings", "/api/v1/pair-answers"):
        answer = client.post(path, content=content, headers=headers)
        assert answer.status_code in statuses, (path, answer.status_code, answer.text[:300])
    assert client.get("/api/v1/chains", headers=headers).status_code == 200
