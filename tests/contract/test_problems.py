"""Every error is a problem with its cure, in the reader's language, and never more than that."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.errors import HANDLERS, STATUS, status_of
from graph import errors
from graph.errors import RonglianError, StoreInterrupted, StoreUnavailable
from graph.store import Store
from tests.service import DRIVE, PAIR, RV, example_app

API = "/api/v1"
CASES: list[tuple[str, str, Any, int, str]] = [
    ("GET", f"{API}/chains/none", None, 404, "not-found"),
    ("GET", f"{API}/segments/robotics.none", None, 404, "not-found"),
    ("GET", f"{API}/gaps?chain=none", None, 404, "not-found"),
    ("GET", f"{API}/what-if?firm=none", None, 404, "not-found"),
    ("GET", f"{API}/what-if?any=减速器", None, 400, "ambiguous"),
    ("GET", f"{API}/what-if?firm=", None, 422, "invalid-request"),
    ("GET", f"{API}/what-if/losses?chain=none", None, 404, "not-found"),
    ("GET", f"{API}/needs/none/matches", None, 404, "not-found"),
    ("GET", f"{API}/targets/none", None, 404, "not-found"),
    ("GET", f"{API}/targets/{RV}?ring=moon", None, 422, "invalid-request"),
    ("GET", f"{API}/nodes/a/b/c", None, 404, "not-found"),
    ("GET", f"{API}/nodes/%20", None, 404, "not-found"),
    ("GET", f"{API}/chains?ring=moon", None, 422, "invalid-request"),
    ("GET", f"{API}/gaps?limit=0", None, 422, "invalid-request"),
    ("GET", f"{API}/gaps?class=none", None, 422, "invalid-request"),
    ("GET", f"{API}/needs?skip=-1", None, 422, "invalid-request"),
    ("GET", f"{API}/needs?q=%00", None, 422, "invalid-request"),
    ("GET", f"{API}/needs/N-017/matches?limit=many", None, 422, "invalid-request"),
    ("GET", f"{API}/reviews/none", None, 404, "not-found"),
    ("GET", f"{API}/reviews?state=none", None, 422, "invalid-request"),
    ("POST", f"{API}/reviews", {"left": "none", "right": "nothing"}, 404, "not-found"),
    ("POST", f"{API}/reviews", {"left": DRIVE.id, "right": DRIVE.name}, 409, "already-one"),
    ("POST", f"{API}/reviews/none/decision", {"same": True}, 404, "not-found"),
    ("POST", f"{API}/reviews/{PAIR}/decision", {}, 422, "invalid-request"),
    ("POST", f"{API}/reviews/{PAIR}/decision", {"same": True, "version": 99}, 409, "review-changed"),
    ("POST", f"{API}/reviews/{PAIR}/undo", {}, 409, "nothing-to-undo"),
    ("POST", f"{API}/matches", {}, 422, "invalid-request"),
    ("POST", f"{API}/matches", {"text": ""}, 422, "invalid-request"),
    ("POST", f"{API}/matches", {"text": "，。"}, 422, "empty-query"),
    ("POST", f"{API}/matches", {"text": "减速器", "more": 1}, 422, "invalid-request"),
    ("GET", f"{API}/settings?scope=none", None, 404, "not-found"),
    ("POST", f"{API}/settings", {"values": {"demand": 0.5}, "by": "链办"}, 400, "settings-sum"),
    ("POST", f"{API}/settings", {"values": {"demand": 2}, "by": "链办"}, 400, "not-a-share"),
    ("POST", f"{API}/settings", {"values": {"sources": 2}}, 400, "nobody-named"),
    ("POST", f"{API}/settings", {"values": {"sources": "x"}, "by": "链办"}, 422, "invalid-request"),
    ("POST", f"{API}/settings/reset", {"by": "链办", "seen": 7}, 400, "nothing-to-change"),
    ("POST", f"{API}/settings/undo", {"by": "链办", "seen": 7}, 400, "nothing-to-undo"),
    ("GET", f"{API}/changes?since=2020-01-01", None, 400, "no-snapshot"),
    ("GET", f"{API}/changes?since=yesterday", None, 422, "invalid-request"),
    ("POST", f"{API}/snapshots", {}, 400, "nobody-named"),
    ("POST", f"{API}/plan/readings", {"target": "none", "value": 1, "basis": "b", "by": "c"}, 404, "not-found"),
    ("GET", f"{API}/none", None, 404, "http-404"),
    ("DELETE", f"{API}/chains", None, 405, "http-405"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]} {case[1]}")
def test_an_error_is_a_problem_with_a_cure(client: TestClient, case: tuple[str, str, Any, int, str]) -> None:
    method, path, body, status, kind = case
    answer = client.request(method, path, json=body)
    problem = answer.json()
    assert answer.status_code == problem["status"] == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["type"] == f"urn:ronglian:problem:{kind}"
    assert all(problem[field] for field in ("title", "detail", "cure", "instance"))


def test_a_wrong_field_is_named_and_explained(client: TestClient) -> None:
    problem = client.get(f"{API}/gaps?limit=0&class=none").json()
    assert {error["where"].split(".")[0] for error in problem["errors"]} == {"limit", "class"}
    assert "应不小于 1" in [error["detail"] for error in problem["errors"]]


def test_too_much_is_refused_before_it_is_read(client: TestClient) -> None:
    answer = client.post(f"{API}/matches", json={"text": "减" * 100_000})
    assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")


def test_a_foreign_name_is_refused(client: TestClient) -> None:
    answer = client.get(f"{API}/chains", headers={"Host": "evil.example"})
    assert (answer.status_code, answer.json()["type"]) == (421, "urn:ronglian:problem:foreign-host")


def _failing(store: Store, error: Exception) -> TestClient:
    app = example_app(store)

    @app.get("/api/v1/fails")
    def fails() -> None:
        raise error

    return TestClient(app, base_url="http://127.0.0.1")


def test_an_unforeseen_error_has_a_number_and_no_internals(example: Store, capsys: pytest.CaptureFixture[str]) -> None:
    with _failing(example, ValueError("secret detail")) as client:
        answer = client.get(f"{API}/fails")
    problem = answer.json()
    assert (answer.status_code, problem["type"]) == (500, "urn:ronglian:problem:unforeseen")
    assert "secret" not in answer.text
    assert problem["reference"] in problem["cure"]
    logged = capsys.readouterr().out
    assert problem["reference"] in logged
    assert "secret detail" in logged


@pytest.mark.parametrize("error", [StoreInterrupted(), StoreUnavailable(uri="bolt://127.0.0.1:1")])
def test_a_lost_database_is_503_with_the_cure(example: Store, error: RonglianError) -> None:
    with _failing(example, error) as client:
        answer = client.get(f"{API}/fails")
        page = client.get(f"{API}/fails", headers={"Accept": "text/html"})
    assert answer.status_code == page.status_code == 503
    assert answer.json()["cure"] == str(error.remedy)


def _tree(base: type[RonglianError]) -> list[type[RonglianError]]:
    return [base, *(found for sub in base.__subclasses__() for found in _tree(sub))]


def test_every_error_of_the_tree_has_a_status() -> None:
    for kind in _tree(errors.RonglianError):
        assert 400 <= status_of(kind.__new__(kind)) < 600
    assert RonglianError in HANDLERS
    assert STATUS[RonglianError] == 500
