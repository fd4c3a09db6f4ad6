"""Lists from CSV files, what is wrong with them, and how well they are brought together."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from api.cli.evaluate_resolution import resolution
from benchmarks.corruption import Listed, Rates, corrupt
from graph.errors import RonglianError, SourceMissing, SourceUnreadable
from loaders.resolution import Evaluation, Firm, Quality, Share, evaluate, read_firms, read_truth, resolve
from loaders.resolution.files import CellEmpty, ColumnMissing, IdRepeated, IdUnknown

HEADER = "id,name,code,town,phone\n"


def put(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_reads_what_offices_save(tmp_path: Path, encoding: str) -> None:
    text = "Phone, NAME ,id,town,code,备注\n\n,常州示例机械有限公司,1,湖塘镇,,x\n,,2\n"
    assert read_firms(put(tmp_path / "a.csv", text, encoding)) == [
        Firm("1", "常州示例机械有限公司", "", "湖塘镇", ""),
        Firm("2"),
    ]


@pytest.mark.parametrize(
    ("text", "error", "says"),
    [
        ("", SourceUnreadable, "空的"),
        ("\n\n", SourceUnreadable, "空的"),
        (HEADER, SourceUnreadable, "没有一行数据"),
        ("id,name,code,town\n1,a,b,c\n", ColumnMissing, "缺少列“phone”"),
        (HEADER + "1,甲\n,乙\n", CellEmpty, "第 3 行的“id”"),
        (HEADER + "1,甲\n2,乙\n1,丙\n", IdRepeated, "第 4 行的 id“1”与第 2 行重复"),
        (HEADER + '1,"甲\n', SourceUnreadable, "不是完整的 CSV"),
        (HEADER + "1,甲\0乙,,,\n", SourceUnreadable, "编码"),
    ],
)
def test_says_what_is_wrong(tmp_path: Path, text: str, error: type[RonglianError], says: str) -> None:
    with pytest.raises(error) as caught:
        read_firms(put(tmp_path / "名单.csv", text))
    assert says in str(caught.value.what)
    assert "名单.csv" in (caught.value.where or str(caught.value.what))
    assert str(caught.value.remedy)


def test_no_file_no_text(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing):
        read_firms(tmp_path / "没有.csv")
    (tmp_path / "b.csv").write_bytes(b"id,name\n\xff\xfe\x00\x01")
    with pytest.raises(SourceUnreadable):
        read_firms(tmp_path / "b.csv")


def test_truth(tmp_path: Path) -> None:
    left, right = [Firm("1"), Firm("2")], [Firm("a"), Firm("b")]
    path = put(tmp_path / "t.csv", "right,left\na,1\nb,1\na,1\n")
    files = ("甲.csv", "乙.csv")
    assert read_truth(path, left, right, files=files) == {("1", "a"), ("1", "b")}
    with pytest.raises(IdUnknown, match=r"第 2 行“right”列的“c”不在 乙\.csv 中"):
        read_truth(put(tmp_path / "t.csv", "left,right\n1,c\n"), left, right, files=files)
    with pytest.raises(CellEmpty):
        read_truth(put(tmp_path / "t.csv", "left,right\n1,\n"), left, right, files=files)


def test_shares_and_quality() -> None:
    share = Share.of(99, 100)
    assert share.value == 0.99
    assert share.low == pytest.approx(0.9455, abs=1e-4)
    assert share.high == pytest.approx(0.9982, abs=1e-4)
    assert Share.of(0, 0) == Share(None, None, None)
    found = Quality.of({("1", "a"), ("1", "b"), ("2", "c")}, {("1", "a"), ("1", "b"), ("3", "d")})
    assert (found.right, found.wrong, found.missed) == (2, 1, 1)
    assert found.f1 == pytest.approx(2 / 3)
    assert Quality.of(set(), set()).f1 is None


def made_up() -> list[Listed]:
    """600 firms as a district has them, no real one among them."""
    towns = ("常州", "江苏", "苏州市", "浙江", "")
    trades = ("精密机械", "新材料科技", "电子", "汽车零部件", "化工", "智能装备")
    heads, tails = "戚礼雪洛湖嘉遥潘郑魏", "碳锐弘澜峻骐霖晟煜珂璞"
    names = [a + b for a in heads for b in tails][:100] + [f"{a}{b}{a}" for a in heads for b in tails[:5]]
    return [
        Listed(
            f"{brand}{trades[(n + at) % 6][:2]}",
            f"{towns[(n + at) % 5]}{brand}{trades[(n + at) % 6]}股份有限公司",
            f"{300000 + 7 * (4 * n + at)}",
        )
        for n, brand in enumerate(names)
        for at in range(4)
    ]


@pytest.mark.parametrize("digits", [6, 18])
def test_precision_and_recall(digits: int) -> None:
    lists = corrupt(made_up(), Rates(digits=digits))
    found: Evaluation = evaluate(resolve(lists.left, lists.right), set(lists.truth))
    assert (found.same.precision.value or 0) >= 0.99
    assert (found.same.recall.value or 0) >= 0.93
    assert (found.same_and_ask.recall.value or 0) >= 0.97


def test_many_records_of_one_firm() -> None:
    lists = corrupt(made_up()[::4], Rates(absent=0, strangers=0, code_missing=0, code_slip=0, former=0))
    twins = [Firm(f"T{firm.id}", firm.name.replace("股份", ""), firm.code) for firm in lists.left[:40]]
    truth = {*lists.truth, *((firm.id, f"T{firm.id}") for firm in lists.left[:40])}
    found = evaluate(resolve(lists.left, [*lists.right, *twins]), truth)
    assert (found.same.precision.value or 0) >= 0.99
    assert (found.same.recall.value or 0) >= 0.95


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lists = corrupt(made_up()[:80], Rates())
    for name, firms in (("left", lists.left), ("right", lists.right)):
        with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("id", "name", "code", "town", "phone"))
            writer.writerows((firm.id, firm.name, firm.code, firm.town, firm.phone) for firm in firms)
    truth = put(tmp_path / "truth.csv", "left,right\n" + "\n".join(",".join(pair) for pair in lists.truth))
    resolution(tmp_path / "left.csv", tmp_path / "right.csv", truth, tmp_path / "out.json")
    answer = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert "查准率" in capsys.readouterr().out
    assert answer["evaluation"]["truth"] == len(lists.truth)
    assert answer["evaluation"]["same"]["precision"]["value"] >= 0.99
    for pair in answer["pairs"]:
        assert sum(part["bits"] for part in pair["parts"]) == pytest.approx(pair["score"])
