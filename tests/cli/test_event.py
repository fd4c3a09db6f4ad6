"""``ronglian event solve``: a file in, a plan out, no database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import Result
from typer.testing import CliRunner

from api.cli import event
from graph.errors import SourceMissing, SourceUnreadable
from matching.events import EventInvalid, PinsInfeasible

EVENT: dict[str, Any] = {
    "slots": ["09:00", "09:20"],
    "tables": ["甲", "乙"],
    "participants": [{"id": "链主", "role": "leader"}, {"id": "A"}, {"id": "B"}, {"id": "C"}],
    "pairs": [{"a": "链主", "b": id_, "score": score} for id_, score in (("A", 0.9), ("B", 0.5), ("C", 0.1))],
}


def solve(folder: Path, event_: object, *words: str) -> Result:
    file = folder / "in.json"
    file.write_text(json.dumps(event_), "utf-8")
    return CliRunner().invoke(event.app, ["solve", str(file), *words])


def test_prints_the_timetable_and_who_is_left_out(tmp_path: Path) -> None:
    done = solve(tmp_path, EVENT)
    assert done.exit_code == 0
    assert "09:20" in done.stdout
    assert "链主 — A" in done.stdout
    assert "没有会面  C：合适的 1 家均已排满" in done.stdout
    assert "会面 2 场" in done.stdout


def test_json_file(tmp_path: Path) -> None:
    answer = tmp_path / "out.json"
    assert solve(tmp_path, EVENT, "--json", str(answer)).exit_code == 0
    plan = json.loads(answer.read_text("utf-8"))
    promised = {"meetings", "without", "value", "value_bound", "idle", "idle_bound", "seconds"}
    assert set(plan) == promised | {"short", "dropped", "table_changes"}
    assert [set(meeting) for meeting in plan["meetings"]] == [{"a", "b", "slot", "table"}] * 2
    assert plan["without"] == [{"id": "C", "reason": "合适的 1 家均已排满，名额给了总体更优的组合"}]
    assert (plan["value"], plan["value_bound"], plan["idle"], plan["idle_bound"]) == (1.4, 1.4, 0, 0)
    assert json.loads(solve(tmp_path, EVENT, "--json", "-").stdout)["value"] == 1.4


def test_every_problem_is_printed(tmp_path: Path) -> None:
    done = solve(tmp_path, EVENT | {"tables": [], "participants": EVENT["participants"][:3], "lock": []})
    assert isinstance(done.exception, EventInvalid)
    assert "lock：没有名为“lock”的项" in done.stderr
    wrong = solve(tmp_path, EVENT | {"tables": [], "participants": EVENT["participants"][:3]})
    assert "tables：一张桌子也没有" in wrong.stderr
    assert "pairs[2].b：没有参会方“C”" in wrong.stderr


def test_what_to_give_up_is_printed(tmp_path: Path) -> None:
    musts = [{"a": "链主", "b": id_} for id_ in "ABC"]
    done = solve(tmp_path, EVENT | {"must": musts})
    assert isinstance(done.exception, PinsInfeasible)
    assert done.stderr.count("取消 链主 与") == 1


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    assert isinstance(CliRunner().invoke(event.app, ["solve", str(tmp_path / "none.json")]).exception, SourceMissing)
    file = tmp_path / "bad.json"
    file.write_bytes(b'{"slots": [\xff')
    assert isinstance(CliRunner().invoke(event.app, ["solve", str(file)]).exception, SourceUnreadable)
