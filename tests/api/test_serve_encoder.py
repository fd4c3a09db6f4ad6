"""``serve`` with a chosen encoder: what is kept is enough for an answer, so a warm server never loads torch."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from graph.queries import Cardinality, Query
from graph.server import Connection
from graph.store import Store
from tests.matching.tiny_encoder import WIDTH, save_tiny
from tests.service import load_example

RONGLIAN = [sys.executable, "-c", "from api.cli import main; main()"]
WIDTHS = Query(
    "widths",
    "MATCH (v:ListingVector) RETURN size(v.embedding) AS width, v.model AS model, count(*) AS count",
    "",
    frozenset(),
    ("width", "model", "count"),
    Cardinality.MANY,
)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture
def environment(store: Store, connection: Connection, key_file: Path, tmp_path: Path) -> dict[str, str]:
    load_example(store)
    return {
        **{key: value for key, value in os.environ.items() if not key.startswith("RONGLIAN_")},
        "RONGLIAN_NEO4J_URI": connection.uri,
        "RONGLIAN_NEO4J_USER": connection.user,
        "RONGLIAN_NEO4J_PASSWORD": connection.password,
        "RONGLIAN_KEY_FILE": str(key_file),
        "RONGLIAN_HOME": str(tmp_path),
        "COLUMNS": "200",
    }


def ran(environment: dict[str, str], *words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*RONGLIAN, *map(str, words)], env=environment, capture_output=True, text=True, check=False, timeout=200
    )


@contextmanager
def served(environment: dict[str, str], said: Path, *words: str | Path) -> Iterator[tuple[str, int]]:
    """The address and process id of a service on a free port."""
    with said.open("w") as out:
        command = [*RONGLIAN, "serve", "--port", "0", *map(str, words)]
        process = subprocess.Popen(command, stdout=out, stderr=out, env=environment)
    try:
        yield _address(said, process), process.pid
    finally:
        process.terminate()
        process.wait(timeout=60)


def _address(said: Path, process: subprocess.Popen[bytes]) -> str:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        if found := re.search(r"http://\S+/(?=\s)", said.read_text("utf-8")):
            return found[0]
        time.sleep(0.1)
    raise AssertionError(said.read_text("utf-8"))


def best(url: str) -> list[str]:
    """The parts of the first candidate."""
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(f"{url}api/v1/needs/N-017/matches") as answer:
                return [part["id"] for part in json.load(answer)["candidates"][0]["parts"]]
        except urllib.error.URLError:
            assert time.monotonic() < deadline
            time.sleep(0.2)


def libraries(pid: int) -> set[str]:
    """What is loaded of torch."""
    return {name for one in psutil.Process(pid).memory_maps() if "libtorch" in (name := Path(one.path).name)}


def test_the_first_answer_loads_no_torch(environment: dict[str, str], tmp_path: Path) -> None:
    with served(environment, tmp_path / "said") as (url, pid):
        assert "meaning" not in best(url)
        assert libraries(pid) == set()


def test_nor_with_an_encoder_whose_vectors_are_kept(
    environment: dict[str, str], model: Path, store: Store, tmp_path: Path
) -> None:
    done = ran(environment, "db", "vectors", "--encoder", model)
    assert done.returncode == 0, done.stderr
    assert "已写入索引 listing_vector（编码器 tiny-" in done.stdout
    assert {row["width"] for row in store.read(WIDTHS)} == {WIDTH}
    with served(environment, tmp_path / "said", "--encoder", model) as (url, pid):
        assert "meaning" in best(url)
        assert libraries(pid) == set()
        asked = json.dumps({"text": "水泥管"}).encode()
        words = urllib.request.Request(f"{url}api/v1/matches", asked, {"Content-Type": "application/json"})
        with urllib.request.urlopen(words) as answer:
            assert answer.status == 200
        assert libraries(pid), "words nobody kept are encoded by the model"


def test_a_command_takes_it_from_the_option_or_the_settings(environment: dict[str, str], model: Path) -> None:
    plain = ran(environment, "match", "N-017", "--json")
    by_option = ran(environment, "match", "N-017", "--json", "--encoder", model)
    by_setting = ran(environment | {"RONGLIAN_ENCODER": str(model)}, "match", "N-017", "--json")
    assert by_option.returncode == 0, by_option.stderr
    assert by_option.stdout == by_setting.stdout
    assert '"meaning"' in by_option.stdout
    assert '"meaning"' not in plain.stdout


@pytest.mark.parametrize("command", [("match", "N-017"), ("serve", "--port", "0")])
def test_what_is_no_encoder_is_named_with_what_to_do(
    environment: dict[str, str], command: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    for chosen, says in (("nowhere", "找不到"), ("empty", "没有 modules.json 或 config.json")):
        done = ran(environment, *command, "--encoder", tmp_path / chosen)
        assert done.returncode == 1, done.stdout
        assert says in done.stderr
        assert "sentence-transformers 模型的文件夹" in done.stderr
        assert "Traceback" not in done.stderr
