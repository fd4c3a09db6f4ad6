"""Role × route × graded property: a sensitive value comes out exactly where the table says, in JSON, HTML, xlsx, docx.

Each sensitive property of the model has a *canary*: a value that occurs nowhere else. Whoever may not see it must not
find it in any answer of any route, however it is written there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.auth.audit import Audit, Kind
from api.auth.disclosure import clearance
from api.auth.roles import CLEARANCE, Role
from api.auth.viewer import LOCAL, NOBODY, Viewer
from api.reports.chain_report import write_chain_report
from api.reports.gap_list import write_gap_list
from graph.disclosure import graded, of_property
from graph.model import (
    Buys,
    Disclosure,
)
from graph.store import Store
from loaders.resolution.queue import ask, get_pair
from matching import gaps
from matching.gaps.disclosed import disclosed_board
from tests.auth.canaries import CANARIES, NAMES, SECRET_NEED, heard, read
from tests.auth.people import SITE, bearer
from tests.auth.routes import begun, paths
from tests.graphs import source, write
from tests.service import (
    DRIVE,
    FAR,
    FORCE,
    FORCE_PRODUCT,
    LEADER,
    TODAY,
    example_app,
    load_event,
)


@pytest.fixture(scope="module")
def client(secrets: Store) -> Iterator[TestClient]:
    load_event(secrets)
    with TestClient(example_app(secrets), base_url=SITE) as opened:
        yield opened


def test_every_property_is_graded_and_what_smells_of_a_secret_is_sensitive() -> None:
    secret = re.compile(r"amount|share|price|contact|phone|mobile|email|idle|import_country")
    assert len(graded()) > 150
    for owner, field, grade in graded():
        assert not secret.search(field) or grade is Disclosure.SENSITIVE, f"{owner}.{field}"
    assert of_property("Enterprise", "no_such_field") is Disclosure.SENSITIVE
    assert of_property("NoSuchLabel", "name") is Disclosure.SENSITIVE


def test_every_sensitive_property_has_a_canary() -> None:
    assert CANARIES.keys() == {(owner, field) for owner, field, grade in graded() if grade is Disclosure.SENSITIVE}


@dataclass
class Told:
    """All that a role is told, asked for once: an answer of the API as JSON or file, any other as a page or file."""

    client: TestClient
    headers: dict[str, str]

    @cached_property
    def leaks(self) -> dict[bool, dict[tuple[str, str], set[str]]]:
        """Which canaries are in which answers, of the API and of pages."""
        found: dict[bool, dict[tuple[str, str], set[str]]] = {True: {}, False: {}}
        for path in [*paths(), *begun(self.client, self.headers)]:
            api = path.startswith("/api/")
            accept = "application/json" if api else "text/html"
            answer = self.client.get(path, headers=self.headers | {"Accept": accept})
            assert answer.status_code < 500, (path, answer.text)
            for key in heard(read(answer.content)):
                found[api].setdefault(key, set()).add(path)
        return found


@pytest.fixture(scope="module")
def told(client: TestClient, secrets: Store) -> dict[Role, Told]:
    return {role: Told(client, bearer(secrets, NAMES[role])) for role in Role}


def test_a_run_over_all_needs_tells_who_began_it_and_nobody_else(client: TestClient, secrets: Store) -> None:
    runs = {role: begun(client, bearer(secrets, NAMES[role])) for role in Role}
    assert {role for role, paths_ in runs.items() if not paths_} == {Role.ADMIN}
    quantity = ("Capability", "quantity")
    for role, (own, file, page) in ((role, found) for role, found in runs.items() if found):
        answers = [client.get(path, headers=bearer(secrets, NAMES[role])) for path in (own, file, page)]
        assert {answers[0].status_code, answers[2].status_code} == {200}
        told = [quantity in heard(read(answer.content)) for answer in answers]
        assert any(told) is (CLEARANCE[role] is Disclosure.SENSITIVE), role
        for other in set(Role) - {role, Role.ADMIN}:
            assert client.get(own, headers=bearer(secrets, NAMES[other])).status_code == 404


@pytest.mark.parametrize("api", [True, False], ids=["api", "pages"])
@pytest.mark.parametrize("role", Role)
def test_a_canary_sings_only_to_those_who_may_hear_it(told: dict[Role, Told], role: Role, api: bool) -> None:
    if CLEARANCE[role] is Disclosure.SENSITIVE:
        assert told[role].leaks[api].keys() == CANARIES.keys()
    else:
        assert told[role].leaks[api] == {}


def test_a_withheld_value_does_not_look_like_a_missing_one(client: TestClient, secrets: Store) -> None:
    node = client.get(f"/api/v1/nodes/{LEADER.id}", headers=bearer(secrets, NAMES[Role.VIEWER])).json()
    bought = next(ties for ties in node["ties"] if ties["type"] == "BUYS")["neighbours"][0]["facts"]
    amount = next(fact for fact in bought if fact["field"] == "amount")
    assert (amount["value"], amount["text"], amount["withheld"]) == (None, "不公开", True)
    full = client.get(f"/api/v1/nodes/{LEADER.id}", headers=bearer(secrets, NAMES[Role.LIAISON])).json()
    assert not any(fact["withheld"] for ties in full["ties"] for other in ties["neighbours"] for fact in other["facts"])


def _amounts(client: TestClient, headers: dict[str, str], ref: str) -> set[Any]:
    node = client.get(f"/api/v1/nodes/{ref}", headers=headers).json()
    bought = [other for ties in node["ties"] if ties["type"] == "BUYS" for other in ties["neighbours"]]
    return {fact["value"] for other in bought for fact in other["facts"] if fact["field"] == "amount"}


def test_an_official_with_towns_sees_secrets_of_firms_there_only(client: TestClient, secrets: Store) -> None:
    write(secrets, Buys(start=FAR.id, end=FORCE_PRODUCT.id, amount=5_550_000), of=source("far"))
    near, all_towns = bearer(secrets, "near"), bearer(secrets, NAMES[Role.LIAISON])
    assert CANARIES["BUYS", "amount"] in _amounts(client, all_towns, LEADER.id)
    assert _amounts(client, near, LEADER.id) == {None}
    assert _amounts(client, near, FAR.id) == {5_550_000}


def test_a_pair_under_review_shows_phones_to_those_who_work_with_that_firm(client: TestClient, secrets: Store) -> None:
    phone = CANARIES["Enterprise", "phone"]
    pair = ask(secrets, DRIVE.id, FAR.id).id
    for name, shown in ((NAMES[Role.REVIEWER], True), (NAMES[Role.LIAISON], True), ("near", False)):
        for path in (f"/api/v1/reviews/{pair}", f"/reviews?pair={pair}"):
            answer = client.get(path, headers=bearer(secrets, name))
            assert answer.status_code == 200
            assert (phone in answer.text) is shown, (name, path)
    for role in (Role.VIEWER, Role.ENTERPRISE):
        assert client.get(f"/api/v1/reviews/{pair}", headers=bearer(secrets, NAMES[role])).status_code == 403


def test_a_contact_sees_all_of_its_own_firm_and_only_what_is_public_of_others(
    client: TestClient, secrets: Store
) -> None:
    buyer, other = bearer(secrets, "buyer"), bearer(secrets, NAMES[Role.ENTERPRISE])
    assert CANARIES["BUYS", "amount"] in _amounts(client, buyer, LEADER.id)
    assert _amounts(client, other, LEADER.id) == set()
    told = client.get(f"/api/v1/nodes/{FORCE_PRODUCT.id}", headers=other).json()["ties"]
    assert {one["id"] for ties in told if ties["type"] == "BUYS" for one in ties["neighbours"]} <= {FAR.id}
    product = client.get(f"/api/v1/nodes/{FORCE_PRODUCT.id}", headers=buyer).json()
    buyers = next(ties for ties in product["ties"] if ties["type"] == "BUYS")["neighbours"]
    assert {one["id"] for one in buyers} == {LEADER.id}
    assert next(ties for ties in product["ties"] if ties["type"] == "BUYS")["total"] == len(buyers)


@pytest.mark.parametrize("path", ["/api/v1/needs/{}/matches", "/needs/{}/matches"])
def test_a_contact_matches_its_own_needs_only_whatever_id_it_tries(
    client: TestClient, secrets: Store, path: str
) -> None:
    for ref in ("N-017", SECRET_NEED.id, SECRET_NEED.name):
        assert client.get(path.format(ref), headers=bearer(secrets, "buyer")).status_code == 200
        assert client.get(path.format(ref), headers=bearer(secrets, NAMES[Role.ENTERPRISE])).status_code == 404
        assert client.get(path.format("N-none"), headers=bearer(secrets, "buyer")).status_code == 404


def test_page_and_api_withhold_the_same_figures(client: TestClient, secrets: Store) -> None:
    def dependence(headers: dict[str, str]) -> Any:
        found = client.get(f"/api/v1/segments/{FORCE}", headers=headers).json()
        part = next(part for part in found["priority"]["parts"] if part["id"] == "dependence")
        figure = next(figure for figure in found["figures"] if figure["id"] == "dependence")
        assert part["value"] == figure["value"]
        assert found["priority"]["score"] == sum(part["points"] for part in found["priority"]["parts"])
        return figure

    viewer, liaison = bearer(secrets, NAMES[Role.VIEWER]), bearer(secrets, NAMES[Role.LIAISON])
    assert dependence(liaison)["value"] is not None
    assert dependence(viewer)["value"] is None
    assert "不足 3 家" in dependence(viewer)["note"]
    assert "不足 3 家" in client.get(f"/segments/{FORCE}", headers=viewer).text
    assert "不足 3 家" not in client.get(f"/segments/{FORCE}", headers=liaison).text


def test_who_is_not_told_all_figures_cannot_feel_them_out_by_moving_thresholds(
    client: TestClient, secrets: Store
) -> None:
    near, all_towns = bearer(secrets, "near"), bearer(secrets, NAMES[Role.LIAISON])
    edit = {"scope": "future-energy", "values": {"thin_depth": 1.7}, "by": "链办", "reason": "试", "seen": 0}
    asked: list[tuple[str, dict[str, Any]]] = [
        ("", edit),
        ("/undo", {"scope": "future-energy", "by": "链办", "seen": 1}),
        ("/reset", {"scope": "future-energy", "by": "链办", "reason": "试", "seen": 2}),
    ]
    for step, body in asked:
        refused = client.post(f"/api/v1/settings{step}", json=body, headers=near)
        assert refused.status_code == 403, refused.text
        assert "不分镇街" in refused.json()["detail"]
        done = client.post(f"/api/v1/settings{step}", json=body, headers=all_towns)
        assert done.status_code == 200 or step == "/reset", done.text
    for headers, tunes in ((near, False), (bearer(secrets, NAMES[Role.VIEWER]), False), (all_towns, True)):
        page = client.get("/settings", headers=headers | {"Accept": "text/html"}).text
        assert ("保存改动" in page) is tunes
        assert ("只供查看" in page) is not tunes


def test_files_hold_what_the_board_they_are_made_of_holds(secrets: Store, tmp_path: Path) -> None:
    board = gaps.assess(gaps.fetch(secrets, TODAY), TODAY, ring=None)
    shown = disclosed_board(board, board)
    assert shown != board
    write_gap_list(shown, None, tmp_path / "缺口.xlsx")
    write_chain_report(shown, "robotics", tmp_path / "报告.docx")
    for name in ("缺口.xlsx", "报告.docx"):
        text = read((tmp_path / name).read_bytes())
        assert "robotics" in text or "机器人" in text
        assert not heard(text), name


def test_clearance() -> None:
    assert clearance(LOCAL) is Disclosure.SENSITIVE
    assert clearance(NOBODY) is Disclosure.PUBLIC
    two = Viewer("x", frozenset({Role.VIEWER, Role.LIAISON}), account="x")
    assert clearance(two) is Disclosure.SENSITIVE
    assert clearance(replace(two, roles=frozenset({Role.ADMIN}))) is Disclosure.INTERNAL


def test_a_pair_is_for_those_who_answer_for_a_town_of_one_of_its_firms(client: TestClient, secrets: Store) -> None:
    ours, theirs = ask(secrets, DRIVE.id, FAR.id), ask(secrets, DRIVE.id, LEADER.id)
    near, everywhere = bearer(secrets, "near"), bearer(secrets, NAMES[Role.LIAISON])
    verdict = {"same": False, "version": theirs.version}
    before = len(Audit(secrets).list(who="near", kind=Kind.REFUSED))
    for path, body in (
        (f"/api/v1/reviews/{theirs.id}", None),
        (f"/reviews?pair={theirs.id}", None),
        (f"/api/v1/reviews/{theirs.id}/decision", verdict),
        (f"/api/v1/reviews/{theirs.id}/undo", {"version": theirs.version}),
        ("/api/v1/reviews", {"left": DRIVE.id, "right": LEADER.id}),
    ):
        answer = client.get(path, headers=near) if body is None else client.post(path, json=body, headers=near)
        assert answer.status_code == 403, path
    assert len(Audit(secrets).list(who="near", kind=Kind.REFUSED)) == before + 5
    assert ours.id in _listed(client, near)
    assert theirs.id not in _listed(client, near)
    assert {ours.id, theirs.id} <= _listed(client, everywhere)
    assert get_pair(secrets, theirs.id).state == "open"
    decided = client.post(f"/api/v1/reviews/{ours.id}/decision", json={"same": False}, headers=near)
    assert decided.json()["state"]["id"] == "different"
    assert client.post(f"/api/v1/reviews/{ours.id}/undo", json={}, headers=near).status_code == 200
    assert client.post(f"/api/v1/reviews/{theirs.id}/decision", json=verdict, headers=everywhere).status_code == 200


def _listed(client: TestClient, headers: dict[str, str]) -> set[str]:
    return {row["id"] for row in client.get("/api/v1/reviews", headers=headers).json()["items"]}
