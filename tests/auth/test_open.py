"""Until there is an administrator: this machine alone, no sign-in, everything allowed."""

from __future__ import annotations

import pytest

from graph.store import Store
from tests.auth.people import browser
from tests.service import example_app

CHAINS = "/api/v1/chains"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "10.1.2.3"}, 421),
        ({"X-Forwarded-For": "10.0.0.9"}, 421),
        ({"Forwarded": "for=10.0.0.9"}, 421),
        ({"X-Real-IP": "10.0.0.9"}, 421),
    ],
)
def test_only_this_machine_by_its_own_name_and_through_no_proxy(
    store: Store, headers: dict[str, str], status: int
) -> None:
    with browser(example_app(store)) as opened:
        assert opened.get(CHAINS, headers=headers).status_code == status


def test_another_sites_page_cannot_change_anything_here_either(store: Store) -> None:
    with browser(example_app(store)) as opened:
        forged = {"Origin": "https://evil.example"}
        assert opened.post("/api/v1/matches", json={"text": "减速器"}, headers=forged).status_code == 403
        assert opened.post("/api/v1/matches", json={"text": "减速器"}).status_code == 200


def test_there_is_nothing_to_sign_in_to(store: Store) -> None:
    with browser(example_app(store)) as opened:
        assert opened.get("/sign-in").status_code == 303
        asked = opened.get("/account", headers={"Accept": "text/html"}).headers["location"]
        assert opened.get(asked).headers["location"] == "/"  # and not to the account, which asks to sign in again
        assert opened.get("/account", headers={"Accept": "application/json"}).status_code == 401
