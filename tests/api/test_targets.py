"""Investment targets over HTTP, on the page and as a file, against a real graph."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
from fastapi.testclient import TestClient

from tests.service import DRIVE, FAR, FORCE, GEAR, LEADER, RV


def get(client: TestClient, ref: str, **params: Any) -> Any:
    answer = client.get(f"/api/v1/targets/{ref}", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_segment_gives_targets_buyers_displaced_and_excluded(client: TestClient) -> None:
    book = get(client, RV)
    assert book["chain"] is None
    (found,) = book["lists"]
    names = [one["firm"]["name"] for one in found["targets"]]
    assert FAR.name in names
    assert [one["place"] for one in found["targets"]] == list(range(1, len(names) + 1))
    assert [link["name"] for link in found["displaced"]] == [DRIVE.name]
    assert [link["name"] for link in found["doubtful"]] == [GEAR.name]
    assert {one["firm"]["name"]: one["reason"] for one in found["excluded"]}[DRIVE.name].startswith("已在本区")
    far = next(one for one in found["targets"] if one["firm"]["name"] == FAR.name)
    assert far["uncertain"] is False
    for one in found["targets"]:
        assert sum(part["points"] for part in one["parts"]) == one["score"]
        assert all(part["reasons"] for part in one["parts"])
        assert all(part["points"] == 0 for part in one["parts"] if part["value"] is None)


def test_who_would_buy_is_dated(client: TestClient) -> None:
    (found,) = get(client, FORCE)["lists"]
    (buyer,) = found["buyers"]
    assert (buyer["name"], buyer["leader"], buyer["amount"], buyer["on"]) == (
        LEADER.name,
        True,
        9_000_000,
        "2026-11-01",
    )


def test_a_chain_gives_its_gaps_by_priority_and_says_why_nothing_can_be_extended(client: TestClient) -> None:
    book = get(client, "robotics")
    priorities = [found["priority"] for found in book["lists"]]
    assert priorities == sorted(priorities, reverse=True)
    assert all(found["is_gap"] for found in book["lists"])
    assert book["extensions"] == []
    assert "至少要 20 个" in book["extensions_note"]
    assert get(client, "机器人")["chain"]["id"] == "robotics"


def test_a_wider_ring_takes_who_is_inside_off_the_list(client: TestClient) -> None:
    (found,) = get(client, RV, ring="delta")["lists"]
    assert FAR.name not in {one["firm"]["name"] for one in found["targets"]}
    assert FAR.name in {one["firm"]["name"] for one in found["excluded"]}


def test_page_and_file_say_what_the_api_says(client: TestClient) -> None:
    (found,) = get(client, RV)["lists"]
    page = client.get(f"/targets/{RV}").text
    assert "开放名单" in page
    assert "样例数据" in page
    for one in found["targets"]:
        assert one["firm"]["name"] in page
        assert f'<span class="score num">{one["score"]}</span>' in page
    file = client.get(f"/targets/{RV}/list.xlsx")
    assert file.status_code == 200
    book = openpyxl.load_workbook(BytesIO(file.content))
    rows = list(book["招商对象"].iter_rows(min_row=3, values_only=True))
    assert [row[2] for row in rows] == [one["firm"]["name"] for one in found["targets"]]
    assert [row[6] for row in rows] == [one["score"] for one in found["targets"]]
    assert book.sheetnames == ["招商对象", "本地买家", "本地同环节企业", "未列入", "延链"]
    assert "不按注册地排序" in book["招商对象"]["A1"].value


def test_the_step_of_a_gap_leads_to_the_list(client: TestClient) -> None:
    assert f'href="/targets/{FORCE}?ring=district"' in client.get(f"/segments/{FORCE}").text
    assert f'href="/targets/{FORCE}?ring=district"' in client.get("/gaps?chain=robotics&class=missing").text
