"""The lock, and what happens when a jar is absent, wrong, or served wrongly. Repositories are local HTTP servers."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from graph import jars, server
from graph.errors import HomeNotWritable, JarsCorrupt, JarsMissing
from graph.messages import Message

NOWHERE = {"central": "http://127.0.0.1:9/maven2"}  # the discard port: nothing listens
Answer = Callable[[bytes], tuple[int, bytes, int]]  # content → status, body, announced length


def honest(content: bytes) -> tuple[int, bytes, int]:
    return 200, content, len(content)


def altered(content: bytes) -> tuple[int, bytes, int]:
    return 200, content[:-1] + bytes([content[-1] ^ 1]), len(content)


def cut_short(content: bytes) -> tuple[int, bytes, int]:
    return 200, content[: len(content) // 2], len(content)


def unknown(content: bytes) -> tuple[int, bytes, int]:
    return 404, b"", 0


@contextmanager
def repository(source: Path, answer: Answer) -> Iterator[dict[str, str]]:
    """Serve the jars in ``source`` as a Maven repository would."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = source / self.path.rsplit("/", 1)[1]
            status, body, length = answer(path.read_bytes()) if path.exists() else (404, b"", 0)
            self.send_response(status)
            self.send_header("Content-Length", str(length))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = threading.Thread(target=http.serve_forever)
        thread.start()
        try:
            yield {"local": f"http://127.0.0.1:{http.server_port}/maven2"}
        finally:
            http.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def complete(server_options: server.ServerOptions) -> Path:
    assert server_options.jars is not None
    jars.ensure(server_options.jars)
    return server_options.jars


@pytest.fixture
def folder(complete: Path, tmp_path: Path) -> Path:
    """All jars, as links."""
    for jar in jars.locked():
        (tmp_path / jar.name).symlink_to(complete / jar.name)
    return tmp_path


def remove(folder: Path, count: int) -> list[Path]:
    smallest = sorted(jars.locked(), key=lambda jar: jar.size)[:count]
    gone = [folder / jar.name for jar in smallest]
    for path in gone:
        path.unlink()
    return gone


def test_the_lock_names_one_flat_set_of_jars() -> None:
    locked = jars.locked()
    assert len({jar.name for jar in locked}) == len(locked) > 200
    assert all(len(jar.sha256) == 64 and jar.size > 0 for jar in locked)
    for root in jars.ROOTS:
        group, name, version = root.split(":")
        assert f"{group}:{name}:jar:{version}" in {jar.coordinate for jar in locked}


def test_the_lock_describes_the_files(complete: Path) -> None:
    for jar in jars.locked():
        assert (complete / jar.name).stat().st_size == jar.size


def test_all_are_hashed_once_and_then_only_looked_at(folder: Path) -> None:
    heard: list[Message] = []
    first = jars.ensure(folder, heard.append, NOWHERE)
    assert [message.template for message in heard] == [jars.CHECKING]
    assert jars.ensure(folder, heard.append, NOWHERE) == first
    assert len(heard) == 1


def test_only_what_the_lock_names_is_on_the_class_path(folder: Path) -> None:
    (folder / "stranger.jar").write_bytes(b"")
    assert folder / "stranger.jar" not in jars.ensure(folder, None, NOWHERE)


def test_absent_jars_are_fetched(folder: Path, complete: Path) -> None:
    gone = remove(folder, 3)
    heard: list[Message] = []
    with repository(complete, honest) as urls:
        jars.ensure(folder, heard.append, urls)
    assert all(path.is_file() for path in gone)
    assert [message.values["done"] for message in heard if message.template == jars.FETCHING] == [1, 2, 3]
    assert not list(folder.glob(".fetch-*"))


def test_two_at_once_fetch_once(folder: Path, complete: Path) -> None:
    remove(folder, 3)
    fetched: list[Message] = []
    with repository(complete, honest) as urls, ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(jars.ensure, folder, fetched.append, urls) for _ in range(2)]
        assert jobs[0].result() == jobs[1].result()
    assert sum(message.template == jars.FETCHING for message in fetched) == 3


def test_the_second_repository_is_asked_when_the_first_fails(folder: Path, complete: Path) -> None:
    remove(folder, 1)
    with repository(complete, honest) as urls:
        jars.ensure(folder, None, NOWHERE | urls)


def test_repositories_configured_for_jgo_are_used(
    folder: Path, complete: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    remove(folder, 1)
    settings = tmp_path_factory.mktemp("jgo") / "jgo.conf"
    monkeypatch.setenv("JGO_CONFIG_FILE", str(settings))
    with repository(complete, honest) as urls:
        settings.write_text(f"[repositories]\ncentral = {urls['local']}\n")
        jars.ensure(folder)


@pytest.mark.faults
def test_without_network_the_error_names_the_folder(folder: Path) -> None:
    remove(folder, 1)
    with pytest.raises(JarsMissing) as caught:
        jars.ensure(folder, None, NOWHERE)
    assert str(folder) in str(caught.value)
    assert str(folder) in str(caught.value.remedy)
    assert "RONGLIAN_NEO4J_URI" in str(caught.value.remedy)


@pytest.mark.faults
@pytest.mark.parametrize(
    ("answer", "error"), [(altered, JarsCorrupt), (cut_short, JarsMissing), (unknown, JarsMissing)]
)
def test_what_is_served_wrongly_is_not_kept(
    folder: Path, complete: Path, answer: Answer, error: type[Exception]
) -> None:
    (gone,) = remove(folder, 1)
    with repository(complete, answer) as urls, pytest.raises(error):
        jars.ensure(folder, None, urls)
    assert not gone.exists()
    with repository(complete, honest) as urls:
        jars.ensure(folder, None, urls)


@pytest.mark.faults
def test_a_jar_that_was_changed_is_named(folder: Path) -> None:
    jars.ensure(folder, None, NOWHERE)
    jar = folder / jars.locked()[7].name
    content = bytearray(jar.read_bytes())
    content[100] ^= 1
    jar.unlink()
    jar.write_bytes(content)
    with pytest.raises(JarsCorrupt) as caught:
        jars.ensure(folder, None, NOWHERE)
    assert jar.name in str(caught.value)


@pytest.mark.faults
def test_a_place_that_cannot_hold_jars(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(HomeNotWritable):
        jars.ensure(tmp_path / "file" / "jars", None, NOWHERE)
