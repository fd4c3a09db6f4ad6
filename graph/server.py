"""The embedded database: a real Neo4j Community server, run as a child process.

Every command that needs the database calls :func:`ensure_running` and closes the :class:`Lease` it gets. The first
one starts the server, later ones find it by its run file, and the last one to leave stops it, whoever started it. One
started by :func:`start` stays until :func:`stop`. A user is alive as long as it holds the lock on its own file below
``users/``; the operating system releases that lock when the process dies, so a killed command counts as gone.

What is kept below ``<home>/neo4j/``: ``data`` (the database), ``logs``, ``conf``, ``password`` (mode 0600) and
``run.json``. ``<home>/jars-<version>/`` holds the program and may be copied to another machine.
"""

from __future__ import annotations

import atexit
import os
import secrets
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import platformdirs
from filelock import FileLock, Timeout

from graph import jars, process
from graph.errors import HomeNotWritable, ServerStartFailed
from graph.layout import ServerOptions, ServerPaths
from graph.messages import N_, Message

__all__ = [
    "Connection",
    "Lease",
    "ServerOptions",
    "ServerPaths",
    "ServerStatus",
    "default_home",
    "ensure_running",
    "paths",
    "start",
    "status",
    "stop",
]

STARTING = N_("正在启动内置数据库")
STOPPING = N_("正在停止内置数据库")
BUSY = N_("另一个命令正在启动或停止它，等了 {seconds} 秒")

Progress = Callable[[Message], None]
_PORT_ATTEMPTS = 3


@dataclass(frozen=True)
class Connection:
    """Where a Neo4j answers and how to log in."""

    uri: str
    user: str
    password: str = field(repr=False)


@dataclass(frozen=True)
class ServerStatus:
    """What ``ronglian db status`` shows. Without a running server, pid, uri and since are None."""

    running: bool
    pid: int | None
    uri: str | None
    since: datetime | None
    explicit: bool  # started by `start`, so it stays until `stop`
    users: int  # leases held at this moment, in this and in other processes
    version: str
    data: Path
    logs: Path


def default_home() -> Path:
    """Return the folder for this user's data on this platform; nothing is created."""
    return Path(platformdirs.user_data_dir("ronglian", appauthor=False))


def paths(home: Path, options: ServerOptions | None = None) -> ServerPaths:
    """Return where everything of the server below ``home`` is or will be."""
    home = home.absolute()
    shared = options.jars if options else None
    return ServerPaths(home=home, neo4j=home / "neo4j", jars=shared or home / f"jars-{jars.VERSION}")


