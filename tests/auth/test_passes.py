"""A code shows its holder's own meetings and nothing else, is not kept, ends, and cannot be tried out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from api.auth.passes import ALPHABET, LENGTH, Passes, new_code, plain
from graph.queries import Cardinality, Query
from graph.store import Store
from matching.events.desk import Came, load_occasion, pin, record, schedule, tally
from tests.auth.people import browser
from tests.service import DRIVE, EVENT, GEAR, LEADER, example_app, load_event

HOME = "/my-meetings"
KEPT = Query("passes", "MATCH (p:EventPass) RETURN properties(p) AS p", "", frozenset(), ("p",), Cardinality.MANY)
NOW = datetime(2026, 12, 3, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def placed(staffed: Store) -> Store:
    """DRIVE and the leader meet; GEAR is proposed to the leader and not placed."""
    load_event(staffed)
    schedule(staffed, pin(staffed, load_occasion(staffed, "E-001"), LEADER.id, DRIVE.id, True, by="甲"), by="甲")
    asked = pin(staffed, load_occasion(staffed, "E-001"), LEADER.id, GEAR.id, True, by="甲")
    pin(staffed, asked, LEADER.id, GEAR.id, False, by="甲")
    return staffed


@pytest.fixture(scope="module")
def codes(placed: Store) -> dict[str, str]:
    return Passes(placed).issue(EVENT.id, EVENT.held_on, [DRIVE.id, GEAR.id, LEADER.id])


@pytest.fixture
def app(placed: Store) -> FastAPI:
    return example_app(placed)


@pytest.fixture
def phone(app: FastAPI) -> Iterator[TestClient]:
    with browser(app) as opened:
        yield opened


def test_a_code_is_told_once_and_only_its_hash_is_kept(placed: Store, codes: dict[str, str]) -> None:
    kept = str(placed.read(KEPT))
    assert len(set(codes.values())) == 3
    for code in codes.values():
        assert len(plain(code)) == LENGTH
        assert set(plain(code)) <= set(ALPHABET)
        assert plain(code) not in kept
        assert code not in kept
        assert sha256(plain(code).encode()).hexdigest() not in kept  # or whoever has the database could try codes out
    assert len(ALPHABET) ** LENGTH > 2**78


@given(st.text(max_size=40))
def test_a_code_is_read_however_it_is_typed(noise: str) -> None:
    code = new_code()
    assert plain(code.lower().replace("-", " ")) == plain(code)
    assert plain(noise) == plain(plain(noise))


def test_it_shows_the_own_meetings_and_nobody_elses(phone: TestClient, codes: dict[str, str]) -> None:
    assert "请核对" not in phone.get(HOME).text
    entered = phone.post(HOME, data={"code": codes[DRIVE.id].lower().replace("-", "")})
    assert entered.status_code == 303
    assert "httponly" in entered.headers["set-cookie"].lower()
    assert "samesite=strict" in entered.headers["set-cookie"].lower()
    page = phone.get(HOME)
    assert LEADER.name in page.text
    assert "A厅1" in page.text
    assert GEAR.name not in page.text
    assert page.headers["cache-control"] == "no-store"
    for path in ("/events/E-001", "/api/v1/events/E-001", "/api/v1/events", f"/firms/{LEADER.id}"):
        assert phone.get(path, headers={"Accept": "application/json"}).status_code == 401
    phone.post(f"{HOME}/leave")
    assert LEADER.name not in phone.get(HOME).text


def test_it_answers_for_itself_alone(phone: TestClient, placed: Store, codes: dict[str, str]) -> None:
    phone.post(HOME, data={"code": codes[GEAR.id]})
    for other in (DRIVE.id, DRIVE.name, "没有的公司"):
        refused = phone.post(f"{HOME}/answer", data={"other": other, "accept": "yes"})
        assert refused.status_code == 400
        assert "没有本单位的这场会面" in refused.text
        assert DRIVE.name not in refused.text
    assert "没有写明谢绝的理由" in phone.post(f"{HOME}/answer", data={"other": LEADER.id, "accept": "no"}).text
    said = {"other": LEADER.id, "accept": "no", "reason": "近期无产能"}
    assert phone.post(f"{HOME}/answer", data=said).status_code == 303
    meeting = load_occasion(placed, "E-001").meeting(GEAR.id, LEADER.id)
    assert {meeting.a_reason, meeting.b_reason} == {None, "近期无产能"}


def test_both_sides_confirm_on_their_phones(app: FastAPI, placed: Store, codes: dict[str, str]) -> None:
    occasion = load_occasion(placed, "E-001")
    record(placed, occasion, (LEADER.id, DRIVE.id), Came(held=True, intention=True), by="甲")
    for one, other in ((DRIVE.id, LEADER.id), (LEADER.id, DRIVE.id)):
        assert tally(placed, 2026).intentions == 0
        with browser(app) as phone:
            phone.post(HOME, data={"code": codes[one]})
            assert "确认合作意向" in phone.get(HOME).text
            assert phone.post(f"{HOME}/confirm", data={"other": other}).status_code == 303
    assert tally(placed, 2026).intentions == 1


def test_another_sites_page_cannot_answer(phone: TestClient, codes: dict[str, str]) -> None:
    phone.post(HOME, data={"code": codes[DRIVE.id]})
    said = {"other": LEADER.id, "accept": "yes"}
    forged = phone.post(f"{HOME}/answer", data=said, headers={"Origin": "https://evil.example"})
    assert forged.status_code == 403


def test_it_ends_two_weeks_after_the_event_and_when_a_new_one_is_issued(placed: Store) -> None:
    now = [NOW]
    passes = Passes(placed, lambda: now[0])
    old = passes.issue(EVENT.id, EVENT.held_on, [GEAR.id])[GEAR.id]
    assert passes.find(old)
    new = passes.issue(EVENT.id, EVENT.held_on, [GEAR.id])[GEAR.id]
    assert passes.find(old) is None
    now[0] = NOW + timedelta(days=13)
    assert passes.find(new)
    now[0] = NOW + timedelta(days=14)
    assert passes.find(new) is None
    assert passes.find("") is None


def test_over_tls_the_code_travels_over_tls_only(placed: Store, codes: dict[str, str]) -> None:
    with TestClient(example_app(placed), base_url="https://127.0.0.1", follow_redirects=False) as phone:
        origin = {"Origin": "https://127.0.0.1"}
        said = phone.post(HOME, data={"code": codes[DRIVE.id]}, headers=origin).headers["set-cookie"]
        assert said.startswith("__Secure-ronglian-meetings=")
        assert "; secure" in said.lower()
        assert LEADER.name in phone.get(HOME).text


def test_codes_cannot_be_tried_out(app: FastAPI, codes: dict[str, str]) -> None:
    with browser(app) as phone:
        answers = [phone.post(HOME, data={"code": new_code()}).status_code for _ in range(30)]
        assert answers[0] == 401
        assert answers[-1] == 429
        assert phone.post(HOME, data={"code": codes[DRIVE.id]}).status_code == 429


def test_only_an_organiser_issues_codes(phone: TestClient) -> None:
    assert phone.post("/api/v1/events/E-001/codes", json={"by": "甲"}).status_code == 401
