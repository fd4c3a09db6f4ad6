"""Everybody asks everything: no server error, no answer that is not declared, no secret for who may not see it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS, load_all_checks

from api.app import create_app
from api.auth.roles import CLEARANCE, Action, Role, permits
from api.settings import Settings
from graph.model import Disclosure
from graph.store import Store
from tests.auth.canaries import CANARIES, NAMES, REFS, everybody, heard, read
from tests.auth.people import PASSWORD, bearer
from tests.contract.test_openapi import URL
from tests.service import EVENT, LEADER, PAIR, RV, TODAY, load_event, served

EXAMPLES = 4
"""Made-up requests an operation; each is sent by every role."""
BY_COOKIE = {Role.REVIEWER, Role.ORGANISER, Role.ENTERPRISE}
"""Who is signed in as in a browser; the others send an access token."""


@pytest.fixture(scope="module")
def staffed(_opened: Store) -> Iterator[Store]:
    """Secrets, an event, and somebody of every role."""
    with everybody(_opened):
        load_event(_opened)
        yield _opened


def _app(store: Store) -> FastAPI:
    return create_app(Settings(requests_per_minute=1_000_000), store, today=lambda: TODAY)


@pytest.fixture(scope="module")
def url(staffed: Store) -> Iterator[str]:
    with served(_app(staffed)) as found:
        yield found


def _signed_in(url: str, role: Role) -> requests.Session:
    session = requests.Session()
    session.headers["Origin"] = url
    answer = session.post(f"{url}/sign-in", data={"name": NAMES[role], "password": PASSWORD}, allow_redirects=False)
    assert answer.status_code == 303, answer.text
    page = session.get(f"{url}/account", headers={"Accept": "text/html"}).text
    session.headers["X-CSRF-Token"] = page.split('<meta name="csrf" content="')[1].split('"')[0]
    return session


@pytest.fixture(scope="module")
def sessions(staffed: Store, url: str) -> Iterator[dict[Role, requests.Session]]:
    """A real session or token of every role."""
    found = {}
    for role in Role:
        found[role] = _signed_in(url, role) if role in BY_COOKIE else requests.Session()
        if role not in BY_COOKIE:
            found[role].headers.update(bearer(staffed, NAMES[role]))
    yield found
    for session in found.values():
        session.close()


@pytest.fixture(scope="module")
def operations(sessions: dict[Role, requests.Session], url: str) -> dict[str, Any]:
    load_all_checks()
    schema = schemathesis.openapi.from_url(url + URL, headers=dict(sessions[Role.VIEWER].headers))
    return {f"{one.ok().method.upper()} {one.ok().path}": one.ok() for one in schema.get_all_operations()}


def _names() -> list[str]:
    from fastapi.routing import APIRoute, iter_route_contexts

    return sorted(
        f"{method} {str(route.path).replace(':path', '')}"
        for route in iter_route_contexts(create_app().routes)
        if isinstance(route.original_route, APIRoute) and route.original_route.include_in_schema
        for method in route.methods or ()
    )


FITTING: dict[str, list[str]] = {
    "chain": ["robotics"],
    "segment": [RV],
    "event": [EVENT.number],
    "pair": [PAIR],
    "need": ["N-017", "N-900", "N-901"],
    "way": ["offer-need", "need-offer", "firm-supplier", "need-capability"],
    "firm": [LEADER.id],
    "ref": [*REFS, "robotics", LEADER.name],
}
"""Values that lead somewhere, by the name of a parameter; ``fitting`` adds runs of everybody's own."""
CHECKED = ["not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance"]


@pytest.fixture(scope="module")
def fitting(sessions: dict[Role, requests.Session], url: str) -> dict[str, list[str]]:
    """Values that lead somewhere, a run of many needs of everybody who may begin one among them."""
    asked = {role: sessions[role].post(f"{url}/api/v1/pairing-batches", json={"chain": "robotics"}) for role in Role}
    begun = [answer.json()["id"] for role, answer in asked.items() if permits({role}, Action.MATCH)]
    assert begun
    return {**FITTING, "batch": begun}


def _is_file(answer: Any) -> bool:
    return bytes(answer.content).startswith(b"PK")


def test_every_operation_of_the_api_is_asked(operations: dict[str, Any]) -> None:
    assert set(operations) == set(_names())


@pytest.mark.parametrize("name", _names())
def test_whatever_a_role_asks_it_gets_a_declared_answer_without_secrets_it_may_not_see(
    operations: dict[str, Any], sessions: dict[Role, requests.Session], fitting: dict[str, list[str]], name: str
) -> None:
    operation = operations[name]
    checks, schema = CHECKS.get_by_names(CHECKED), CHECKS.get_by_names(CHECKED[-1:])

    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(case=operation.as_strategy(), data=st.data())
    def asked(case: schemathesis.Case, data: st.DataObject) -> None:
        for parameters in (case.path_parameters, case.query):
            for key in set(parameters or ()) & fitting.keys():
                parameters[key] = data.draw(st.sampled_from(fitting[key]))
        for role in Role:
            answer = case.call(session=sessions[role], timeout=60)
            case.validate_response(answer, checks=checks, excluded_checks=schema if _is_file(answer) else [])
            secrets = heard(read(answer.content))
            assert CLEARANCE[role] is Disclosure.SENSITIVE or not secrets, (role, name, secrets)

    asked()


def test_secrets_are_there_to_be_heard(sessions: dict[Role, requests.Session], url: str) -> None:
    """Who may see them hears them by what is asked above, so the others could have."""
    for role in (Role.LIAISON, Role.REVIEWER):
        told = "".join(sessions[role].get(f"{url}/api/v1/nodes/{ref}").text for ref in REFS)
        assert heard(told) == CANARIES.keys(), role
