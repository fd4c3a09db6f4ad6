"""Facts side by side with the rule that chose, and what is missing."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest

from graph.errors import NotFound
from graph.model import Enterprise, LinkedTo, LinkState, Makes, Product, Segment, Stream
from graph.nodes import Statement
from graph.store import Store
from matching.dossier import Coverage, load_dossier, missing, sides
from matching.dossier.sides import ALL_AGREE, BY_DAY, BY_NAME, BY_RANK, ONLY_ONE
from matching.linking import Rules
from tests.graphs import source, write

TODAY = date(2026, 11, 23)


def said(source: str, rank: int, day: date, **facts: object) -> Statement:
    return Statement(source, source, rank, False, day, "企业!3", "strong", dict(facts), "run-1")


NEW, OLD = date(2026, 10, 1), date(2025, 10, 1)


@pytest.mark.parametrize(
    ("statements", "rule", "disputed"),
    [
        ([said("a", 1, NEW, city="常州")], ONLY_ONE, False),
        ([said("a", 1, NEW, city="常州"), said("b", 3, OLD, city="常州")], ALL_AGREE, False),
        ([said("a", 1, OLD, city="常州"), said("b", 3, NEW, city="无锡")], BY_RANK, True),
        ([said("a", 1, NEW, city="常州"), said("b", 1, OLD, city="无锡")], BY_DAY, True),
        ([said("a", 1, NEW, city="常州"), said("b", 1, NEW, city="无锡")], BY_NAME, True),
    ],
)
def test_values_stand_side_by_side_with_the_rule_that_chose(
    statements: list[Statement], rule: str, disputed: bool
) -> None:
    (side,) = sides(statements)
    assert [claim.value for claim in side.claims] == [one.facts["city"] for one in statements]
    assert [claim.shown for claim in side.claims] == [True, *[False] * (len(statements) - 1)]
    assert (side.rule.template, side.disputed) == (rule, disputed)


def test_what_the_first_does_not_say_is_filled_in_from_the_next() -> None:
    found = {
        side.field: side for side in sides([said("a", 1, NEW, name="甲"), said("b", 3, OLD, name="甲", city="常州")])
    }
    assert found["city"].claims[0].statement.source == "b"
    assert found["city"].rule.template == ONLY_ONE


WHOLE = Coverage(
    coded=True, placed=1, revenue=True, status=True, grouped=True, products=2, products_with_share=2, purchases=1,
    purchases_with_amount=1, offers=1, offers_with_limits=1, offers_with_certificates=1, offers_with_quantity=1,
    confirmed=1, confirmed_with_share=1,
)  # fmt: skip


def test_nothing_is_missing_of_what_is_known_whole() -> None:
    assert missing(WHOLE) == []


LACKS: dict[str, dict[str, int | bool]] = {
    "coded": {"coded": False}, "placed": {"placed": 0}, "revenue": {"revenue": False}, "status": {"status": False},
    "grouped": {"grouped": False}, "products": {"products": 0, "products_with_share": 0},
    "products_with_share": {"products_with_share": 1}, "purchases": {"purchases": 0, "purchases_with_amount": 0},
    "purchases_with_amount": {"purchases_with_amount": 0},
    "offers": {"offers": 0, "offers_with_limits": 0, "offers_with_certificates": 0, "offers_with_quantity": 0},
    "offers_with_limits": {"offers_with_limits": 0}, "offers_with_certificates": {"offers_with_certificates": 0},
    "offers_with_quantity": {"offers_with_quantity": 0}, "confirmed": {"confirmed": 0, "confirmed_with_share": 0},
    "confirmed_with_share": {"confirmed_with_share": 0}, "confirmed_undated": {"confirmed_undated": 1},
}  # fmt: skip


@pytest.mark.parametrize("field", sorted(LACKS))
def test_each_piece_is_asked_for_by_itself_with_what_it_unlocks(field: str) -> None:
    (piece,) = missing(replace(WHOLE, **LACKS[field]))  # type: ignore[arg-type]
    assert piece.what
    assert piece.unlocks


def test_every_count_is_of_use() -> None:
    assert {one.name for one in fields(Coverage)} == set(LACKS)


FIRM = Enterprise(name="示例传动有限公司", revenue=10_000_000, city="常州")
RV = Segment(
    id="robotics.rv", name="RV减速器", stream=Stream.UPSTREAM, importance=3, substitutability="certified",
    terms=["RV减速器"], basis="测试",
)  # fmt: skip
MADE = Product(name="RV减速器")


def link(state: LinkState, **more: object) -> LinkedTo:
    return LinkedTo(start=FIRM.id, end=RV.id, state=state, evidence="现场核查", **more)  # type: ignore[arg-type]


def test_a_firm_is_read_whole(store: Store) -> None:
    write(store, FIRM, RV, MADE, Makes(start=FIRM.id, end=MADE.id), link(LinkState.CONFIRMED), of=source("one", 1))
    write(store, FIRM.model_copy(update={"city": "无锡"}), link(LinkState.REJECTED), of=source("two", 3))
    found = load_dossier(store, FIRM.name, Rules(), TODAY)
    assert [side.field for side in found.disputed] == ["city"]
    (claim, other) = found.disputed[0].claims
    assert (claim.value, claim.statement.row, other.value) == ("常州", "row 0", "无锡")
    assert claim.statement.run.startswith("one@")
    (standing,) = found.links
    assert (standing.state, standing.disputed) == (LinkState.CONFIRMED, True)
    assert {piece.key for piece in found.missing} >= {"uscc", "share", "purchases", "offers", "capacity", "checked_on"}
    assert {piece.key for piece in found.missing}.isdisjoint({"revenue", "products", "links", "place"})


def test_only_firms_have_a_dossier(store: Store) -> None:
    write(store, RV)
    with pytest.raises(NotFound):
        load_dossier(store, RV.id, Rules(), TODAY)
