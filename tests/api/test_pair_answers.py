"""Answers over HTTP and on the page: kept, used at once, taken back, and only by who may."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from graph.model import PairSide
from graph.store import Store
from matching.pairing.answers import load_agreed, load_answers
from tests.service import DRIVE, FITS, NEED, example_app, load_example

API = "/api/v1"
PAIR = {"wanted": "N-017", "offered": "O-011", "side": "buyer", "by": "张三"}


@pytest.fixture
def client(store: Store) -> Iterator[TestClient]:
    load_example(store)
    with TestClient(example_app(store), base_url="http://127.0.0.1") as opened:
        yield opened


def listed(client: TestClient) -> list[str]:
    answer = client.get(f"{API}/needs/N-017/matches").json()
    return [one["firm"]["name"] for one in answer["candidates"]]


def say(client: TestClient, **more: object) -> int:
    return client.post(f"{API}/pair-answers", json={**PAIR, **more}).status_code


def test_a_decline_is_used_at_once_and_undone(client: TestClient, store: Store) -> None:
    revision = store.revision()
    assert listed(client) == [DRIVE.name]
    assert say(client, answer="declined", reason="price", note="贵了两成") == 200
    assert listed(client) == []
    (kept,) = client.get(f"{API}/pair-answers", params={"listing": "O-011"}).json()["items"]
    assert (kept["side"]["title"], kept["answer"]["title"], kept["reason"]["title"]) == ("需方", "谢绝", "价格谈不拢")
    assert (kept["by"], kept["note"], kept["seller"], kept["stands"]) == ("张三", "贵了两成", DRIVE.name, True)
    undone = client.post(f"{API}/pair-answers/undo", json=PAIR).json()["items"]
    assert [one["stands"] for one in undone] == [False, False]
    assert listed(client) == [DRIVE.name]
    assert client.post(f"{API}/pair-answers/undo", json=PAIR).status_code == 400
    assert store.revision() == revision, "what is derived from the graph need not be made anew"


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"answer": "declined"}, 400),
        ({"answer": "accepted", "by": " "}, 400),
        ({"answer": "accepted", "offered": "O-999"}, 404),
        ({"answer": "accepted", "wanted": "O-011", "offered": "N-017"}, 400),
        ({"answer": "declined", "reason": "mood"}, 422),
        ({"answer": "accepted", "side": "both"}, 422),
    ],
)
def test_what_is_not_complete_is_refused(client: TestClient, change: dict[str, object], status: int) -> None:
    assert say(client, **change) == status
    assert client.get(f"{API}/pair-answers").json()["items"] == []


def test_both_sides_word_is_kept_apart(client: TestClient, store: Store) -> None:
    say(client, answer="accepted")
    assert load_agreed(store) == []
    say(client, answer="accepted", side="seller")
    sides = {one.answer.side for one in load_answers(store, FITS.id)}
    assert sides == set(PairSide)
    assert {item for _, item in load_agreed(store)} <= {"行星减速器"}


def test_the_page_shows_answers_and_forms(client: TestClient) -> None:
    say(client, answer="accepted")
    page = client.get(f"/needs/{NEED.id}/matches").text
    assert "双方答复" in page
    assert "不是所需产品" in page
    assert 'class="say"' in page
    assert 'class="say"' not in client.get("/match", params={"text": "行星减速器"}).text
