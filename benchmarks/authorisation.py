"""What knowing who asks costs: the match endpoint with accounts and without, and a sign-in against Argon2 alone.

Both services run in this process on one graph and are asked in turns, so that whatever else the machine does slows both
alike; the figures are medians. The reader may not see sensitive values: an answer that shows one is recorded in the
audit chain besides, which is a write to the disk.
"""

from __future__ import annotations

import socket
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlencode

import uvicorn
from fastapi import FastAPI

from api.app import create_app
from api.auth import passwords
from api.auth.accounts import Accounts
from api.auth.roles import Action, Role
from api.auth.tokens import Tokens
from api.auth.viewer import LOCAL
from api.settings import Settings
from benchmarks.harness import Result, Server
from graph.store import Store
from loaders.base import load
from loaders.catalog.loader import open_catalog
from loaders.workbook import open_workbook
from loaders.workbook.sample import write_sample

NEED, PASSWORD = "N-017", "correct horse battery"
ROUNDS, SIGN_INS = 150, 15


@contextmanager
def _served(app: FastAPI) -> Iterator[HTTPConnection]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield HTTPConnection("127.0.0.1", listener.getsockname()[1])
        server.should_exit = True
        thread.join(30)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _asker(connection: HTTPConnection, path: str, token: str | None = None) -> Callable[[], None]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}

    def ask() -> None:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, body

    return ask


def _medians(*works: Callable[[], object], rounds: int) -> list[float]:
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for found, work in zip(taken, works, strict=True):
            found.append(_seconds(work))
    return [statistics.median(found) for found in taken]


def _sign_in(connection: HTTPConnection) -> None:
    form = urlencode({"name": "admin", "password": PASSWORD})
    host = f"{connection.host}:{connection.port}"
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://{host}"}
    connection.request("POST", "/sign-in", form, headers)
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 303, answer.status


def _filled(store: Store) -> Store:
    load(store, open_catalog())
    with tempfile.TemporaryDirectory() as folder:
        workbook = Path(folder) / "样例工作簿.xlsx"
        write_sample(workbook)
        load(store, open_workbook(workbook))
    return store


def run(server: Server) -> list[Result]:
    """Measure on a graph of the catalogue and the sample workbook."""
    server.clear()
    with ExitStack() as stack:
        store = _filled(stack.enter_context(server.store()))
        accounts = Accounts(store)
        accounts.add("admin", PASSWORD, [Role.ADMIN])
        accounts.add("reader", PASSWORD, [Role.VIEWER])
        accounts.set_password("reader", PASSWORD)
        token, _ = Tokens(store).issue(accounts.get("reader"), "benchmark", [Action.READ, Action.MATCH], 1)
        guarded, open_to_all = (create_app(Settings(requests_per_minute=100_000), store) for _ in range(2))
        with_accounts = stack.enter_context(_served(guarded))
        without = stack.enter_context(_served(open_to_all))
        open_to_all.state.doorkeeper.recognise = lambda **_: LOCAL
        path = f"/api/v1/needs/{quote(NEED)}/matches"
        works = (_asker(with_accounts, path, token), _asker(without, path))
        _medians(*works, rounds=10)
        ours, reference = _medians(*works, rounds=ROUNDS)
        kept = accounts.get("admin").password
        signing, argon = _medians(
            lambda: _sign_in(with_accounts), lambda: passwords.matches(PASSWORD, kept), rounds=SIGN_INS
        )
    note = f"{ours * 1000:.1f} ms against {reference * 1000:.1f} ms, {ROUNDS} requests each in turns"
    argon_note = f"{signing * 1000:.0f} ms against {argon * 1000:.0f} ms"
    return [
        Result("match endpoint, with accounts against without", ours, reference, 1.05, note),
        Result("sign-in against Argon2 alone", signing, argon, 1.5, argon_note),
    ]
