"""The description of the API: complete, in two languages, and kept to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import CHECKS, load_all_checks

from graph.store import Store
from matching.events.desk import open_event
from tests.service import EVENT, FORCE, PAIR, RV, example_app, load_event, served

URL = "/api/v1/openapi.json"
CASES: list[tuple[str, str, Any]] = [
    ("/api/v1/chains", "/api/v1/chains?ring=delta", None),
    ("/api/v1/chains/{chain}", "/api/v1/chains/robotics", None),
    ("/api/v1/segments/{segment}", f"/api/v1/segments/{RV}", None),
    ("/api/v1/segments/{segment}", f"/api/v1/segments/{FORCE}?ring=anywhere", None),
    ("/api/v1/gaps", "/api/v1/gaps?class=missing&class=weak&sort=firms&limit=5", None),
    ("/api/v1/what-if", f"/api/v1/what-if?segment={RV}&any={FORCE}&country=*", None),
    ("/api/v1/what-if/losses", "/api/v1/what-if/losses?chain=robotics&limit=5", None),
    ("/api/v1/targets/{ref}", "/api/v1/targets/robotics?ring=city", None),
    ("/api/v1/needs", "/api/v1/needs?q=减速器", None),
    ("/api/v1/needs/{need}/matches", "/api/v1/needs/N-017/matches?limit=3", None),
    ("/api/v1/matches", "/api/v1/matches", {"text": "精密行星减速器，背隙≤1角分"}),
    ("/api/v1/matches/{way}/{ref}", "/api/v1/matches/offer-need/O-011?limit=3", None),
    (
        "/api/v1/pair-answers",
        "/api/v1/pair-answers",
        {"wanted": "N-017", "offered": "O-011", "side": "buyer", "answer": "declined", "reason": "price", "by": "甲"},
    ),
    ("/api/v1/pair-answers", "/api/v1/pair-answers?listing=N-017", None),
    (
        "/api/v1/pair-answers/undo",
        "/api/v1/pair-answers/undo",
        {"wanted": "N-017", "offered": "O-011", "side": "buyer", "by": "甲"},
    ),
    ("/api/v1/reviews", "/api/v1/reviews?state=open&limit=5", None),
    ("/api/v1/reviews/{pair}", f"/api/v1/reviews/{PAIR}", None),
    ("/api/v1/reviews/{pair}/decision", f"/api/v1/reviews/{PAIR}/decision", {"same": True, "by": "张三", "version": 1}),
    ("/api/v1/reviews/{pair}/undo", f"/api/v1/reviews/{PAIR}/undo", {"version": 2}),
    ("/api/v1/nodes/{ref}", "/api/v1/nodes/robotics", None),
    ("/api/v1/firms/{ref}", "/api/v1/firms/示例传动有限公司", None),
    ("/api/v1/links", "/api/v1/links?state=uncertain&limit=5", None),
    ("/api/v1/links/propose", "/api/v1/links/propose", {"firm": "示例传动有限公司"}),
    (
        "/api/v1/links/decisions",
        "/api/v1/links/decisions",
        {"firm": "示例齿轮有限公司", "segment": RV, "state": "rejected", "by": "张三", "reason": "只做齿轮"},
    ),
    ("/api/v1/links/undo", "/api/v1/links/undo", {"firm": "示例齿轮有限公司", "segment": RV, "by": "张三"}),
    ("/api/v1/tasks/create", "/api/v1/tasks/create", {"chain": "robotics"}),
    ("/api/v1/tasks/assign", "/api/v1/tasks/assign", {"town": "全区", "owner": "李四", "due_on": "2026-12-31"}),
    ("/api/v1/tasks", "/api/v1/tasks?state=assigned", None),
    ("/api/v1/settings", "/api/v1/settings?scope=robotics", None),
    ("/api/v1/settings", "/api/v1/settings", {"scope": "robotics", "values": {"sources": 4}, "by": "链办"}),
    ("/api/v1/settings/undo", "/api/v1/settings/undo", {"by": "链办"}),
    ("/api/v1/settings", "/api/v1/settings", {"values": {"sources": 2}, "by": "链办", "reason": "试点"}),
    ("/api/v1/settings/reset", "/api/v1/settings/reset", {"by": "链办"}),
    ("/api/v1/settings/district", "/api/v1/settings/district", None),
    ("/api/v1/settings/district", "/api/v1/settings/district", {"place": "常州市", "by": "链办"}),
    ("/api/v1/settings/district", "/api/v1/settings/district", {"place": "320412", "by": "链办"}),
    ("/api/v1/snapshots", "/api/v1/snapshots", {"by": "链办", "note": "月度"}),
    ("/api/v1/snapshots", "/api/v1/snapshots", None),
    ("/api/v1/changes", "/api/v1/changes?chain=robotics", None),
    ("/api/v1/plan", "/api/v1/plan", None),
    (
        "/api/v1/plan/readings",
        "/api/v1/plan/readings",
        {"target": "high-tech-firms", "value": 1650, "on": "2026-10-31", "basis": "月报", "by": "科技局"},
    ),
    ("/api/v1/events", "/api/v1/events", None),
    ("/api/v1/events/{event}", "/api/v1/events/E-001", None),
    ("/api/v1/events/{event}/proposals", "/api/v1/events/E-001/proposals", {"by": "甲"}),
    (
        "/api/v1/events/{event}/marks",
        "/api/v1/events/E-001/marks",
        {"a": "示例整机有限公司", "b": "示例传动有限公司", "pinned": True, "by": "甲"},
    ),
    ("/api/v1/events/{event}/answers", "/api/v1/events/E-001/answers", {"party": "示例传动有限公司", "by": "甲"}),
    ("/api/v1/events/{event}/timetable", "/api/v1/events/E-001/timetable", {"by": "甲"}),
    (
        "/api/v1/events/{event}/place",
        "/api/v1/events/E-001/place",
        {"a": "示例整机有限公司", "b": "示例传动有限公司", "slot": "09:40", "table": "A厅2", "by": "甲"},
    ),
    (
        "/api/v1/events/{event}/outcomes",
        "/api/v1/events/E-001/outcomes",
        {"a": "示例整机有限公司", "b": "示例传动有限公司", "held": True, "amount": 5, "by": "甲"},
    ),
    (
        "/api/v1/events/{event}/follow-ups",
        "/api/v1/events/E-001/follow-ups",
        {
            **{"a": "示例整机有限公司", "b": "示例传动有限公司", "kind": "day30"},
            **{"state": "going_on", "said": "送样", "by": "甲"},
        },
    ),
    ("/api/v1/events/follow-ups", "/api/v1/events/follow-ups?ahead=90", None),
    ("/api/v1/events/tally", "/api/v1/events/tally", None),
    ("/api/v1/events/budget", "/api/v1/events/budget?firms=0.5", None),
    (
        "/api/v1/events/{event}/replan",
        "/api/v1/events/E-001/replan",
        {"now": "09:20", "gone": ["示例齿轮有限公司"], "by": "甲"},
    ),
    ("/api/v1/events/{event}/codes", "/api/v1/events/E-001/codes", {"by": "甲"}),
    ("/api/v1/events/{event}/undo", "/api/v1/events/E-001/undo", {"by": "甲"}),
    ("/api/v1/events/hours", "/api/v1/events/hours", {"halls": "A厅=2"}),
    (
        "/api/v1/events/{event}/setup",
        "/api/v1/events/E-001/setup",
        {"name": "示例供需对接会", "held_on": "2026-12-03", "ends": "10:00", "halls": "A厅=2", "by": "甲"},
    ),
    ("/api/v1/events/{event}/candidates", "/api/v1/events/E-001/candidates?q=示例", None),
    (
        "/api/v1/events/{event}/parties",
        "/api/v1/events/E-001/parties",
        {"organisation": "示例外地减速器有限公司", "role": "sme", "by": "甲"},
    ),
    (
        "/api/v1/events/{event}/parties/restore",
        "/api/v1/events/E-001/parties/restore",
        {"party": "示例齿轮有限公司", "by": "甲"},
    ),
    (
        "/api/v1/events/{event}/parties/withdraw",
        "/api/v1/events/E-001/parties/withdraw",
        {"party": "示例外地减速器有限公司", "by": "甲"},
    ),
    ("/api/v1/events/{event}/discard", "/api/v1/events/E-002/discard", {"by": "甲"}),
    ("/api/v1/events/{event}/solving", "/api/v1/events/E-001/solving", None),
    ("/api/v1/events/{event}/solving/stop", "/api/v1/events/E-001/solving/stop", {"by": "甲"}),
    ("/api/v1/contacts", "/api/v1/contacts?firm=示例传动有限公司", None),
    ("/api/v1/contacts/erase", "/api/v1/contacts/erase", {"firm": "示例传动有限公司", "person": "没有这个人"}),
    ("/api/v1/seen", "/api/v1/seen?firm=示例传动有限公司", None),
    ("/api/v1/audit", "/api/v1/audit?limit=5", None),
    ("/api/v1/runs", "/api/v1/runs?limit=5", None),
    ("/api/v1/health", "/api/v1/health", None),
    ("/api/v1/ready", "/api/v1/ready", None),
    ("/api/v1/digest", "/api/v1/digest", None),
]

FILES = {
    *("/api/v1/imports", "/api/v1/imports/template", "/api/v1/imports/{file}", "/api/v1/imports/{file}/preview"),
    *("/api/v1/imports/{file}/load", "/api/v1/imports/{file}/file", "/api/v1/runs/{run}/undo"),
    *("/api/v1/own/imports", "/api/v1/own/imports/{file}", "/api/v1/own/imports/{file}/load"),
    *("/api/v1/own/imports/{file}/file", "/api/v1/own/runs", "/api/v1/own/runs/{run}"),
    *("/api/v1/firms/{ref}/profile.xlsx", "/api/v1/events/{event}/workbook", "/api/v1/events/registrations"),
    *("/api/v1/events/registrations/{file}", "/api/v1/events/registrations/{file}/load"),
    *("/api/v1/events/registrations/{file}/file", "/api/v1/events/registrations/{file}/undo"),
    *("/api/v1/events/{event}/attachments", "/api/v1/events/{event}/attachments/{file}"),
    *("/api/v1/events/{event}/attachments/{file}/remove", "/api/v1/pairing-batches/{batch}/file"),
}
"""Routes that take and give files; ``tests/api/test_imports.py``, ``test_own.py``, ``test_profiles.py``,
``test_event_setup.py``, ``test_attachments.py`` and ``test_batches.py`` ask them."""
BATCHES = "/api/v1/pairing-batches"
BATCH = {BATCHES, f"{BATCHES}/{{batch}}", f"{BATCHES}/{{batch}}/stop"}
"""Routes of a run that has to be begun first."""


@pytest.fixture(scope="module", autouse=True)
def _event(example: Store) -> None:
    load_event(example)
    open_event(example, EVENT.model_copy(update={"id": "event-002", "number": "E-002", "name": "空活动"}), by="甲")


@pytest.fixture(scope="module")
def described(client: TestClient) -> Any:
    return client.get(URL).json()


@pytest.fixture(scope="module")
def api_schema(example: Store) -> Iterator[Any]:
    with served(example_app(example)) as url:
        yield schemathesis.openapi.from_url(url + URL)


def test_every_route_has_a_case_here(described: Any) -> None:
    assert {path for path, _, _ in CASES} | FILES | BATCH == set(described["paths"])


@pytest.mark.parametrize(("path", "url", "body"), CASES)
def test_every_route_answers_as_declared(client: TestClient, described: Any, path: str, url: str, body: Any) -> None:
    answer = client.post(url, json=body) if body else client.get(url)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    declared = described["paths"][path]["post" if body else "get"]["responses"]["200"]
    model = declared["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[1]
    fields = described["components"]["schemas"][model]["properties"]
    assert set(answer.json()) == set(fields)


def test_a_run_of_many_needs_answers_as_declared(client: TestClient, described: Any) -> None:
    begun = client.post(BATCHES, json={"chain": "robotics"})
    own = f"{BATCHES}/{begun.json()['id']}"
    answers = [(202, begun), (200, client.get(own)), (200, client.post(f"{own}/stop"))]
    fields = described["components"]["schemas"]["BatchWire"]["properties"]
    for status, answer in answers:
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/json")
        assert set(answer.json()) == set(fields)


def test_every_operation_field_and_parameter_is_described(described: Any) -> None:
    for path, item in described["paths"].items():
        for operation in item.values():
            assert operation["summary"], path
            assert operation["description"], path
            assert all(parameter["description"] for parameter in operation.get("parameters", [])), path
            problems = {code: answer for code, answer in operation["responses"].items() if not code.startswith("2")}
            assert {"500", "503"} <= problems.keys(), path
            assert all("application/problem+json" in answer["content"] for answer in problems.values()), path
    for name, model in described["components"]["schemas"].items():
        for field, entry in model.get("properties", {}).items():
            assert entry.get("description"), f"{name}.{field}"


def test_the_description_speaks_the_readers_language(client: TestClient) -> None:
    chinese = client.get(URL).json()
    english = client.get(URL, headers={"Accept-Language": "en"})
    assert chinese["info"]["title"] == "融链接口"
    assert english.headers["content-language"] == "en"
    assert english.json()["paths"].keys() == chinese["paths"].keys()


@pytest.mark.parametrize("path", sorted({path for path, _, _ in CASES} | BATCH))
def test_whatever_is_asked_the_answer_is_declared_and_no_server_error(api_schema: Any, path: str) -> None:
    """Of every operation of the path, whatever it shares its address with."""
    load_all_checks()
    names = ["not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance"]
    checks = CHECKS.get_by_names(names)
    for operation in api_schema[path].values():

        @settings(
            max_examples=25, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
        )
        @given(case=operation.as_strategy())
        def answers(case: schemathesis.Case) -> None:
            case.call_and_validate(checks=checks)

        answers()
