"""The command line as its users run it: a process, an exit status, what it prints."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from graph import server
from graph.store import Store
from loaders.base import load
from loaders.catalog.loader import open_catalog
from loaders.workbook import open_workbook
from loaders.workbook.sample import write_sample
from tests.loaders.test_chainkg import write_folder

RONGLIAN = Path(sys.executable).with_name("ronglian")


@pytest.fixture
def environment(connection: server.Connection, key_file: Path) -> dict[str, str]:
    """The settings that lead a command to the server of the tests."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("RONGLIAN_")}
    return kept | {
        "RONGLIAN_NEO4J_URI": connection.uri,
        "RONGLIAN_NEO4J_USER": connection.user,
        "RONGLIAN_NEO4J_PASSWORD": connection.password,
        "RONGLIAN_KEY_FILE": str(key_file),
        "COLUMNS": "200",
    }


def run(environment: dict[str, str], *words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [str(RONGLIAN), *map(str, words)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)


def answer(environment: dict[str, str], *words: str | Path) -> Any:
    done = run(environment, *words, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def filled(store: Store, tmp_path: Path) -> Store:
    load(store, open_catalog())
    write_sample(tmp_path / "样例工作簿.xlsx")
    load(store, open_workbook(tmp_path / "样例工作簿.xlsx"))
    return store


@pytest.mark.parametrize("words", [(), ("load",), ("db",), ("match",), ("gaps",), ("show",), ("serve",)])
def test_help_in_both_languages(environment: dict[str, str], words: tuple[str, ...]) -> None:
    chinese = run(environment, *words, "--help")
    english = run(environment | {"RONGLIAN_LANG": "en"}, *words, "--help")
    assert chinese.returncode == english.returncode == 0
    assert chinese.stdout != english.stdout
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in english.stdout)


def test_load_catalog_then_ask(environment: dict[str, str], store: Store) -> None:
    report = answer(environment, "load", "catalog")
    assert report["read"] == report["written"] + report["merged"] + report["dropped"]
    assert report["written"] > 600
    segment = answer(environment, "show", "robotics.rv-reducer")
    assert segment["statements"][0]["source"] == "catalog"
    assert "RV减速器" in run(environment, "show", "robotics.rv-reducer").stdout
    digest = answer(environment, "digest")
    answer(environment, "load", "catalog")
    assert answer(environment, "digest") == digest


def test_load_chainkg_says_what_it_left_out(environment: dict[str, str], store: Store, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "chainkg")
    with (folder / "product.json").open("a", encoding="utf-8") as file:
        file.write('{"name": "残缺（"}\n')
    done = run(environment, "load", "chainkg", folder)
    assert done.returncode == 0, done.stderr
    assert "读 11 行 = 写入 10 + 合并 0 + 退回 1" in done.stdout
    assert "product.json:3" in done.stdout


def test_gaps(environment: dict[str, str], filled: Store, tmp_path: Path) -> None:
    board = answer(environment, "gaps", "机器人")
    assert {chain["chain"]["id"] for chain in board["chains"]} == {"robotics"}
    for segment in board["segments"]:
        assert sum(part["points"] for part in segment["priority"]["parts"]) == segment["priority"]["score"]
    text = run(environment, "gaps", "robotics", "--limit", "3").stdout
    assert "缺链" in text
    assert "样例" in text
    listed = tmp_path / "缺口.xlsx"
    assert run(environment, "gaps", "--xlsx", listed).returncode == 0
    assert listed.stat().st_size > 5_000


def test_targets(environment: dict[str, str], filled: Store, tmp_path: Path) -> None:
    book = answer(environment, "targets", "robotics.six-axis-force-sensor")
    first = book["lists"][0]["targets"][0]
    assert first["prospect"]["firm"]["name"] == "示例姑苏力觉科技有限公司"
    assert first["standing"] == "leader"
    assert sum(part["points"] for part in first["parts"]) == first["score"]
    text = run(environment, "targets", "机器人", "--limit", "2").stdout
    assert "本地链主的外地供应商" in text
    assert "延链" in text
    listed = tmp_path / "招商.xlsx"
    assert run(environment, "targets", "robotics", "--xlsx", listed).returncode == 0
    assert listed.stat().st_size > 5_000
    rules = tmp_path / "rules.yaml"
    rules.write_text("conditions:\n  - {field: revenue, at_least: 100000000}\n", "utf-8")
    assert "不满足所设条件" in run(environment, "targets", "六维力传感器", "--rules", rules).stdout
    rules.write_text("conditions:\n  - {field: city, one_of: [苏州市]}\n", "utf-8")
    refused = run(environment, "targets", "六维力传感器", "--rules", rules)
    assert refused.returncode == 1
    assert "conditions[1].field" in refused.stderr
    assert "公平竞争审查条例" in refused.stderr


def test_match(environment: dict[str, str], filled: Store) -> None:
    result = answer(environment, "match", "N-017")
    best = result["candidates"][0]
    assert "示例传动" in best["offered"]["party"]["name"]
    assert sum(part["points"] for part in best["parts"]) == best["points"]
    text = run(environment, "match", "--text", "高精度行星减速器，背隙≤1角分").stdout
    assert "示例传动" in text


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("load", "chainkg", "/nowhere"), "找不到 /nowhere"),
        (("load", "workbook", "/nowhere.xlsx"), "找不到 /nowhere.xlsx"),
        (("show", "没有"), "没有编号为“没有”的内容"),
        (("match", "N-999"), "N-999"),
        (("gaps", "没有的链"), "没有的链"),
    ],
)
def test_errors_say_what_and_what_to_do(
    environment: dict[str, str], store: Store, words: tuple[str, ...], says: str
) -> None:
    done = run(environment, *words)
    assert done.returncode == 1
    assert says in done.stderr
    assert "办法" in done.stderr
    assert "Traceback" not in done.stderr


