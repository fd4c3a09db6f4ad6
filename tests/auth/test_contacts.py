"""A firm's own lists, whom it may call and who saw its data: whoever asks, and when two firms turn out to be one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from api.auth.audit import Audit, Kind
from api.auth.roles import Role
from graph.store import Store
from loaders.resolution.queue import decide, undo
from tests.auth.meetings import FIRST, SECOND, meet, person
from tests.auth.people import Browser, add, bearer, browser, forget
from tests.service import DRIVE, LEADER, PAIR, TWIN, example_app, load_example

PAGE = {"Accept": "text/html"}
CONTACTS, SEEN = "/api/v1/contacts", "/api/v1/seen"


@pytest.fixture(scope="module")
def met(_opened: Store) -> Iterator[Store]:
    """LEADER and TWIN agreed to meet; somebody saw something of DRIVE, of TWIN and of both."""
    load_example(_opened)
    for name, role in (("admin", Role.ADMIN), ("liaison", Role.LIAISON), ("viewer", Role.VIEWER)):
        add(_opened, name, role)
    for name, firm in (("drive", DRIVE), ("twin", TWIN), ("leader", LEADER)):
        add(_opened, name, Role.ENTERPRISE, firm=firm.id)
    meet(_opened, LEADER, TWIN)
    for what, subjects in (("GET /1", [DRIVE.id]), ("GET /2", [TWIN.id]), ("GET /3", [DRIVE.id, TWIN.id])):
        Audit(_opened).record(Kind.SEEN, what, who="王敏", subjects=subjects, fields=["MAKES.share"])
    yield _opened
    forget(_opened)


@pytest.fixture(scope="module")
def surfer(met: Store) -> Iterator[Browser]:
    with browser(example_app(met)) as opened:
        yield opened


def _seen(surfer: Browser, store: Store, name: str) -> list[int]:
    answer = surfer.get(SEEN, headers=bearer(store, name))
    assert answer.status_code == 200
    return [one["number"] for one in answer.json()["items"] if one["who"] == "王敏"]


def test_what_was_recorded_under_a_former_id_is_the_firms_and_goes_with_it_again(surfer: Browser, met: Store) -> None:
    drive, twin = _seen(surfer, met, "drive"), _seen(surfer, met, "twin")
    assert (len(drive), len(twin), len({*drive, *twin})) == (2, 2, 3)
    decide(met, PAIR, same=True, by="张三")
    try:
        for name in ("drive", "twin"):
            assert set(_seen(surfer, met, name)) == {*drive, *twin}
        with browser(example_app(met)) as desk:
            desk.sign_in("admin")
            for ref in (DRIVE.id, TWIN.id):
                items = desk.get(f"{SEEN}?firm={ref}").json()["items"]
                assert {one["number"] for one in items if one["who"] == "王敏"} == {*drive, *twin}
                assert len(desk.get(f"/api/v1/audit?subject={ref}&who=王敏").json()["items"]) >= 2
    finally:
        undo(met, PAIR)
    assert (_seen(surfer, met, "drive"), _seen(surfer, met, "twin")) == (drive, twin)


def test_contacts_stay_with_a_meeting_whose_side_was_joined(surfer: Browser, met: Store) -> None:
    decide(met, PAIR, same=True, by="张三")
    try:
        for name in ("drive", "twin"):
            (one,) = surfer.get(CONTACTS, headers=bearer(met, name)).json()["items"]
            assert (one["party"]["id"], one["contact"], one["mobile"]) == (LEADER.id, person(LEADER), FIRST)
        (other,) = surfer.get(CONTACTS, headers=bearer(met, "leader")).json()["items"]
        assert (other["contact"], other["mobile"]) == (person(TWIN), SECOND)
        assert surfer.get(f"/firms/{other['party']['id']}", headers=bearer(met, "leader") | PAGE).status_code == 200
        own = surfer.get(f"/api/v1/nodes/{TWIN.id}", headers=bearer(met, "drive")).json()
        assert own["id"] == surfer.get(f"/api/v1/nodes/{DRIVE.id}", headers=bearer(met, "drive")).json()["id"]
    finally:
        undo(met, PAIR)
    assert surfer.get(CONTACTS, headers=bearer(met, "drive")).json()["items"] == []


CHOICES = [
    ("liaison", "/contacts", 200, LEADER.name),
    ("admin", "/seen", 200, "请写明企业"),
    ("viewer", "/contacts", 403, "答复对接建议"),
    ("viewer", "/seen", 403, "查看谁看过企业的数据"),
    ("liaison", "/seen", 403, "查看谁看过企业的数据"),
    ("drive", "/contacts", 200, "还没有双方都接受的会面"),
    ("drive", "/seen", 200, "收入占比"),
]


@pytest.mark.parametrize(("name", "path", "status", "text"), CHOICES)
def test_who_has_no_firm_chooses_one_and_who_may_not_is_told(
    met: Store, name: str, path: str, status: int, text: str
) -> None:
    with browser(example_app(met)) as opened:
        opened.sign_in(name)
        for given in ("", "?firm=", "?firm=%20"):
            page = opened.get(path + given, headers=PAGE)
            assert page.status_code == status
            assert text in page.text
            assert FIRST not in page.text
            assert SECOND not in page.text
    if status == 403:
        last = Audit(met).list(limit=1)[0]
        assert (last.kind, last.who) == ("refused", name)


def test_a_program_without_a_firm_is_told_to_name_one(surfer: Browser, met: Store) -> None:
    answer = surfer.get(CONTACTS, headers=bearer(met, "liaison"))
    assert answer.status_code == 422
    assert "没有写明是哪家企业" in answer.json()["detail"]
    named = surfer.get(f"{CONTACTS}?firm={LEADER.name}", headers=bearer(met, "liaison")).json()
    assert [one["mobile"] for one in named["items"]] == [SECOND]
    assert surfer.get(f"{CONTACTS}?firm=没有的", headers=bearer(met, "liaison")).status_code == 404
