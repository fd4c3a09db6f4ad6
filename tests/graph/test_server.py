"""The embedded server as commands meet it: real servers, real other processes."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest
from neo4j import GraphDatabase

from graph import jars, process, server
from graph.errors import HomeNotWritable, JarsCorrupt, JarsMissing, ServerStartFailed
from graph.messages import Message

COMMAND = """
import json, sys
from pathlib import Path
from graph import server
with server.ensure_running(Path(sys.argv[1]), server.ServerOptions(jars=Path(sys.argv[2]))) as lease:
    print(json.dumps({"uri": lease.connection.uri, "started": lease.started}), flush=True)
    sys.stdin.readline()
"""


class Command:
    """Another process with a lease, until it is told to leave."""

    def __init__(self, home: Path, options: server.ServerOptions) -> None:
        arguments = [sys.executable, "-c", COMMAND, str(home), str(options.jars)]
        self.process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ready(self) -> dict[str, Any]:
        """Wait until it has its lease; return what it says."""
        assert self.process.stdout is not None
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer

    def leave(self) -> None:
        self.process.communicate("\n", timeout=60)
        assert self.process.returncode == 0

    def die(self) -> None:
        self.process.kill()
        self.process.communicate(timeout=60)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, server_options: server.ServerOptions) -> Iterator[Path]:
    """A home that these tests start and stop servers in, one after the other."""
    folder = tmp_path_factory.mktemp("own-home")
    yield folder
    server.stop(folder, server_options)


@pytest.fixture
def idle(home: Path, server_options: server.ServerOptions) -> Iterator[Path]:
    """The same home, with no server running before and after."""
    yield home
    server.stop(home, server_options)


@pytest.fixture
def command(idle: Path, server_options: server.ServerOptions) -> Iterator[Callable[[], Command]]:
    commands: list[Command] = []

    def launch() -> Command:
        commands.append(Command(idle, server_options))
        return commands[-1]

    yield launch
    for each in commands:
        each.die()


def ask(connection: server.Connection, query: str) -> Any:
    with GraphDatabase.driver(connection.uri, auth=(connection.user, connection.password)) as driver:
        return driver.execute_query(query).records[0][0]


def servers(home: Path) -> list[int]:
    """Process ids of all servers of this home, whatever the run file says."""
    argument = f"@{server.paths(home).arguments}"
    return [each.pid for each in psutil.process_iter(["cmdline"]) if argument in (each.info["cmdline"] or [])]


def run_file(home: Path) -> dict[str, Any]:
    run: dict[str, Any] = json.loads(server.paths(home).run_file.read_text())
    return run


# --- one command -----------------------------------------------------------------------------------------------------


def test_it_answers_on_the_loopback_only(connection: server.Connection, server_home: Path) -> None:
    assert ask(connection, "RETURN 1 + 1") == 2
    pid = server.status(server_home).pid
    listening = [each.laddr for each in psutil.Process(pid).net_connections("tcp") if each.status == "LISTEN"]
    assert [f"bolt://127.0.0.1:{each.port}" for each in listening] == [connection.uri]
    assert all(each.ip in {"127.0.0.1", "::ffff:127.0.0.1"} for each in listening)


def test_status_tells_what_runs(connection: server.Connection, server_home: Path) -> None:
    status = server.status(server_home)
    assert status.running
    assert (status.uri, status.version, status.explicit) == (connection.uri, jars.VERSION, False)
    assert status.users >= 1
    assert status.since is not None
    assert status.since.tzinfo is not None
    assert status.data.is_dir()
    assert status.logs.is_dir()
    version = ask(connection, "CALL dbms.components() YIELD versions RETURN versions[0]")
    assert version == status.version


def test_the_password_shows_nowhere_but_in_its_file(connection: server.Connection, server_home: Path) -> None:
    where = server.paths(server_home)
    assert connection.password not in repr(connection)
    if os.name == "posix":
        assert stat.S_IMODE(where.password.stat().st_mode) == 0o600
    arguments = psutil.Process(server.status(server_home).pid).cmdline()
    assert connection.password not in " ".join(arguments)
    kept = [*where.logs.iterdir(), *where.conf.iterdir(), where.run_file]
    assert not [path for path in kept if path.is_file() and connection.password.encode() in path.read_bytes()]


def test_status_of_a_home_that_never_was_changes_nothing(tmp_path: Path) -> None:
    status = server.status(tmp_path / "never")
    assert not status.running
    assert (status.pid, status.uri, status.since, status.users) == (None, None, None, 0)
    assert not server.stop(tmp_path / "never")
    assert not (tmp_path / "never").exists()


def test_the_default_home_is_the_users_own() -> None:
    assert server.default_home().name == "ronglian"


# --- several commands ------------------------------------------------------------------------------------------------


def test_the_last_to_leave_stops_it(
    idle: Path, server_options: server.ServerOptions, command: Callable[[], Command]
) -> None:
    heard: list[Message] = []
    lease = server.ensure_running(idle, server_options, heard.append)
    other = command()
    assert lease.started
    assert [message.template for message in heard][-1] == server.STARTING
    assert other.ready() == {"uri": lease.connection.uri, "started": False}
    assert server.status(idle).users == 2
    lease.close()
    lease.close()  # twice does no harm
    assert server.status(idle).running
    assert server.status(idle).users == 1
    other.leave()
    assert not server.status(idle).running
    assert not servers(idle)
    assert not server.paths(idle).run_file.exists()


def test_two_leases_in_one_process_count_as_two(idle: Path, server_options: server.ServerOptions) -> None:
    with server.ensure_running(idle, server_options) as first:
        with server.ensure_running(idle, server_options) as second:
            assert second.connection == first.connection
            assert not second.started
        assert ask(first.connection, "RETURN 1") == 1
    assert not servers(idle)


def test_two_at_once_start_one(idle: Path, command: Callable[[], Command]) -> None:
    commands = [command(), command()]
    answers = [each.ready() for each in commands]
    assert sorted(answer["started"] for answer in answers) == [False, True]
    assert len({answer["uri"] for answer in answers}) == 1
    assert len(servers(idle)) == 1
    for each in commands:
        each.leave()
    assert not servers(idle)


def test_started_to_stay_it_stays_until_stopped(idle: Path, server_options: server.ServerOptions) -> None:
    started = server.start(idle, server_options)
    assert started.running
    assert started.explicit
    assert started.users == 0
    with server.ensure_running(idle, server_options) as lease:
        assert not lease.started
        assert lease.connection.uri == started.uri
    assert server.status(idle) == started
    assert server.start(idle, server_options) == started
    assert server.stop(idle, server_options)
    assert not server.status(idle).running
    assert not server.stop(idle, server_options)


def test_one_that_is_running_can_be_told_to_stay(idle: Path, server_options: server.ServerOptions) -> None:
    with server.ensure_running(idle, server_options):
        assert not server.status(idle).explicit
        server.start(idle, server_options)
    assert server.status(idle).explicit


def test_the_second_start_uses_the_class_archive(idle: Path, server_options: server.ServerOptions) -> None:
    for _ in range(2):  # the first may have to write it
        with server.ensure_running(idle, server_options):
            run, flags = run_file(idle), server.paths(idle).arguments.read_text()
    assert run["archive"] is None
    assert "-XX:SharedArchiveFile=" in flags
    assert "[cds" not in (server.paths(idle).logs / "console.log").read_text()  # where Java would say why not


# --- ports -----------------------------------------------------------------------------------------------------------


@contextmanager
def taken_port() -> Iterator[int]:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        yield holder.getsockname()[1]


def test_a_free_port_asked_for_is_used(idle: Path, server_options: server.ServerOptions) -> None:
    with taken_port() as port:
        pass
    with server.ensure_running(idle, replace(server_options, port=port)) as lease:
        assert lease.connection.uri == f"bolt://127.0.0.1:{port}"


@pytest.mark.faults
@pytest.mark.parametrize("seen", [True, False], ids=["seen before", "taken in the last moment"])
def test_a_taken_port_is_exchanged(
    idle: Path, server_options: server.ServerOptions, monkeypatch: pytest.MonkeyPatch, seen: bool
) -> None:
    with taken_port() as port:
        if not seen:
            free = server._is_free
            monkeypatch.setattr(server, "_is_free", lambda candidate: candidate == port or free(candidate))
        with server.ensure_running(idle, replace(server_options, port=port)) as lease:
            assert lease.connection.uri != f"bolt://127.0.0.1:{port}"
            assert ask(lease.connection, "RETURN 1") == 1


# --- deaths ----------------------------------------------------------------------------------------------------------


@pytest.mark.faults
def test_a_server_whose_starter_was_killed_is_adopted(
    idle: Path, server_options: server.ServerOptions, command: Callable[[], Command]
) -> None:
    starter = command()
    uri = starter.ready()["uri"]
    starter.die()
    assert len(servers(idle)) == 1
    assert server.status(idle).users == 0
    with server.ensure_running(idle, server_options) as lease:
        assert not lease.started
        assert lease.connection.uri == uri
    assert not servers(idle)


@pytest.mark.faults
def test_a_killed_user_does_not_keep_the_server(
    idle: Path, server_options: server.ServerOptions, command: Callable[[], Command]
) -> None:
    with server.ensure_running(idle, server_options):
        user = command()
        user.ready()
        user.die()
    assert not servers(idle)
    assert not list(server.paths(idle).users.iterdir())


@pytest.mark.faults
def test_a_killed_server_comes_back_with_its_data(idle: Path, server_options: server.ServerOptions) -> None:
    mark = secrets.token_hex(8)
    with server.ensure_running(idle, server_options) as lease:
        ask(lease.connection, f"CREATE (n:Mark {{is: '{mark}'}}) RETURN 1")
        pid = server.status(idle).pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        with server.ensure_running(idle, server_options) as second:
            assert second.started
            assert ask(second.connection, f"MATCH (n:Mark {{is: '{mark}'}}) RETURN count(n)") == 1
    assert not servers(idle)


@pytest.mark.faults
def test_a_server_killed_in_its_start_is_noticed(idle: Path, command: Callable[[], Command]) -> None:
    starter = command()
    deadline = time.monotonic() + 60
    while not servers(idle) and time.monotonic() < deadline:
        time.sleep(0.01)
    os.kill(servers(idle)[0], signal.SIGKILL)
    began = time.monotonic()
    assert starter.process.wait(timeout=60) != 0
    assert time.monotonic() - began < 10
    assert not server.paths(idle).run_file.exists()


@pytest.mark.faults
def test_a_starter_killed_before_its_server_is_ready(
    idle: Path, server_options: server.ServerOptions, command: Callable[[], Command]
) -> None:
    starter = command()
    deadline = time.monotonic() + 60
    while not servers(idle) and time.monotonic() < deadline:
        time.sleep(0.01)
    starter.die()
    with server.ensure_running(idle, server_options) as lease:
        assert ask(lease.connection, "RETURN 1") == 1
        assert len(servers(idle)) == 1
    assert not servers(idle)


@pytest.mark.faults
def test_a_server_that_no_run_file_tells_of_is_replaced(idle: Path, server_options: server.ServerOptions) -> None:
    server.start(idle, server_options)
    (lost,) = servers(idle)
    server.paths(idle).run_file.unlink()
    with server.ensure_running(idle, server_options) as lease:
        assert lease.started
        assert lost not in servers(idle)
        assert len(servers(idle)) == 1


@pytest.mark.faults
@pytest.mark.parametrize("damage", ["foreign pid", "no such pid", "half a file"])
def test_a_run_file_from_before_a_power_cut(idle: Path, server_options: server.ServerOptions, damage: str) -> None:
    with server.ensure_running(idle, server_options):
        run = run_file(idle)
    bystander = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        pid = bystander.pid if damage == "foreign pid" else 2**22 + 1
        text = json.dumps(run | {"pid": pid})
        server.paths(idle).run_file.write_text(text[:20] if damage == "half a file" else text)
        assert not server.status(idle).running
        with server.ensure_running(idle, server_options) as lease:
            assert lease.started
            assert run_file(idle)["pid"] != pid
        server.stop(idle, server_options)
        assert bystander.poll() is None
    finally:
        bystander.communicate(b"\n")


@pytest.mark.faults
@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_interrupted_a_command_stops_its_server_in_order(idle: Path, command: Callable[[], Command]) -> None:
    starter = command()
    starter.ready()
    starter.process.send_signal(signal.SIGINT)
    _, _ = starter.process.communicate(timeout=60)
    assert not servers(idle)
    assert "Stopped." in server.paths(idle).logs.joinpath("neo4j.log").read_text()[-200:]


# --- starts that fail ------------------------------------------------------------------------------------------------


@pytest.mark.faults
def test_a_start_that_fails_says_why_and_where(idle: Path, server_options: server.ServerOptions) -> None:
    began = time.monotonic()
    with pytest.raises(ServerStartFailed, match="Invalid maximum heap size") as caught:
        server.ensure_running(idle, replace(server_options, heap="much"))
    assert time.monotonic() - began < 20
    assert Path(str(caught.value.values["log"])).is_file()
    assert not server.paths(idle).run_file.exists()


@pytest.mark.faults
def test_a_server_that_is_never_ready_is_given_up(idle: Path, server_options: server.ServerOptions) -> None:
    with pytest.raises(ServerStartFailed):
        server.ensure_running(idle, replace(server_options, start_timeout=0.5))
    assert not servers(idle)


@pytest.mark.faults
def test_a_lost_password_is_said(idle: Path, server_options: server.ServerOptions) -> None:
    with server.ensure_running(idle, server_options):
        pass
    file = server.paths(idle).password
    kept = file.read_text()
    for content in (None, "wrong"):
        file.unlink(missing_ok=True)
        if content:
            file.write_text(content)
        with pytest.raises(ServerStartFailed) as caught:
            server.ensure_running(idle, server_options)
        assert caught.value.values["reason"] == Message(process.PASSWORD_LOST, {"path": file})
    file.write_text(kept)
    with server.ensure_running(idle, server_options):
        pass


@pytest.mark.faults
def test_a_home_below_a_file_is_not_writable(tmp_path: Path, server_options: server.ServerOptions) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(HomeNotWritable) as caught:
        server.ensure_running(tmp_path / "file" / "home", server_options)
    assert str(tmp_path / "file" / "home") in str(caught.value)


@pytest.mark.faults
@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="needs POSIX users")
@pytest.mark.parametrize("made", [False, True], ids=["empty", "used before"])
def test_a_read_only_home_is_not_writable(server_options: server.ServerOptions, made: bool) -> None:
    folder = Path(tempfile.mkdtemp())
    if made:
        for each in ("data", "logs", "conf", "users"):
            (folder / "neo4j" / each).mkdir(parents=True)
        (folder / "neo4j" / "server.lock").touch()
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555)
    root = os.geteuid() == 0
    try:
        if root:
            os.seteuid(65534)  # modes do not bind root
        with pytest.raises(HomeNotWritable):
            server.ensure_running(folder, server_options)
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)
        shutil.rmtree(folder)


@pytest.mark.faults
def test_without_jars_and_network_nothing_is_started(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path_factory.mktemp("jgo") / "jgo.conf"
    settings.write_text("[repositories]\ncentral = http://127.0.0.1:9/maven2\n")
    monkeypatch.setenv("JGO_CONFIG_FILE", str(settings))
    with pytest.raises(JarsMissing) as caught:
        server.ensure_running(tmp_path)
    assert f"jars-{jars.VERSION}" in str(caught.value)
    assert not server.status(tmp_path).running


@pytest.mark.faults
def test_with_a_wrong_jar_nothing_is_started(tmp_path: Path, server_options: server.ServerOptions) -> None:
    shared = server.paths(tmp_path, server_options).jars
    own = server.paths(tmp_path).jars
    own.mkdir()
    for jar in jars.locked():
        (own / jar.name).symlink_to(shared / jar.name)
    wrong = own / jars.locked()[0].name
    wrong.unlink()
    wrong.write_bytes(b"not a jar")
    with pytest.raises(JarsCorrupt):
        server.ensure_running(tmp_path)
    assert not servers(tmp_path)
