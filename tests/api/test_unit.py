"""The systemd unit of docs/serving.md: its command, started and stopped as systemd would, with its own database."""

from __future__ import annotations

import re
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple

import psutil
import pytest

from graph import server

ROOT = Path(__file__).parents[2]
UNIT = re.findall(r"^([A-Z]\w+)=(.*)$", (ROOT / "docs" / "serving.md").read_text("utf-8"), flags=re.MULTILINE)
WORKBOOK = "名称,所在地\n示例慢件有限公司,示例镇\n".encode()

ERASE = b'{"firm": "not-in-the-log", "person": "somebody"}'


class Service(NamedTuple):
    """One start of the unit."""

    process: subprocess.Popen[str]
    netloc: str

    def get(self, path: str) -> int:
        """The status of an answer."""
        with closing(HTTPConnection(self.netloc, timeout=30)) as line:
            line.request("GET", path)
            return line.getresponse().status

    def stop(self) -> None:
        """Signal what ``systemctl stop`` would: the main process only, or all of the control group."""
        said = dict(UNIT)
        everybody = said.get("KillMode", "control-group") == "control-group"
        main = psutil.Process(self.process.pid)
        for one in [*(main.children(recursive=True) if everybody else []), main]:
            one.send_signal(signal.Signals[said["KillSignal"]])


@pytest.fixture
def home(tmp_path: Path, server_options: server.ServerOptions) -> Path:
    """An empty state directory; only the jars are there already."""
    jars = server.paths(tmp_path / "state").jars
    jars.parent.mkdir()
    jars.symlink_to(server.paths(tmp_path, server_options).jars)
    return jars.parent


@contextmanager
def started(home: Path) -> Iterator[Service]:
    """Start ``ExecStart`` with the environment that a unit has, which is little, on any port."""
    said = dict(UNIT)
    environment = dict(one.split("=", 1) for one in shlex.split(said["Environment"]))
    environment |= {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LANG": "C.UTF-8", "TMPDIR": str(home.parent)}
    environment |= {"RONGLIAN_HOME": str(home), "RONGLIAN_PORT": "0", "PYTHONPATH": str(ROOT)}
    program, *arguments = shlex.split(said["ExecStart"])
    command = [str(Path(sys.executable).with_name(Path(program).name)), *arguments]
    out, umask = home.parent / "out", int(said["UMask"], 8)
    with out.open("w") as printed:
        process = subprocess.Popen(
            command, stdout=printed, stderr=subprocess.STDOUT, env=environment, cwd="/", umask=umask, text=True
        )
    try:
        yield Service(process, _netloc(process, out))
    finally:
        for one in [*psutil.Process(process.pid).children(recursive=True)] if process.poll() is None else []:
            one.kill()
        process.kill()
        process.wait()


def _netloc(process: subprocess.Popen[str], out: Path) -> str:
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline and process.poll() is None:
        if found := re.search(r"http://(127\.0\.0\.1:\d+)/", out.read_text("utf-8")):
            return found[1]
        time.sleep(0.1)
    raise AssertionError(out.read_text("utf-8"))


@contextmanager
def half_sent(netloc: str, path: str, kind: str, body: bytes) -> Iterator[HTTPConnection]:
    """A request of whose body five bytes are still to come."""
    with closing(HTTPConnection(netloc, timeout=60)) as line:
        line.putrequest("POST", path)
        line.putheader("Content-Type", kind)
        line.putheader("Content-Length", str(len(body)))
        line.endheaders(body[:-5])
        yield line


def test_it_answers_finishes_what_is_under_way_closes_its_database_and_starts_again(home: Path) -> None:
    where = server.paths(home)
    with started(home) as service:
        assert (service.get("/api/v1/health"), service.get("/api/v1/ready")) == (200, 200)
        run = server.process.read_run(where.run_file)
        assert run is not None
        upload = half_sent(service.netloc, "/api/v1/imports?name=slow.csv", "application/octet-stream", WORKBOOK)
        asking = half_sent(service.netloc, "/api/v1/contacts/erase", "application/json", ERASE)
        with upload as file, asking as question:
            time.sleep(1)
            service.stop()
            time.sleep(5)  # a database that was told to stop, too, is gone by then
            file.send(WORKBOOK[-5:])
            question.send(ERASE[-5:])
            assert (file.getresponse().status, question.getresponse().status) == (202, 404)
        assert service.process.wait(timeout=float(dict(UNIT)["TimeoutStopSec"])) == 0
        assert not psutil.pid_exists(run.pid)
    assert not where.run_file.exists()
    with started(home) as service:
        assert service.get("/api/v1/ready") == 200
        service.stop()
        assert service.process.wait(timeout=float(dict(UNIT)["TimeoutStopSec"])) == 0
    assert "Recovery required" not in (where.logs / "debug.log").read_text("utf-8"), "it was closed in order"
    kept = [path for path in home.rglob("*") if path.is_file() and where.jars not in path.parents]
    assert kept
    assert not [path for path in kept if path.stat().st_mode & 0o077]
