"""``ronglian event solve``: a file in, a plan out, no database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
from click.testing import Result
from typer.testing import CliRunner

from api.cli import event
from graph.errors import SourceMissing, SourceUnreadable, TargetUnwritable
from graph.model import Enterprise
from graph.store import Store
from matching.events import EventInvalid, PinsInfeasible
from tests.cli.test_commands import answer, environment, run
from tests.graphs import write

__all__ = ["environment"]

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

    file.write_text('{"slots": ["1"], "tables": ["a"], "locked": [{}], "locked": []}')
    twice = CliRunner().invoke(event.app, ["solve", str(file)])
    assert isinstance(twice.exception, SourceUnreadable)
    assert "locked" in str(twice.exception)


def test_where_nothing_can_be_written_is_said_before_solving(tmp_path: Path) -> None:
    for target, said in ((tmp_path / "none" / "out.json", "没有这个文件夹"), (tmp_path, "这是一个文件夹")):
        done = solve(tmp_path, EVENT, "--json", str(target))
        assert isinstance(done.exception, TargetUnwritable)
        assert said in str(done.exception)


def test_an_event_from_its_workbook_to_what_came_of_it(
    environment: dict[str, str], store: Store, tmp_path: Path
) -> None:
    book = tmp_path / "活动.xlsx"
    said = ["--number", "E-7", "--name", "小型对接会", "--on", "2026-12-03", "--ends", "10:00", "--halls", "A厅=1"]
    assert run(environment, "event", "new", book, *said).returncode == 0
    firms = [Enterprise(name=f"示例{name}有限公司", sample=True) for name in "甲乙丙"]
    write(store, *firms)
    filled = openpyxl.load_workbook(book)
    page = filled["参会登记"]
    titles = {str(cell.value): cell.column for cell in page[1]}
    rows = [("示例甲有限公司", "链主", "示例乙有限公司"), ("示例乙有限公司", "中小企业", "示例甲有限公司")]
    rows += [("示例丙有限公司", "中小企业", "示例甲有限公司"), ("没有这家公司", "中小企业", "")]
    for number, (name, role, wish) in enumerate(rows, start=2):
        cells = {"活动编号": "E-7", "参会单位": name, "参会身份": role, "想见": wish}
        for title, value in cells.items():
            page.cell(number, titles[title]).value = value
    filled.save(book)
    imported = answer(environment, "event", "import", book)
    assert imported["dropped"] == 1
    assert "没有名为“没有这家公司”的单位" in str(imported["drops"])
    proposed = answer(environment, "event", "propose", "E-7")
    assert {meeting["name"] for meeting in proposed["meetings"]} == {
        "示例甲有限公司 — 示例乙有限公司",
        "示例甲有限公司 — 示例丙有限公司",
    }
    assert "20 分 示例乙有限公司 登记想见对方" in str(proposed["meetings"])
    refused = run(environment, "event", "schedule", "E-7")
    assert refused.returncode == 1
    assert "双方都接受" in refused.stderr
    assert "双方接受 2 场" in run(environment, "event", "accept", "E-7", "--all").stdout
    placed = answer(environment, "event", "schedule", "E-7")
    assert len(placed["plan"]["meetings"]) == 2
    replanned = answer(environment, "event", "replan", "E-7", "--now", "09:20", "--gone", "示例丙有限公司")
    assert replanned["cancelled"] in {0, 1}
    meeting = next(m for m in placed["meetings"] if "乙" in m["name"])
    names = meeting["name"].split(" — ")
    done = run(environment, "event", "outcome", "E-7", *names, "--intention", "--confirmed", names[0])
    assert "合作意向 0 项（另有 1 项待双方确认）" in done.stdout
    assert "撤销第" in run(environment, "event", "undo", "E-7").stdout
    (card,) = answer(environment, "event", "list")
    assert (card["parties"], card["mutual"]) == (3, 2)
    assert "第一条" not in run(environment, "event", "show", "E-7").stdout
