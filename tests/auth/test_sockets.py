"""What comes over a real line: bodies too long, too slow, without a length; headers without end."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from api import guard
from api.auth.roles import Role
from graph.store import Store
from tests.auth.people import add, bearer
from tests.service import example_app, served

MB = 1024 * 1024
IMPORT = "/api/v1/imports?name=large.xlsx"


@pytest.fixture(scope="module")
def url(staffed: Store) -> Iterator[str]:
    add(staffed, "loader", Role.LIAISON)
    with served(example_app(staffed)) as found:
        yield found


@pytest.fixture(scope="module")
def loader(staffed: Store, url: str) -> str:
    return bearer(staffed, "loader")["Authorization"]


@contextmanager
def line(url: str, head: str, *headers: str, body: str = "") -> Iterator[socket.socket]:
    """A connection on which the head of a request was sent, and a body in the same breath."""
    host = urlsplit(url).netloc
    name, _, port = host.partition(":")
    with socket.create_connection((name, int(port)), timeout=30) as opened:
        with suppress(ConnectionError):  # it may hang up before the end
            opened.sendall("\r\n".join([head, f"Host: {host}", *headers, "", body]).encode())
        yield opened


def status(opened: socket.socket) -> int:
    """The status of the answer, read to the end of its head."""
    found = b""
    while b"\r\n\r\n" not in found:
        part = opened.recv(65536)
        assert part, f"closed after {found!r}"
        found += part
    return int(found.split()[1])


def ended(opened: socket.socket) -> bool:
    """Whether the other side hangs up once we have nothing more to send."""
    with suppress(OSError):  # it did so already
        opened.shutdown(socket.SHUT_WR)
    with suppress(ConnectionError):
        while opened.recv(65536):
            pass
    return True


def hung_up(opened: socket.socket) -> bool:
    """Whether the other side hangs up while we would go on; a timeout is an error."""
    with suppress(ConnectionError):
        while opened.recv(65536):
            pass
    return True


def well(url: str) -> bool:
    """Whether the service answers a new connection."""
    with closing(HTTPConnection(urlsplit(url).netloc, timeout=30)) as new:
        new.request("GET", "/api/v1/health")
        return new.getresponse().status == 200


def test_70_mb_are_refused_before_they_are_sent(url: str, loader: str) -> None:
    with line(url, f"POST {IMPORT} HTTP/1.1", f"Authorization: {loader}", f"Content-Length: {70 * MB}") as opened:
        opened.sendall(b"\0" * 1000)
        assert status(opened) == 413
        assert ended(opened)
    assert well(url)


def test_who_asks_first_whether_to_send_70_mb_is_told_no(url: str, loader: str) -> None:
    said = (f"Authorization: {loader}", f"Content-Length: {70 * MB}", "Expect: 100-continue")
    with line(url, f"POST {IMPORT} HTTP/1.1", *said) as opened:
        assert status(opened) == 413, "and not 100 Continue"


def test_who_sends_70_mb_all_the_same_can_read_the_answer(url: str, loader: str) -> None:
    with closing(HTTPConnection(urlsplit(url).netloc, timeout=60)) as opened:
        opened.request("POST", IMPORT, body=b"\0" * (70 * MB), headers={"Authorization": loader})
        answer = opened.getresponse()
        assert (answer.status, answer.headers["content-type"]) == (413, "application/problem+json")
        assert "64 MB" in answer.read().decode()
    assert well(url)


def _chunks(opened: socket.socket, megabytes: int) -> None:
    """Send a body in parts without saying how long it will be, until it is taken or the other side hangs up."""
    part = f"{MB:x}\r\n".encode() + b"\0" * MB + b"\r\n"
    with suppress(ConnectionError):
        for _ in range(megabytes):
            opened.sendall(part)


@pytest.mark.parametrize(("named", "megabytes"), [(True, 70), (False, 1)], ids=["who may load", "a stranger"])
def test_a_body_that_does_not_say_how_long_it_is_ends_at_the_limit(
    url: str, loader: str, named: bool, megabytes: int
) -> None:
    who = [f"Authorization: {loader}"] if named else []
    with line(url, f"POST {IMPORT} HTTP/1.1", "Transfer-Encoding: chunked", *who) as opened:
        _chunks(opened, megabytes)
        assert status(opened) == 413
    assert well(url)


def test_a_body_that_does_not_come_is_not_waited_for(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "BODY_SECONDS", 1.0)
    with line(url, "POST /api/v1/matches HTTP/1.1", "Content-Length: 100", "Content-Type: application/json") as opened:
        begun = time.monotonic()
        opened.sendall(b"{")
        assert status(opened) == 408
        assert time.monotonic() - begun < 20
        assert ended(opened)
    assert well(url)


@contextmanager
def dripping(lines: Sequence[socket.socket]) -> Iterator[None]:
    """One byte on each line every 0.2 s, until the other side hangs up on all or the block ends."""
    over = threading.Event()

    def drip() -> None:
        while not over.wait(0.2):
            for one in lines:
                with suppress(OSError):
                    one.send(b"a")

    thread = threading.Thread(target=drip)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@pytest.mark.parametrize("begun", ["", "GET / HTTP/1.1\r\nX-Slow: "], ids=["nothing", "a part"])
@pytest.mark.parametrize("drips", [False, True], ids=["silent", "dripping"])
def test_a_head_that_does_not_come_is_not_waited_for(
    url: str, monkeypatch: pytest.MonkeyPatch, begun: str, drips: bool
) -> None:
    monkeypatch.setattr(guard, "HEAD_SECONDS", 1.0)
    name, _, port = urlsplit(url).netloc.partition(":")
    with socket.create_connection((name, int(port)), timeout=20) as opened:
        opened.sendall(begun.encode())
        with dripping([opened] if drips else []):
            assert hung_up(opened)
    assert well(url)


def test_a_second_head_that_does_not_come_is_not_waited_for_either(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "HEAD_SECONDS", 1.0)
    with line(url, "GET /api/v1/health HTTP/1.1") as opened:
        assert status(opened) == 200
        with dripping([opened]):
            assert hung_up(opened)


def test_a_line_is_used_again_for_longer_than_a_head_may_take(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "HEAD_SECONDS", 0.5)
    with closing(HTTPConnection(urlsplit(url).netloc, timeout=30)) as kept:
        for _ in range(6):
            kept.request("GET", "/api/v1/health")
            assert kept.getresponse().read()
            assert kept.sock is not None
            time.sleep(0.2)


def test_fifty_slow_uploads_hold_up_nobody_and_end(url: str, loader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "UPLOAD_SECONDS", 8.0)
    said = (f"Authorization: {loader}", f"Content-Length: {MB}")
    with ExitStack() as stack:
        slow = [stack.enter_context(line(url, f"POST {IMPORT} HTTP/1.1", *said)) for _ in range(50)]
        stack.enter_context(dripping(slow))
        begun = time.monotonic()
        assert all(well(url) for _ in range(10))
        with closing(HTTPConnection(urlsplit(url).netloc, timeout=30)) as other:
            other.request("GET", "/api/v1/chains", headers={"Authorization": loader})
            assert other.getresponse().status == 200
        assert time.monotonic() - begun < 8, "answered while all of them were sending"
        assert [status(one) for one in slow] == [408] * 50
    assert well(url)


@pytest.mark.parametrize("length", [40_000, 1_000_000], ids=["at once", "in parts"])
@pytest.mark.parametrize("head", ["GET / HTTP/1.1\r\nX-Long: {}", "GET /{} HTTP/1.1", "GET /?{} HTTP/1.1"])
def test_a_head_without_end_is_refused(url: str, head: str, length: int) -> None:
    with line(url, head.format("a" * length)) as opened:
        assert status(opened) in (400, 431)
        assert ended(opened)
    assert well(url)


def test_a_line_that_breaks_off_in_the_middle_harms_nobody(url: str, loader: str) -> None:
    with line(url, f"POST {IMPORT} HTTP/1.1", f"Authorization: {loader}", f"Content-Length: {MB}") as opened:
        opened.sendall(b"\0" * 1000)
    assert well(url)


SMUGGLED = "0\r\n\r\nGET /api/v1/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


@pytest.mark.parametrize(
    "said",
    [
        ("Content-Length: 6", "Transfer-Encoding: chunked"),
        ("Transfer-Encoding: chunked", "Content-Length: 6"),
        ("Content-Length: 5", f"Content-Length: {len(SMUGGLED)}"),
        ("Transfer-Encoding: xchunked",),
        ("Transfer-Encoding : chunked",),
        ("Content-Length: 5x",),
        ("Content-Length: -5",),
    ],
    ids="; ".join,
)
def test_where_a_message_ends_is_not_in_doubt(url: str, said: tuple[str, ...]) -> None:
    """No second request hides in a body whose length is said in two ways or in none that holds: one answer comes."""
    kind = "Content-Type: application/json"
    with line(url, "POST /api/v1/matches HTTP/1.1", kind, *said, body=SMUGGLED) as opened:
        found = b""
        while part := opened.recv(65536):  # until it hangs up: all was sent at once, so nothing unread breaks the line
            found += part
    assert found.count(b"HTTP/1.1 ") == 1
    assert b" 200 OK" not in found
    assert well(url)
