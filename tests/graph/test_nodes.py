"""Any node with its facts and ties."""

from __future__ import annotations

import pytest

from graph.errors import NotFound
from graph.model import Enterprise, Makes, Need, Posts, Product
from graph.nodes import view_node
from graph.store import Store
from tests.graphs import write

FIRM = Enterprise(name="示例重工有限公司", short_name="示例重工", exchange_code="600002", sample=True)
NEED = Need(name="行星减速器", number="N-017")
PRODUCTS = [Product(name=f"产品{number}") for number in range(5)]


@pytest.fixture
def filled(store: Store) -> Store:
    makes = [Makes(start=FIRM.id, end=product.id) for product in PRODUCTS]
    write(store, FIRM, NEED, *PRODUCTS, *makes, Posts(start=FIRM.id, end=NEED.id))
    return store


@pytest.mark.parametrize("ref", [FIRM.id, "600002", "示例重工", "示例重工有限公司", " 600002 "])
def test_a_firm_answers_to_its_names(filled: Store, ref: str) -> None:
    assert view_node(filled, ref).id == FIRM.id


def test_a_listing_answers_to_its_number(filled: Store) -> None:
    assert view_node(filled, "N-017").id == NEED.id


def test_ties_are_cut_and_counted(filled: Store) -> None:
    view = view_node(filled, FIRM.id, limit=2)
    assert [(ties.type, ties.total, len(ties.neighbours)) for ties in view.ties] == [("MAKES", 5, 2), ("POSTS", 1, 1)]
    assert view.sample


def test_unknown(filled: Store) -> None:
    with pytest.raises(NotFound, match="没有这个"):
        view_node(filled, "没有这个")


@pytest.mark.parametrize("ref", ["'; MATCH (n) DETACH DELETE n //", "`", "$ref", "\x00", "名" * 10_000])
def test_input_never_becomes_a_query(filled: Store, ref: str) -> None:
    with pytest.raises(NotFound):
        view_node(filled, ref)
    assert view_node(filled, FIRM.id)
