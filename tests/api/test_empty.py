"""A graph with nothing in it says what to do."""

from __future__ import annotations

from fastapi.testclient import TestClient

from graph.store import Store
from tests.service import example_app


def test_an_empty_graph_names_the_command_that_fills_it(store: Store) -> None:
    with TestClient(example_app(store), base_url="http://127.0.0.1") as client:
        for path in ("/", "/gaps"):
            page = client.get(path)
            assert page.status_code == 200
            assert "ronglian load catalog" in page.text
        assert "还没有快照" in client.get("/changes").text
        assert "还没有登记需求" in client.get("/needs").text
        found = client.get("/api/v1/chains").json()
        assert (found["ring"], found["as_of"], found["chains"]) == ({"id": "district", "title": "本区"}, None, [])
        assert (found["where"]["inside"], found["where"]["nobody"]) == (0, None)
        assert client.get("/api/v1/gaps").json()["total"] == 0
        found = client.post("/api/v1/matches", json={"text": "减速器"}).json()
        assert found["summary"] == "图谱中还没有任何供给，请先载入数据"
