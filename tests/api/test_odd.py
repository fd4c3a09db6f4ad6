"""A map that should not be, through every face: a circle of feeds, a chain without firms, shares over one, and more."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import docx
import openpyxl
import pytest
from fastapi.testclient import TestClient

from graph.model import (
    Buys,
    Chain,
    Covers,
    Enterprise,
    Feeds,
    In,
    Leads,
    LinkedTo,
    LinkState,
    Makes,
    PartOf,
    Place,
    PlaceLevel,
    Product,
    Segment,
    Stream,
    Substitutability,
    Tier,
)
from graph.queries import Cardinality, Query
from graph.store import Store
from matching.gaps import GapClass
from tests.graphs import clear, write
from tests.service import TODAY, example_app

COUNT = 40
OVER = Query(
    "over",
    "MATCH ()-[r:MAKES|BUYS|LINKED_TO]->() SET r.share = 1.7, r.import_share = 2.5, r.single_country_share = 9.0, "
    "r.capacity_share = 3.0",
    "Shares no loader would let in.",
    frozenset(),
    (),
    Cardinality.WRITE,
)


def _chain(name: str, order: int) -> Chain:
    return Chain(id=name, name=name, tier=Tier.FUTURE, order=order, basis="测试")


def _segment(number: int) -> Segment:
    said = {"importance": 3, "substitutability": Substitutability.NONE, "basis": "测试", "order": number}
    return Segment(id=f"odd.{number}", name=f"怪环节{number}", stream=Stream.UPSTREAM, terms=[f"怪{number}"], **said)


@pytest.fixture(scope="module")
def client(_opened: Store) -> Iterator[TestClient]:
    clear(_opened)
    odd, twin, bare, hollow = (_chain(name, n) for n, name in enumerate(("odd", "twin", "bare", "hollow")))
    segments = [_segment(number) for number in range(COUNT)]
    lone = Segment(**_segment(COUNT).model_dump(exclude={"id", "name"}), id="bare.1", name="没有企业的环节")
    place = Place(id="place-320412", name="武进区", code="320412", level=PlaceLevel.DISTRICT)
    firm, product = Enterprise(name="示例四十环节有限公司", sample=True), Product(name="怪0")
    ends = [(one.id, two.id) for one, two in zip(segments, [*segments[1:], segments[0]], strict=True)]
    links = [
        LinkedTo(start=firm.id, end=one.id, state=LinkState.CONFIRMED, evidence="走访", checked_on=TODAY)
        for one in segments
    ]
    write(
        _opened,
        *(odd, twin, bare, hollow, *segments, lone, place, firm, product),
        *(PartOf(start=one.id, end=odd.id) for one in segments),
        PartOf(start=segments[0].id, end=twin.id),
        PartOf(start=lone.id, end=bare.id),
        *(Feeds(start=start, end=end, essential=True) for start, end in (*ends, ("odd.3", "odd.3"))),
        *(In(start=firm.id, end=place.id), Leads(start=firm.id, end=odd.id), *links),
        Covers(start=segments[0].id, end=product.id, term="怪0"),
        Makes(start=firm.id, end=product.id),
        Buys(start=firm.id, end=product.id, amount=1_000_000),
    )
    _opened.write(lambda tx: tx.run(OVER))
    with TestClient(example_app(_opened), base_url="http://127.0.0.1") as opened:
        yield opened


FIRM = Enterprise(name="示例四十环节有限公司").id
PAGES = [
    *("/", "/gaps", "/gaps?chain=bare", "/what-if", "/reports", "/changes", "/tasks", f"/firms/{FIRM}"),
    *(f"/chains/{chain}{more}" for chain in ("odd", "twin", "bare", "hollow") for more in ("", "?ring=anywhere")),
    *("/segments/odd.0", "/segments/odd.3", "/segments/bare.1"),
    *(f"/what-if?firm={FIRM}", "/what-if?segment=odd.0", "/what-if?segment=odd.3&chain=twin", "/what-if?country=*"),
    *("/targets/odd", "/targets/odd.0", "/targets/bare", "/targets/hollow", "/targets/bare.1"),
    *(f"/reports?chain={chain}" for chain in ("odd", "twin", "bare", "hollow")),
]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_answers(client: TestClient, path: str) -> None:
    page = client.get(path, headers={"Accept": "text/html"})
    assert page.status_code == 200, page.text[-500:]
    assert "nan" not in page.text.lower().split("<main", 1)[-1].replace("finance", "")


@pytest.mark.parametrize("chain", ["odd", "twin", "bare", "hollow"])
def test_every_file_opens(client: TestClient, chain: str) -> None:
    report = client.get(f"/reports/{chain}/report.docx")
    assert f"{chain}产业链缺口分析报告" in {text.text for text in docx.Document(BytesIO(report.content)).paragraphs}
    book = openpyxl.load_workbook(BytesIO(client.get(f"/reports/{chain}/gaps.xlsx").content), read_only=True)
    assert book.sheetnames
    assert client.get(f"/targets/{chain}/list.xlsx").status_code == 200


def test_no_figure_is_out_of_its_range(client: TestClient) -> None:
    found = client.get("/api/v1/gaps", params={"class": [kind.value for kind in GapClass], "limit": COUNT + 1}).json()
    assert found["total"] == COUNT + 1
    board = {one["segment"]["id"]: one for one in found["items"]}
    assert [one["id"] for one in board["odd.0"]["chains"]] == ["odd", "twin"]
    shares = {"coverage", "single_source", "demand", "criticality", "dependence", "gap", "local_supply", "feasibility"}
    for id_ in board:
        detail = client.get(f"/api/v1/segments/{id_}").json()
        values = {one["id"]: one["value"] for one in detail["figures"] if one["value"] is not None}
        assert all(0 <= value <= 1 for name, value in values.items() if name in shares), (id_, values)
        assert 0 <= board[id_]["priority"]["score"] <= 100
        assert sum(part["points"] for part in board[id_]["priority"]["parts"]) == board[id_]["priority"]["score"]
    loss = client.get(f"/api/v1/what-if?firm={FIRM}").json()
    assert (loss["stopped"], loss["output"]["value"]) == (COUNT, 1.0)
