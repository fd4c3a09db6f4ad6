"""Who is there in tests of accounts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from api.auth.roles import Role
from graph.store import Store
from tests.auth.canaries import everybody
from tests.auth.people import add, forget
from tests.service import load_example


@pytest.fixture(scope="module")
def staffed(_opened: Store) -> Iterator[Store]:
    """The example with an administrator and a reader."""
    load_example(_opened)
    add(_opened, "admin", Role.ADMIN)
    add(_opened, "reader", Role.VIEWER)
    yield _opened
    forget(_opened)


@pytest.fixture(scope="module")
def secrets(_opened: Store) -> Iterator[Store]:
    """The example with secrets in it and somebody of every role."""
    with everybody(_opened) as found:
        yield found
