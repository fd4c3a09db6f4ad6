"""Internal properties come out exactly where the table says; who may not see them cannot tell two worlds apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from markupsafe import escape

from api.auth.roles import CLEARANCE, Action, Role, permits
from api.schemas.nodes import json_value
from api.titles import fact_text
from graph.model import Disclosure
from graph.store import Store
from tests.auth.canaries import NAMES, read
from tests.auth.internal import ASIDE, FIRM, MARK, OWNERS, PLACE, TIES, load_world, node_id, turn, value
from tests.auth.people import SITE, add, bearer, forget
from tests.auth.routes import paths
from tests.service import DRIVE, GEAR, example_app, load_event

PAGE = {"Accept": "text/html"}
OURS = [
    "/needs/N-903/matches",
    "/api/v1/needs/N-903/matches",
    "/api/v1/matches/need-offer/N-903",
    "/needs/N-903",
    "/api/v1/matches/offer-need/O-013",
    "/match?ref=O-013&way=offer-need",
    f"/firms/{GEAR.id}",
    f"/api/v1/firms/{GEAR.id}/profile.xlsx",
]
"""What the contact of GEAR may ask beside what everybody may."""
OF_THE_RUN = re.compile(r"\w+@\d{8}T\d{6}\.\d+|\"revision\":\d+")
"""When something was loaded: the same facts loaded twice differ in it."""
Told = dict[str, str]


def _told(store: Store) -> Told:
    """All that the contact of GEAR is told."""
    with TestClient(example_app(store), base_url=SITE, follow_redirects=False) as client:
        headers = bearer(store, "gear") | PAGE
        answers = {path: client.get(path, headers=headers) for path in [*paths(), *OURS]}
    return {path: OF_THE_RUN.sub("", f"{one.status_code} {_text(one.content)}") for path, one in answers.items()}


def _text(content: bytes) -> str:
    """What is read in an answer; the parts of a workbook that say when it was made are not."""
    return re.sub(r"<dcterms:.*?</dcterms:\w+>", "", read(content))


@pytest.fixture(scope="module")
def told(_opened: Store) -> Iterator[tuple[Told, Told]]:
    """What a firm is told in either world; the second one stays."""
    load_world(_opened)
    load_event(_opened)
    add(_opened, "gear", Role.ENTERPRISE, firm=GEAR.id)
    one = _told(_opened)
    turn(_opened, 1)
    yield one, _told(_opened)
    forget(_opened)


@pytest.fixture(scope="module")
def client(told: tuple[Told, Told], _opened: Store) -> Iterator[tuple[TestClient, Store]]:
    with TestClient(example_app(_opened), base_url=SITE) as opened:
        yield opened, _opened


def test_both_worlds_look_the_same_to_a_firm(told: tuple[Told, Told]) -> None:
    one, other = told
    assert not any(MARK in text for text in one.values())
    assert {path: other[path] for path in one if one[path] != other[path]} == {}
    assert sum(text.startswith("200") for text in one.values()) > 40, "most answers say something"


def test_every_internal_property_has_a_value_of_its_own_in_either_world() -> None:
    for owner, field in PLACE:
        if field not in ASIDE:
            assert value(owner, field, 0) != value(owner, field, 1), f"{owner}.{field}"


def _facts(facts: list[dict[str, Any]]) -> dict[str, Any]:
    return {fact["field"]: fact["value"] for fact in facts if not fact["withheld"]}


def _wanted(owner: str) -> dict[str, Any]:
    return {field: value(owner, field, 1) for of, field in PLACE if of == owner and field not in ASIDE}


def _shown(text: str, owner: str) -> set[str]:
    """The properties of an owner whose values a page holds."""
    return {field for field, one in _wanted(owner).items() if escape(fact_text(owner, field, one)) in text}


@pytest.mark.parametrize("role", Role)
def test_a_node_for_offices_is_whole_to_them_and_not_there_for_a_firm(
    client: tuple[TestClient, Store], role: Role
) -> None:
    opened, store = client
    headers = bearer(store, NAMES[role])
    for owner in OWNERS:
        answer = opened.get(f"/api/v1/nodes/{node_id(owner)}", headers=headers)
        page = opened.get(f"/nodes/{node_id(owner)}", headers=headers | PAGE)
        if CLEARANCE[role] is Disclosure.PUBLIC:
            unknown = opened.get("/api/v1/nodes/internal", headers=headers)
            assert answer.text.replace(node_id(owner), "internal") == unknown.text
            assert (answer.status_code, page.status_code) == (404, 404)
            continue
        found = answer.json()
        assert (found["id"], found["sample"]) == (node_id(owner), True)
        facts = _facts(found["facts"])
        assert {field: facts.get(field) for field in _wanted(owner)} == {
            field: json_value(one) for field, one in _wanted(owner).items()
        }
        assert _shown(page.text, owner) == _wanted(owner).keys(), owner


@pytest.mark.parametrize("role", Role)
def test_internal_properties_of_firms_and_their_ties_are_for_offices(
    client: tuple[TestClient, Store], role: Role
) -> None:
    opened, store = client
    headers, office = bearer(store, NAMES[role]), CLEARANCE[role] is not Disclosure.PUBLIC
    node = opened.get(f"/api/v1/nodes/{FIRM.id}", headers=headers).json()
    facts = _facts(node["facts"])
    assert {field: facts.get(field) for field in _wanted("Enterprise")} == (
        _wanted("Enterprise") if office else dict.fromkeys(_wanted("Enterprise"))
    )
    for kind, (start, end) in TIES.items():
        node = opened.get(f"/api/v1/nodes/{start}", headers=headers).json()
        ties = [other for ties in node["ties"] if ties["type"] == kind for other in ties["neighbours"]]
        values = [_facts(other["facts"]) for other in ties if other["id"] == end]
        sent = {field: json_value(one) for field, one in _wanted(kind).items()}
        assert any(sent.items() <= one.items() for one in values) is office, kind
        page = opened.get(f"/nodes/{end}", headers=headers | PAGE).text
        assert bool(_shown(page, kind) & {"evidence", "products", "method", "item"}) is office, kind


FILES = {
    "/reports/robotics/report.docx": Action.EXPORT,
    "/reports/robotics/gaps.xlsx": Action.EXPORT,
    f"/api/v1/firms/{DRIVE.id}/profile.xlsx": Action.EXPORT,
}


@pytest.mark.parametrize("role", Role)
def test_files_hold_internal_values_for_those_who_may_have_them(client: tuple[TestClient, Store], role: Role) -> None:
    opened, store = client
    headers = bearer(store, NAMES[role])
    for path, action in FILES.items():
        answer = opened.get(path, headers=headers)
        may = permits(frozenset({role}), action)
        assert (answer.status_code == 200) is may, path
        assert (MARK in read(answer.content)) is may, path
