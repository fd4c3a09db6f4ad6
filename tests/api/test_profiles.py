"""A firm's profile goes out as a workbook and comes back: what was changed changes, the rest stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from fastapi.testclient import TestClient

from api.auth.roles import Role
from api.auth.viewer import LOCAL, Viewer, acting
from api.profiles import load_profile, write_profile
from graph.digest import digest
from graph.model import (
    Buys,
    Chain,
    Enterprise,
    Makes,
    PartOf,
    Place,
    PlaceLevel,
    Platform,
    Product,
    Segment,
    Stream,
    Substitutability,
    Tier,
)
from graph.nodes import Neighbour, view_node
from graph.store import Store
from loaders.base import load
from loaders.history import list_runs
from loaders.report import LoadReport
from loaders.undo import undo
from loaders.workbook import (
    check,
    job_of,
    known_from_graph,
    left_out,
    read,
    source_id,
    write_checked,
    write_returned,
)
from loaders.workbook.facts import PLATFORMS
from loaders.workbook.sheets import BY_NAME
from tests.auth.people import add, bearer, forget
from tests.graphs import source, write
from tests.loaders.test_workbook_reader import write_book
from tests.service import example_app

TODAY = date(2026, 11, 23)
ONE, TWO = "示例甲传动有限公司", "示例乙整机有限公司"
SHEETS: dict[str, list[list[object]]] = {
    "企业": [["名称", "年营业收入", "职工人数", "集团", "所在地区"], [ONE, 5_000_000, 80, "示例集团", "湖塘镇"], [TWO]],
    "厂区": [["企业", "名称", "所在镇街", "地址"], [ONE, "一厂区", "湖塘镇", "某路 1 号"]],
    "产品": [["企业", "产品", "收入占比", "填报日期"], [ONE, "RV减速器", "35%", "2026-03-01"]],
    "采购": [["企业", "产品", "年采购额", "进口占比"], [ONE, "轴承", 1_200_000, 0.2], [ONE, "合金钢", 900_000, None]],
    "供应关系": [["供方企业", "需方企业", "产品"], [ONE, TWO, "RV减速器"]],
    "扩张信号": [
        ["企业", "信号内容", "信号类别", "发生日期", "出处", "环节"],
        [ONE, "二期开工", "新建厂区", "2026-05-01", "某公告", "机器人/RV减速器"],
    ],
    "供给": [
        ["编号", "名称", "发布单位", "环节", "产品", "技术指标", "月可供量", "状态", "发布日期"],
        ["O-1", "减速器", ONE, "机器人/RV减速器", "RV减速器", "背隙≤1角分", 800, "关闭", "2026-04-01"],
    ],
    "加工与检测能力": [["编号", "名称", "发布单位", "月空闲产能"], ["C-1", "磨齿", ONE, 40]],
    "设备": [["能力编号", "名称", "型号"], ["C-1", "数控磨齿机", "X500"]],
}
_WORDS = {"stream": Stream.UPSTREAM, "importance": 1, "substitutability": Substitutability.UNKNOWN, "basis": "试"}
CATALOG = (
    Chain(id="robotics", name="机器人", tier=Tier.LEADING, order=1, basis="试"),
    Segment(id="robotics.rv", name="RV减速器", terms=["RV减速器"], **_WORDS),  # type: ignore[arg-type]
    PartOf(start="robotics.rv", end="robotics"),
    Place(id="place-320412100", code="320412100", name="湖塘镇", level=PlaceLevel.TOWN),
    *(Platform(id=own, name=own, order=1, quote="试", basis="试") for own in set(PLATFORMS.values())),
)
Edit = Callable[[Any], None]


@pytest.fixture
def firm(store: Store, tmp_path: Path) -> str:
    """A firm that an office's workbook and a public data set speak of."""
    write(store, *CATALOG, of=source("catalog", rank=2))
    _load(store, write_book(tmp_path / "填报.xlsx", SHEETS))
    own = Enterprise(name=ONE, employees=60, business_scope="减速器制造")
    gear = Product(name="齿轮箱")
    write(store, own, gear, Makes(start=own.id, end=gear.id), of=source("public", rank=3))
    return own.id


def _export(store: Store, firm: str, path: Path, who: Viewer = LOCAL) -> Path:
    with acting(who):
        write_profile(store, firm, path, TODAY)
    return path


def _edited(path: Path, edit: Edit) -> Path:
    book = openpyxl.load_workbook(path)
    edit(book)
    book.save(path)
    return path


def _load(store: Store, path: Path) -> LoadReport:
    raw = read(path)
    return load(store, job_of(raw, known_from_graph(store, source_id(raw))))


def _set(page: Any, title: str, value: object, row: int = 2) -> None:
    column = next(cell.column for cell in page[1] if cell.value == title)
    page.cell(row, column).value = value


