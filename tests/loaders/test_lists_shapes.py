"""Lists of a region nobody prepared as offices write them: coded streams, places, several segments a cell."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from time import process_time

import pytest

from api.lists import Wizard
from graph.model import Stream
from graph.store import Store
from loaders.base import load
from loaders.lists.fields import Field, stream_of
from loaders.lists.loader import ChainUnknown, PlaceUnknown
from matching.gaps import Ring, assess, fetch
from tests.loaders.lists_made_up import Rows, write_list
from tests.service import TODAY

CODES = {
    "figures": ("1", "2", "3"),
    "signs": ("上", "中", "下"),
    "words": ("上游", "中游", "下游"),
    "english": ("Upstream", "MIDSTREAM", "down-stream"),
    "letters": ("u", "M", "D"),
    "numerals": ("一", "二", "三"),
}
FIRMS = [f"示例{number}号机械有限公司" for number in range(12)]
"""Made up, like every list here."""


def rows_of(codes: tuple[str, str, str], header: str) -> Rows:
    named = [(codes[n % 3], f"示例环节{n % 6}", firm) for n, firm in enumerate(FIRMS)]
    return [[header, "细分领域", "单位名称"], *map(list, named)]


@pytest.mark.parametrize("header", ["上下游", "stream", "位置"])
@pytest.mark.parametrize("codes", CODES.values(), ids=CODES)
def test_streams_however_they_are_coded(store: Store, tmp_path: Path, codes: tuple[str, str, str], header: str) -> None:
    path = write_list(tmp_path / "示例装备产业链.xlsx", {"Sheet1": rows_of(codes, header)})
    wizard = Wizard.open(store, path)
    assert [one.field for one in wizard.mapping.columns] == [Field.STREAM, Field.SEGMENT, Field.FIRM]
    found = wizard.preview(wizard.mapping)
    assert (found.chains, found.segments, found.firms, found.refused) == (1, 6, 12, ())
    assert not [note for note in found.notes if "上游" in str(note)]


def test_a_figure_that_is_no_stream_is_not_taken_for_one(store: Store, tmp_path: Path) -> None:
    rows = rows_of(("上游", "中游", "下游"), "上下游")
    rows = [[*row, "重要性" if n == 0 else n % 3 + 1] for n, row in enumerate(rows)]
    wizard = Wizard.open(store, write_list(tmp_path / "示例链.xlsx", {"Sheet1": rows}))
    assert wizard.mapping.columns[3].field is Field.IGNORED
    assert (stream_of("4"), stream_of("2.0"), stream_of("X")) == (None, Stream.MIDSTREAM, None)


def test_several_segments_in_a_cell(store: Store, tmp_path: Path) -> None:
    rows: Rows = [
        ["产业链", "位置", "环节", "企业"],
        ["示例链", "上游", "电芯", FIRMS[0]],
        ["示例链", "上游", "隔膜", FIRMS[1]],
        ["示例链", "上游", "电芯、隔膜", FIRMS[2]],
        ["示例链", "中游", "研发、设计", FIRMS[3]],
        ["示例链", "下游", "整车；换电", FIRMS[4]],
        ["示例链", "", "电芯", FIRMS[0]],
    ]
    wizard = Wizard.open(store, write_list(tmp_path / "a.xlsx", {"Sheet1": rows}))
    found = wizard.preview(wizard.mapping)
    assert found.segments == 5, "电芯 隔膜 研发、设计 整车 换电"
    assert "2 行在一格里写了几个环节" in " ".join(map(str, found.notes))
    report = load(store, wizard.job(wizard.mapping))
    assert report.dropped == 0
    board = assess(fetch(store, TODAY), TODAY, ring=None)
    linked = Counter({one.segment.name: len(one.uncertain) for one in board.segments})
    assert linked == {"电芯": 2, "隔膜": 2, "研发、设计": 1, "整车": 1, "换电": 1}


def test_place_columns_say_where_firms_are_and_bring_their_divisions(store: Store, tmp_path: Path) -> None:
    rows: Rows = [
        ["示例市重点企业", None, None, None, None],
        [None] * 5,
        ["位置", "环节", "企业名称", "所属镇街", "城市"],
        ["1", "示例件", FIRMS[0], "某镇", "成都市武侯区"],
        ["2", "示例机", FIRMS[1], "", "四川省绵阳市"],
        ["3", "示例站", FIRMS[2], "无此镇", "不存在市"],
        ["3", "示例站", FIRMS[0], "某镇", "成都市武侯区"],
    ]
    path = write_list(tmp_path / "firms.xlsx", {"Sheet1": rows})
    wizard = Wizard.open(store, path)
    assert wizard.chain(wizard.mapping) is None, "neither file nor sheet nor title names a chain"
    with pytest.raises(ChainUnknown):
        wizard.job(wizard.mapping)
    mapping = wizard.mapping.model_copy(update={"chain": "示例装备"})
    assert [one.field for one in mapping.columns].count(Field.PLACE) == 2
    load(store, wizard.job(mapping))
    facts = fetch(store, TODAY)
    assert Counter(firm.codes for firm in facts.firms) == {("510107",): 1, ("5107",): 1, (): 1}
    assert {firm.ring for firm in facts.firms} == {Ring.NATIONAL, None}


def test_where_the_whole_list_is(store: Store, tmp_path: Path) -> None:
    path = write_list(tmp_path / "示例装备产业链.xlsx", {"Sheet1": rows_of(("1", "2", "3"), "上下游")})
    wizard = Wizard.open(store, path)
    assert "12 家企业没有写所在地" in " ".join(map(str, wizard.preview(wizard.mapping).notes))
    with pytest.raises(PlaceUnknown):
        wizard.preview(wizard.mapping.model_copy(update={"place": "朝阳区"}))
    mapping = wizard.mapping.model_copy(update={"place": "江苏省常州市武进区"})
    assert not [note for note in wizard.preview(mapping).notes if "所在地" in str(note)]
    load(store, wizard.job(mapping))
    assert {firm.ring for firm in fetch(store, TODAY).firms} == {Ring.DISTRICT}


def test_a_long_list_in_gbk_from_file_to_board(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    with path.open("w", encoding="gbk", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["chain", "tier", "segment", "company", "city"])
        for number in range(5_900):
            chain, segment = f"示例{number % 4}链", number % 120
            stream = "UMD"[segment % 3]
            writer.writerow([chain, stream, f"示例段{segment}", f"示例{number % 2_300}号科技有限公司", "成都市"])
    began = process_time()
    wizard = Wizard.open(store, path)
    found = wizard.preview(wizard.mapping)
    assert (found.rows, found.chains, found.firms, found.refused) == (5_900, 4, 2_300, ())
    report = load(store, wizard.job(wizard.mapping))
    assert report.dropped == 0
    board = assess(fetch(store, TODAY), TODAY, ring=None)
    assert board.where().total == 2_300
    assert process_time() - began < 60