class Lease:
    """The right to use the embedded server, for a ``with`` block or until :meth:`close`."""

    def __init__(
        self, home: Path, options: ServerOptions, connection: Connection, started: bool, user: FileLock
    ) -> None:
        self.connection = connection
        self.started = started  # whether this call started the server, rather than finding it running
        self._home, self._options = home, options
        self._user: FileLock | None = user
        self._owner = os.getpid()
        atexit.register(self.close)

    def close(self) -> None:
        """Give the lease back; stop the server if nobody else uses it and it was not started to stay."""
        user, self._user = self._user, None
        if user is None or os.getpid() != self._owner:  # a forked child must not end its parent's lease
            return
        atexit.unregister(self.close)
        where = paths(self._home, self._options)
        with _exclusive(where, self._options):
            user.release()
            Path(user.lock_file).unlink(missing_ok=True)
            run = process.read_run(where.run_file)
            if run is not None and not run.explicit and not _users(where):
                process.stop(run, where, self._options.stop_timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def ensure_running(home: Path, options: ServerOptions | None = None, progress: Progress | None = None) -> Lease:
    """Return a lease on the server below ``home``, starting it when none is running.

    Raises:
        JarsMissing, JarsCorrupt: the program is not there, or is not what it should be.
        HomeNotWritable: ``home`` cannot be written.
        ServerStartFailed: it did not come up.
    """
    options = options or ServerOptions()
    where = _prepare(home, options, progress)
    with _exclusive(where, options):
        started = _start_if_needed(where, options, progress, explicit=False)
        run = process.read_run(where.run_file)
        assert run is not None
        user = FileLock(where.users / f"{os.getpid()}-{secrets.token_hex(4)}", thread_local=False)
        user.acquire(timeout=0)
        return Lease(home, options, _connection(where, run), started, user)


def start(home: Path, options: ServerOptions | None = None, progress: Progress | None = None) -> ServerStatus:
    """Start the server to stay until :func:`stop`; one that is running already stays from now on.

    Raises:
        JarsMissing, JarsCorrupt, HomeNotWritable, ServerStartFailed: see :func:`ensure_running`.
    """
    options = options or ServerOptions()
    where = _prepare(home, options, progress)
    with _exclusive(where, options):
        _start_if_needed(where, options, progress, explicit=True)
    return status(home)


def stop(home: Path, options: ServerOptions | None = None, progress: Progress | None = None) -> bool:
    """Stop the server, even if others use it; return whether one was running."""
    options = options or ServerOptions()
    where = paths(home, options)
    if not where.neo4j.is_dir():
        return False
    with _exclusive(where, options):
        run = process.read_run(where.run_file)
        if run is None:
            return False
        alive = process.is_alive(run, where)
        if alive:
            _tell(progress, STOPPING)
        process.stop(run, where, options.stop_timeout)
        return alive


def status(home: Path) -> ServerStatus:
    """Return what is known about the server below ``home`` without changing anything."""
    where = paths(home)
    run = process.read_run(where.run_file)
    if run is not None and not process.is_alive(run, where):
        run = None
    return ServerStatus(
        running=run is not None,
        pid=run.pid if run else None,
        uri=_uri(run) if run else None,
        since=datetime.fromisoformat(run.started_at) if run else None,
        explicit=run.explicit if run else False,
        users=_users(where),
        version=jars.VERSION,
        data=where.data,
        logs=where.logs,
    )


def _tell(progress: Progress | None, template: str) -> None:
    if progress is not None:
        progress(Message(template))


def _uri(run: process.Run) -> str:
    return f"bolt://127.0.0.1:{run.port}"


def _connection(where: ServerPaths, run: process.Run) -> Connection:
    return Connection(_uri(run), process.USER, where.password.read_text("ascii"))


def _prepare(home: Path, options: ServerOptions, progress: Progress | None) -> ServerPaths:
    """Make the folders, prove that they can be written, and bring the jars."""
    where = paths(home, options)
    try:
        for folder in (where.data, where.logs, where.conf, where.users):
            folder.mkdir(parents=True, exist_ok=True)
        where.lock.touch()
        probe = where.neo4j / f".probe-{secrets.token_hex(4)}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise HomeNotWritable(folder=where.home, where=str(error)) from error
    jars.ensure(where.jars, progress)
    return where


@contextmanager
def _exclusive(where: ServerPaths, options: ServerOptions) -> Iterator[None]:
    """Hold the lock under which servers start and stop and users come and go."""
    seconds = options.start_timeout + options.stop_timeout
    lock = FileLock(where.lock, timeout=seconds)
    try:
        lock.acquire()
    except Timeout as error:
        raise ServerStartFailed(reason=Message(BUSY, {"seconds": int(seconds)}), log=where.logs) from error
    except OSError as error:
        raise HomeNotWritable(folder=where.home, where=str(error)) from error
    try:
        yield
    finally:
        lock.release()


def _users(where: ServerPaths) -> int:
    """Count the leases held, and remove the files of users that died."""
    count = 0
    for path in where.users.glob("*"):
        probe = FileLock(path)
        try:
            probe.acquire(timeout=0)
        except Timeout:
            count += 1
            continue
        except OSError:
            continue
        path.unlink(missing_ok=True)
        probe.release()
    return count


def _start_if_needed(where: ServerPaths, options: ServerOptions, progress: Progress | None, explicit: bool) -> bool:
    """Return whether a server had to be started; leave a run file that tells the truth."""
    run = _running(where, options)
    if run is not None:
        if explicit and not run.explicit:
            process.write_run(where.run_file, replace(run, explicit=True))
        return False
    _clear_away(where, options)
    _tell(progress, STARTING)
    class_path = jars.ensure(where.jars)
    process.set_password(where, class_path)
    port = options.port if options.port and _is_free(options.port) else _free_port()
    for attempt in range(1, _PORT_ATTEMPTS + 1):
        try:
            process.launch(where, options, class_path, port, explicit)
            break
        except process.PortTaken:
            if attempt == _PORT_ATTEMPTS:
                raise
            port = _free_port()
    return True


def _clear_away(where: ServerPaths, options: ServerOptions) -> None:
    """Remove what a power cut or a kill left: a run file of the dead, a server that does not answer or is unknown."""
    run = process.read_run(where.run_file)
    if run is not None:
        process.stop(run, where, options.stop_timeout)
    where.run_file.unlink(missing_ok=True)
    process.stop_strays(where, options.stop_timeout)


def _running(where: ServerPaths, options: ServerOptions) -> process.Run | None:
    """Return the server that the run file tells of, once it answers; None if there is none or it does not."""
    run = process.read_run(where.run_file)
    if run is None or not process.is_alive(run, where):
        return None
    try:
        process.await_ready(run, where, options.start_timeout)
    except ServerStartFailed:
        return None
    return run


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _free_port() -> int:
    """Choose below the ports that systems hand out by themselves: those may be gone again a moment later."""
    return next(port for port in iter(lambda: 20_000 + secrets.randbelow(12_000), None) if _is_free(port))