def test_wrong_password_is_named_and_never_printed(environment: dict[str, str]) -> None:
    done = run(environment | {"RONGLIAN_NEO4J_PASSWORD": "not-the-password"}, "digest")
    assert done.returncode == 1
    assert "拒绝了用户名或口令" in done.stderr
    assert "not-the-password" not in done.stdout + done.stderr


def test_match_needs_one_question(environment: dict[str, str]) -> None:
    assert run(environment, "match").returncode == 2


def test_an_empty_graph_says_what_to_do(environment: dict[str, str], store: Store) -> None:
    assert "ronglian load catalog" in run(environment, "gaps").stdout


def test_help_waits_for_nothing_heavy(environment: dict[str, str]) -> None:
    heavy = {"neo4j", "numpy", "pandas", "pydantic", "scipy"}
    code = f"""
import sys
sys.argv = ["ronglian", "--help"]
from api.cli import main
try:
    main()
except SystemExit:
    pass
assert not (found := {heavy!r} & set(sys.modules)), found
"""
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("words", [["--help"], ["gaps"], ["match", "--text", "减速器"], ["digest"]])
def test_torch_stays_out_where_nothing_is_encoded(environment: dict[str, str], store: Store, words: list[str]) -> None:
    code = f"""
import sys
sys.argv = ["ronglian", *{words!r}]
from api.cli import main
try:
    main()
except SystemExit:
    pass
assert not {{"torch", "sentence_transformers"}} & set(sys.modules), "torch was imported"
"""
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_snapshot_then_what_changed_then_the_plan(environment: dict[str, str], filled: Store, tmp_path: Path) -> None:
    kept = answer(environment, "snapshot", "--by", "王五", "--note", "月度")
    day = kept["taken_on"]
    assert [one["taken_on"] for one in answer(environment, "snapshot", "--list")] == [day]
    changed = answer(environment, "settings", "set", "sources=9", "--by", "王五", "--reason", "从严")
    assert changed["history"][0]["values"][0]["after"] == 9
    found = answer(environment, "diff", day, "--chain", "机器人", "--xlsx", tmp_path / "变化.xlsx")
    assert "转为待核实" in found["headline"]
    assert (tmp_path / "变化.xlsx").stat().st_size > 5_000
    assert answer(environment, "settings", "undo", "--by", "王五")["undoable"] is None
    spoken = run(environment, "diff", day)
    assert "没有变化" in spoken.stdout
    plan = answer(environment, "plan", "record", "intentions", "7", "--basis", "台账", "--by", "王五")
    assert next(one for one in plan["items"] if one["id"] == "target-intentions")["value"] == 7
    refused = run(environment, "diff", "三月")
    assert (refused.returncode, "不是日期" in refused.stderr) == (1, True)
    refused = run(environment, "settings", "set", "demand=0.9", "--by", "王五")
    assert (refused.returncode, "权重之和为 1.6" in refused.stderr) == (1, True)
