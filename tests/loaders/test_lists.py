"""Foreign lists: whatever the words and the layout, the same chains, segments, streams, firms and links."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.lists import Wizard
from graph.catalogue import load_catalogue
from graph.digest import digest
from graph.errors import NotFound
from graph.model import Chain, LinkedTo, LinkState, PartOf, Segment, Stream
from graph.store import Store
from loaders.base import load
from loaders.catalog.loader import open_catalog
from loaders.lists import Field, chosen_grids, grids, mend, preview, propose, records, save_mapping
from loaders.lists.fields import read_stream, split_firms
from loaders.lists.loader import place_of
from loaders.lists.mapping import HEADER_WEIGHT, UnknownColumn, UnknownField, UnknownSheet
from loaders.provenance import Drop, Fact, Row
from loaders.undo import undo
from loaders.workbook import known_from_catalog
from loaders.workbook.files import open_book
from matching.gaps import assess, fetch
from tests.loaders.lists_made_up import CHAINS, STREAMS, WRITINGS, Truth, made_up, titled, write_list
from tests.service import TODAY

KNOWN = known_from_catalog()
TRUTH = made_up()
STREAM_OF = {"上游": Stream.UPSTREAM, "中游": Stream.MIDSTREAM, "下游": Stream.DOWNSTREAM}


def said(path: Path) -> Truth:
    """What is read from a list without a word of help."""
    found = chosen_grids(grids(open_book(path), path.stem))
    mapping, _ = propose(found[0])
    rows = list(records(path.stem, found, mapping, KNOWN, TODAY))
    assert not [row for row in rows if isinstance(row, Drop)]
    facts = [fact for row in rows if isinstance(row, Row) for fact in row.facts]
    chains = {fact.id: fact.name for fact in facts if isinstance(fact, Chain)}
    segments = {fact.id: fact for fact in facts if isinstance(fact, Segment)}
    chain_of = {fact.start: chains[fact.end] for fact in facts if isinstance(fact, PartOf)}
    names = {fact.id: fact.name for fact in facts if hasattr(fact, "uscc")}
    titles = {stream: title for title, stream in STREAM_OF.items()}
    return Truth(
        {(chain_of[ref], one.name): titles[one.stream] for ref, one in segments.items() if "大类" not in one.name},
        frozenset(
            (chain_of[fact.end], segments[fact.end].name, names[fact.start])
            for fact in facts
            if isinstance(fact, LinkedTo)
        ),
    )


@pytest.mark.parametrize("writing", WRITINGS)
def test_however_it_is_written_the_same_is_read(tmp_path: Path, writing: str) -> None:
    merged = {"titled": ["A1:F1"], "segments as headers": ["A1:D1", "E1:H1", "I1:L1"]}.get(writing, [])
    found = said(write_list(tmp_path / "名录.xlsx", WRITINGS[writing](TRUTH), merged))
    whole = TRUTH
    if writing == "segments as headers":
        whole = Truth(
            {key: stream for key, stream in TRUTH.segments.items() if key[0] == CHAINS[0]},
            frozenset(link for link in TRUTH.links if link[0] == CHAINS[0]),
        )
    assert found == whole


def test_scores_are_the_sum_of_their_parts(tmp_path: Path) -> None:
    (grid,) = grids(open_book(write_list(tmp_path / "名录.xlsx", titled(TRUTH), ["A1:F1"])))
    _, proposals = propose(grid)
    assert [one.column.field for one in proposals] == [
        Field.IGNORED, Field.CHAIN, Field.STREAM, Field.SEGMENT, Field.FIRM, Field.IGNORED
    ]  # fmt: skip
    for proposal in proposals:
        assert proposal.samples or proposal.column.header == "备注"
        for candidate in proposal.candidates:
            assert 0 <= candidate.score <= 1
            assert sum(candidate.parts) == pytest.approx(candidate.score)
            assert candidate.parts[0] <= HEADER_WEIGHT or candidate.content is None


def test_a_person_may_mend_the_proposal(tmp_path: Path) -> None:
    rows: list[list[object]] = [["甲", "乙", "丙"], ["原料", "海州一公司", "上游"], ["成品", "海州二公司", "下游"]]
    path = write_list(tmp_path / "玻璃.xlsx", {"Sheet1": rows})
    found = chosen_grids(grids(open_book(path), path.stem))
    mapping, _ = propose(found[0])
    mended = mend(mapping, [("甲", "环节"), ("乙", "企业"), ("丙", "位置")])
    facts = [fact for row in records("x", found, mended, KNOWN, TODAY) if isinstance(row, Row) for fact in row.facts]
    assert {fact.name for fact in facts if isinstance(fact, Chain)} == {"玻璃"}
    assert {fact.stream for fact in facts if isinstance(fact, Segment)} == {Stream.UPSTREAM, Stream.DOWNSTREAM}
    with pytest.raises(UnknownColumn, match="丁"):
        mend(mapping, [("丁", "环节")])
    with pytest.raises(UnknownField, match="不存在"):
        mend(mapping, [("甲", "不存在")])
    with pytest.raises(UnknownSheet):
        chosen_grids(found, "没有这张表")


def test_what_is_doubtful_is_said(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["产业链", "环节", "位置", "企业", "地区"],
        ["玻璃", "原片", "上游", "海州一公司", "武进区"],
        ["玻璃", "原片", "中游", "海州二公司", "月球"],
        ["玻璃", "原片", "上游", "待招引", None],
        ["玻璃", "检测", "侧游", "海州三公司", None],
        ["玻璃", None, "下游", "海州四公司", None],
        ["玻璃", "=1+1", "下游", "海州五公司", None],
    ]
    found = chosen_grids(grids(open_book(write_list(tmp_path / "玻璃.xlsx", {"Sheet1": rows}))))
    mapping, _ = propose(found[0])
    got = list(records("玻璃", found, mapping, KNOWN, TODAY))
    notes = [str(note) for row in got if isinstance(row, Row) for note in row.cleaned]
    assert any("“原片”在名录中既列上游、中游，按多数列为上游" in note for note in notes)
    assert any("“月球”" in note for note in notes)
    assert any("“侧游”不是上游" in note for note in notes)
    assert any("“检测”没有写明上、中、下游，暂列中游" in note for note in notes)
    assert [str(row.reason)[:9] for row in got if isinstance(row, Drop)] == ["Sheet1!6：", "Sheet1!7："]


def test_a_level_within_the_streams_is_no_chain_and_the_file_names_it(tmp_path: Path) -> None:
    rows: list[list[object]] = [["大类", "细分领域", "位置", "企业"]]
    rows += [["材料", "原片", "上游", "海州一公司、海州二公司"], [None, "助剂", None, "海州三公司"]]
    rows += [["制品", "幕墙", "下游", "①海州四公司 ②海州五公司"]]
    path = tmp_path / "玻璃.csv"
    path.write_bytes("\n".join(",".join(str(cell or "") for cell in row) for row in rows).encode("gbk"))
    facts = _facts(path)
    assert {fact.name for fact in facts if isinstance(fact, Chain)} == {"玻璃"}
    assert {fact.name for fact in facts if isinstance(fact, Segment)} == {"材料", "制品", "原片", "助剂", "幕墙"}
    assert sum(isinstance(fact, LinkedTo) for fact in facts) == 5


def _facts(path: Path) -> list[Fact]:
    found = chosen_grids(grids(open_book(path), path.stem))
    mapping, _ = propose(found[0])
    rows = records(path.stem, found, mapping, KNOWN, TODAY)
    return [fact for row in rows if isinstance(row, Row) for fact in row.facts]


@pytest.mark.parametrize("name", ["Sheet1", "产业链图谱", "data"])
def test_a_sheet_that_names_no_chain_leaves_it_to_the_file(tmp_path: Path, name: str) -> None:
    rows: list[list[object]] = [["位置", "环节", "企业"], ["上游", "原片", "海州一公司"]]
    facts = _facts(write_list(tmp_path / "玻璃.xlsx", {name: rows}))
    assert [fact.name for fact in facts if isinstance(fact, Chain)] == ["玻璃"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("武进区", "place-320412"),
        ("江苏省常州市武进区", "place-320412"),
        ("常州市武进区湖塘镇", "湖塘镇"),
        ("常州市武进区没有镇", "place-320412"),
        ("海州市武进区", None),
        ("月球", None),
    ],
)
def test_places_level_by_level(text: str, place: str | None) -> None:
    named = next(iter(KNOWN.places["湖塘镇"])) if place == "湖塘镇" else place
    assert place_of(text, KNOWN) == named


Written = Callable[[Truth, Path], Path]


def _rows(truth: Truth) -> list[tuple[str, str, str, str]]:
    """(chain, stream, segment, firm) in the order of the list."""
    return [
        (chain, stream, segment, firm)
        for (chain, segment), stream in truth.segments.items()
        for firm in sorted(firm for c, s, firm in truth.links if (c, s) == (chain, segment))
    ]


def _traditional(truth: Truth, folder: Path) -> Path:
    rows: list[list[object]] = [["所屬產業鏈", "上中下游", "細分領域", "公司名稱", "統一社會信用代碼", "所在地區"]]
    rows += [[*row, None, "海州市"] for row in _rows(truth)]
    return write_list(folder / "名錄.xlsx", {"Sheet1": rows})


def _english(truth: Truth, folder: Path) -> Path:
    rows: list[list[object]] = [
        ["Chain", "Value Chain Stage", "Industry Segment", "Company (CN)", "HQ City", "Website"]
    ]
    rows += [[*row, "Haizhou", "http://example.com"] for row in _rows(truth)]
    return write_list(folder / "list.xlsx", {"Sheet1": rows})


def _merged_streams(truth: Truth, folder: Path) -> Path:
    rows = _rows(truth)
    areas = []
    for column, letter in enumerate("ABC"):
        starts = [n for n, row in enumerate(rows) if n == 0 or row[: column + 1] != rows[n - 1][: column + 1]]
        areas += [f"{letter}{a + 2}:{letter}{b + 1}" for a, b in pairwise([*starts, len(rows)])]
    head: list[list[object]] = [["产业链", "产业链位置", "环节", "企业"]]
    return write_list(folder / "名录.xlsx", {"名录": [*head, *map(list, rows)]}, areas)


def _gbk_with_remains(truth: Truth, folder: Path) -> Path:
    """GBK, a number in front, rows twice, a total and a remark below."""
    rows = _rows(truth)
    lines = [
        "序号,产业链,上下游,环节,企业名称",
        *(f"{n},{','.join(row)}" for n, row in enumerate([*rows, *rows[3:9]], 1)),
    ]
    lines += [f",总 计,,,{len(rows)}家", "注：数据截至2026年6月,,,,"]
    path = folder / "海州.csv"
    path.write_bytes("\n".join(lines).encode("gbk"))
    return path


def _two_headers(truth: Truth, folder: Path) -> Path:
    rows: list[list[object]] = [["海州市产业链企业名录", *[None] * 5]]
    rows += [
        ["序号", "产业链信息", None, None, "企业信息", None],
        [None, "链名", "位置", "环节", "企业名称", "所属镇街"],
    ]
    rows += [[n, *row, "某镇"] for n, row in enumerate(_rows(truth), 1)]
    return write_list(folder / "名录.xlsx", {"Sheet1": rows}, ["A1:F1", "A2:A3", "B2:D2", "E2:F2"])


def _stream_in_segment(truth: Truth, folder: Path) -> Path:
    rows: list[list[object]] = [["产业链", "产业链环节", "企业名称"]]
    rows += [[chain, f"{stream}-{segment}", firm] for chain, stream, segment, firm in _rows(truth)]
    return write_list(folder / "名录.xlsx", {"Sheet1": rows})


def _addresses(truth: Truth, folder: Path) -> Path:
    rows: list[list[object]] = [["行业", "链位", "节点", "主体名称", "注册地址"]]
    rows += [[*row, "福建省厦门市集美区杏林街道1号"] for row in _rows(truth)]
    return write_list(folder / "名录.xlsx", {"Sheet1": rows})


@pytest.mark.parametrize(
    "write",
    [_traditional, _english, _merged_streams, _gbk_with_remains, _two_headers, _stream_in_segment, _addresses],
)
def test_lists_of_other_offices_are_read_without_a_word_of_help(tmp_path: Path, write: Written) -> None:
    assert said(write(TRUTH, tmp_path)) == TRUTH


def test_a_segment_name_in_several_streams_is_a_segment_in_each_and_a_slip_is_none(tmp_path: Path) -> None:
    rows: list[list[object]] = [["产业链", "位置", "环节", "企业"]]
    rows += [["玻璃", stream, "检测服务", f"海州{n}号公司"] for n, stream in enumerate(["上游"] * 4 + ["下游"] * 3)]
    rows += [["玻璃", stream, "原片", f"海州{n}号公司"] for n, stream in enumerate(["上游"] * 6 + ["中游"])]
    path = write_list(tmp_path / "名录.xlsx", {"Sheet1": rows})
    segments = {one.name: one.stream for one in _facts(path) if isinstance(one, Segment)}
    streams = {"检测服务（上游）": Stream.UPSTREAM, "检测服务（下游）": Stream.DOWNSTREAM, "原片": Stream.UPSTREAM}
    assert segments == streams
    found = chosen_grids(grids(open_book(path)))
    notes = list(map(str, preview(found, propose(found[0])[0], KNOWN).notes))
    assert notes[0].startswith("环节“检测服务”在名录中分列上游、下游")


@pytest.mark.parametrize(("rows", "segments"), [((12, 12, 12), 15), ((3, 3, 3), 15), ((1, 1, 1), 15), ((4, 2, 1), 5)])
def test_five_names_in_three_streams_are_fifteen_segments_unless_one_stream_has_more(
    tmp_path: Path, rows: tuple[int, ...], segments: int
) -> None:
    listed = [["玻璃", stream, f"段{name}", f"海州{stream}{name}{number}号公司"]
              for stream, many in zip(("上游", "中游", "下游"), rows, strict=True)
              for name in range(5) for number in range(many)]  # fmt: skip
    path = write_list(tmp_path / "名录.xlsx", {"Sheet1": [["产业链", "位置", "环节", "企业"], *listed]})
    found = chosen_grids(grids(open_book(path)))
    brought = preview(found, propose(found[0])[0], KNOWN)
    assert (brought.segments, brought.links) == (segments, 5 * sum(rows))


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Truth]:
    """About 5,900 rows of a region nobody prepared."""
    truth = made_up(segments=41, firms=2_400, per_segment=16)
    path = tmp_path_factory.mktemp("region") / "海州市产业链企业名录.xlsx"
    return write_list(path, WRITINGS["long"](truth)), truth


def test_a_region_nobody_prepared_gets_its_map_and_board(store: Store, region: tuple[Path, Truth]) -> None:
    path, truth = region
    empty = digest(store)
    wizard = Wizard.open(store, path)
    found = wizard.preview(wizard.mapping)
    assert (found.rows, found.chains, found.segments, len(found.refused)) == (5_904, 3, 369, 0)
    assert found.links == len(truth.links)
    save_mapping(store, "海州名录", wizard.mapping)
    report = load(store, wizard.job(wizard.mapping))
    assert report.dropped == 0
    board = assess(fetch(store, TODAY), TODAY)
    catalogue = load_catalogue(store)
    assert [card.name for card in catalogue.chains] == list(CHAINS)
    for card in catalogue.chains:
        assert len(board.of(card.id)) == 123
        assert {one.segment.stream for one in board.of(card.id)} == {STREAM_OF[stream] for stream in STREAMS}
        assert all(len(one.uncertain) == 16 and not one.confirmed for one in board.of(card.id))
    before = digest(store)
    again = Wizard.open(store, path)
    assert again.kept == "海州名录"
    load(store, again.job(again.mapping))
    assert digest(store) == before
    undo(store, report.run)
    assert digest(store) == empty


def test_a_list_joins_what_the_graph_has(store: Store, tmp_path: Path) -> None:
    load(store, open_catalog())
    rows: list[list[object]] = [["产业链", "环节", "企业"], ["机器人产业链", "RV减速器", "海州一公司"]]
    wizard = Wizard.open(store, write_list(tmp_path / "名录.xlsx", {"Sheet1": rows}))
    found = wizard.preview(wizard.mapping)
    assert (found.new_chains, found.new_segments) == (0, 0)
    mapping = wizard.mapping.model_copy(update={"state": LinkState.CONFIRMED})
    load(store, wizard.job(mapping))
    board = assess(fetch(store, TODAY), TODAY)
    reducer = board.by_segment["robotics.rv-reducer"]
    assert "海州一公司" in {link.firm.name for link in (*reducer.confirmed, *reducer.beyond)}
    with pytest.raises(NotFound):
        Wizard.open(store, wizard.path, use="没有这个映射")


@pytest.mark.parametrize(
    ("text", "firms"),
    [
        ("海州一公司、海州二公司；海州三公司等", ["海州一公司", "海州二公司", "海州三公司"]),
        ("1.海州一公司\n2．海州二公司", ["海州一公司", "海州二公司"]),
        ("海州（苏、浙）公司，海州一公司", ["海州（苏、浙）公司", "海州一公司"]),
        ("海州一公司等3家企业", ["海州一公司"]),
        ("①海州一公司 ②海州二公司", ["海州一公司", "海州二公司"]),
        ("", []),
    ],
)
def test_firms_of_a_cell(text: str, firms: list[str]) -> None:
    assert split_firms(text) == firms


@pytest.mark.parametrize(
    ("text", "stream"),
    [
        ("上游", Stream.UPSTREAM),
        ("中", Stream.MIDSTREAM),
        ("下游应用", Stream.DOWNSTREAM),
        ("产业链上游（材料）", Stream.UPSTREAM),
        ("配套服务", Stream.SUPPORTING),
        ("上中下游", None),
        ("上、下游", None),
        ("中国", None),
    ],
)
def test_streams(text: str, stream: Stream | None) -> None:
    assert read_stream(text) is stream


@given(st.lists(st.text(alphabet="甲乙丙丁海州（）、1.", min_size=1, max_size=8), max_size=5))
def test_any_cell_is_split_into_names(parts: list[str]) -> None:
    names = split_firms("；".join(parts))
    assert all(name == name.strip() and name for name in names)
    assert len(set(names)) == len(names)
