"""The example's graph and a client, once a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from graph.store import Store
from tests.service import example_app, load_example


@pytest.fixture(scope="module")
def example(_opened: Store) -> Store:
    """The shared graph with the example in it."""
    return load_example(_opened)


@pytest.fixture(scope="module")
def client(example: Store) -> Iterator[TestClient]:
    """A client in Chinese."""
    with TestClient(example_app(example), base_url="http://127.0.0.1") as opened:
        yield opened
