"""How a route declares its action, and the check that none forgot to.

On a router or a route: ``dependencies=[may(Action.READ)]``. Several declarations must all be allowed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from fastapi import Depends, FastAPI, Request
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts
from starlette.routing import BaseRoute, Mount

from api.auth import forgery
from api.auth.errors import NotAllowed, NotSignedIn
from api.auth.roles import ACTION_TITLES, Action
from api.auth.viewer import viewer
from graph.messages import Message


class Permission:
    """Let in who may do ``action``."""

    def __init__(self, action: Action) -> None:
        self.action = action

    async def __call__(self, request: Request) -> None:
        """Refuse whoever may not.

        Raises:
            NotSignedIn: when we do not know who asks.
            NotAllowed: when none of their roles allows it.
            ForgedRequest: when it changes something and comes from no page of ours.
        """
        who = viewer()
        if who.may(self.action):
            await forgery.check(request, who, with_token=self.action is not Action.OPEN)
            return
        if not who.known:
            raise NotSignedIn()
        raise NotAllowed(action=Message(ACTION_TITLES[self.action], {}))


@cache
def permission(action: Action) -> Permission:
    """The check of an action."""
    return Permission(action)


def may(action: Action) -> Any:
    """Declare the action of a router or route: ``dependencies=[may(Action.READ)]``."""
    return Depends(permission(action))


def actions_of(route: RouteContext) -> frozenset[Action]:
    """The actions a route declares, its router's included."""
    calls = (dependency.call for dependency in route.dependant.dependencies)
    return frozenset(call.action for call in calls if isinstance(call, Permission))


def undeclared(routes: Sequence[BaseRoute]) -> list[str]:
    """Routes that do not say which action they are; mounted files are for everybody."""
    return [
        f"{'/'.join(sorted(route.methods or []))} {route.path}"
        for route in iter_route_contexts(routes)
        if not isinstance(route.original_route, Mount)
        and not (isinstance(route.original_route, APIRoute) and actions_of(route))
    ]


def check_declared(app: FastAPI) -> None:
    """Stop before anything is served when a route forgot to declare its action.

    Raises:
        RuntimeError: naming the routes and what to write.
    """
    if missing := undeclared(app.routes):
        cure = "add dependencies=[may(Action.…)] to the router or the route (api/auth/gate.py, api/auth/roles.py)"
        raise RuntimeError(f"routes without an action: {', '.join(missing)}; {cure}")
