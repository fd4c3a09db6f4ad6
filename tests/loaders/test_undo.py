"""A run undone as a whole: the graph is as before, others' words stay, and what stands in the way is said."""

from __future__ import annotations

import json
import socket

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.digest import Digest, digest
from graph.errors import NotFound
from graph.messages import Message
from graph.model import Enterprise, Makes, Product
from graph.nodes import view_node
from graph.store import Store
from loaders.base import load
from loaders.history import list_runs, view_run
from loaders.provenance import Drop, Row
from loaders.runs import note
from loaders.undo import AlreadyUndone, LaterRun, NothingWritten, undo
from tests.graphs import clear, job, source, write

FIRM = Enterprise(name="示例传动有限公司", exchange_code="600001", city="常州市")
RENAMED = Enterprise(name="示例传动股份有限公司", exchange_code="600001", employees=80)
REDUCER, BEARING = Product(name="减速器"), Product(name="轴承")
MAKES = Makes(start=FIRM.id, end=REDUCER.id, share=0.4)


def test_a_first_load_undone_leaves_nothing(store: Store) -> None:
    write(store, REDUCER, of=source("other"))
    before = digest(store)
    run = write(store, FIRM, REDUCER, MAKES, of=source("one")).run
    done = undo(store, run)
    assert (done.statements, done.relationships, done.nodes, done.restored) == (2, 1, 1, 0)
    assert digest(store) == before
    assert view_run(store, run).card.state == "undone"


def test_a_second_load_undone_brings_back_what_the_source_said_before(store: Store) -> None:
    write(store, FIRM, REDUCER, MAKES, of=source("one"))
    write(store, RENAMED, of=source("two", rank=2))
    before = digest(store)
    run = write(store, RENAMED, BEARING, Makes(start=FIRM.id, end=BEARING.id), of=source("one")).run
    assert digest(store) != before
    undo(store, run)
    assert digest(store) == before
    assert view_node(store, FIRM.id).facts["name"] == FIRM.name


def test_loading_again_after_an_undo_says_it_all_again(store: Store) -> None:
    run = write(store, FIRM, REDUCER, MAKES).run
    loaded = digest(store)
    undo(store, run)
    write(store, FIRM, REDUCER, MAKES)
    assert digest(store) == loaded


def test_what_others_said_since_stays(store: Store) -> None:
    run = write(store, FIRM, REDUCER, MAKES, of=source("one")).run
    write(store, RENAMED, of=source("two", rank=2))
    write(store, Makes(start=FIRM.id, end=REDUCER.id), of=source("three"))
    undo(store, run)
    firm = view_node(store, FIRM.id)
    assert firm.facts["name"] == RENAMED.name
    assert [statement.source for statement in firm.statements] == ["two"]
    assert [ties.type for ties in firm.ties] == ["MAKES"]


def test_later_runs_come_first_and_each_only_once(store: Store) -> None:
    empty = digest(store)
    first = write(store, FIRM).run
    after_first = digest(store)
    second = write(store, FIRM, REDUCER).run
    same = write(store, FIRM, REDUCER).run
    with pytest.raises(NothingWritten):
        undo(store, same)
    with pytest.raises(LaterRun, match=second):
        undo(store, first)
    undo(store, second)
    assert digest(store) == after_first
    with pytest.raises(AlreadyUndone):
        undo(store, second)
    undo(store, first)
    assert digest(store) == empty
    with pytest.raises(NotFound):
        undo(store, "none")


def test_only_the_newest_runs_of_a_source_are_kept(store: Store) -> None:
    runs = [write(store, Product(name=f"产品{number}")).run for number in range(13)]
    kept = [run.id for run in list_runs(store) if run.undoable]
    assert kept == runs[:2:-1]


def test_a_run_remembers_what_it_left_out(store: Store) -> None:
    report = load(
        store, job([Row("1", (FIRM,), (Message("少了{what}", {"what": Message("甲")}),)), Drop("2", Message("坏行"))])
    )
    view = view_run(store, report.run)
    assert (view.card.read, view.card.written, view.card.dropped, view.card.cleaned) == (2, 1, 1, 1)
    assert [(one.where, str(one.reason)) for one in (*view.drops, *view.findings)] == [("2", "坏行"), ("1", "少了甲")]


FACTS = (FIRM, RENAMED, REDUCER, BEARING, MAKES, Makes(start=FIRM.id, end=BEARING.id, share=0.1))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from("ab"), st.sets(st.sampled_from(range(len(FACTS))), max_size=5)), max_size=5))
def test_any_loads_undone_backwards_are_any_loads_never_made(store: Store, loads: list[tuple[str, set[int]]]) -> None:
    clear(store)
    write(store, FIRM, REDUCER, BEARING, of=source("ground", rank=3))
    states: list[tuple[Digest, str]] = []
    for name, chosen in loads:
        before = digest(store)
        states.append((before, write(store, *(FACTS[number] for number in sorted(chosen)), of=source(name)).run))
    for before, run in reversed(states):
        if next(card for card in list_runs(store) if card.id == run).undoable:
            undo(store, run)
        assert _said(digest(store)) == _said(before)


def _said(found: Digest) -> tuple[int, int]:
    return found.statements, found.relationships


def test_a_load_whose_process_was_killed_is_said_to_be_broken_off_and_can_be_undone(store: Store) -> None:
    before = digest(store)
    run = write(store, FIRM, REDUCER, MAKES, of=source("one")).run
    killed = json.dumps([socket.gethostname(), 2**22 + 1, 0.0, "x"])
    store.write(lambda tx: note(tx, run, {"state": "running", "owner": killed}))
    card = view_run(store, run).card
    assert (card.state, card.undoable) == ("broken", True)
    undo(store, run)
    assert digest(store) == before
