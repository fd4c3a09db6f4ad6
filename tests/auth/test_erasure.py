"""A person taken out: of the registrations, every copy and the audit chain, which verifies afterwards."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from api.auth.audit import Audit, Kind
from api.auth.doorkeeper import Doorkeeper
from api.auth.roles import Role
from graph.model import EventRole, Participation
from graph.queries import Cardinality, Query
from graph.store import Store
from loaders.erasure import erase_person, without
from loaders.history import list_runs
from loaders.kept import unpack
from loaders.resolution.queue import decide
from loaders.undo import undo
from matching.events.desk import open_event, register
from matching.events.desk import undo as take_back
from tests.auth.meetings import FIRST, SECOND, meet, person
from tests.auth.people import PASSWORD, SITE, Browser, add, bearer, browser, forget
from tests.graphs import source, write
from tests.service import EVENT, LEADER, PAIR, TWIN, example_app, load_example

ERASE = "/api/v1/contacts/erase"
ALL = Query(
    "all",
    "MATCH (n) RETURN properties(n) AS p UNION ALL MATCH ()-[r]->() RETURN properties(r) AS p",
    "Everything there is.",
    frozenset(),
    ("p",),
    Cardinality.MANY,
)
OLD = "13800000009"


def _everything(store: Store) -> str:
    """All that the database holds, opened and unpacked."""
    rows = [row["p"] for row in store.read(ALL)]
    kept = [line for row in rows if "payload" in row for line in unpack(row["payload"])]
    return json.dumps([rows, kept], ensure_ascii=False, default=str)


@pytest.fixture
def registered(_opened: Store) -> Iterator[Store]:
    """LEADER and TWIN registered twice, the second time with another number; TWIN and DRIVE are one since."""
    load_example(_opened)
    add(_opened, "admin", Role.ADMIN)
    add(_opened, "liaison", Role.LIAISON)
    add(_opened, "viewer", Role.VIEWER)
    add(_opened, "twin", Role.ENTERPRISE, firm=TWIN.id)
    add(_opened, "leader", Role.ENTERPRISE, firm=LEADER.id)
    meet(_opened, LEADER, TWIN, mobile=OLD)
    meet(_opened, LEADER, TWIN)
    decide(_opened, PAIR, same=True, by="张三")
    yield _opened
    forget(_opened)


@pytest.fixture
def surfer(registered: Store) -> Iterator[Browser]:
    with browser(example_app(registered)) as opened:
        yield opened


def test_nothing_of_the_person_is_left_and_nothing_else_is_lost(surfer: Browser, registered: Store) -> None:
    before = _everything(registered)
    assert all(word in before for word in (person(TWIN), SECOND, OLD, person(LEADER), FIRST))
    head = Audit(registered).record(Kind.SEEN, who="王敏", subjects=[TWIN.id], fields=["Participation.mobile"]).hash
    done = surfer.post(ERASE, json={"person": person(TWIN)}, headers=bearer(registered, "twin")).json()
    assert done["registrations"] == 1
    assert done["copies"] >= 2
    after = _everything(registered)
    assert not [word for word in (person(TWIN), SECOND, OLD) if word in after]
    assert all(word in after for word in (person(LEADER), FIRST))
    (other,) = surfer.get("/api/v1/contacts", headers=bearer(registered, "leader")).json()["items"]
    assert (other["contact"], other["mobile"]) == (None, None)
    verified = Audit(registered).verify(head)
    assert verified.whole
    (event,) = Audit(registered).list(kind=Kind.PERSON_ERASED)
    assert (event.who, event.subjects) == ("twin", [done["firm"]])


def test_what_is_undone_or_loaded_again_does_not_bring_them_back(registered: Store) -> None:
    erase_person(registered, TWIN.id, person(TWIN))
    latest = next(run for run in list_runs(registered) if run.source == "event")
    meet(registered, LEADER, TWIN)
    assert person(TWIN) not in _everything(registered)
    undo(registered, latest.id)
    assert person(TWIN) not in _everything(registered)


def test_only_the_firm_itself_and_the_office_may(surfer: Browser, registered: Store) -> None:
    for name, status in (("leader", 404), ("viewer", 403), ("admin", 403)):
        body = {"firm": TWIN.id, "person": person(TWIN)}
        assert surfer.post(ERASE, json=body, headers=bearer(registered, name)).status_code == status
    assert surfer.post(ERASE, json={"person": person(TWIN)}).status_code == 401
    assert person(TWIN) in _everything(registered)
    surfer.sign_in("liaison")
    form = {"firm": TWIN.name, "person": person(TWIN)}
    assert surfer.post("/contacts/erase", data=form).status_code == 403
    assert surfer.post("/contacts/erase", data=form | {"csrf": "x"}, headers={"Origin": SITE}).status_code == 403
    answer = surfer.post("/contacts/erase", data=form | {"csrf": surfer.token})
    assert answer.status_code == 303
    assert "1 份参会登记不再提到此人" in surfer.get(answer.headers["location"]).text
    assert "没有一份参会登记提到此人" in surfer.get(f"/contacts?firm={TWIN.id}&erased=0").text


CASES = [
    ({"contact": "张某", "mobile": "1", "email": None}, {"contact": None, "mobile": None}),
    ({"contact": "李某", "mobile": "1", "attendees": ["张某", "李某"]}, {"attendees": ["李某"]}),
    ({"attendees": ["张某"]}, {"attendees": None}),
    ({"contact": "李某", "note": "张某迟到"}, {"note": "…迟到"}),
    ({"contact": "张某某", "attendees": ["小张某"]}, {}),
]


@pytest.mark.parametrize(("props", "changed"), CASES)
def test_what_changes_of_a_registration(props: dict[str, object], changed: dict[str, object]) -> None:
    assert without(props, "张某") == changed
    assert changed.keys() <= Participation.model_fields.keys()


def test_somebody_with_an_account_is_erased_with_sessions_tokens_and_binding(registered: Store) -> None:
    doorkeeper = Doorkeeper(registered)
    doorkeeper.accounts.bind("liaison", "https://id.example", "subject-of-the-liaison")
    secret, _ = doorkeeper.sign_in("liaison", PASSWORD, "192.0.2.7")
    program = bearer(registered, "liaison")["Authorization"].removeprefix("Bearer ")
    head = doorkeeper.audit.head()[1]
    doorkeeper.erase("liaison", by="admin")
    assert not doorkeeper.identify(cookie=secret, bearer=None).known
    assert not doorkeeper.identify(cookie=None, bearer=program).known
    assert doorkeeper.audit.verify(head).whole
    left = _everything(registered)
    assert not [word for word in ('"liaison"', "192.0.2.7", "subject-of-the-liaison") if word in left]


def test_what_organisers_registered_and_changed_names_them_no_longer(store: Store) -> None:
    write(store, LEADER, of=source("firms", sample=True))
    occasion = open_event(store, EVENT, by="张三")
    said = Participation(
        name="参会登记",
        event=EVENT.id,
        organisation=LEADER.id,
        role=EventRole.LEADER,
        contact="金丝雀",
        mobile="13800000123",
        attendees=["金丝雀", "李某"],
    )
    occasion = register(store, occasion, said, LEADER.id, LEADER.name, by="张三")
    later = said.model_copy(update={"note": "金丝雀午后到"})
    register(store, occasion, later, LEADER.id, LEADER.name, by="张三")
    assert "金丝雀" in _everything(store)
    found = erase_person(store, LEADER.id, "金丝雀")
    assert (found.registrations, found.copies) == (1, 3)
    assert "金丝雀" not in _everything(store)
    assert "13800000123" not in _everything(store)
    undone = take_back(store, EVENT.number, by="张三").party(LEADER.id).registration
    assert (undone.contact, undone.attendees) == (None, ["李某"])
