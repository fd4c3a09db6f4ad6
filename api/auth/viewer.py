"""Who is asking: set once a request or command, read wherever something is decided or shown."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from api.auth.roles import Action, Role, permits


@dataclass(frozen=True)
class Viewer:
    """Somebody, with what they were given: roles, towns (none means all), their own firm.

    ``csrf`` is the token their pages must send back; None when no cookie vouches for them. ``actions`` narrows what
    the roles allow: an API token may carry fewer.
    """

    name: str
    roles: frozenset[Role] = frozenset()
    account: str | None = None
    towns: frozenset[str] = frozenset()
    firm: str | None = None
    session: str | None = None
    token: str | None = None
    csrf: str | None = None
    actions: frozenset[Action] | None = None
    local: bool = False

    @property
    def known(self) -> bool:
        """Whether we know who it is."""
        return self.local or self.account is not None

    def may(self, action: Action) -> bool:
        """Whether the action is allowed."""
        if action is Action.OPEN or self.local:
            return True
        within = self.actions is None or action in self.actions
        return self.known and within and permits(self.roles, action)


NOBODY = Viewer("")
"""Who has not signed in. Also who asks where nobody said who does: nothing graded is shown by mistake."""

LOCAL = Viewer("local", frozenset(Role), local=True)
"""Whoever sits at the machine itself while there are no accounts."""


def operator() -> Viewer:
    """Whoever runs a command on the machine itself: the machine lets them in, and they go by their name there."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # a user without an entry in the system's list
        name = "?"
    return Viewer(f"local:{name}", frozenset(Role), local=True)


def at_sight_of(role: Role) -> Viewer:
    """Whoever runs a command, who sees no more than the role would: of no town or firm of its own."""
    return Viewer(operator().name, frozenset({role}))


_viewer: ContextVar[Viewer] = ContextVar("viewer", default=NOBODY)


def viewer() -> Viewer:
    """Who is asking."""
    return _viewer.get()


def act_as(who: Viewer) -> None:
    """Act as ``who`` from here on, in this context."""
    _viewer.set(who)


@contextmanager
def acting(who: Viewer) -> Iterator[Viewer]:
    """Act as ``who`` for a while."""
    token = _viewer.set(who)
    try:
        yield who
    finally:
        _viewer.reset(token)
