"""Kill -9 of the loader and of the server half-way: the next run completes and nothing differs."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from graph import server
from graph.digest import digest
from graph.queries import Cardinality, Query
from graph.sealing import prepare
from graph.store import Store
from tests.graphs import clear
from tests.loaders.test_chainkg import write_folder

pytestmark = pytest.mark.faults

RONGLIAN = Path(sys.executable).with_name("ronglian")
PRODUCTS = 40_000
BATCHES = Query(
    "batches", "MATCH (r:ImportRun) RETURN max(r.batches) AS batches", "", frozenset(), ("batches",), Cardinality.ONE
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, server_options: server.ServerOptions) -> Iterator[Path]:
    """A home of its own, started to stay; the jars are those of the other tests."""
    home = tmp_path_factory.mktemp("faults")
    server.start(home, server_options)
    own = server.paths(home).jars
    if not own.exists():
        own.symlink_to(server.paths(home, server_options).jars)
    yield home
    server.stop(home)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    products = [{"name": f"示例产品{number}"} for number in range(PRODUCTS)]
    return write_folder(tmp_path_factory.mktemp("data") / "chainkg", {"product.json": products})


@pytest.fixture(scope="module")
def undisturbed(home: Path, folder: Path) -> str:
    with _store(home) as store:
        clear(store)
    _load(home, folder)
    with _store(home) as store:
        value = digest(store).value
        clear(store)
    return value


def _store(home: Path) -> Store:
    lease = server.ensure_running(home)
    found = lease.connection
    lease.close()
    store = Store(found.uri, found.user, found.password)
    store.migrate()
    prepare(store, home / "secret.keys")
    return store


def _command(folder: Path) -> list[str]:
    return [str(RONGLIAN), "load", "chainkg", str(folder), "--json"]


def _environment(home: Path) -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if not key.startswith("RONGLIAN_")} | {
        "RONGLIAN_HOME": str(home)
    }


def _load(home: Path, folder: Path) -> dict[str, object]:
    done = subprocess.run(_command(folder), env=_environment(home), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def _start_and_wait(home: Path, folder: Path, batches: int) -> subprocess.Popen[str]:
    """Start a load and return once it has written some batches."""
    loading = subprocess.Popen(
        _command(folder), env=_environment(home), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    with _store(home) as store:
        for _ in range(600):
            row = store.one(BATCHES)
            if row and (row["batches"] or 0) >= batches:
                return loading
            assert loading.poll() is None, loading.communicate()
            time.sleep(0.05)
    raise AssertionError("the load never wrote a batch")


def test_a_killed_loader_is_taken_up_again(home: Path, folder: Path, undisturbed: str) -> None:
    loading = _start_and_wait(home, folder, batches=3)
    loading.kill()
    loading.communicate()
    report = _load(home, folder)
    assert report["resumed_batches"] >= 3  # type: ignore[operator]
    assert report["read"] == report["written"] + report["merged"] + report["dropped"]  # type: ignore[operator]
    with _store(home) as store:
        assert digest(store).value == undisturbed
        clear(store)


def test_a_killed_server_is_named_and_the_next_load_completes(home: Path, folder: Path, undisturbed: str) -> None:
    loading = _start_and_wait(home, folder, batches=3)
    pid = server.status(home).pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    out, err = loading.communicate(timeout=120)
    assert loading.returncode == 1, (out, err)
    assert "图数据库" in err
    assert "办法" in err
    assert "Traceback" not in err
    report = _load(home, folder)
    assert report["resumed_batches"] >= 3  # type: ignore[operator]
    server.start(home, replace(server.ServerOptions(), jars=server.paths(home).jars.resolve()))
    with _store(home) as store:
        assert digest(store).value == undisturbed
