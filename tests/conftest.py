"""One real embedded Neo4j for the whole run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from graph import server
from graph.sealing import prepare
from graph.store import Store
from tests.graphs import clear

# Examples are the same in every run, so that a red run can be repeated; no deadlines, since machines differ.
settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def server_options() -> server.ServerOptions:
    """Jars from one shared folder: ``RONGLIAN_TEST_JARS``, else the user's own; fetched there by the first run."""
    named = os.environ.get("RONGLIAN_TEST_JARS")
    return server.ServerOptions(jars=Path(named) if named else server.paths(server.default_home()).jars)


@pytest.fixture(scope="session")
def server_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new home, with no database in it yet; or ``RONGLIAN_TEST_HOME``, whose server may be kept warm between runs."""
    named = os.environ.get("RONGLIAN_TEST_HOME")
    return Path(named, os.environ.get("PYTEST_XDIST_WORKER", "")) if named else tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def connection(server_home: Path, server_options: server.ServerOptions) -> Iterator[server.Connection]:
    """The one server that all tests of a run share; whoever needs a clean graph clears it."""
    with server.ensure_running(server_home, server_options) as lease:
        yield lease.connection


@pytest.fixture(scope="session")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the key of what is encrypted in the shared graph is; commands need it as ``RONGLIAN_KEY_FILE``."""
    return tmp_path_factory.mktemp("keys") / "secret.keys"


@pytest.fixture(scope="session")
def _opened(connection: server.Connection, key_file: Path) -> Iterator[Store]:
    with Store(connection.uri, connection.user, connection.password) as opened:
        opened.check()
        clear(opened)
        opened.migrate()
        prepare(opened, key_file)
        yield opened


@pytest.fixture
def store(_opened: Store) -> Store:
    """The shared graph, emptied."""
    clear(_opened)
    return _opened
