"""Bad input to the matcher, through the API and on the page: what is wrong, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape

import pytest
from fastapi.testclient import TestClient

from graph.store import Store
from tests.graphs import clear
from tests.service import example_app

API, PAGE = "/api/v1/matches", "/match"


@pytest.mark.parametrize(
    ("text", "status", "cure"),
    [
        ("，。；", 422, "请写出所需产品或加工服务的名称"),
        ("x" * 50_000, 422, "2000"),
        ("planetary gearbox", 200, "请改用中文产品名称"),
        ("планетарный редуктор", 200, "请改用中文产品名称"),
        ("烟花爆竹", 200, "换用更通用的名称"),
    ],
    ids=["no word", "50,000 characters", "English", "Russian", "nobody"],
)
def test_api_and_page_say_what_to_do(client: TestClient, text: str, status: int, cure: str) -> None:
    said = client.post(API, json={"text": text})
    shown = client.get(PAGE, params={"text": text[:5_000]})  # a longer address is refused before it is read
    assert said.status_code == shown.status_code == status
    assert cure in said.text
    assert cure in unescape(shown.text)


def test_all_gated_out_names_the_condition_that_fails_most(client: TestClient) -> None:
    ours = client.get("/api/v1/needs/N-017/matches").json()["candidates"][0]
    text = f"{ours['listing']['name']}，需 NADCAP 认证，交期≤0天，月99999999台"
    said = client.post(API, json={"text": text}).json()
    assert not said["candidates"]
    assert said["advice"]
    assert said["advice"] in unescape(client.get(PAGE, params={"text": text}).text)


@pytest.fixture
def nothing(_opened: Store) -> Iterator[TestClient]:
    clear(_opened)
    with TestClient(example_app(_opened), base_url="http://127.0.0.1") as opened:
        yield opened


def test_without_any_offer_it_says_to_load(nothing: TestClient) -> None:
    assert "ronglian load" in nothing.post(API, json={"text": "减速器"}).json()["advice"]
    assert "ronglian load" in unescape(nothing.get(PAGE, params={"text": "减速器"}).text)
