"""Files read as a person reads them: other words, merged and repeated headers, units, dates, formats, encodings."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from graph import model
from graph.model import Enterprise
from loaders.provenance import Row
from loaders.workbook import read, records
from loaders.workbook.words import Heading, heading
from tests.loaders.test_workbook_reader import write_book
from tests.loaders.test_workbook_records import FIRMS, KNOWN, ONE, fact


def firms(path: Path) -> list[Enterprise]:
    rows = list(records(read(path), KNOWN))
    assert all(isinstance(row, Row) for row in rows), [str(row) for row in rows]
    return [fact(row, Enterprise) for row in rows if isinstance(row, Row) and row.where.split("!")[0] != "采购"]


@pytest.mark.parametrize(
    ("text", "word", "unit"),
    [
        ("名称", "名称", ""),
        ("* 名 称：", "名称", ""),
        ("2、年营业收入\n（万元）", "年营业收入", "万"),
        ("年营业收入/亿元", "年营业收入", "亿"),
        ("进口占比[%]", "进口占比", "%"),
        ("（一）", "（一）", ""),
        ("统一社会信用代码(18位)", "统一社会信用代码", ""),
        ("1.企业名称", "企业名称", ""),
    ],
)
def test_heading(text: str, word: str, unit: str) -> None:
    assert heading(text) == Heading(heading(word).word if word != "（一）" else "(一)", unit)


def test_other_words_for_sheet_and_columns(tmp_path: Path) -> None:
    path = write_book(
        tmp_path / "名录.xlsx",
        {
            "企业名录": [
                ["序号", "*单位名称", "营业收入（万元）", "员工人数", "所属镇街"],
                [1, ONE, "1,200.5", "85人", "湖塘"],
            ]
        },
    )
    (firm,) = firms(path)
    assert (firm.name, firm.revenue, firm.employees) == (ONE, 12_005_000, 85)
    notes = [str(note) for note in read(path).notes]
    assert any("“*单位名称”按“名称”读取" in note for note in notes)
    assert any("工作表“企业名录”按“企业”读取" in note for note in notes)


def test_merged_and_several_header_rows(tmp_path: Path) -> None:
    path = tmp_path / "多行.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "企业"
    for row in (
        ["某某区重点企业情况表"],
        ["填报单位：某某镇", None, None, "2026年10月"],
        ["企业名称", "基本情况", None, None],
        [None, "职工人数", "年营业收入(万元)", "主要产品"],
        [ONE, 85, 1200, "轴承"],
        [None, None, None, "齿轮"],
        ["合计", 85, 1200, None],
        ["注：数据截至9月底"],
    ):
        page.append(row)
    for area in ("A1:D1", "A3:A4", "B3:D3", "A5:A6"):
        page.merge_cells(area)
    book.save(path)
    (table,) = read(path).tables
    assert table.positions == {"名称": 0, "职工人数": 1, "年营业收入": 2, "主要产品": 3}
    assert table.numbers == [5, 6]
    assert [row[0] for row in table.rows] == [ONE, ONE]
    assert any("第 7、8 行是合计或说明" in str(note) for note in read(path).notes)


@pytest.mark.parametrize("typed", ["2026年3月", "2026-03", "2026.3", 202603, "２０２６／３"])
def test_a_month_alone_is_its_first_day_and_doubted(tmp_path: Path, typed: object) -> None:
    path = write_book(
        tmp_path / "月.xlsx", {"企业": FIRMS, "采购": [["企业", "产品", "填报日期"], [ONE, "轴承", typed]]}
    )
    row = list(records(read(path), KNOWN))[-1]
    assert isinstance(row, Row)
    assert row.observed_on == date(2026, 3, 1)
    (doubt,) = row.cleaned
    assert "只写到月" in str(doubt)


@pytest.mark.parametrize("typed", ["√", "Y", "是", "✔", 1, True])
def test_yes_in_any_writing(tmp_path: Path, typed: object) -> None:
    rows = [["供方企业", "需方企业", "合格供应商"], [ONE, "示例乙有限公司", typed]]
    row = list(records(read(write_book(tmp_path / "是.xlsx", {"企业": FIRMS, "供应关系": rows})), KNOWN))[-1]
    assert isinstance(row, Row)
    assert fact(row, model.SuppliesTo).qualified is True


@pytest.mark.parametrize("blank", ["/", "—", "无", "暂无", "-", "不详", "　"])
def test_words_for_nothing_are_nothing(tmp_path: Path, blank: str) -> None:
    (firm,) = firms(write_book(tmp_path / "无.xlsx", {"企业": [["名称", "集团", "职工人数"], [ONE, blank, blank]]}))
    assert firm.employees is None


@pytest.mark.parametrize(
    ("header", "typed", "share"), [("收入占比（%）", [35, 2], 0.35), ("收入占比(%)", [0.35, 0.1], 0.35)]
)
def test_percent_in_the_header(tmp_path: Path, header: str, typed: list[float], share: float) -> None:
    rows = [["企业", "产品", header], [ONE, "轴承", typed[0]], [ONE, "齿轮", typed[1]]]
    taken = list(records(read(write_book(tmp_path / "比.xlsx", {"企业": FIRMS, "产品": rows})), KNOWN))
    assert isinstance(taken[2], Row)
    assert fact(taken[2], model.Makes).share == share


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_csv_in_any_encoding(tmp_path: Path, encoding: str, mark: str) -> None:
    path = tmp_path / "企业名单.csv"
    path.write_bytes(f"企业名称{mark}员工人数\r\n{ONE}{mark}85\r\n".encode(encoding))
    (firm,) = firms(path)
    assert (firm.name, firm.employees) == (ONE, 85)


def test_csv_whose_name_says_nothing_is_known_by_its_header(tmp_path: Path) -> None:
    path = tmp_path / "导出20261102.csv"
    path.write_text(f"企业名称,统一社会信用代码,年营业收入,职工人数\n{ONE},,5000,3\n", encoding="utf-8")
    assert [table.sheet.name for table in read(path).tables] == ["企业"]


def test_exchange_code_gets_its_zeros_back(tmp_path: Path) -> None:
    (firm,) = firms(write_book(tmp_path / "码.xlsx", {"企业": [["名称", "证券代码"], [ONE, 2594]]}))
    assert firm.exchange_code == "002594"


@pytest.mark.parametrize("hidden", ["hidden", "veryHidden"])
def test_hidden_sheets_are_not_read_and_that_is_said(tmp_path: Path, hidden: str) -> None:
    path = write_book(tmp_path / "藏.xlsx", {"企业": FIRMS, "采购": [["企业", "产品"], [ONE, "轴承"]]})
    book = openpyxl.load_workbook(path)
    book["采购"].sheet_state = hidden
    book.save(path)
    raw = read(path)
    assert [table.sheet.name for table in raw.tables] == ["企业"]
    assert [str(note) for note in raw.notes] == ["藏.xlsx：工作表“采购”是隐藏的，未读取；要读取请先取消隐藏"]
