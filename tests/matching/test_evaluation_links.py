"""The three tasks and whole firms, end to end on small files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graph.errors import SourceMissing, SourceUnreadable
from matching.evaluation.errors import NothingToRank, OptionMissing, TaskUnknown
from matching.evaluation.evaluation import Evaluation
from matching.evaluation.files import read_rows
from matching.evaluation.links import Files, Kind, evaluate_links, kind_of
from matching.evaluation.products import material_task
from matching.evaluation.suppliers import evaluate_suppliers, industry_levels, supplier_test
from matching.learning.meanings import Meanings
from tests.matching.learning_example import GRADES, KINDS, NEEDS, USES, pairs, write


def figures(found: Evaluation, part: str) -> dict[str, float]:
    return {f.method: f.measures[found.main].mean for f in found.figures if f.part == part}


@pytest.fixture
def materials(tmp_path: Path) -> Files:
    known = pairs()
    held = {pair for place, pair in enumerate(known) if place % 9 == 0}
    train = write(tmp_path / "train.csv", ("product", "material"), [pair for pair in known if pair not in held])
    rows = [(*pair, "trans", "noshare") for pair in sorted(held)]
    rows += [(f"深海{kind}", need, "ind", "noshare") for kind, need in zip(KINDS, NEEDS, strict=True)]
    test = write(tmp_path / "test.csv", ("product", "material", "split", "lex"), rows)
    return Files(train, test)


def test_materials(materials: Files) -> None:
    found = evaluate_links(Kind.T1, materials)
    new = figures(found, "warm non-lexical ind")
    assert new["learned"] > max(0.7, new["popularity"])
    assert found.reliability
    assert sum(each.count for each in found.reliability.bins) >= len(KINDS)
    assert all(
        0 <= value <= 1 for part in ("ind", "trans") for value in figures(found, f"warm non-lexical {part}").values()
    )


def test_meanings_are_one_more_thing_to_go_by_and_named(materials: Files) -> None:
    found = evaluate_links(Kind.T1, materials, meanings=Meanings())
    assert found.encoder == "multilingual-e5-small"
    assert any(found.weights["meaning_transfer"])
    without = evaluate_links(Kind.T1, materials)
    assert without.encoder is None
    assert not any(without.weights["meaning_transfer"])


def test_the_wider_pool_is_ranked_apart(materials: Files, tmp_path: Path) -> None:
    pool = write(tmp_path / "pool.csv", ("material",), [(f"{need}甲",) for need in NEEDS])
    narrow = material_task(materials.train, materials.test, None)
    wide = material_task(materials.train, materials.test, pool)
    assert len(wide.links.items) == len(narrow.links.items) + len(NEEDS)
    warm = [trial for trial in wide.experiment.trials if trial.among == len(narrow.links.items)]
    assert len(warm) == len(narrow.experiment.trials)
    assert len(wide.experiment.trials) == 2 * len(warm)


def test_a_wider_pool_changes_nothing_of_what_was_learned(materials: Files, tmp_path: Path) -> None:
    pool = write(tmp_path / "pool.csv", ("material",), [(f"{need}{more}",) for need in NEEDS for more in "甲乙丙丁"])
    narrow = evaluate_links(Kind.T1, materials)
    wide = evaluate_links(Kind.T1, replace(materials, pool=pool))
    assert wide.weights == narrow.weights
    assert figures(wide, "warm non-lexical ind") == pytest.approx(figures(narrow, "warm non-lexical ind"), abs=0.02)


def test_companies_by_what_else_they_make(tmp_path: Path) -> None:
    made = [(f"c{k}{u}", use + kind) for k, kind in enumerate(KINDS) for u in range(4) for use in USES[u : u + 7]]
    train = write(tmp_path / "train.csv", ("company", "product"), made)
    profiles = write(tmp_path / "profiles.csv", ("company", "product"), [("n", USES[1] + KINDS[0]), ("n", "新品")])
    rows = [("c00", USES[7] + KINDS[0], "trans", "partial"), ("n", USES[2] + KINDS[0], "ind", "partial")]
    test = write(tmp_path / "test.csv", ("company", "product", "split", "lex"), rows)
    found = evaluate_links(Kind.T2, Files(train, test, profiles=profiles))
    assert figures(found, "warm non-lexical trans")["learned"] > 0
    assert figures(found, "warm non-lexical ind")["learned"] > 0


def test_suppliers_of_a_buyer(materials: Files, tmp_path: Path) -> None:
    made = [(f"b{k}{u}", use + kind) for k, kind in enumerate(KINDS) for u, use in enumerate(USES)]
    made += [(f"s{n}{g}", grade + need) for n, need in enumerate(NEEDS) for g, grade in enumerate(GRADES)]
    made += [(f"s{n}", need) for n, need in enumerate(NEEDS)]
    company_product = write(tmp_path / "company_product.csv", ("company", "product"), made)
    made += [("new", "深海电池")]
    write(company_product, ("company", "product"), made)
    heading = ("buyer", "supplier", "buyer_product", "material", "split", "lex")
    test = write(tmp_path / "t3.csv", heading, [("new", "s1", "深海电池", NEEDS[1], "ind", "noshare")])
    with pytest.raises(OptionMissing):
        evaluate_links(Kind.T3, Files(materials.train, test))
    found = evaluate_links(Kind.T3, Files(materials.train, test, company_product=company_product))
    assert figures(found, "macro")["learned"] > 0.3
    assert found.reliability
    assert max(each.chance for each in found.reliability.bins) > 0.05


def test_whole_firms(tmp_path: Path) -> None:
    firms = [
        (f"b{k}{u}", use + "厂", f"制造/{kind}", use + kind)
        for k, kind in enumerate(KINDS)
        for u, use in enumerate(USES)
    ]
    firms += [
        (f"s{n}{g}", grade + "公司", f"材料/{need}", grade + need)
        for n, need in enumerate(NEEDS)
        for g, grade in enumerate(GRADES)
    ]
    profiles = write(tmp_path / "p.csv", ("company", "name", "industry", "products"), firms)
    edges = [(f"b{k}{u}", f"s{k}{u % 3}") for k in range(len(KINDS)) for u in range(len(USES))]
    tests = [edge for edge in edges if edge[0].endswith("11")]
    train = write(tmp_path / "e.csv", ("buyer", "supplier"), [edge for edge in edges if edge not in tests])
    test = write(tmp_path / "t.csv", ("buyer", "supplier"), tests)
    found = figures(evaluate_suppliers(profiles, train, test), "buyers")
    assert found["learned"] > 3 * found["random"]
    both = write(tmp_path / "both.csv", ("buyer", "supplier"), edges)
    again = evaluate_suppliers(profiles, both, test)
    assert again.left_out == len(tests)
    assert figures(again, "buyers") == found


def test_untidy_files_of_firms(tmp_path: Path) -> None:
    """Empty cells, ids nobody described, rows that stand there twice, a firm that supplies itself."""
    heading = ("company", "name", "industry", "products")
    rows = [("a", "甲厂", "", ""), ("b", "", "C39 电子", "芯片，模组"), ("b", "乙", "", ""), ("", "无号", "", "")]
    profiles = write(tmp_path / "p.csv", heading, [*rows, ("c", "丙", "机械-设备", "阀门")])
    edges = [("a", "b"), ("a", "b"), ("x", "y"), ("x", "x"), ("", "b"), ("z", "")]
    train = write(tmp_path / "e.csv", ("buyer", "supplier"), edges)
    test = write(tmp_path / "t.csv", ("buyer", "supplier"), [("600001", "b"), ("600001", "600001"), ("c", "new")])
    task = supplier_test(profiles, train, test)
    assert task.links.items.ids == ("a", "b", "c", "y", "new")
    assert task.links.given.nnz == 2
    assert task.asked.names.texts == ("", "丙；阀门")
    assert task.links.items.texts[:2] == ("甲厂", "b；芯片；模组")
    assert task.links.items.groups[1] == ("C39",)
    assert [len(each) for each in task.answers] == [1, 1]
    assert {figure.trials for figure in evaluate_suppliers(profiles, train, test).figures} == {2}
    with pytest.raises(SourceUnreadable):
        supplier_test(profiles, write(tmp_path / "own.csv", ("buyer", "supplier"), [("c", "a")]), test)
    with pytest.raises(SourceUnreadable, match="products"):
        supplier_test(write(tmp_path / "less.csv", heading[:3], rows), train, test)


@pytest.mark.parametrize(
    ("industry", "levels"),
    [
        ("机械/专用设备/机器人", ("机械", "机械/专用设备", "机械/专用设备/机器人")),
        ("640501", ("64", "6405", "640501")),
        ("C3491", ("C34", "C3491")),
        ("C39 电子", ("C39",)),
        ("机械-专用设备", ("机械", "机械/专用设备")),
        ("化工", ("化工",)),
        ("", ()),
    ],
)
def test_industry_levels(industry: str, levels: tuple[str, ...]) -> None:
    assert industry_levels(industry) == levels


def test_bad_files_say_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing):
        read_rows(tmp_path / "none.csv", ("a",))
    for name, content in (("column", b"b\n1\n"), ("empty", b"a\n"), ("encoding", bytes(range(256)))):
        path = tmp_path / f"{name}.csv"
        path.write_bytes(content)
        with pytest.raises(SourceUnreadable):
            read_rows(path, ("a",))
    with pytest.raises(TaskUnknown):
        kind_of("T9")
    assert kind_of("t1") is Kind.T1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk"])
def test_files_are_read_as_they_are_saved(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "saved.csv"
    path.write_bytes("product,material\r\n 铜缆,铜 \r\n,铁\r\n\r\n钢缆,钢\r\n".encode(encoding))
    rows = read_rows(path, ("product", "material"), ("product",))
    assert rows == [{"product": "铜缆", "material": "铜"}, {"product": "钢缆", "material": "钢"}]


HEADING = ("product", "material", "split", "lex")
SUPPLY = ("buyer", "supplier", "buyer_product", "split", "lex")
MADE = [("甲", "电缆"), ("乙", "铜"), ("丙", "铁")]


def test_answers_outside_what_is_ranked_are_counted(materials: Files, tmp_path: Path) -> None:
    known = [(KINDS[0], NEEDS[0], "trans", "noshare")]
    strange = [(KINDS[0], "月光", "trans", "noshare"), ("新品", "空气", "ind", "noshare")]
    test = write(tmp_path / "some.csv", HEADING, known + strange)
    assert evaluate_links(Kind.T1, Files(materials.train, test)).outside == 2
    with pytest.raises(NothingToRank):
        evaluate_links(Kind.T1, Files(materials.train, write(tmp_path / "none.csv", HEADING, strange)))
    rows = [("company", "product"), [("a", "铜"), ("b", "铁")]]
    train = write(tmp_path / "t2.csv", *rows)
    test = write(tmp_path / "t2_test.csv", ("company", "product", "split", "lex"), [("a", "月光", "trans", "noshare")])
    with pytest.raises(NothingToRank):
        evaluate_links(Kind.T2, Files(train, test))


def test_firms_nobody_described_buy_but_cannot_be_found(tmp_path: Path) -> None:
    train = write(tmp_path / "train.csv", ("product", "material"), [("电缆", "铜"), ("电线", "铜"), ("轨道", "铁")])
    made = write(tmp_path / "made.csv", ("company", "product"), MADE)
    rows = [("生人", "乙", "电缆", "trans", "noshare"), ("甲", "无此企业", "电缆", "trans", "noshare")]
    files = Files(train, write(tmp_path / "test.csv", SUPPLY, rows), company_product=made)
    found = evaluate_links(Kind.T3, files)
    assert found.outside == 1
    assert {figure.trials for figure in found.figures} == {1}
    lexical = write(tmp_path / "lexical.csv", SUPPLY, [(*rows[0][:4], "lexical")])
    with pytest.raises(NothingToRank):
        evaluate_links(Kind.T3, Files(train, lexical, company_product=made))
