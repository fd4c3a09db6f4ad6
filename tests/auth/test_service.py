"""The service around its routes: pace, metrics, headers, what health tells, what logs leave out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest
import structlog
from fastapi.testclient import TestClient

from api.app import create_app
from api.auth.errors import TooManyRequests
from api.auth.pace import Pace
from api.auth.roles import Role
from api.settings import Settings
from graph.store import Store
from tests.auth.people import SITE, add, bearer, browser
from tests.service import DRIVE, TODAY, example_app, served

CHAINS = "/api/v1/chains"


class _Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_sender_may_send_so_many_a_minute_and_no_more() -> None:
    clock = _Clock()
    pace = Pace(60, clock)
    for _ in range(60):
        pace.take("a")
    with pytest.raises(TooManyRequests) as caught:
        pace.take("a")
    assert caught.value.values["seconds"] >= 1
    pace.take("b")
    clock.now += 1
    pace.take("a")
    with pytest.raises(TooManyRequests):
        pace.take("a")


def test_one_account_that_asks_too_often_is_told_to_wait_and_others_are_not(staffed: Store) -> None:
    app = create_app(Settings(requests_per_minute=20), staffed, today=lambda: TODAY)
    with TestClient(app, base_url=SITE) as opened:
        reader, admin = bearer(staffed, "reader"), bearer(staffed, "admin")
        codes = [opened.get(CHAINS, headers=reader).status_code for _ in range(30)]
        assert codes[0] == 200
        assert codes[-1] == 429
        answer = opened.get(CHAINS, headers=reader)
        assert answer.headers["content-type"] == "application/problem+json"
        assert int(answer.headers["retry-after"]) >= 1
        assert opened.get(CHAINS, headers=admin).status_code == 200


def test_only_who_may_keep_a_day_or_report_progress_sees_the_forms(staffed: Store) -> None:
    add(staffed, "liaison", Role.LIAISON)
    with browser(example_app(staffed)) as opened:
        for name, shown in (("reader", False), ("liaison", True)):
            opened.sign_in(name)
            page = opened.get("/changes", headers={"Accept": "text/html"}).text
            assert ('id="take"' in page, 'id="reading"' in page) == (shown, shown)
            firm = opened.get(f"/firms/{DRIVE.id}", headers={"Accept": "text/html"}).text
            assert f"/what-if?firm={DRIVE.id}" in firm, "everybody in the office may ask what its loss would stop"


def test_metrics_name_routes_and_nothing_else(staffed: Store) -> None:
    with TestClient(example_app(staffed), base_url=SITE) as opened:
        opened.get(f"/api/v1/nodes/{DRIVE.id}", headers=bearer(staffed, "reader"))
        opened.get("/no/such/path")
        opened.request("BREW", CHAINS)
        assert opened.get("/metrics").status_code == 401
        assert opened.get("/metrics", headers=bearer(staffed, "reader")).status_code == 403
        answer = opened.get("/metrics", headers=bearer(staffed, "admin"))
    assert answer.headers["content-type"].startswith("text/plain; version=")
    lines = [line for line in answer.text.splitlines() if line.startswith("ronglian_requests_total")]
    assert any('route="/api/v1/nodes/{ref:path}"' in line and 'status="200"' in line for line in lines)
    assert (
        any('route="other"' in line and 'method="OTHER"' in line for line in lines) or 'method="OTHER"' in answer.text
    )
    assert DRIVE.id not in answer.text
    assert "/no/such/path" not in answer.text


def test_health_and_ready_tell_strangers_no_versions(staffed: Store) -> None:
    with TestClient(example_app(staffed), base_url=SITE) as opened:
        assert opened.get("/api/v1/health").json() == {"status": "ok"}
        ready = opened.get("/api/v1/ready")
        assert ready.status_code == 200
        assert (ready.json()["neo4j"], ready.json()["revision"]) == (None, None)
        known = opened.get("/api/v1/ready", headers=bearer(staffed, "reader")).json()
        assert known["neo4j"].startswith("5.")


def test_over_tls_the_browser_is_told_to_stay_there(staffed: Store) -> None:
    for scheme, told in (("http", False), ("https", True)):
        with TestClient(example_app(staffed), base_url=f"{scheme}://127.0.0.1") as opened:
            assert ("strict-transport-security" in opened.get("/sign-in").headers) is told


@pytest.fixture
def lines() -> Iterator[list[dict[str, Any]]]:
    with structlog.testing.capture_logs() as found:
        yield found


def test_a_logged_request_names_no_person_firm_or_address(staffed: Store, lines: list[dict[str, Any]]) -> None:
    app = create_app(Settings(log_requests=True), staffed, today=lambda: TODAY)
    with browser(app) as opened:
        opened.get(f"/api/v1/nodes/{DRIVE.name}", headers=bearer(staffed, "reader"))
        opened.sign_in("reader", "secret-typed-wrong")
    logged = json.dumps(lines, ensure_ascii=False)
    assert '"/api/v1/nodes/{ref:path}"' in logged
    for personal in ("reader", DRIVE.name, "secret-typed-wrong", "testclient", "rlt_"):
        assert personal not in logged


def test_a_file_of_60_mb_is_taken(staffed: Store) -> None:
    add(staffed, "loader", Role.LIAISON)
    headers = bearer(staffed, "loader") | {"Content-Type": "application/octet-stream"}
    with served(example_app(staffed)) as url, closing(HTTPConnection(urlsplit(url).netloc, timeout=60)) as line:
        line.request("POST", "/api/v1/imports?name=large.xlsx", body=b"\0" * (60 * 1024 * 1024), headers=headers)
        answer = line.getresponse()
        answer.read()
    assert answer.status == 202
