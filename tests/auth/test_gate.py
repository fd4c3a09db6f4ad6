"""Every route declares its action; a route that forgets stops the service before it starts."""

from __future__ import annotations

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute, iter_route_contexts

from api.app import create_app
from api.auth.gate import actions_of, check_declared, may, undeclared
from api.auth.roles import ACTION_TITLES, PERMITS, ROLE_TITLES, Action, Role, permits

OPEN_PATHS = {
    "/sign-in/oidc",
    "/sign-in/oidc/back",
    "/sign-out/oidc",
    "/sign-in",
    "/favicon.ico",
    "/i18n/{lang}.json",
    "/api/v1/health",
    "/api/v1/ready",
}
"""What anybody may ask for, without an account. A route belongs here only when it tells nothing of the graph."""

CODE_PATHS = {"/my-meetings", "/my-meetings/leave", "/my-meetings/answer", "/my-meetings/confirm"}
"""What asks for the code of somebody at an event instead of an account (``tests/auth/test_passes.py``)."""


def test_every_route_declares_its_action() -> None:
    assert undeclared(create_app().routes) == []


def test_what_needs_no_account_is_listed_here() -> None:
    routes = [route for route in iter_route_contexts(create_app().routes) if isinstance(route.original_route, APIRoute)]
    assert len(routes) > 20
    assert {route.path for route in routes if actions_of(route) == {Action.OPEN}} == OPEN_PATHS | CODE_PATHS


def _app(router: APIRouter) -> FastAPI:
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.include_router(router, prefix="/api/v1")
    return app


def test_a_route_without_an_action_is_named_with_the_cure() -> None:
    router = APIRouter(prefix="/things")
    router.add_api_route("/{thing}", lambda: None, methods=["PUT"])
    with pytest.raises(RuntimeError, match=r"PUT /api/v1/things/\{thing\}.*add dependencies=\[may\(Action"):
        check_declared(_app(router))


def test_an_action_on_the_router_counts_for_its_routes_and_adds_up_with_the_routes_own() -> None:
    router = APIRouter(prefix="/things", dependencies=[may(Action.READ)])
    router.add_api_route("", lambda: None)
    router.add_api_route("/all", lambda: None, dependencies=[may(Action.EXPORT)])
    app = _app(router)
    check_declared(app)
    assert [actions_of(route) for route in iter_route_contexts(app.routes)] == [
        {Action.READ},
        {Action.READ, Action.EXPORT},
    ]


def test_the_table_names_every_action_and_every_role() -> None:
    assert PERMITS.keys() == ACTION_TITLES.keys() == set(Action)
    assert ROLE_TITLES.keys() == set(Role)
    assert all(PERMITS[action] for action in Action)


@pytest.mark.parametrize("action", [Action.ADMINISTER, Action.MEASURE])
def test_only_the_administrator_administers(action: Action) -> None:
    assert {role for role in Role if permits(frozenset({role}), action)} == {Role.ADMIN}
