"""The ring a user sets is a condition like any other: on the page, in the API; who works beyond it is a near miss."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape

import pytest
from fastapi.testclient import TestClient

from graph.model import About, Offer, Posts
from graph.store import Store
from tests.graphs import source, write
from tests.service import DRIVE, FAR, GEAR, NEED, PLANETARY_PRODUCT, example_app, load_example

API = "/api/v1"
AWAY = Offer(number="O-090", name="精密行星减速器", limits=["背隙≤1角分"], quantity=900, unit="台", sample=True)


@pytest.fixture(scope="module")
def client(_opened: Store) -> Iterator[TestClient]:
    load_example(_opened)
    facts = (AWAY, About(start=AWAY.id, end=PLANETARY_PRODUCT.id), Posts(start=FAR.id, end=AWAY.id))
    write(_opened, *facts, of=source("away"))
    with TestClient(example_app(_opened), base_url="http://127.0.0.1") as opened:
        yield opened


@pytest.mark.parametrize(
    ("ring", "title", "candidates", "near_misses"),
    [
        ("district", "本区", [DRIVE], [FAR, GEAR]),
        ("delta", "长三角", [DRIVE, FAR], [GEAR]),
        ("anywhere", "不限地区", [DRIVE, FAR], [GEAR]),
    ],
)
def test_a_ring_is_a_condition(
    *, client: TestClient, ring: str, title: str, candidates: list[object], near_misses: list[object]
) -> None:
    answer = client.get(f"{API}/needs/N-017/matches", params={"ring": ring}).json()
    assert answer["ring"]["title"] == title
    for kind, expected in (("candidates", candidates), ("near_misses", near_misses)):
        assert {one["firm"]["name"] for one in answer[kind]} == {firm.name for firm in expected}
    said = [one for found in answer["candidates"] for one in found["verdicts"] if one["gate"]["id"] == "ring"]
    assert [one["outcome"]["id"] for one in said] == ([] if ring == "anywhere" else ["pass"] * len(candidates))


def test_the_near_miss_says_where_and_how_far_to_widen(client: TestClient) -> None:
    answer = client.post(f"{API}/matches", json={"text": "精密行星减速器"}, params={"ring": "city"}).json()
    (near,) = (one for one in answer["near_misses"] if one["firm"]["name"] == FAR.name)
    assert near["cure"] == "若圈层放宽到长三角"
    assert "在湖州市，不在本市" in [one["detail"] for one in near["verdicts"]]


def test_the_page_keeps_the_ring(client: TestClient) -> None:
    for address in (f"/needs/{NEED.id}", f"/needs/{NEED.id}/matches", "/match?text=精密行星减速器"):
        page = client.get(address, params={"ring": "city"} | ({"text": "精密行星减速器"} if "?" in address else {}))
        assert 'value="city" selected' in page.text
    assert "若圈层放宽到长三角，则可对接" in unescape(page.text)
