"""All needs at once: the file, a run cut off and taken up again, and firms that would stand everywhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api import batch
from api.auth.roles import Role
from api.auth.viewer import LOCAL, Viewer, acting
from api.journal import Journal
from graph.model import About, Need, Posts
from graph.store import Store
from graph.vault import Vault, new_key
from matching.pairing.exposure import Place, weigh
from tests.graphs import source, write
from tests.service import DRIVE, HUZHOU, LEADER, PLANETARY_PRODUCT, TODAY, WUJIN, load_example

MORE = [Need(number=f"N-1{number}", name="精密行星减速器", sample=True) for number in range(3)]
PAST = Need(number="N-200", name="六维力传感器", expires_on=TODAY - timedelta(days=1), sample=True)


@pytest.fixture(autouse=True)
def operator() -> Iterator[None]:
    """Somebody at the machine itself asks, unless a test says who."""
    with acting(LOCAL):
        yield


@pytest.fixture(scope="module")
def graph(_opened: Store) -> Store:
    load_example(_opened)
    links = [About(start=need.id, end=PLANETARY_PRODUCT.id) for need in MORE]
    write(_opened, *MORE, *links, *(Posts(start=LEADER.id, end=need.id) for need in MORE), of=source("more"))
    write(_opened, PAST, Posts(start=LEADER.id, end=PAST.id), of=source("past"))
    return _opened


def rows(path: Path) -> list[tuple[object, ...]]:
    return [row for row in openpyxl.load_workbook(path).worksheets[0].iter_rows(min_row=3, values_only=True) if row[0]]


def test_every_open_need_is_in_the_file_with_its_parts(graph: Store, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    path = tmp_path / "out" / "对接建议.xlsx"
    found = batch.match_all(graph, path, TODAY, progress=lambda done, total: seen.append((done, total)))
    assert (found.needs, found.served, found.resumed, found.beyond) == (4, 4, 0, 0)
    assert seen[-1] == (4, 4)
    listed = rows(path)
    assert {row[0] for row in listed} == {"N-017", *(need.number for need in MORE)}
    for row in listed:
        assert sum(part for part in row[8:13] if isinstance(part, float | int)) == pytest.approx(row[6])
        assert row[7] == "未校准", "the weights of the package claim no chance"
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_run_cut_off_goes_on_where_it_was(graph: Store, tmp_path: Path) -> None:
    path = tmp_path / "对接建议.xlsx"

    def stops(done: int, _: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        batch.match_all(graph, path, TODAY, progress=stops)
    journal = path.with_suffix(batch.JOURNAL)
    journal.write_text(journal.read_text(encoding="utf-8") + '{"need": "cut o', encoding="utf-8")
    assert batch.match_all(graph, path, TODAY).resumed == 2
    whole = tmp_path / "whole.xlsx"
    batch.match_all(graph, whole, TODAY)
    assert rows(path) == rows(whole)


def test_a_journal_of_another_question_is_not_believed(graph: Store, tmp_path: Path) -> None:
    path = tmp_path / "对接建议.xlsx"
    head = {"revision": -1, "day": "2020-01-01", "limit": 5, "model": ""}
    stale = [head, {"key": MORE[0].id, "found": {}}]
    path.with_suffix(batch.JOURNAL).write_text("\n".join(map(json.dumps, stale)), encoding="utf-8")
    assert batch.match_all(graph, path, TODAY).resumed == 0


def test_a_firm_beyond_its_limit_is_marked(graph: Store, tmp_path: Path) -> None:
    path = tmp_path / "对接建议.xlsx"
    assert batch.match_all(graph, path, TODAY, most=1).beyond > 0
    assert any("另作备选" in str(row[-1]) for row in rows(path))


def test_only_the_needs_of_a_chain(graph: Store, tmp_path: Path) -> None:
    for chain, town, needs in (("robotics", None, 4), ("no-such-chain", None, 0), (None, "place-320412105", 0)):
        asked = batch.Asked(chain=chain, town=town)
        assert batch.match_all(graph, tmp_path / "a.xlsx", TODAY, asked=asked).needs == needs


def test_a_need_past_its_day_is_not_open(graph: Store) -> None:
    numbers = [need.number for need in batch.open_needs(graph, TODAY)]
    assert numbers == ["N-017", *(need.number for need in MORE)]
    assert PAST.number not in numbers


def test_a_contact_and_an_official_with_towns_have_their_own_needs_only(graph: Store) -> None:
    contact = Viewer("联系人", frozenset({Role.ENTERPRISE}), account="a", firm=DRIVE.id)
    here = Viewer("镇街", frozenset({Role.LIAISON}), account="b", towns=frozenset({WUJIN}))
    away = Viewer("外地", frozenset({Role.LIAISON}), account="c", towns=frozenset({HUZHOU}))
    for who, count in ((contact, 0), (replace(contact, firm=LEADER.id), 4), (here, 4), (away, 0)):
        with acting(who):
            assert len(batch.open_needs(graph, TODAY)) == count, who


def test_what_lies_in_a_journal_cannot_be_read_without_the_key(graph: Store, tmp_path: Path) -> None:
    vault = Vault([new_key()])
    journal = Journal(tmp_path / "a.jsonl", vault)
    assert journal.take_up({"day": "1"}) == {}
    journal.add("need-1", {"said": "月产 1,200 台"})
    assert "1,200" not in (tmp_path / "a.jsonl").read_text(encoding="utf-8")
    assert journal.take_up({"day": "1"}) == {"need-1": {"said": "月产 1,200 台"}}
    assert Journal(tmp_path / "a.jsonl", Vault([new_key()])).take_up({"day": "1"}) == {}


_places = st.lists(
    st.builds(Place, st.sampled_from("abc"), st.sampled_from("xyz"), st.floats(0, 1)),
    max_size=12,
    unique_by=lambda one: (one.need, one.firm),
)


@given(places=_places, most=st.integers(1, 3), data=st.data())
def test_weighing_is_fair_bounded_and_whatever_the_order(places: list[Place], most: int, data: st.DataObject) -> None:
    weighed = dict(zip(places, weigh(places, most), strict=True))
    shuffled = data.draw(st.permutations(places))
    assert weighed == dict(zip(shuffled, weigh(shuffled, most), strict=True))
    for firm in "xyz":
        own = [one for one in places if one.firm == firm]
        assert sum(weighed[one].within for one in own) == min(most, len(own))
    assert all(0 <= one.mutual <= 1 for one in weighed.values())


def test_the_mean_is_high_only_where_both_do_well() -> None:
    places = [Place("n", "x", 0.8), Place("n", "y", 0.4), Place("m", "y", 0.8)]
    mutual = [round(one.mutual, 2) for one in weigh(places, 9)]
    assert mutual == [1.0, 0.5, 1.0]
