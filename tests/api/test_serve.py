"""``ronglian serve``: where it listens, and that it stops when told."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from api.cli.serve import address, listen
from api.errors import AddressUnusable, NotLoopback, PortInUse
from api.loopback import host_name, is_loopback
from graph.server import Connection
from graph.store import Store


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.0.0.2", "::1", "[::1]", "LOCALHOST"])
def test_this_machine(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "192.168.1.5", "10.0.0.1", "ronglian.example", "", "127.0.0.1.evil.cn"]
)
def test_not_this_machine(host: str) -> None:
    assert not is_loopback(host)
    with pytest.raises(NotLoopback) as caught:
        listen(host, 8000)
    assert "账号" in str(caught.value)
    assert "ssh -L 8000" in str(caught.value.remedy)


@pytest.mark.parametrize(
    ("header", "name"),
    [("127.0.0.1:8000", "127.0.0.1"), ("[::1]:8000", "::1"), ("localhost", "localhost"), ("", "")],
)
def test_name_of_a_host_header(header: str, name: str) -> None:
    assert host_name(header) == name


def test_a_port_in_use_is_named_with_a_free_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(PortInUse, match=str(port)) as caught:
            listen("127.0.0.1", port)
    assert "--port" in str(caught.value.remedy)


def test_an_address_the_system_refuses_is_named() -> None:
    with pytest.raises(AddressUnusable, match="70000"):
        listen("127.0.0.1", 70_000)


def test_the_address_is_one_to_click() -> None:
    with listen("127.0.0.1", 0) as listener:
        assert address(listener) == f"http://127.0.0.1:{listener.getsockname()[1]}/"


def test_it_serves_logs_and_finishes_what_is_under_way_on_sigterm(
    store: Store, connection: Connection, key_file: Path, tmp_path: Path
) -> None:
    environment = os.environ | {
        "RONGLIAN_NEO4J_URI": connection.uri,
        "RONGLIAN_NEO4J_USER": connection.user,
        "RONGLIAN_NEO4J_PASSWORD": connection.password,
        "RONGLIAN_KEY_FILE": str(key_file),
        "RONGLIAN_LOG_REQUESTS": "1",
    }
    command = [sys.executable, "-c", "from api.cli import main; main()", "serve", "--port", "0"]
    with (tmp_path / "out").open("w+") as said, (tmp_path / "log").open("w+") as logged:
        process = subprocess.Popen(command, stdout=said, stderr=logged, env=environment)
        try:
            url = _first_url(said.name)
            with urllib.request.urlopen(f"{url}api/v1/ready") as answer:
                assert answer.status == 200
            body = b'{"firm": "not-in-the-log", "person": "somebody"}'
            line = HTTPConnection(urlsplit(url).netloc, timeout=30)
            line.putrequest("POST", "/api/v1/contacts/erase")
            line.putheader("Content-Type", "application/json")
            line.putheader("Content-Length", str(len(body)))
            line.endheaders(body[:5])
            _wait_for(f"{url}metrics", "ronglian_requests_under_way 2.0")
            process.send_signal(signal.SIGTERM)
            time.sleep(0.5)
            line.send(body[5:])
            assert line.getresponse().status == 404
            line.close()
            assert process.wait(timeout=30) == 0
        finally:
            process.kill()
            process.wait()
        text = Path(logged.name).read_text("utf-8")
        routes = [one["route"] for one in map(json.loads, text.splitlines()) if one.get("event") == "request"]
    assert {"/api/v1/ready", "/api/v1/contacts/erase"} <= set(routes)
    assert "not-in-the-log" not in text


def _wait_for(url: str, text: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with urllib.request.urlopen(url) as answer:
            if text in answer.read().decode():
                return
        time.sleep(0.1)
    raise AssertionError(f"{url} never said {text}")


def _first_url(path: str) -> str:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for word in Path(path).read_text(encoding="utf-8").split():
            if word.startswith("http://"):
                return word
        time.sleep(0.1)
    raise AssertionError("no address was printed")
