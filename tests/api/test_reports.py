"""The report of a chain: one picture for page and file, fonts with fallbacks, page numbers, every table filled."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from fastapi.testclient import TestClient
from lxml import etree

from api.charts import draw_map, draw_priorities, has_chinese_font, ink, to_png
from api.reports.chain_report import write_chain_report
from matching.gaps import Board, GapClass, assess
from tests.matching.gaps_example import EXAMPLE, TODAY

CHAIN = "示例链"


@pytest.fixture
def board() -> Board:
    return assess(EXAMPLE, TODAY)


@pytest.mark.parametrize("draw", [draw_map, draw_priorities])
def test_a_picture_is_well_formed_and_can_be_printed(board: Board, draw: object) -> None:
    svg = draw(board, CHAIN)  # type: ignore[operator]
    root = etree.fromstring(svg.encode())
    assert root.tag.endswith("svg")
    assert "currentColor" not in svg
    assert "var(" not in svg
    shown = "".join(root.itertext())
    for found in board.gaps(CHAIN):
        assert found.segment.name in shown
        assert str(found.priority.score) in shown
    assert to_png(svg).startswith(b"\x89PNG")
    assert has_chinese_font(), "apt install fonts-noto-cjk"


def test_colours_and_marks_are_those_of_the_pages() -> None:
    css = (Path(ink.__file__).parents[1] / "web" / "static" / "base.css").read_text("utf-8")
    for kind in GapClass:
        assert f"--{kind.value}: {ink.colour(kind.value)};" in css
        assert "<" in ink.mark(kind, 0, 0)


def test_a_long_name_is_cut_to_its_card() -> None:
    assert ink.fitted("很长很长很长的环节名称", 14, 70) == "很长很长…"
    assert ink.fitted("短", 14, 70) == "短"


def test_the_word_file_is_as_an_office_hands_it_in(board: Board, tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    write_chain_report(board, CHAIN, path, ["新增覆盖环节 1 个：视觉"])
    with ZipFile(path) as parts:
        body = parts.read("word/document.xml").decode()
        fonts = parts.read("word/fontTable.xml").decode()
        feet = "".join(parts.read(name).decode() for name in parts.namelist() if "footer" in name)
        media = [name for name in parts.namelist() if name.startswith("word/media/")]
    assert re.search(r'w:name="仿宋"[^>]*><w:altName w:val="仿宋_GB2312,FangSong', fonts)
    assert 'w:instr="PAGE"' in feet
    assert len(media) == 2
    text = re.sub(r"<[^>]+>", "", body)
    heads = (
        "一、总体情况",
        "二、产业链图谱",
        "三、缺口与优先级",
        "四、待核实任务",
        "五、下一步工作建议",
        "六、证据与局限",
    )
    assert [text.index(head) for head in heads] == sorted(text.index(head) for head in heads)
    for found in board.gaps(CHAIN):
        assert f"{found.priority.score} = " in text
    assert "新增覆盖环节 1 个：视觉" in text
    assert "环节覆盖率60%6 / 10" in text
    assert body.count("w:tblHeader") == body.count("<w:tbl>")


def test_page_and_files_show_the_same_pictures(client: TestClient) -> None:
    page = client.get("/reports?chain=robotics").text
    for name in ("map.svg", "priorities.svg"):
        assert f"/reports/robotics/{name}?ring=district" in page
        answer = client.get(f"/reports/robotics/{name}")
        assert answer.headers["content-type"] == "image/svg+xml"
        assert "机器人" in answer.text
    word = client.get("/reports/robotics/report.docx?ring=delta")
    assert word.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%E6%9C%BA")
    assert word.content.startswith(b"PK")
    assert client.get("/reports/robotics/gaps.xlsx").content.startswith(b"PK")
    assert client.get("/reports/none/map.svg").status_code == 404
