"""Needs that stand no more: past their last day, or closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from graph.model import ListingState, Need
from graph.store import Store
from tests.graphs import write
from tests.service import TODAY, example_app, load_example

API = "/api/v1/needs"
YESTERDAY = TODAY - timedelta(days=1)
PAST = Need(number="N-003", name="求购行星减速器", expires_on=YESTERDAY, posted_on=TODAY, sample=True)
LAST_DAY = Need(number="N-004", name="求购谐波减速器", expires_on=TODAY, posted_on=TODAY, sample=True)
CLOSED = Need(number="N-005", name="求购摆线减速器", state=ListingState.CLOSED, posted_on=TODAY, sample=True)


@pytest.fixture
def client(store: Store) -> Iterator[TestClient]:
    load_example(store)
    write(store, PAST, LAST_DAY, CLOSED)
    with TestClient(example_app(store), base_url="http://127.0.0.1") as opened:
        yield opened


def test_what_stands_comes_first(client: TestClient) -> None:
    found = [(need["number"], need["expired"]) for need in client.get(API).json()["items"]]
    assert found == [("N-004", False), ("N-017", False), ("N-003", True), ("N-005", False)]
    assert client.get("/needs").text.count(">已截止<") == 1


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("N-003", f"已于 {YESTERDAY} 截止；如仍有效，请更新截止日期"),
        ("N-005", "已关闭；如仍有效，请先重新开放"),
        ("N-004", None),
        ("N-017", None),
    ],
)
def test_an_answer_to_what_stands_no_more_says_so(client: TestClient, number: str, said: str | None) -> None:
    assert client.get(f"{API}/{number}/matches").json()["need"]["lapsed"] == said
    page = client.get(f"/needs/{number}").text
    assert (said in page) if said else ("如仍有效" not in page)