def _add(page: Any, **cells: object) -> None:
    for title, value in cells.items():
        _set(page, title, value, page.max_row if title != next(iter(cells)) else page.max_row + 1)


def _records(page: Any) -> list[dict[str, object]]:
    titles = [cell.value for cell in page[1]]
    return [dict(zip(titles, line, strict=True)) for line in page.iter_rows(min_row=2, values_only=True)]


def _tied(store: Store, firm: str, kind: str) -> list[Neighbour]:
    return [one for ties in view_node(store, firm).ties if ties.type == kind for one in ties.neighbours]


def test_everything_of_the_firm_goes_out(store: Store, firm: str, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(_export(store, firm, tmp_path / "档案.xlsx"))
    rows = {page.title: _records(page) for page in book.worksheets if page.title in BY_NAME}
    assert set(SHEETS) <= set(rows)
    (own,) = rows["企业"]
    assert (own["年营业收入"], own["职工人数"], own["经营范围"]) == (5_000_000, 80, "减速器制造")
    assert (own["集团"], own["所在地区"]) == ("示例集团", "湖塘镇")
    assert {row["产品"]: row["收入占比"] for row in rows["产品"]} == {"RV减速器": 0.35, "齿轮箱": None}
    assert {row["产品"]: row["年采购额"] for row in rows["采购"]} == {"轴承": 1_200_000, "合金钢": 900_000}
    assert [(row["供方企业"], row["需方企业"]) for row in rows["供应关系"]] == [(ONE, TWO)]
    assert rows["供给"][0]["状态"] == "关闭"
    assert rows["设备"][0]["能力编号"] == "C-1"
    assert rows["扩张信号"][0]["环节"] == "机器人/RV减速器"


def test_unchanged_it_says_nothing_new(store: Store, firm: str, tmp_path: Path) -> None:
    path = _export(store, firm, tmp_path / "档案.xlsx")
    raw = read(path)
    assert check(raw, known_from_graph(store, source_id(raw))).problems == ()
    before = view_node(store, firm)
    report = _load(store, path)
    assert (report.nodes, report.relationships, report.drops, report.findings) == (0, 0, [], [])
    assert view_node(store, firm) == before


def test_what_was_changed_changes_and_the_rest_stays(store: Store, firm: str, tmp_path: Path) -> None:
    before = digest(store)

    def edit(book: Any) -> None:
        _set(book["企业"], "年营业收入", "620万元")
        _set(book["企业"], "名称", "示例甲精密传动有限公司")
        rows = [row[1].value for row in book["采购"].iter_rows(2)]
        _set(book["采购"], "年采购额", 2_000_000, 2 + rows.index("轴承"))
        _add(book["产品"], 企业="示例甲精密传动有限公司", 产品="谐波减速器", 收入占比=0.1)
        _set(book["供给"], "月可供量", 950)

    path = _edited(_export(store, firm, tmp_path / "档案.xlsx"), edit)
    report = _load(store, path)
    assert report.drops == []
    view = view_node(store, firm)
    assert (view.facts["revenue"], view.facts["employees"]) == (6_200_000, 80)
    assert view.facts["name"] == "示例甲精密传动有限公司"
    (said,) = [one.facts for one in view.statements if one.source == f"profile:{firm}"]
    assert set(said) - {"id"} == {"name", "revenue"}
    assert [one.name for one in _tied(store, firm, "MAKES")].count("谐波减速器") == 1
    bought = {one.name: one.facts for one in _tied(store, firm, "BUYS") if one.source == f"profile:{firm}"}
    assert bought == {"轴承": {"amount": 2_000_000, "import_share": 0.2}}
    (offer,) = {one.id for one in _tied(store, firm, "POSTS") if "Offer" in one.labels}
    assert view_node(store, offer).facts["quantity"] == 950
    assert view_node(store, offer).facts["state"] == "closed"

    after = digest(store)
    _load(store, path)
    assert digest(store) == after
    # What comes out now has the changes in it; coming back as it is, it changes nothing either.
    again = _export(store, firm, tmp_path / "又一次.xlsx")
    _load(store, again)
    assert view_node(store, firm).facts["revenue"] == 6_200_000
    undo(store, _load_runs(store, firm)[0])
    undo(store, _load_runs(store, firm)[0])
    assert digest(store) == before


def _load_runs(store: Store, firm: str) -> list[str]:
    return [run.id for run in list_runs(store, 20) if run.source == f"profile:{firm}" and run.undoable]


def test_what_was_emptied_or_removed_is_said(store: Store, firm: str, tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        _set(book["企业"], "职工人数", None)
        book["采购"].delete_rows(2)

    path = _edited(_export(store, firm, tmp_path / "档案.xlsx"), edit)
    raw = read(path)
    found = check(raw, known_from_graph(store, source_id(raw)))
    assert any("“职工人数”被清空" in str(one.what) for one in found.problems)
    report = _load(store, path)
    assert any("“采购”表导出时有" in str(one.reason) for one in report.findings)
    assert view_node(store, firm).facts["employees"] == 80
    assert len(_tied(store, firm, "BUYS")) == 2


def test_a_checked_and_a_returned_profile_is_still_the_firms(store: Store, firm: str, tmp_path: Path) -> None:
    def wrong(book: Any) -> None:
        _set(book["企业"], "职工人数", "很多")
        _set(book["企业"], "年营业收入", 6_000_000)
        _add(book["产品"], 企业=ONE, 产品=None, 收入占比=0.1)

    path = _edited(_export(store, firm, tmp_path / "档案.xlsx"), wrong)
    raw = read(path)
    marked = tmp_path / "标好.xlsx"
    write_checked(check(raw, known_from_graph(store, source_id(raw))), marked)
    assert source_id(read(marked)) == f"profile:{firm}"
    report = _load(store, marked)
    back = tmp_path / "退回.xlsx"
    write_returned(read(marked), left_out(report), back)

    def mended(book: Any) -> None:
        _set(book["企业"], "职工人数", 90)
        _set(book["产品"], "产品", "谐波减速器")

    report = _load(store, _edited(back, mended))
    assert report.drops == []
    view = view_node(store, firm)
    (said,) = [one.facts for one in view.statements if one.source == f"profile:{firm}"]
    assert (said["employees"], said["revenue"]) == (90, 6_000_000)
    assert "business_scope" not in said
    assert "谐波减速器" in {one.name for one in _tied(store, firm, "MAKES")}


def test_what_was_withheld_is_neither_in_the_file_nor_lost(store: Store, firm: str, tmp_path: Path) -> None:
    who = Viewer("organiser", frozenset({Role.ORGANISER}), account="account-1")
    path = _export(store, firm, tmp_path / "档案.xlsx", who)
    book = openpyxl.load_workbook(path)
    assert "1200000" not in "".join(str(cell.value) for page in book for row in page.iter_rows() for cell in row)
    note = book["采购"].cell(2, [cell.value for cell in book["采购"][1]].index("年采购额") + 1).comment
    assert note is not None
    assert "无权查看" in note.text

    def edit(book: Any) -> None:
        _set(book["企业"], "职工人数", 85)
        _set(book["采购"], "采购清单序号", 3)

    report = _load(store, _edited(path, edit))
    assert any("无权查看" in str(drop.reason) for drop in report.drops)
    assert view_node(store, firm).facts["employees"] == 85
    amounts = {one.name: one.facts.get("amount") for one in _tied(store, firm, "BUYS")}
    assert amounts == {"轴承": 1_200_000, "合金钢": 900_000}


def test_the_firm_page_offers_it_and_the_api_gives_it(store: Store, firm: str) -> None:
    with TestClient(example_app(store), base_url="http://127.0.0.1") as client:
        assert f"/api/v1/firms/{firm}/profile.xlsx" in client.get(f"/firms/{firm}").text
        answer = client.get(f"/api/v1/firms/{firm}/profile.xlsx")
    assert answer.status_code == 200
    assert answer.content[:2] == b"PK"
    assert "filename*=UTF-8''" in answer.headers["content-disposition"]


def test_baseline_leaves_out_what_only_the_firm_said(store: Store, firm: str, tmp_path: Path) -> None:
    steel = Product(name="稀土磁钢")
    write(store, steel, Buys(start=firm, end=steel.id, amount=7), of=source(f"profile:{firm}"))
    with acting(LOCAL):
        found = load_profile(store, firm)
    others = {str(row.cells["产品"]): row.others for row in found.rows["采购"]}
    assert others["稀土磁钢"] is None
    assert others["轴承"] is not None


def test_a_contact_takes_out_its_own_firms_profile_only_and_an_office_takes_it_in(store: Store, firm: str) -> None:
    add(store, "admin", Role.ADMIN)
    add(store, "contact", Role.ENTERPRISE, firm=firm)
    headers, other = bearer(store, "contact"), view_node(store, TWO).id
    try:
        with TestClient(example_app(store), base_url="http://127.0.0.1") as client:
            assert client.get(f"/api/v1/firms/{firm}/profile.xlsx", headers=headers).status_code == 200
            assert client.get(f"/api/v1/firms/{other}/profile.xlsx", headers=headers).status_code == 403
            sent = client.post("/api/v1/imports?name=a.xlsx", content=b"x", headers=headers)
            assert sent.status_code == 403
    finally:
        forget(store)
