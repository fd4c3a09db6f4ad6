"""What knowing who asks costs: the match endpoint with accounts and without, and a sign-in against Argon2 alone.

Both services run in this process on one graph and must give the same answer. They are asked in turns, and who is asked
first changes each time: what comes back every so many requests, as a collection of garbage does, would else always
befall the same one. The figures are medians; the note gives the processor time of this process as well, which a busy
machine falsifies less. The answer shows no sensitive value: one that does is recorded in the
audit chain besides, which is a write to the disk.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

from api.app import create_app
from api.auth import passwords
from api.auth.accounts import Accounts
from api.auth.roles import Action, Role
from api.auth.tokens import Tokens
from api.auth.viewer import LOCAL
from api.settings import Settings
from benchmarks.harness import Result, Server, own_server
from graph.store import Store
from loaders.base import load
from loaders.catalog.loader import open_catalog
from loaders.workbook import open_workbook
from loaders.workbook.sample import write_sample
from tests.service import served

NEED, PASSWORD = "N-017", "correct horse battery"
ROUNDS, SIGN_INS = 150, 15


def _taken(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds, and seconds of processor time of this process."""
    start, used = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - start, time.process_time() - used


def _asker(url: str, path: str, token: str | None = None) -> Callable[[], bytes]:
    connection = HTTPConnection(urlsplit(url).netloc)
    headers = {"Authorization": f"Bearer {token}"} if token else {}

    def ask() -> bytes:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, body
        return body

    return ask


def _medians(*works: Callable[[], object], rounds: int) -> list[tuple[float, float]]:
    """Of each work the median seconds, and the median of processor time."""
    taken: list[list[tuple[float, float]]] = [[] for _ in works]
    pairs = list(zip(taken, works, strict=True))
    for _ in range(rounds):
        for found, work in pairs:
            found.append(_taken(work))
        pairs.reverse()
    return [(statistics.median(one[0] for one in found), statistics.median(one[1] for one in found)) for found in taken]


def _sign_in(url: str) -> None:
    form = urlencode({"name": "admin", "password": PASSWORD})
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": url}
    connection = HTTPConnection(urlsplit(url).netloc)
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
        with_accounts = stack.enter_context(served(guarded))
        without = stack.enter_context(served(open_to_all))
        open_to_all.state.doorkeeper.recognise = lambda **_: LOCAL
        path = f"/api/v1/needs/{quote(NEED)}/matches"
        works = (_asker(with_accounts, path, token), _asker(without, path))
        assert len({work() for work in works}) == 1, "both must do the same work"
        _medians(*works, rounds=10)
        (ours, used), (reference, used_without) = _medians(*works, rounds=ROUNDS)
        kept = accounts.get("admin").password
        (signing, _), (argon, _) = _medians(
            lambda: _sign_in(with_accounts), lambda: passwords.matches(PASSWORD, kept), rounds=SIGN_INS
        )
    note = f"{ours * 1000:.1f} ms against {reference * 1000:.1f} ms, {ROUNDS} requests each in turns; "
    note += f"processor {used * 1000:.1f} ms against {used_without * 1000:.1f} ms = {used / used_without:.3f}"
    argon_note = f"{signing * 1000:.0f} ms against {argon * 1000:.0f} ms"
    return [
        Result("match endpoint, with accounts against without", ours, reference, 1.05, note),
        Result("sign-in against Argon2 alone", signing, argon, 1.5, argon_note),
    ]


if __name__ == "__main__":
    with own_server() as alone:
        for found in run(alone):
            print(f"{found.name}: {found.ratio:.3f} (limit {found.limit:g}); {found.note}")
