"""``ronglian whatif`` as its users run it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from graph.store import Store
from loaders.base import load
from loaders.catalog.loader import open_catalog
from loaders.workbook import open_workbook
from loaders.workbook.sample import write_sample
from tests.cli.test_commands import answer, environment, run
from tests.graphs import clear

__all__ = ["environment"]
DRIVE = "示例传动科技股份有限公司"


@pytest.fixture(scope="module")
def filled(_opened: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The catalog and the sample workbook, once for all."""
    clear(_opened)
    write_sample(book := tmp_path_factory.mktemp("workbook") / "样例工作簿.xlsx")
    load(_opened, open_catalog())
    load(_opened, open_workbook(book))
    return _opened


def test_story_a_reducer_firm_gone(environment: dict[str, str], filled: Store, tmp_path: Path) -> None:
    found = answer(environment, "whatif", DRIVE)
    stopped = {one["name"]: one for one in found["segments"] if one["stops"]}
    assert {"RV减速器", "工业机器人"} <= stopped.keys()
    assert stopped["RV减速器"]["effect"]["id"] == "emptied"
    assert stopped["工业机器人"]["effect"]["id"] == "starved"
    hit = {one["name"]: one["hit"]["id"] for one in found["leaders"] if one["hurt"]}
    assert hit["示例重工机器人股份有限公司"] == "partly"
    assert "示例智造机器人股份有限公司" in hit
    ring = next(one for one in stopped["RV减速器"]["substitutes"] if one["name"] == "示例苕溪减速机有限公司")
    assert (ring["way"]["id"], ring["ring"]["id"]) == ("connect", "delta")
    assert ring["months"] == 6
    assert "认证 6 个月" in ring["when"]

    said = run(environment, "whatif", "示例传动").stdout
    assert "移除：示例传动科技股份有限公司" in said
    assert "缺必需的投入：RV减速器" in said
    assert "含样例数据" in said

    book = tmp_path / "推演.xlsx"
    assert run(environment, "whatif", DRIVE, "--xlsx", book).returncode == 0
    sheets = openpyxl.load_workbook(book, read_only=True)
    assert sheets.sheetnames == ["环节", "谁能顶上", "链主", "产业链与说明"]
    names = {row[1] for row in sheets["环节"].iter_rows(min_row=3, values_only=True)}
    assert names == {one["name"] for one in found["segments"]}


def test_a_wider_ring_is_asked_for(environment: dict[str, str], filled: Store) -> None:
    near = answer(environment, "whatif", DRIVE)
    far = answer(environment, "whatif", DRIVE, "--ring", "delta")
    assert (near["ring"]["id"], far["ring"]["id"]) == ("district", "delta")
    assert "RV减速器" not in {one["name"] for one in far["segments"] if one["stops"]}, "苕溪 is within the delta"
    board = answer(environment, "gaps", "robotics", "--ring", "delta")
    assert board["ring"] == "delta"
    found = answer(environment, "targets", "robotics.rv-reducer", "--ring", "delta")
    assert "示例苕溪减速机有限公司" not in str(found["lists"][0]["targets"])
    assert run(environment, "whatif", DRIVE, "--ring", "moon").returncode == 2


def test_several_kinds_together(environment: dict[str, str], filled: Store) -> None:
    found = answer(environment, "whatif", "日本", "robotics.rv-reducer", f"{DRIVE} 一号厂区", "--town", "遥观镇")
    assert [one["kind"]["id"] for one in found["removals"]] == ["country", "segment", "site", "town"]
    effects = {one["name"]: one["effect"]["id"] for one in found["segments"]}
    assert (effects["六维力传感器"], effects["RV减速器"]) == ("cut_off", "removed")
    assert any("未写明主要进口国" in text for text in found["limits"])


def test_without_anything_the_firms_whose_loss_hurts_most(
    environment: dict[str, str], filled: Store, tmp_path: Path
) -> None:
    found = answer(environment, "whatif", "--chain", "机器人")
    worst = found["items"][0]
    assert (worst["rank"], worst["output"]["value"] > 0) == (1, True)
    assert [one["rank"] for one in found["items"]] == sorted(one["rank"] for one in found["items"])
    book = tmp_path / "排名.xlsx"
    assert run(environment, "whatif", "--chain", "robotics", "--xlsx", book).returncode == 0
    with closing(openpyxl.load_workbook(book, read_only=True)) as written:
        rows = list(written["影响最大的企业"].iter_rows(min_row=3, values_only=True))
    assert [row[1] for row in rows] == [one["firm"]["name"] for one in found["items"]]


@pytest.mark.parametrize(("word", "said"), [("没有这家企业", "没有编号为"), ("减速器", "可以指")])
def test_a_word_that_means_nothing_or_too_much(
    environment: dict[str, str], filled: Store, word: str, said: str
) -> None:
    done = run(environment, "whatif", word)
    assert done.returncode == 1
    assert said in done.stderr
