"""Thresholds and weights as data: checked as a whole, by chain, with history; the board is judged by them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InputError, NobodyNamed
from graph.store import Store
from matching.gaps import tuning
from matching.gaps.board import assess
from matching.gaps.classify import GapClass
from matching.gaps.errors import (
    NotACount,
    NotAShare,
    NothingToChange,
    NothingToUndo,
    SettingsChanged,
    SettingsOrder,
    SettingsSum,
    SettingUnknown,
)
from matching.gaps.facts import Facts
from matching.gaps.fetch import fetch
from matching.gaps.priority import PART_TITLES, SWING
from matching.gaps.settings import ALL, SETTINGS, Settings, Tuned
from matching.gaps.view import View
from tests.matching.gaps_example import EXAMPLE, TODAY, facts, segment

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
WHO = "王五"
EVEN = {"demand": 0.2, "criticality": 0.2, "gap": 0.2, "dependence": 0.2, "feasibility": 0.2}


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"none": 1}, SettingUnknown),
        ({"sources": 2.5}, NotACount),
        ({"stale_days": 0}, NotACount),
        ({"critical_percentile": 2.0}, NotAShare),
        ({"gap": -0.25, "demand": 0.8}, NotAShare),
        ({"single_source": float("nan")}, NotAShare),
        ({"thin_depth": 4.0}, SettingsOrder),
        ({"strong_gap": 0.9}, SettingsOrder),
        ({"demand": 0.5}, SettingsSum),
        ({"achievement": 0.5}, SettingsSum),
    ],
)
def test_values_that_do_not_fit_are_refused_with_a_cure(values: dict[str, float], wrong: type[InputError]) -> None:
    with pytest.raises(wrong) as caught:
        Settings({ALL: values}).of(())
    assert caught.value.where
    assert str(caught.value.remedy)


def test_what_a_chain_inherits_must_fit_what_it_sets_itself() -> None:
    with pytest.raises(SettingsOrder):
        _ = Settings({ALL: {"thin_firms": 4}, "c": {"strong_firms": 3}}).scopes


def test_the_first_chain_with_settings_of_its_own_judges_a_shared_segment() -> None:
    settings = Settings({ALL: {"sources": 4}, "b": {"sources": 2}, "c": {"sources": 1}})
    assert settings.of(("a",)).thresholds.sources == 4
    assert settings.of(("a", "c", "b")).thresholds.sources == 1
    assert settings.of(()).values == {**Tuned().values, "sources": 4}


def test_a_chain_of_its_own_is_judged_by_its_own_thresholds() -> None:
    two = replace(
        EXAMPLE,
        chains=(*EXAMPLE.chains, replace(EXAMPLE.chains[0], id="另一链", name="另一链")),
        segments=(*EXAMPLE.segments, segment("另一环节", chains=("另一链",))),
        searches=tuple(replace(s, segment=k) for s in EXAMPLE.searches[1:] for k in (s.segment, "另一环节")),
        settings=Settings({"示例链": {"sources": 1}}),
    )
    board = assess(two, TODAY).by_segment
    assert board["力传感器"].gap_class is GapClass.MISSING
    assert "（须 1 个）" in str(board["力传感器"].sentence)
    assert board["另一环节"].gap_class is GapClass.UNVERIFIED
    assert "查过 3 个来源" in str(board["另一环节"].sentence)


_weights = st.lists(st.integers(0, 10), min_size=5, max_size=5).filter(any)


@given(facts(), st.none() | _weights, st.none() | _weights)
def test_ranks_under_a_fifth_more_or_less_equal_a_second_reckoning(
    given_facts: Facts, common: list[int] | None, chain: list[int] | None
) -> None:
    """Each weight of every scope changed in turn, all brought back to one, the whole board judged anew."""
    own = {
        scope: {name: part / sum(parts) for name, part in zip(PART_TITLES, parts, strict=True)}
        for scope, parts in ((ALL, common), ("乙链", chain))
        if parts
    }
    tuned = replace(given_facts, settings=Settings(own))
    board = assess(tuned, TODAY)
    places: dict[str, list[int]] = {found.segment.id: [found.rank.place] for found in board.gaps() if found.rank}
    for name in PART_TITLES:
        for factor in (1 - SWING, 1 + SWING):
            swung = {}
            for scope, figures in board.settings.scopes.items():
                moved = {key: figures.values[key] * (factor if key == name else 1) for key in PART_TITLES}
                swung[scope] = {key: value / sum(moved.values()) for key, value in moved.items()}
            other = assess(replace(given_facts, settings=Settings(swung)), TODAY)
            scores = {key: round(other.by_segment[key].priority.exact, 6) for key in places}
            for key, score in scores.items():
                places[key].append(1 + sum(each > score for each in scores.values()))
    for key, found in places.items():
        rank = board.by_segment[key].rank
        assert rank is not None
        assert (rank.best, rank.worst) == (min(found), max(found))


# --- in the graph ----------------------------------------------------------------------------------------------------


def test_a_change_is_kept_with_who_when_and_what_was_before(store: Store) -> None:
    tuning.change(store, ALL, {"sources": 2}, by=WHO, at=NOW, reason="试点")
    known = tuning.change(store, "robotics", EVEN, by=WHO, at=NOW)
    assert known == tuning.load_history(store)
    first, second = known.changes
    assert (first.number, first.scope, first.by, first.at, first.reason) == (1, ALL, WHO, NOW, "试点")
    assert (first.before, first.after) == ({"sources": None}, {"sources": 2})
    assert second.after == EVEN
    assert fetch(store, TODAY).settings == known.settings
    view = View(replace(EXAMPLE, settings=known.settings), TODAY)
    assert view.thresholds("减速器").sources == 2


def test_undo_goes_back_step_by_step_and_reset_to_the_default(store: Store) -> None:
    tuning.change(store, ALL, {"sources": 2}, by=WHO, at=NOW)
    tuning.change(store, ALL, {"sources": 1, "thin_firms": 3}, by=WHO, at=NOW)
    known = tuning.undo(store, by=WHO, at=NOW)
    assert known.settings.own == {ALL: {"sources": 2}}
    assert known.changes[-1].undoes == 2
    known = tuning.undo(store, by=WHO, at=NOW)
    assert known.settings == Settings()
    with pytest.raises(NothingToUndo):
        tuning.undo(store, by=WHO, at=NOW)
    tuning.change(store, "robotics", EVEN, by=WHO, at=NOW)
    assert tuning.reset(store, "robotics", by=WHO, at=NOW).settings == Settings()
    assert tuning.undo(store, by=WHO, at=NOW).settings.own == {"robotics": EVEN}
    assert [change.number for change in known.changes] == [1, 2, 3, 4]


def test_a_change_that_does_not_fit_leaves_nothing_behind(store: Store) -> None:
    with pytest.raises(SettingsSum):
        tuning.change(store, ALL, {"demand": 0.5}, by=WHO, at=NOW)
    with pytest.raises(NothingToChange):
        tuning.change(store, ALL, {"demand": None}, by=WHO, at=NOW)
    with pytest.raises(NobodyNamed):
        tuning.change(store, ALL, {"sources": 2}, by=" ", at=NOW)
    with pytest.raises(SettingUnknown):
        tuning.change(store, ALL, {"colour": 2}, by=WHO, at=NOW)
    assert tuning.load_history(store).changes == ()


def test_nothing_is_written_over_a_change_nobody_saw(store: Store) -> None:
    tuning.change(store, ALL, {"sources": 2}, by=WHO, at=NOW, seen=0)
    with pytest.raises(SettingsChanged, match=r"王五.*第 1 次"):
        tuning.change(store, ALL, {"thin_firms": 1}, by="李四", at=NOW, seen=0)


def test_every_setting_is_titled_and_its_default_fits() -> None:
    assert all(setting.title for setting in SETTINGS.values())
    assert Tuned.of({key: setting.default for key, setting in SETTINGS.items()}) == Tuned()
