"""The audit chain: only ever added to, whatever is done to it shows, and a person can be erased from it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from api.auth.audit import Audit, Kind, one_line
from api.auth.doorkeeper import Doorkeeper
from api.auth.roles import Role
from graph.model import Answer, Buys, LinkedTo, LinkState, Snapshot, SnapshotEntry
from graph.queries import Cardinality, Query
from graph.store import Store
from matching.gaps.snapshots import take
from tests.auth.meetings import meet
from tests.auth.people import Browser, add, bearer, browser, forget
from tests.graphs import source, write
from tests.service import DRIVE, FORCE, FORCE_PRODUCT, LEADER, RV, RV_PRODUCT, TODAY, example_app, load_example


def _snapshot(ago: int) -> str:
    """The id of a kept day."""
    day = TODAY - timedelta(ago)
    return Snapshot(name="-", taken_on=day, at=datetime.now(UTC), by="-", revision=0, settings=0).id


def _tamper(store: Store, text: str) -> None:
    query = Query("tamper", text, "Somebody with the database's password.", frozenset(), (), Cardinality.WRITE)
    store.keep(lambda tx: tx.run(query))


@pytest.fixture
def audit(store: Store) -> Audit:
    found = Audit(store)
    for number in range(1, 6):
        found.record(
            Kind.SEEN, f"GET /{number}", who="王敏", origin="10.0.0.1", subjects=["e-1"], fields=["BUYS.amount"]
        )
    return found


def test_a_chain_that_nobody_touched_is_whole(audit: Audit) -> None:
    found = audit.verify()
    assert (found.whole, found.events, found.erased) == (True, 5, 0)
    assert audit.head() == (5, found.head)
    assert [event.number for event in audit.list(limit=2)] == [5, 4]
    assert [event.number for event in audit.list(before=3)] == [2, 1]
    assert Audit(audit._store).verify(audit.list()[3].hash).whole


TAMPERINGS = {
    "content": ("MATCH (e:AuditEvent {number: 3}) SET e.what = 'GET /other'", 3),
    "time": ("MATCH (e:AuditEvent {number: 3}) SET e.at = datetime()", 3),
    "fields": ("MATCH (e:AuditEvent {number: 3}) SET e.fields = []", 3),
    "person": ("MATCH (e:AuditEvent {number: 3}) SET e.who = '李雷'", 3),
    "half erased": ("MATCH (e:AuditEvent {number: 3}) REMOVE e.who", 3),
    "removed": ("MATCH (e:AuditEvent {number: 3}) DELETE e", 3),
    "first removed": ("MATCH (e:AuditEvent {number: 1}) DELETE e", 1),
    "last removed": ("MATCH (e:AuditEvent {number: 5}) DELETE e", 5),
    "order": (
        "MATCH (a:AuditEvent {number: 3}), (b:AuditEvent {number: 4}) "
        "SET a.number = -1 SET b.number = 3 SET a.number = 4",
        3,
    ),
    "slipped in": ("CREATE (:AuditEvent {id: 'x', number: 6, at: datetime(), kind: 'seen', what: '', subjects: [], "
                   "fields: [], sealed: '', previous: '', hash: ''})", 6),
}  # fmt: skip


@pytest.mark.parametrize("name", TAMPERINGS)
def test_whatever_is_done_to_it_shows_and_where(store: Store, audit: Audit, name: str) -> None:
    text, at = TAMPERINGS[name]
    _tamper(store, text)
    found = audit.verify()
    assert (found.whole, found.broken_at) == (False, at)
    assert found.reason


def test_a_chain_rewritten_as_a_whole_lacks_the_hash_noted_earlier(store: Store, audit: Audit) -> None:
    _, noted = audit.head()
    _tamper(store, "MATCH (n:AuditEvent|AuditHead) DELETE n")
    for _ in range(5):
        audit.record(Kind.SEEN, who="王敏")
    assert audit.verify().whole
    assert not audit.verify(noted).whole


def test_a_person_is_erased_and_the_chain_stays_whole(store: Store, audit: Audit) -> None:
    add(store, "admin", Role.ADMIN)
    add(store, "王敏", Role.LIAISON)
    head = audit.head()
    assert Doorkeeper(store).erase("王敏", by="admin") == 5
    found = audit.verify(head[1])
    assert (found.whole, found.erased, found.events) == (True, 5, 6)
    assert "王敏" not in json.dumps([event.model_dump(mode="json") for event in audit.all()], ensure_ascii=False)
    assert audit.list(subject="e-1")[0].fields == ["BUYS.amount"]


def test_many_at_once_make_one_chain(store: Store) -> None:
    audit = Audit(store)
    threads = [threading.Thread(target=audit.record, args=(Kind.SEEN,), kwargs={"who": f"w{n}"}) for n in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert audit.verify().events == 16
    assert audit.verify().whole


@pytest.mark.parametrize(
    "text", ["a\nb", "a\r\n2026 admin signed_in", "\x1b[31mred", "a\u2028b", "\u202egnp.exe", "x" * 999]
)
def test_what_somebody_types_stays_one_harmless_line(text: str) -> None:
    kept = one_line(text)
    assert kept.isprintable()
    assert len(kept) <= 300


@pytest.fixture(scope="module")
def kept(_opened: Store) -> Iterator[Store]:
    """The example with people in it."""
    load_example(_opened)
    add(_opened, "admin", Role.ADMIN)
    add(_opened, "liaison", Role.LIAISON)
    add(_opened, "viewer", Role.VIEWER)
    add(_opened, "contact", Role.ENTERPRISE, firm=DRIVE.id)
    add(_opened, "buyer", Role.ENTERPRISE, firm=LEADER.id)
    yield _opened
    forget(_opened)


@pytest.fixture(scope="module")
def surfer(kept: Store) -> Iterator[Browser]:
    with browser(example_app(kept)) as opened:
        yield opened


def _last(store: Store) -> dict[str, Any]:
    event = Audit(store).list(limit=1)[0]
    return {"kind": event.kind, "who": event.who, "subjects": event.subjects, "fields": event.fields}


def test_reading_a_graded_field_is_recorded_with_whose_it_was(surfer: Browser, kept: Store) -> None:
    headers = bearer(kept, "liaison")
    for path in (f"/api/v1/nodes/{LEADER.id}", f"/firms/{LEADER.id}"):
        before = Audit(kept).head()[0]
        assert surfer.get(path, headers=headers).status_code == 200
        assert Audit(kept).head()[0] == before + 1
        last = _last(kept)
        assert (last["kind"], last["who"]) == ("seen", "liaison")
        assert LEADER.id in last["subjects"]
        assert "BUYS.amount" in last["fields"]


def test_what_shows_nothing_graded_is_not_recorded(surfer: Browser, kept: Store) -> None:
    before = Audit(kept).head()
    for path in (f"/api/v1/nodes/{LEADER.id}", "/api/v1/chains", f"/segments/{RV}", "/needs"):
        assert surfer.get(path, headers=bearer(kept, "viewer")).status_code == 200
    assert Audit(kept).head() == before


FIGURES = [
    (f"/api/v1/segments/{FORCE}", "外部依赖"),
    (f"/segments/{FORCE}", "外部依赖"),
    ("/api/v1/gaps?chain=robotics", "外部依赖"),
    ("/api/v1/chains", "本地配套率"),
    ("/chains/robotics", "本地配套率"),
    ("/reports/robotics/report.docx", "外部依赖"),
    ("/reports/robotics/gaps.xlsx", "外部依赖"),
    (f"/api/v1/targets/{FORCE}", "年采购额"),
    (f"/targets/{FORCE}/list.xlsx", "年采购额"),
]


@pytest.mark.parametrize(("path", "what"), FIGURES, ids=[path for path, _ in FIGURES])
def test_a_figure_of_few_firms_is_in_the_list_of_each(surfer: Browser, kept: Store, path: str, what: str) -> None:
    before = Audit(kept).head()[0]
    assert surfer.get(path, headers=bearer(kept, "liaison")).status_code == 200
    last = _last(kept)
    assert (last["kind"], last["who"]) == ("seen", "liaison")
    assert LEADER.id in last["subjects"]
    seen = surfer.get("/api/v1/seen", headers=bearer(kept, "buyer")).json()["items"][0]
    assert (seen["number"], seen["who"]) == (before + 1, "liaison")
    assert what in seen["fields"]
    assert not [
        one
        for one in surfer.get("/api/v1/seen", headers=bearer(kept, "contact")).json()["items"]
        if one["number"] > before
    ]


WHAT_IFS = [
    ("/api/v1/what-if?country=*", "buyer", "进口占比"),
    ("/what-if?country=*", "buyer", "进口占比"),
    ("/what-if?country=*&part=panel", "buyer", "进口占比"),
    ("/chains/robotics?country=甲国", "buyer", "主要进口国"),
    (f"/api/v1/what-if?firm={DRIVE.id}", "contact", "产能占比"),
    (f"/what-if?firm={DRIVE.id}", "contact", "产能占比"),
]


@pytest.mark.parametrize(("path", "whose", "what"), WHAT_IFS, ids=[path for path, _, _ in WHAT_IFS])
def test_what_a_what_if_tells_of_a_firm_is_in_its_list(
    surfer: Browser, kept: Store, path: str, whose: str, what: str
) -> None:
    state = {"state": LinkState.CONFIRMED, "evidence": "现场核查", "checked_on": TODAY}
    half = {"single_country_share": 0.5}
    share = LinkedTo(start=DRIVE.id, end=RV, capacity_share=0.4, **state)
    bought = Buys(start=LEADER.id, end=RV_PRODUCT.id, amount=10, import_share=0.9, import_country="甲国", **half)
    write(kept, share, bought, of=source("visit", rank=0))
    before = Audit(kept).head()[0]
    assert surfer.get(path, headers=bearer(kept, "liaison")).status_code == 200
    seen = surfer.get("/api/v1/seen", headers=bearer(kept, whose)).json()["items"][0]
    assert (seen["number"], seen["who"]) == (before + 1, "liaison")
    assert what in seen["fields"]
    if whose == "contact":
        head = Audit(kept).head()
        assert surfer.get(path, headers=bearer(kept, "viewer")).status_code == 200
        assert Audit(kept).head() == head, "who is not told a share has not seen it"


KEPT = f"/nodes/{SnapshotEntry(name='-', snapshot=_snapshot(2), subject=FORCE, kind='segment').id}"
DAYS = f"since={TODAY - timedelta(2)}&until={TODAY - timedelta(1)}"
COMPARED = [f"/api/v1/changes?{DAYS}", f"/changes?{DAYS}&chain=robotics", f"/api/v1{KEPT}", KEPT]


@pytest.fixture(scope="module")
def days(kept: Store) -> None:
    """Two kept days: on the first what one firm buys is known, on the second another amount."""
    take(kept, TODAY - timedelta(2), by="王敏")
    none = Buys(start=LEADER.id, end=FORCE_PRODUCT.id, amount=9_000_000, import_share=0.0, single_country_share=0.0)
    write(kept, none, of=source("later", rank=0))
    take(kept, TODAY - timedelta(1), by="王敏")


@pytest.mark.usefixtures("days")
@pytest.mark.parametrize("path", COMPARED)
def test_what_kept_days_tell_of_few_firms_is_in_the_list_of_each(surfer: Browser, kept: Store, path: str) -> None:
    before = Audit(kept).head()[0]
    assert surfer.get(path, headers=bearer(kept, "liaison") | {"Accept": "*/*"}).status_code == 200
    seen = surfer.get("/api/v1/seen", headers=bearer(kept, "buyer")).json()["items"][0]
    assert (seen["number"], seen["who"]) == (before + 1, "liaison")
    assert ("外部依赖" if "changes" in path else "数值") in seen["fields"]
    head = Audit(kept).head()
    assert surfer.get(path, headers=bearer(kept, "viewer")).status_code == 200
    assert Audit(kept).head() == head, "who is not told a figure has not seen it"


def test_the_page_names_whose_data_it_was_and_finds_it_by_name(surfer: Browser, kept: Store) -> None:
    surfer.get(f"/api/v1/nodes/{LEADER.id}", headers=bearer(kept, "liaison"))
    with browser(example_app(kept)) as desk:
        desk.sign_in("admin")
        for ref in (LEADER.name, LEADER.id):
            page = desk.get(f"/audit?kind=seen&subject={ref}", headers={"Accept": "text/html"}).text
            assert f'<a href="/nodes/{LEADER.id}" title="{LEADER.id}">{LEADER.name}</a>' in page
        assert "没有符合条件的记录" in desk.get("/audit?subject=没有的", headers={"Accept": "text/html"}).text


def test_what_is_refused_is_recorded(surfer: Browser, kept: Store) -> None:
    assert surfer.get("/audit", headers=bearer(kept, "viewer")).status_code == 403
    assert (_last(kept)["kind"], _last(kept)["who"]) == ("refused", "viewer")
    assert surfer.get("/api/v1/needs/N-017/matches", headers=bearer(kept, "contact")).status_code == 404
    last = _last(kept)
    assert (last["kind"], last["who"], last["subjects"]) == ("refused", "contact", ["N-017"])


def test_signing_in_and_failing_to_is_recorded(surfer: Browser, kept: Store) -> None:
    surfer.sign_in("viewer", "wrong")
    assert (_last(kept)["kind"], _last(kept)["who"]) == ("sign_in_failed", "viewer")
    surfer.sign_in("no-such-person", "wrong")
    assert _last(kept)["who"] == "?"
    surfer.sign_in("viewer")
    assert _last(kept)["kind"] == "signed_in"
    surfer.post("/sign-out", data={"csrf": surfer.token})
    assert _last(kept)["kind"] == "signed_out"


def test_the_administrator_reads_and_exports_it(surfer: Browser, kept: Store) -> None:
    surfer.sign_in("admin")
    page = surfer.get("/audit?kind=seen", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "链条完整" in page.text
    assert "liaison" in page.text
    lines = surfer.get("/audit/export").text.splitlines()
    assert len(lines) == Audit(kept).head()[0]
    assert json.loads(lines[-1])["kind"] == "exported"
    api = surfer.get("/api/v1/audit?who=liaison&limit=1").json()
    assert len(api["items"]) == 1
    older = surfer.get(f"/api/v1/audit?who=liaison&limit=1&before={api['next_before']}").json()
    assert older["items"][0]["number"] < api["items"][0]["number"]
    surfer.post("/sign-out", data={"csrf": surfer.token})


ANSWERS = [None, Answer.DECLINED, Answer.ACCEPTED]


@pytest.mark.parametrize("b", ANSWERS)
@pytest.mark.parametrize("a", ANSWERS)
def test_contacts_appear_to_the_other_side_after_both_accepted_and_that_is_recorded(
    surfer: Browser, kept: Store, a: Answer | None, b: Answer | None
) -> None:
    meet(kept, LEADER, DRIVE, a, b)
    contact, before = bearer(kept, "contact"), Audit(kept).head()[0]
    found = surfer.get("/api/v1/contacts", headers=contact).json()
    page = surfer.get("/contacts", headers=contact | {"Accept": "text/html"})
    assert page.status_code == 200
    if a is b is Answer.ACCEPTED:
        (one,) = found["items"]
        assert (one["party"]["id"], one["contact"], one["mobile"]) == (LEADER.id, "示例整机联系人", "13900000001")
        assert "13900000001" in page.text
        last = _last(kept)
        assert (last["kind"], last["who"], last["subjects"]) == ("seen", "contact", [LEADER.id])
        assert last["fields"] == ["Participation.contact", "Participation.mobile"]
        assert Audit(kept).head()[0] == before + 2
    else:
        assert found["items"] == []
        assert "1390000" not in page.text
        assert Audit(kept).head()[0] == before
    assert "13900000002" not in page.text  # its own is no news


def test_a_firm_sees_who_saw_its_data_and_nobody_elses(surfer: Browser, kept: Store) -> None:
    surfer.get(f"/api/v1/nodes/{DRIVE.id}", headers=bearer(kept, "liaison"))
    Audit(kept).record(Kind.SEEN, "GET /x", who="王敏", subjects=[DRIVE.id], fields=["MAKES.share"])
    Audit(kept).record(Kind.SEEN, "GET /y", who="王敏", subjects=[LEADER.id], fields=["MAKES.share"])
    contact = bearer(kept, "contact")
    own = surfer.get("/api/v1/seen", headers=contact).json()
    assert own["firm"] == DRIVE.id
    assert (own["items"][0]["who"], own["items"][0]["fields"]) == ("王敏", ["收入占比"])
    assert "/y" not in json.dumps(own)
    with browser(example_app(kept)) as desk:
        desk.sign_in("admin")
        assert desk.get(f"/api/v1/seen?firm={DRIVE.id}").json() == own
    for path in ("/api/v1/seen", "/seen", "/api/v1/contacts", "/contacts"):
        assert surfer.get(f"{path}?firm={LEADER.id}", headers=contact).status_code == 404
        assert _last(kept)["kind"] == "refused"
        assert surfer.get(path, headers=bearer(kept, "viewer")).status_code in {403, 404}
    page = surfer.get("/seen", headers=contact | {"Accept": "text/html"}).text
    assert "王敏" in page
    assert "收入占比" in page
