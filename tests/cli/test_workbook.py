"""``ronglian workbook``: a list of a region nobody prepared, and a firm's own profile out and in, as one types them."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from graph.model import Enterprise
from graph.nodes import view_node
from graph.store import Store
from loaders.history import list_runs
from matching.gaps import Ring, fetch
from tests.cli.test_commands import answer, environment, run
from tests.graphs import source, write
from tests.loaders.lists_made_up import made_up, titled, write_list
from tests.service import TODAY

__all__ = ["environment"]

FIRM = Enterprise(name="示例传动有限公司", city="常州", employees=80)


def test_a_list_becomes_chains_and_a_board(environment: dict[str, str], store: Store, tmp_path: Path) -> None:
    path = write_list(tmp_path / "名录.xlsx", titled(made_up()), ["A1:F1"])
    done = run(environment, "workbook", "map", path, "--as", "海州名录", "--load")
    assert done.returncode == 0, done.stderr
    assert "产业链 3 条（新 3），环节 36 个（新 36）" in done.stdout
    assert "各环节先列“待核实”" in done.stdout
    board = run(environment, "gaps", "--ring", "anywhere").stdout
    assert "待核实 36 个" in board
    assert "下一步：先核实挂链" in board
    again = run(environment, "workbook", "map", path, "--confirmed", "--load")
    assert again.returncode == 0, again.stderr
    assert "待核实" not in run(environment, "gaps", "--ring", "anywhere").stdout.split("由名录建立的链")[0]


def test_a_list_that_names_neither_chain_nor_place_is_told_both(
    environment: dict[str, str], store: Store, tmp_path: Path
) -> None:
    rows = [
        ["位置", "环节", "企业"],
        *(["UMD"[n % 3], f"示例环节{n % 6}", f"示例{n}号机械有限公司"] for n in range(12)),
    ]
    path = write_list(tmp_path / "list.xlsx", {"Sheet1": rows})
    refused = run(environment, "workbook", "map", path, "--load")
    assert refused.returncode == 1
    assert "--chain" in refused.stderr
    wrong = run(environment, "workbook", "map", path, "--chain", "示例装备", "--place", "朝阳区", "--load")
    assert wrong.returncode == 1
    assert "朝阳区" in wrong.stderr
    assert fetch(store, TODAY).firms == ()
    place = "四川省成都市武侯区"
    done = run(environment, "workbook", "map", path, "--chain", "示例装备", "--place", place, "--load")
    assert done.returncode == 0, done.stderr
    assert "产业链：示例装备" in done.stdout
    assert "产业链 1 条（新 1），环节 6 个（新 6）" in done.stdout
    facts = fetch(store, TODAY)
    assert {firm.codes for firm in facts.firms} == {("510107",)}
    assert {firm.ring for firm in facts.firms} == {Ring.NATIONAL}
    set_ = run(environment, "settings", "district", place, "--by", "链办", "--reason", "本区不在武进")
    assert set_.returncode == 0, set_.stderr
    assert "武侯区 510107" in set_.stdout
    assert "链办" in set_.stdout
    assert answer(environment, "settings", "district")["code"] == "510107"
    assert {firm.ring for firm in fetch(store, TODAY).firms} == {Ring.DISTRICT}
    assert "示例装备" in run(environment, "gaps").stdout
    nowhere = run(environment, "settings", "district", "不存在的区")
    assert nowhere.returncode == 1
    assert "不存在的区" in nowhere.stderr
    assert answer(environment, "settings", "district")["code"] == "510107"


def test_a_profile_goes_out_and_what_was_changed_comes_in(
    environment: dict[str, str], store: Store, tmp_path: Path
) -> None:
    write(store, FIRM, of=source("示例名录", rank=3))
    path = tmp_path / "档案.xlsx"
    done = run(environment, "workbook", "profile", FIRM.name, path)
    assert done.returncode == 0, done.stderr
    assert "改好后用 ronglian load workbook 载入" in done.stdout
    book = openpyxl.load_workbook(path)
    page = book["企业"]
    head = {cell.value: cell.column for row in page.iter_rows(max_row=3) for cell in row}
    row = next(cell.row for cell in page["A"] if cell.value == FIRM.name)
    page.cell(row, head["职工人数"]).value = 95
    book.save(path)
    assert run(environment, "load", "workbook", path).returncode == 0
    assert view_node(store, FIRM.name).facts["employees"] == 95
    loaded = next(one for one in list_runs(store, 5) if one.source == f"profile:{FIRM.id}")
    assert run(environment, "runs", "undo", loaded.id).returncode == 0
    assert view_node(store, FIRM.name).facts["employees"] == 80
