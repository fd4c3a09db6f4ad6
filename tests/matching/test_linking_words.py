"""What a phrase says of segments, and what speaks against it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.linking import Rules
from matching.linking.lexicon import Lexicon
from matching.linking.words import How, Vocabulary, core, parts
from tests.matching.linking_cases import SEGMENTS, firm, makes

VOCABULARY = Vocabulary(SEGMENTS)
PIECES = ["RV减速器", "伺服电机", "步进电机", "控制器", "贸易", "维修", "及", "、", "（", "）", "系列", "销售", "新型"]


@pytest.mark.parametrize(
    ("phrase", "how"),
    [
        ("RV减速器", How.EXACT),
        ("ＲＶ减速器系列产品销售", How.EXACT),
        ("高精度RV减速器", How.HEAD),
        ("齿轮箱、RV减速机及配件", How.EXACT),
        ("传动件（RV减速器）", How.EXACT),
        ("RV减速器壳体", How.INSIDE),
    ],
)
def test_how_a_phrase_holds_a_term(phrase: str, how: How) -> None:
    (hit,) = VOCABULARY.read(phrase)
    assert (hit.segment, hit.how, hit.clean) == ("robotics.rv", how, True)


@pytest.mark.parametrize(
    ("phrase", "field", "word"),
    [
        ("伺服电机控制器", "lookalike", "伺服电机控制器"),
        ("伺服电机贸易", "trade", "贸易"),
        ("代理伺服电机", "trade", "代理"),
        ("伺服电机维修", "service", "维修"),
        ("伺服电机设备租赁服务", "service", "租赁"),
    ],
)
def test_what_speaks_against_it(phrase: str, field: str, word: str) -> None:
    (hit,) = VOCABULARY.read(phrase)
    assert getattr(hit, field) == word
    assert not hit.clean


def test_a_service_that_is_the_term_itself_is_no_objection() -> None:
    (hit,) = VOCABULARY.read("云计算服务")
    assert (hit.segment, hit.clean) == ("ai.cloud", True)


def test_a_clean_part_beats_one_that_is_not() -> None:
    (hit,) = VOCABULARY.read("伺服电机、伺服电机维修")
    assert hit.clean


@pytest.mark.parametrize(
    ("part", "bare"),
    [("工业机器人业务", "工业机器人"), ("生产伺服电机", "伺服电机"), ("销售", "销售"), ("变频器类", "变频器")],
)
def test_the_core_of_a_part(part: str, bare: str) -> None:
    assert core(part) == bare


def test_a_term_deep_inside_a_long_phrase_says_nothing() -> None:
    assert VOCABULARY.read("面向使用伺服电机之客户的信息平台建设方案") == []


@pytest.mark.parametrize(
    ("name", "near"),
    [("永磁同步电机", True), ("多关节式机器人", True), ("机器人", False), ("红枣", False), ("步进电机", False)],
)
def test_near_names(name: str, near: bool) -> None:
    lexicon = Lexicon(SEGMENTS, Rules())
    lexicon.prepare([firm(products=(makes(name),))])
    assert [hit.how for hit in lexicon.read(name)] == ([How.NEAR] if near else [])


@given(st.lists(st.sampled_from(PIECES), max_size=6).map("".join) | st.text(max_size=20))
def test_any_phrase_can_be_read(phrase: str) -> None:
    hits = VOCABULARY.read(phrase)
    assert hits == VOCABULARY.read(phrase)
    assert len({hit.segment for hit in hits}) == len(hits)
    for hit in hits:
        assert hit.part in parts(phrase)
