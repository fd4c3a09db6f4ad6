"""One firm, one node, on the real server: arrivals, decisions that are remembered, joins that can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.digest import digest
from graph.errors import NotFound, RunInProgress
from graph.model import (
    Buys,
    Chain,
    Covers,
    Enterprise,
    HasSite,
    Institute,
    Makes,
    PartOf,
    Product,
    Segment,
    Site,
    Stream,
    Substitutability,
    SuppliesTo,
    Tier,
)
from graph.nodes import view_node
from graph.queries import queries
from graph.store import Store
from loaders.base import load
from loaders.provenance import Fact, Row
from loaders.resolution.queue import (
    AlreadyDecided,
    AlreadyOne,
    Contradiction,
    NotDuplicates,
    NothingToUndo,
    ReviewChanged,
    State,
    ask,
    decide,
    list_pairs,
    undo,
)
from loaders.runs import claim
from loaders.workbook import job_of, known_from_graph, read, source_id
from matching.gaps import fetch
from tests.graphs import clear, job, source, write
from tests.loaders.test_workbook_reader import write_book
from tests.service import TODAY

LISTED = Enterprise(name="江苏恒立液压股份有限公司", short_name="恒立液压", exchange_code="601100", city="常州市")
SAME_FIRM = Enterprise(name="江苏恒立液压有限公司", uscc="91320412MA1MC5NY5W", employees=900)
MAYBE = Enterprise(name="江苏恒立液压集团有限公司")
OTHER = Enterprise(name="常州星宇车灯股份有限公司", exchange_code="601799")
PUMP = Product(name="液压泵")
PUMPS = (
    Chain(id="pumps", name="泵", tier=Tier.OTHER, order=1, basis="试"),
    Segment(
        id="pumps.all",
        name="泵",
        stream=Stream.UPSTREAM,
        importance=1,
        substitutability=Substitutability.UNKNOWN,
        terms=["泵"],
        basis="试",
    ),
    PartOf(start="pumps.all", end="pumps"),
)


def ids(store: Store, state: State = State.OPEN) -> list[str]:
    return [pair.id for pair in list_pairs(store, state).pairs]


def test_the_same_firm_goes_to_the_node_that_is_there(store: Store) -> None:
    write(store, LISTED, OTHER, of=source("a", rank=2))
    report = write(store, SAME_FIRM, PUMP, Makes(start=SAME_FIRM.id, end=PUMP.id), of=source("b"))
    assert (report.joined, report.asked) == (1, 0)
    view = view_node(store, SAME_FIRM.id)
    assert view.id == LISTED.id == view_node(store, SAME_FIRM.name).id
    assert {s.source: s.facts["name"] for s in view.statements} == {"a": LISTED.name, "b": SAME_FIRM.name}
    assert (view.facts["employees"], view.facts["exchange_code"]) == (900, "601100")
    assert [ties.type for ties in view.ties] == ["MAKES"]
    (pair,) = list_pairs(store, State.SAME).pairs
    assert (pair.decided_by, pair.keep, pair.drop) == ("resolution", LISTED.id, SAME_FIRM.id)
    assert pair.score == pytest.approx(sum(part.bits for part in pair.parts))


def test_what_both_ids_say_counts_once(store: Store) -> None:
    write(store, *PUMPS, LISTED, OTHER, PUMP, Covers(start=PUMPS[1].id, end=PUMP.id, term="泵"), of=source("a", rank=2))
    bought = Buys(start=LISTED.id, end=PUMP.id, amount=500)
    made = Makes(start=LISTED.id, end=PUMP.id, share=0.4)
    write(store, LISTED, bought, made, SuppliesTo(start=OTHER.id, end=LISTED.id, products=["液压泵"]), of=source("b"))
    other = [Buys(start=SAME_FIRM.id, end=PUMP.id), Makes(start=SAME_FIRM.id, end=PUMP.id)]
    supply = SuppliesTo(start=OTHER.id, end=SAME_FIRM.id, products=["液压泵"])
    report = write(store, SAME_FIRM, *other, supply, of=source("c"))
    assert report.joined == 1
    found = fetch(store, TODAY)
    assert [(one.buyer, one.amount) for one in found.purchases] == [(LISTED.id, 500)]
    assert len(found.supplies) == len(found.makers) == 1
    (counts,) = store.read(queries.get_firm_coverage, firm=LISTED.id)
    known = {name: counts[name] for name in ("products", "products_with_share", "purchases", "purchases_with_amount")}
    assert set(known.values()) == {1}


def test_a_former_name_leads_to_the_firm(store: Store) -> None:
    renamed = Enterprise(
        name="常州碧空新材料股份有限公司", former_names=["常州戚墅堰琺琅器皿厂"], uscc="91320412MA1MC5NY5W"
    )
    write(store, renamed, of=source("a"))
    report = write(store, Enterprise(name="常州戚墅堰琺琅器皿厂"), of=source("b"))
    assert report.joined == 1
    assert view_node(store, "常州戚墅堰琺琅器皿厂").id == renamed.id


def test_rows_of_one_file_are_held_against_each_other(store: Store) -> None:
    spelt = Enterprise(name="江苏恒立液压（集团）有限公司")
    report = write(store, LISTED, SAME_FIRM, PUMP, Makes(start=SAME_FIRM.id, end=PUMP.id), OTHER)
    assert (report.joined, report.asked) == (1, 0)
    view = view_node(store, SAME_FIRM.name)
    assert (view.id, view.facts["uscc"], view.facts["exchange_code"]) == (LISTED.id, SAME_FIRM.uscc, "601100")
    assert [ties.type for ties in view.ties] == ["MAKES"]
    before = digest(store)
    again = write(store, LISTED, SAME_FIRM, PUMP, Makes(start=SAME_FIRM.id, end=PUMP.id), OTHER)
    assert (again.joined, again.asked, digest(store)) == (0, 0, before)
    more = write(store, LISTED, SAME_FIRM, OTHER, spelt)
    assert (more.joined, more.asked) == (0, 1), "a group and its firm are asked about"
    undo(store, ids(store, State.SAME)[0])
    assert view_node(store, SAME_FIRM.name).id == SAME_FIRM.id
    assert write(store, LISTED, SAME_FIRM, OTHER, spelt, PUMP).joined == 0, "what was taken apart stays so"


def test_two_whole_names_of_one_file_are_two_firms_unless_something_else_says_so(store: Store) -> None:
    slip = Enterprise(name="上海移远通信技术股份有限公司"), Enterprise(name="上海移为通信技术股份有限公司")
    report = write(store, *slip)
    assert (report.joined, report.asked) == (0, 1)
    clear(store)
    called = [
        one.model_copy(update={"phone": f"021-5108{end}"}) for one, end in zip(slip, ("6236", "6236"), strict=True)
    ]
    assert write(store, *called).joined == 1
    (pair,) = list_pairs(store, State.SAME).pairs
    assert {part.field: part.level for part in pair.parts}["phone"] == "equal"


def test_phone_and_address_count_in_a_load(store: Store) -> None:
    plant = Site(id="site-hl", name="液压厂区", address="常州市武进区龙潜路99号")
    write(store, LISTED, plant, HasSite(start=LISTED.id, end=plant.id), OTHER, of=source("a"))
    moved = Enterprise(name=MAYBE.name, address="武进区龙潜路99号2幢", phone="0519-8616 3999")
    write(store, moved, of=source("b"))
    (pair,) = list_pairs(store).pairs
    levels = {part.field: part.level for part in pair.parts}
    assert levels["site"] == "equal"
    assert "phone" not in levels, "only one side has one"
    assert pair.score == pytest.approx(sum(part.bits for part in pair.parts))


def test_loading_it_again_changes_nothing(store: Store) -> None:
    write(store, LISTED, of=source("a"))
    write(store, SAME_FIRM, of=source("b"))
    before = digest(store)
    report = write(store, SAME_FIRM, of=source("b"))
    write(store, LISTED, of=source("a"))
    assert digest(store) == before
    assert (report.joined, report.asked, len(ids(store, State.SAME))) == (0, 0, 1)


def test_what_is_not_sure_is_asked_and_stays_apart(store: Store) -> None:
    write(store, LISTED, OTHER, of=source("a"))
    report = write(store, MAYBE, of=source("b"))
    assert (report.joined, report.asked) == (0, 1)
    assert view_node(store, MAYBE.id).id == MAYBE.id
    (pair,) = list_pairs(store).pairs
    assert {pair.left, pair.right} == {LISTED.id, MAYBE.id}
    assert pair.reasons
    assert (list_pairs(store).counts, list_pairs(store).decided) == (
        {State.OPEN: 1, State.SAME: 0, State.DIFFERENT: 0},
        0,
    )


def test_never_the_same_is_remembered(store: Store) -> None:
    write(store, LISTED, of=source("a"))
    write(store, MAYBE, of=source("b"))
    decide(store, ids(store)[0], same=False, by="张三")
    write(store, PUMP, of=source("b"))  # the firm is swept, the decision stays
    with pytest.raises(NotFound):
        view_node(store, MAYBE.id)
    report = write(store, MAYBE, of=source("b"))
    assert (report.joined, report.asked) == (0, 0)
    assert not ids(store)


def test_the_same_is_remembered(store: Store) -> None:
    write(store, LISTED, of=source("a"))
    write(store, MAYBE, of=source("b"))
    decide(store, ids(store)[0], same=True, by="张三")
    write(store, PUMP, of=source("b"))
    write(store, MAYBE, PUMP, Makes(start=MAYBE.id, end=PUMP.id), of=source("c"))
    view = view_node(store, MAYBE.id)
    assert (view.id, {s.source for s in view.statements}) == (LISTED.id, {"a", "c"})


def test_what_a_person_took_apart_is_not_joined_again(store: Store) -> None:
    write(store, LISTED, of=source("a"))
    write(store, SAME_FIRM, of=source("b"))
    undo(store, ids(store, State.SAME)[0])
    assert view_node(store, SAME_FIRM.id).id == SAME_FIRM.id
    write(store, PUMP, of=source("b"))
    report = write(store, SAME_FIRM, of=source("b"))
    assert report.joined == 0
    assert len(ids(store)) == 1


def test_a_reviewer_who_comes_second_is_told(store: Store) -> None:
    write(store, LISTED, of=source("a"))
    write(store, MAYBE, of=source("b"))
    (pair,) = list_pairs(store).pairs
    decided = decide(store, pair.id, same=True, by="张三", version=pair.version)
    for same in (True, False):
        with pytest.raises(AlreadyDecided, match="张三"):
            decide(store, pair.id, same=same, by="李四", version=pair.version)
    undo(store, pair.id, version=decided.version)
    with pytest.raises(NothingToUndo):
        undo(store, pair.id, version=decided.version)
    with pytest.raises(ReviewChanged):
        decide(store, pair.id, same=False, by="李四", version=pair.version)


def test_two_reviewers_at_once(store: Store) -> None:
    write(store, LISTED, of=source("a"))
    write(store, MAYBE, of=source("b"))
    (pair,) = list_pairs(store).pairs

    def decides(by: str) -> str:
        try:
            decide(store, pair.id, same=by == "张三", by=by, version=pair.version)
        except AlreadyDecided:
            return "told"
        return "done"

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(decides, ["张三", "李四", "王五", "赵六"]))
    assert answers == ["done", "told", "told", "told"]


def test_nobody_joins_while_a_load_is_running(store: Store) -> None:
    write(store, LISTED, of=source("a"))
    write(store, MAYBE, of=source("b"))
    run = claim(store, source("c"), "1")
    with pytest.raises(RunInProgress):
        decide(store, ids(store)[0], same=True, by="张三")
    run.abandon()
    decide(store, ids(store)[0], same=True, by="张三")


def test_sites_other_kinds_and_contradictions_are_refused(store: Store) -> None:
    branch = Enterprise(name="江苏恒立液压股份有限公司武进分公司", uscc="91320412MA1MC5NY5W")
    institute = Institute(name="江苏恒立液压股份有限公司")
    write(store, LISTED, branch, institute, OTHER, MAYBE)
    for other in (branch, institute):
        with pytest.raises(NotDuplicates):
            decide(store, ask(store, LISTED.id, other.id).id, same=True, by="张三")
    first = ask(store, LISTED.id, MAYBE.id)
    decide(store, first.id, same=True, by="张三")
    with pytest.raises(AlreadyOne):
        ask(store, MAYBE.id, LISTED.id)
    undo(store, first.id)
    decide(store, first.id, same=False, by="张三")
    decide(store, ask(store, OTHER.id, MAYBE.id).id, same=True, by="张三")
    with pytest.raises(Contradiction):
        decide(store, ask(store, LISTED.id, OTHER.id).id, same=True, by="张三")


def test_a_branch_that_arrives_is_no_duplicate(store: Store) -> None:
    write(store, LISTED, of=source("a"))
    branch = Enterprise(name="江苏恒立液压股份有限公司武进分公司")
    report = write(store, branch, of=source("b"))
    assert (report.joined, report.asked) == (0, 0)


def test_made_up_and_real_are_never_one(store: Store) -> None:
    write(store, LISTED, of=source("a"))
    report = write(store, Enterprise(**SAME_FIRM.model_dump(exclude={"sample"}), sample=True), of=source("b"))
    assert (report.joined, report.asked) == (0, 0)


FIRMS = [
    Enterprise(name=name)
    for name in ("常州甲冠机械有限公司", "无锡乙辰电子有限公司", "苏州丙午化工有限公司", "镇江丁卯纺织有限公司")
]
PRODUCTS = [Product(name=name) for name in ("减速器", "轴承")]
SITE = Site(id="site-1", name="一号厂区")
SOURCES = [source("one", rank=1), source("two", rank=1), source("three", rank=3)]
PAIRS = [(one, other) for at, one in enumerate(FIRMS) for other in FIRMS[at + 1 :]]


def facts(firms: list[int], salt: int) -> Iterator[Fact]:
    """What a source says of some of the firms: products, purchases, one another, a site."""
    chosen = [FIRMS[number] for number in firms]
    yield from PRODUCTS
    yield SITE
    for at, firm in enumerate(chosen):
        yield firm.model_copy(update={"employees": 10 * salt + at, "profile": f"{firm.name}{salt}"})
        yield Makes(start=firm.id, end=PRODUCTS[(at + salt) % 2].id, share=0.1 * (salt % 9))
        yield Buys(start=firm.id, end=PRODUCTS[0].id, amount=salt)
    for one, other in pairwise(chosen):
        yield SuppliesTo(start=one.id, end=other.id, products=[f"{salt}"])
    if chosen:
        yield HasSite(start=chosen[0].id, end=SITE.id)


@dataclass
class Load:
    source: int
    firms: list[int]
    salt: int


STEPS = st.lists(
    st.one_of(
        st.builds(Load, st.integers(0, 2), st.lists(st.integers(0, 3), unique=True, max_size=4), st.integers(0, 3)),
        st.tuples(st.just("same"), st.integers(0, len(PAIRS) - 1)),
        st.tuples(st.just("undo"), st.integers(0, 5)),
    ),
    min_size=3,
    max_size=9,
)


def run(store: Store, step: Load) -> None:
    rows = [Row(f"row {n}", (fact,)) for n, fact in enumerate(facts(step.firms, step.salt))]
    load(store, job(rows, SOURCES[step.source], repr(step)), batch_size=3)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, order=st.randoms(use_true_random=False))
def test_when_all_joins_are_taken_back_there_were_none(store: Store, steps: list[Any], order: Random) -> None:
    """Loads, joins and undos in any order; when all joins are taken back, the graph is that of the loads alone."""
    clear(store)
    loads = [step for step in steps if isinstance(step, Load)]
    for step in loads:
        run(store, step)
    alone = digest(store)
    clear(store)
    for step in steps:
        if isinstance(step, Load):
            run(store, step)
        elif step[0] == "same":
            join(store, step[1])
        elif same := ids(store, State.SAME):
            undo(store, same[step[1] % len(same)])
    same = ids(store, State.SAME)
    order.shuffle(same)
    for pair in same:
        undo(store, pair)
    assert digest(store) == alone


def join(store: Store, number: int) -> None:
    one, other = PAIRS[number]
    before = digest(store)
    try:
        pair = ask(store, one.id, other.id)
    except (NotFound, AlreadyOne):
        return
    assert digest(store) == before
    decide(store, pair.id, same=True, by="张三")
    undo(store, pair.id)
    assert digest(store) == before
    decide(store, pair.id, same=True, by="张三")
    assert view_node(store, one.id).id == view_node(store, other.id).id


def test_a_workbook_may_call_a_firm_by_any_name_it_has(store: Store, tmp_path: Path) -> None:
    write(store, LISTED, of=source("a", rank=2))
    write(store, SAME_FIRM, of=source("b"))
    buys: list[list[object]] = [
        ["企业", "产品"],
        [SAME_FIRM.name, "轴承"],
        [LISTED.short_name, "齿轮"],
        [SAME_FIRM.uscc, "钢"],
    ]
    raw = read(write_book(tmp_path / "采购.xlsx", {"采购": buys}))
    report = load(store, job_of(raw, known_from_graph(store, source_id(raw))))
    assert (report.written, report.dropped) == (3, 0)
    (ties,) = view_node(store, LISTED.id).ties
    assert (ties.type, ties.total) == ("BUYS", 3)
