"""Two days compared: in sentences, with the facts behind each change; kept in the graph and found by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given

from graph.errors import NobodyNamed
from graph.model import Enterprise, In, LinkedTo, LinkState, Place, PlaceLevel, Target
from graph.store import Store
from matching.gaps import ALL, Facts, GapClass, Settings, assess, tuning
from matching.gaps.changes import Diff, compare
from matching.gaps.disclosed import traceable
from matching.gaps.errors import NoSnapshot
from matching.gaps.facts import NeedFact, SearchFact
from matching.gaps.snapshot import Snapshot, record
from matching.gaps.snapshots import list_snapshots, load, present, take
from matching.gaps.tuning import Change
from matching.plan.progress import (
    ReadingInFuture,
    ReadingInvalid,
    ReadingWithoutBasis,
    Standing,
    progress,
    record_reading,
    stand,
)
from tests.graphs import write
from tests.matching.gaps_example import EXAMPLE, TODAY, facts, firm, link
from tests.service import RV, load_example
from tests.service import TODAY as EXAMPLE_DAY

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BEFORE = TODAY - timedelta(days=100)


def taken(given_facts: Facts, day: date = TODAY, settings: int = 0) -> Snapshot:
    needs = [(need.segment, need.id, need.name) for need in given_facts.needs]
    return record(assess(given_facts, day), needs, [], at=NOW, by="王", revision=1, settings=settings)


def said(diff: Diff, segment: str) -> list[str]:
    return [str(reason) for change in diff.segments if change.id == segment for reason in change.reasons]


def test_a_new_supplier_is_told_with_its_evidence() -> None:
    more = replace(
        EXAMPLE, firms=(*EXAMPLE.firms, firm("常州轴承")), links=(*EXAMPLE.links, link("常州轴承", "轴承钢"))
    )
    diff = compare(taken(EXAMPLE), taken(more))
    sentences = [str(message) for message in diff.headline]
    assert "新增覆盖环节 1 个：轴承钢" in sentences
    assert "补上缺链 1 个：轴承钢" in sentences
    assert "新确认企业 1 家" in sentences
    change = next(one for one in diff.segments if one.id == "轴承钢")
    assert (change.before, change.after) == (GapClass.MISSING, GapClass.AT_RISK)
    assert said(diff, "轴承钢")[0] == "新确认企业：常州轴承（产品目录 · 企业填报 · 2026-11-20）"


def test_what_goes_away_what_is_searched_and_what_is_wanted() -> None:
    search = SearchFact("力传感器", "商务局", ("海关", "专利", "协会名录"), 0, date(2026, 11, 15))
    fewer = replace(
        EXAMPLE,
        links=tuple(fact for fact in EXAMPLE.links if fact.firm != "精密"),
        searches=(*EXAMPLE.searches, search),
        needs=(NeedFact("N-2", "轴承钢求购", "轴承钢"),),
    )
    diff = compare(taken(EXAMPLE), taken(fewer))
    assert "转为待核实，不再计入：精密" in said(diff, "减速器"), "its products still speak for it"
    assert "需求已结束或撤回：减速器二供" in said(diff, "减速器")
    assert "新需求：轴承钢求购" in said(diff, "轴承钢")
    assert "2026-11-15 商务局排查 3 个来源，发现 0 家" in said(diff, "力传感器")
    assert "新认定缺链 1 个：力传感器" in [str(message) for message in diff.headline]


def test_evidence_that_grew_old_and_settings_that_were_changed_are_named() -> None:
    old = compare(taken(EXAMPLE), taken(EXAMPLE, TODAY + timedelta(days=400)))
    assert "其间没有新的核查（最近一次：2026-11-20），证据已过有效期" in said(old, "减速器")
    assert "转为待核实，不再计入：精密" in said(old, "减速器")
    tuned = replace(EXAMPLE, settings=Settings({ALL: {"sources": 1}}))
    change = Change(1, ALL, "王五", NOW, None, None, {"sources": None}, {"sources": 1})
    other = Change(2, "别的链", "王五", NOW, None, None, {"sources": None}, {"sources": 2})
    diff = compare(taken(EXAMPLE), taken(tuned, settings=2), [change, other])
    reasons = [reason for reason in said(diff, "力传感器") if "来源数" in reason]
    assert reasons == ["缺链结论至少查询的来源数由 未另设 改为 1（王五，2026-11-23）"]


@given(facts())
def test_a_day_compared_with_itself_has_not_changed(given_facts: Facts) -> None:
    diff = compare(taken(given_facts), taken(given_facts))
    assert [str(message) for message in diff.headline] == ["没有变化"]
    assert diff.segments == ()


@given(facts(), facts())
def test_every_change_of_class_is_told_with_a_reason(one: Facts, other: Facts) -> None:
    a, b = taken(one), taken(other)
    diff = compare(a, b)
    told = {change.id: change for change in diff.segments}
    for id_ in a.segments.keys() | b.segments.keys():
        kinds = [snapshot.segments[id_].gap_class if id_ in snapshot.segments else None for snapshot in (a, b)]
        if kinds[0] is not kinds[1]:
            assert (told[id_].before, told[id_].after) == tuple(kinds)
            assert told[id_].reasons
    gained = sum(b.segments[k].covered and not a.segments[k].covered for k in a.segments.keys() & b.segments.keys())
    counts = [m.values["count"] for m in diff.headline if str(m).startswith("新增覆盖环节")]
    assert counts == ([gained] if gained else [])


def test_whose_values_scores_and_figures_of_few_firms_tell_goes_with_a_change() -> None:
    less = replace(EXAMPLE, purchases=tuple(replace(fact, amount=1) for fact in EXAMPLE.purchases))
    diff = compare(taken(EXAMPLE), taken(less))
    traced = {change.id: dict(change.traced) for change in diff.segments}
    full = {one.segment.id: one.figures for one in assess(EXAMPLE, TODAY).segments}
    for id_, of in traced.items():
        assert of.get("dependence", frozenset()) >= traceable(full[id_]["dependence"])
    assert any("dependence" in of for of in traced.values())
    assert not any(change.traced for change in compare(taken(EXAMPLE), taken(less), withhold=True).segments)


# --- in the graph ----------------------------------------------------------------------------------------------------


def test_a_snapshot_comes_back_as_it_was(store: Store) -> None:
    load_example(store)
    before = present(store, EXAMPLE_DAY)
    kept = take(store, EXAMPLE_DAY, by="王五", note="月度")
    assert kept == load(store, EXAMPLE_DAY + timedelta(days=9))
    assert (kept.segments, kept.chains, kept.targets) == (before.segments, before.chains, before.targets)
    assert (kept.by, kept.note, kept.sample, kept.ring) == ("王五", "月度", True, before.ring)
    assert compare(kept, before).segments == ()
    again = take(store, EXAMPLE_DAY, by="李四")
    assert [one.by for one in list_snapshots(store)] == ["李四"]
    assert again.segments == kept.segments
    with pytest.raises(NoSnapshot, match="2026-11-22"):
        load(store, EXAMPLE_DAY - timedelta(days=1))
    with pytest.raises(NobodyNamed):
        take(store, EXAMPLE_DAY, by="")


def test_a_loaded_change_shows_up(store: Store) -> None:
    load_example(store)
    kept = take(store, EXAMPLE_DAY - timedelta(days=30), by="王五")
    added = Enterprise(name="新来减速器有限公司")
    write(
        store,
        added,
        In(start=added.id, end="place-320412"),
        LinkedTo(start=added.id, end=RV, state=LinkState.CONFIRMED, evidence="现场核查", checked_on=EXAMPLE_DAY),
    )
    tuning.change(store, "robotics", {"sources": 4}, by="王五", at=NOW)
    diff = compare(kept, present(store, EXAMPLE_DAY), tuning.load_history(store).changes, "robotics")
    assert any("新来减速器有限公司" in reason for reason in said(diff, RV))
    assert {chain.id for chain in diff.chains} == {"robotics"}
    chain = diff.chains[0]
    assert chain.after["firms"] == chain.before["firms"] + 1


# --- the plan's targets ----------------------------------------------------------------------------------------------

ROW = {"unit": "家", "period": "2028", "comparison": "reach", "quote": "…", "basis": "…"}


def a_target(id_: str, *readings: dict[str, object], period: str = "2028") -> dict[str, object]:
    return {**ROW, "id": id_, "name": id_, "value": 8.0, "period": period, "readings": list(readings)}


def a_reading(value: float, on: date) -> dict[str, object]:
    return {"value": value, "on": on, "basis": "月报", "by": "科技局", "at": NOW}


COUNTS = {
    "firms": 10,
    "with_revenue": 4,
    "over_1_billion": 3,
    "over_10_billion": 1,
    "over_100_billion": 0,
    "with_listing": 0,
    "newly_listed": 0,
    "sample": 0,
}


def test_where_a_target_stands_is_reported_counted_or_missing() -> None:
    rows = [
        a_target("target-high-tech-firms", a_reading(7, date(2026, 10, 31)), a_reading(6, date(2026, 9, 30))),
        a_target("target-firms-10-billion"),
        a_target("target-new-listed-firms"),
        a_target("target-intentions", a_reading(9, date(2025, 12, 31)), period="yearly"),
    ]
    high, large, listed, yearly = stand(rows, COUNTS, TODAY)
    assert (high.value, high.standing, high.share) == (7, Standing.REPORTED, 7 / 8)
    assert (large.value, large.standing) == (1, Standing.COUNTED)
    assert "10 家企业中 4 家" in str(large.note)
    assert (listed.value, listed.standing, listed.share) == (None, Standing.MISSING, None)
    assert yearly.standing is Standing.MISSING, "last year's figure says nothing of this year"


def test_readings_are_written_down_with_their_basis(store: Store) -> None:
    write(
        store,
        Target(id="target-x", name="目标", value=10, **ROW),  # type: ignore[arg-type]
        Place(id="place-320412", name="武进区", code="320412", level=PlaceLevel.DISTRICT),
    )
    record_reading(store, "x", 4, on=date(2026, 10, 31), basis="月报", by="科技局", at=NOW)
    record_reading(store, "target-x", 5, on=date(2026, 11, 20), basis="月报", by="科技局", at=NOW)
    (found,) = progress(store, EXAMPLE_DAY)
    assert (found.value, found.on, found.share) == (5, date(2026, 11, 20), 0.5)
    with pytest.raises(ReadingInvalid):
        record_reading(store, "x", -1, on=TODAY, basis="月报", by="科技局", at=NOW)
    with pytest.raises(ReadingInFuture):
        record_reading(store, "x", 1, on=date(2027, 1, 1), basis="月报", by="科技局", at=NOW)
    with pytest.raises(ReadingWithoutBasis):
        record_reading(store, "x", 1, on=TODAY, basis=" ", by="科技局", at=NOW)
