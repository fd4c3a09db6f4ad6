"""The runner: counts that add up, idempotence, sweep, several sources, broken-off runs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.digest import digest
from graph.errors import NotFound, RunInProgress, StoreInterrupted, TooFewRecords
from graph.messages import Message
from graph.model import Enterprise, Makes, Product
from graph.nodes import view_node
from graph.queries import Cardinality, Query
from graph.store import Store
from loaders.base import DIFFERS, MISSING_END, load
from loaders.provenance import Drop, Row
from loaders.runs import claim
from tests.graphs import clear, job, source, write

FIRM = Enterprise(name="示例传动有限公司", exchange_code="600001", city="常州市")
REDUCER = Product(name="减速器")
MAKES = Makes(start=FIRM.id, end=REDUCER.id, share=0.4)


def test_counts_add_up(store: Store) -> None:
    rows = [
        Row("1", (FIRM,)),
        Row("2", (REDUCER, MAKES)),
        Row("3", (REDUCER,)),
        Drop("4", Message("坏行")),
        Row("5", (Makes(start=FIRM.id, end="product-nowhere"),)),
        Row("6", (Product(name="轴承"), Makes(start=FIRM.id, end="product-nowhere-2"))),
    ]
    report = load(store, job(rows))
    assert (report.read, report.written, report.merged, report.dropped) == (6, 3, 1, 2)
    assert report.read == report.written + report.merged + report.dropped
    assert (report.nodes, report.relationships) == (3, 1)
    assert [drop.reason.template for drop in report.drops] == ["坏行", MISSING_END]
    assert [(finding.where, finding.reason.template) for finding in report.findings] == [("6", MISSING_END)]


def test_every_fact_says_where_it_comes_from(store: Store) -> None:
    load(store, job([Row("表1!A2", (FIRM, REDUCER, MAKES), observed_on=date(2026, 3, 1))]))
    view = view_node(store, FIRM.id)
    (statement,) = view.statements
    assert (statement.source, statement.row, statement.observed_on) == ("test", "表1!A2", date(2026, 3, 1))
    (ties,) = view.ties
    assert (ties.type, ties.outgoing, ties.total) == ("MAKES", True, 1)
    assert (ties.neighbours[0].source, ties.neighbours[0].facts) == ("test", {"share": 0.4})


def test_loading_twice_changes_nothing(store: Store) -> None:
    write(store, FIRM, REDUCER, MAKES)
    before = digest(store)
    write(store, FIRM, REDUCER, MAKES)
    assert digest(store) == before
    assert before.nodes == 3  # the firm, the product, the source


def test_what_a_source_no_longer_says_is_swept(store: Store) -> None:
    write(store, FIRM, REDUCER, MAKES)
    report = write(store, FIRM)
    assert (report.swept_nodes, report.swept_relationships) == (1, 1)
    with pytest.raises(NotFound):
        view_node(store, REDUCER.id)


def test_sweep_spares_other_sources(store: Store) -> None:
    write(store, FIRM, REDUCER, MAKES, of=source("one"))
    write(store, REDUCER, of=source("two"))
    write(store, FIRM, of=source("one"))
    assert [statement.source for statement in view_node(store, REDUCER.id).statements] == ["two"]


def test_a_node_others_refer_to_outlives_its_statement(store: Store) -> None:
    write(store, FIRM, REDUCER, of=source("one"))
    write(store, MAKES, of=source("two"))
    report = write(store, FIRM, of=source("one"))
    assert report.swept_nodes == 0
    view = view_node(store, REDUCER.id)
    assert (view.facts["name"], view.statements) == ("减速器", [])


def test_the_better_source_is_shown_and_both_are_kept(store: Store) -> None:
    said = Enterprise(name="示例传动股份有限公司", exchange_code="600001", employees=80)
    for order in ((1, 2), (2, 1)):
        clear(store)
        for rank in order:
            write(store, FIRM if rank == 1 else said, of=source(f"rank{rank}", rank=rank))
        view = view_node(store, FIRM.id)
        assert (view.facts["name"], view.facts["employees"], view.facts["city"]) == ("示例传动有限公司", 80, "常州市")
        assert [statement.source for statement in view.statements] == ["rank1", "rank2"]
        assert view.statements[1].facts["name"] == "示例传动股份有限公司"


def test_a_duplicate_that_differs_is_reported(store: Store) -> None:
    report = write(store, FIRM, Enterprise(name="另一名称", exchange_code="600001"))
    assert (report.written, report.merged) == (1, 1)
    assert [finding.reason.template for finding in report.findings] == [DIFFERS]
    assert view_node(store, FIRM.id).facts["name"] == FIRM.name


def test_too_few_rows_sweep_nothing(store: Store) -> None:
    write(store, FIRM, REDUCER, of=source(minimum=2))
    with pytest.raises(TooFewRecords):
        write(store, FIRM, of=source(minimum=2))
    assert view_node(store, REDUCER.id).facts["name"] == "减速器"


def _rows(count: int, fail_at: int | None = None) -> Iterator[Row]:
    for number in range(count):
        if number == fail_at:
            raise StoreInterrupted
        product = Product(name=f"产品{number}")
        yield Row(str(number), (product, Makes(start=FIRM.id, end=product.id)))


def _all_rows(count: int, fail_at: int | None = None) -> Iterator[Row]:
    yield Row("firm", (FIRM,))
    yield from _rows(count, fail_at)


def test_a_broken_off_run_goes_on_where_it_stopped(store: Store) -> None:
    load(store, job(_all_rows(25)), batch_size=4)
    undisturbed = digest(store)
    clear(store)
    with pytest.raises(StoreInterrupted):
        load(store, job(_all_rows(25, fail_at=17)), batch_size=4)
    report = load(store, job(_all_rows(25)), batch_size=4)
    assert report.resumed_batches > 4
    assert report.read == report.written == 26
    assert digest(store) == undisturbed


BATCHES = Query(
    "batches",
    "MATCH (r:ImportRun) RETURN r.batches AS batches ORDER BY r.started_at DESC LIMIT 1",
    "",
    frozenset(),
    ("batches",),
    Cardinality.ONE,
)


def _written(store: Store) -> int:
    """How many batches the last run wrote."""
    row = store.one(BATCHES)
    assert row is not None
    return int(row["batches"])


def test_what_the_last_run_wrote_is_not_written_again(store: Store) -> None:
    load(store, job(_all_rows(25)), batch_size=4)
    before, first = digest(store), _written(store)
    report = load(store, job(_all_rows(25)), batch_size=4)
    assert (_written(store), digest(store)) == (0, before)
    assert (report.read, report.nodes, report.relationships) == (26, 26, 25)
    load(store, job(_all_rows(26), fingerprint="one row more"), batch_size=4)
    assert 0 < _written(store) < first
    assert digest(store).nodes == before.nodes + 1


def test_after_other_input_broke_off_everything_is_written_again(store: Store) -> None:
    load(store, job(_all_rows(12), fingerprint="good"), batch_size=4)
    good = digest(store)
    changed = [Row("firm", (Enterprise(name="改名有限公司", exchange_code="600001"),)), *_rows(9)]

    def broken() -> Iterator[Row]:
        yield from changed
        raise StoreInterrupted

    with pytest.raises(StoreInterrupted):
        load(store, job(broken(), fingerprint="other"), batch_size=4)
    assert digest(store) != good
    load(store, job(_all_rows(12), fingerprint="good"), batch_size=4)
    assert digest(store) == good


def test_a_relationship_without_its_end_is_tried_again(store: Store) -> None:
    rows = [Row("firm", (FIRM,)), Row("makes", (MAKES,))]
    assert load(store, job(rows)).dropped == 1
    write(store, REDUCER, of=source("other"))
    assert load(store, job(rows)).dropped == 0
    assert [ties.type for ties in view_node(store, FIRM.id).ties] == ["MAKES"]


def test_other_input_starts_afresh(store: Store) -> None:
    with pytest.raises(StoreInterrupted):
        load(store, job(_all_rows(25, fail_at=17), fingerprint="old"), batch_size=4)
    report = load(store, job(_all_rows(3), fingerprint="new"), batch_size=4)
    assert report.resumed_batches == 0
    assert report.swept_nodes > 0
    load(store, job(_all_rows(3), fingerprint="new"), batch_size=4)
    assert digest(store).nodes == 5


def test_unlinked_rows_of_a_broken_off_run_are_still_counted(store: Store) -> None:
    def rows(*, fail: bool) -> Iterator[Row]:
        yield Row("firm", (FIRM,))
        for number in range(4):
            yield Row(f"lost {number}", (Makes(start=FIRM.id, end=f"product-{number}"),))
        if fail:
            raise StoreInterrupted
        yield Row("last", (REDUCER,))

    with pytest.raises(StoreInterrupted):
        load(store, job(rows(fail=True)), batch_size=2)
    report = load(store, job(rows(fail=False)), batch_size=2)
    assert report.resumed_batches > 0
    assert (report.read, report.written, report.dropped) == (6, 2, 4)


def test_two_loads_of_one_source_exclude_each_other(store: Store) -> None:
    run = claim(store, source(), "1")
    with pytest.raises(RunInProgress):
        write(store, FIRM)
    run.abandon()
    write(store, FIRM)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(numbers=st.lists(st.integers(0, 12), max_size=30), batch_size=st.integers(1, 7))
def test_any_rows_in_any_batches_give_the_same_graph(store: Store, numbers: list[int], batch_size: int) -> None:
    rows = [Row("firm", (FIRM,))]
    for number in numbers:
        product = Product(name=f"产品{number}")
        rows.append(Row(str(number), (product, Makes(start=FIRM.id, end=product.id))))
    clear(store)
    report = load(store, job(rows), batch_size=batch_size)
    assert report.read == report.written + report.merged + report.dropped
    small = digest(store)
    clear(store)
    load(store, job(rows))
    assert digest(store) == small
