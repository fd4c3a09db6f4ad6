"""Every query: its header is true, the server accepts it, and exactly one module calls it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.queries import Cardinality, Query, parse, queries
from graph.store import Store

ROOT = Path(__file__).parents[2]
ALL = list(queries)
CODE = {
    path: path.read_text(encoding="utf-8")
    for room in ("graph", "loaders", "matching", "api")
    for path in (ROOT / room).rglob("*.py")
}


def _text(query: Query) -> str:
    """The query without its comments."""
    return "\n".join(line for line in query.text.splitlines() if not line.startswith("//"))


@pytest.mark.parametrize("query", ALL, ids=lambda q: q.name)
def test_declared_parameters_are_the_used_ones(query: Query) -> None:
    assert set(re.findall(r"\$(\w+)", _text(query))) == query.parameters


@pytest.mark.parametrize("query", ALL, ids=lambda q: q.name)
def test_the_header_says_what_it_is_for(query: Query) -> None:
    assert query.purpose
    assert (query.cardinality is Cardinality.WRITE) <= bool(re.search(r"\b(MERGE|SET|DELETE|CREATE)\b", _text(query)))


@pytest.mark.parametrize("query", ALL, ids=lambda q: q.name)
def test_one_module_calls_it(query: Query) -> None:
    callers = [path.relative_to(ROOT) for path, text in CODE.items() if re.search(rf"queries\.{query.name}\b", text)]
    assert len(callers) == 1, callers


@pytest.mark.parametrize("query", ALL, ids=lambda q: q.name)
def test_the_server_can_plan_it_and_returns_what_it_declares(query: Query, store: Store) -> None:
    plan = store.explain(query)
    assert plan
    returned = [column.strip("`") for column in plan["columns"]]
    assert tuple(returned) == query.returns


@pytest.mark.parametrize(
    ("text", "missing"),
    [("MATCH (n) RETURN n", "parameters"), ("// parameters: none\n// returns: n\nRETURN 1 AS n", "cardinality")],
)
def test_a_header_that_lacks_a_field_is_refused(text: str, missing: str) -> None:
    with pytest.raises(ValueError, match=missing):
        parse("broken", text)


def test_wrong_parameters_are_refused() -> None:
    with pytest.raises(TypeError, match="get_node takes"):
        queries.get_node.bind({"id": 1})


def test_unknown_query() -> None:
    with pytest.raises(AttributeError, match="no query"):
        _ = queries.no_such_query
