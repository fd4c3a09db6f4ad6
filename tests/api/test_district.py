"""The district at home over the API, and a board that says where the firms are."""

from __future__ import annotations

from fastapi.testclient import TestClient

from graph.store import Store
from tests.matching.test_gaps_foreign import foreign
from tests.service import example_app


def test_the_district_at_home_is_set_and_the_board_says_where_firms_are(store: Store) -> None:
    foreign(store)
    with TestClient(example_app(store), base_url="http://127.0.0.1") as client:
        first = client.get("/api/v1/settings/district").json()
        assert (first["code"], first["by"]) == ("320412", None)
        assert client.get("/api/v1/gaps").json()["ring"]["id"] == "district"
        wrong = client.post("/api/v1/settings/district", json={"place": "朝阳区", "by": "链办"})
        assert (wrong.status_code, "同名的不止一个" in wrong.json()["detail"]) == (400, True)
        told = client.post("/api/v1/settings/district", json={"place": "四川省成都市武侯区", "by": "链办"}).json()
        assert [ring["title"] for ring in told["rings"]] == ["本区", "本市", "本省", "国内"]
        board = client.get("/api/v1/gaps").json()
        assert board["ring"]["id"] == board["where"]["nearest"]["id"] == "national"
        assert "四川省成都市武侯区）没有企业" in board["where"]["nobody"]
        page = client.get("/gaps?ring=district").text
        assert "没有企业" in page
        assert 'href="?ring=national"' in page
        assert '<option value="national" selected>' in client.get("/gaps").text
        assert '<option value="province"' in client.get("/gaps").text
        assert '<option value="delta"' not in client.get("/gaps").text
        for path in ("/", "/reports", "/what-if", "/targets/foreign"):
            assert "四川省成都市武侯区）没有企业" in client.get(path).text, path
