"""``match``, ``pair`` and ``train`` as commands: what they answer, and what they say of bad input."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from graph.store import Store
from tests.cli.test_commands import answer, environment, run
from tests.service import FITS, MISSES, load_example

__all__ = ["environment"]


@pytest.fixture(scope="module")
def graph(_opened: Store) -> Store:
    load_example(_opened)
    return _opened


@pytest.mark.parametrize(
    ("words", "code", "says", "cure"),
    [
        (("--text", "，。"), 1, "没有写明要找什么", "请写出所需产品"),
        (("--text", "x" * 50_000), 1, "50,000 字，最多 2,000 字", "请只写产品名称"),
        (("--text", "planetary gearbox"), 0, "没有与该需求相符", "请改用中文产品名称"),
    ],
)
def test_bad_input_is_named_with_what_to_do(
    *, environment: dict[str, str], graph: Store, words: tuple[str, ...], code: int, says: str, cure: str
) -> None:
    done = run(environment, "match", *words)
    said = done.stdout + done.stderr
    assert done.returncode == code, said
    assert says in said
    assert cure in said
    assert "Traceback" not in said


def test_all_needs_at_once_go_to_a_file(environment: dict[str, str], graph: Store, tmp_path: Path) -> None:
    path = tmp_path / "对接建议.xlsx"
    done = run(environment, "match", "--all", "--out", str(path))
    assert done.returncode == 0, done.stderr
    assert "1 条需求" in done.stdout
    rows = list(openpyxl.load_workbook(path).worksheets[0].iter_rows(min_row=3, values_only=True))
    assert rows[0][0] == "N-017"


def test_an_answer_is_kept_listed_and_taken_back(environment: dict[str, str], graph: Store) -> None:
    best = answer(environment, "match", "N-017")["candidates"][0]["offered"]
    pair = ("N-017", best["number"])
    said = run(environment, "pair", "decline", *pair, "--side", "buyer", "--reason", "price", "--by", "张三")
    assert said.returncode == 0, said.stderr
    again = answer(environment, "match", "N-017")["candidates"]
    assert best["id"] not in {one["offered"]["id"] for one in again}
    assert "价格谈不拢" in run(environment, "pair", "list").stdout
    undone = run(environment, "pair", "undo", *pair, "--side", "buyer", "--by", "张三")
    assert undone.returncode == 0, undone.stderr
    assert answer(environment, "match", "N-017")["candidates"][0]["offered"]["id"] == best["id"]


def test_training_on_too_little_says_what_is_missing(environment: dict[str, str], graph: Store, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = run(environment, "train", "--chainkg", str(tmp_path / "empty"), "--out", str(tmp_path / "model"))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "model").exists()


def test_vectors_go_into_the_index(environment: dict[str, str], graph: Store) -> None:
    assert "条供需信息的向量已写入" in run(environment, "db", "vectors").stdout


def test_both_sides_accept_by_command(environment: dict[str, str], graph: Store) -> None:
    pair = ("N-017", "O-011")
    for side in ("buyer", "seller"):
        done = run(environment, "pair", "accept", *pair, "--side", side, "--by", "张三")
        assert done.returncode == 0, done.stderr
    said = run(environment, "pair", "list", "N-017").stdout
    assert "需方" in said
    assert "供方" in said
    assert said.count("接受") == 2
    for side in ("buyer", "seller"):
        assert run(environment, "pair", "undo", *pair, "--side", side, "--by", "张三").returncode == 0


def test_an_answer_to_nothing_is_refused(environment: dict[str, str], graph: Store) -> None:
    done = run(environment, "pair", "accept", "N-017", "O-999", "--by", "张三")
    assert done.returncode == 1
    assert "O-999" in done.stderr
    assert "Traceback" not in done.stderr


def test_everything_gated_out_says_where_and_what_to_do(environment: dict[str, str], graph: Store) -> None:
    for offer in (FITS.number, MISSES.number):
        assert offer
        said = ("--side", "buyer", "--reason", "partner", "--by", "张三")
        assert run(environment, "pair", "decline", "N-017", offer, *said).returncode == 0
    done = run(environment, "match", "N-017")
    assert done.returncode == 0
    assert "2 条供给相关，但都不满足条件" in done.stdout
    assert "已谢绝" in done.stdout
    assert "撤销" in done.stdout
