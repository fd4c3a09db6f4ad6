"""Events over the interface: what came of meetings, who may see amounts, and what counts at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.auth.roles import Role
from api.settings import Settings
from graph.store import Store
from matching.events.desk import load_occasion, pin, schedule
from tests.auth.people import add, bearer, forget
from tests.service import DRIVE, LEADER, load_event, load_example

URL = "/api/v1/events"
LATER = date(2026, 12, 20)
PAIR = {"a": LEADER.id, "b": DRIVE.id, "by": "甲"}


@pytest.fixture(scope="module")
def placed(_opened: Store) -> Iterator[Store]:
    load_example(_opened)
    load_event(_opened)
    pinned = pin(_opened, load_occasion(_opened, "E-001"), LEADER.id, DRIVE.id, True, by="甲")
    schedule(_opened, pinned, by="甲")
    yield _opened
    forget(_opened)


@pytest.fixture(scope="module")
def client(placed: Store) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(), placed, today=lambda: LATER), base_url="http://127.0.0.1") as opened:
        yield opened


def outcome(client: TestClient, headers: dict[str, str] | None = None) -> dict[str, object]:
    (meeting,) = client.get(f"{URL}/E-001", headers=headers).json()["meetings"]
    found: dict[str, object] = meeting["outcome"]
    return found


def after(client: TestClient) -> dict[str, float | None]:
    """Where targets stand in the list of changes, which is cached by the graph's revision."""
    return {one["target"]["id"]: one["after"] for one in client.get("/api/v1/changes").json()["targets"]}


def test_an_outcome_counts_at_once_though_the_revision_stays(client: TestClient, placed: Store) -> None:
    client.post("/api/v1/snapshots", json={"by": "链办"})
    assert "target-intentions" in after(client)
    assert after(client)["target-intentions"] is None
    revision = placed.revision()
    said = {"held": True, "intention": True, "a_confirms": True, "b_confirms": True, "amount": 500_000}
    assert client.post(f"{URL}/E-001/outcomes", json=PAIR | said).status_code == 200
    assert placed.revision() == revision
    assert after(client)["target-intentions"] == 1
    assert client.get(f"{URL}/tally").json()["intentions"] == 1


def test_an_amount_left_out_stays_and_null_clears_it(client: TestClient) -> None:
    client.post(f"{URL}/E-001/outcomes", json=PAIR | {"held": True, "intention": True, "amount": 7})
    client.post(f"{URL}/E-001/outcomes", json=PAIR | {"held": True, "intention": True, "next_step": "送样"})
    assert (outcome(client)["amount"], outcome(client)["next_step"]) == (7, "送样")
    client.post(f"{URL}/E-001/outcomes", json=PAIR | {"held": True, "intention": True, "amount": None})
    assert outcome(client)["amount"] is None


def test_who_comes_second_is_told(client: TestClient) -> None:
    seen = client.get(f"{URL}/E-001").json()["revision"]
    client.post(f"{URL}/E-001/outcomes", json=PAIR | {"held": True, "seen": seen, "owner": "李某"})
    late = client.post(f"{URL}/E-001/outcomes", json=PAIR | {"held": False, "seen": seen})
    assert late.status_code == 409
    assert "甲" in late.json()["detail"]
    assert outcome(client)["owner"] == "李某"


def test_an_organiser_enters_amounts_without_seeing_them(client: TestClient, placed: Store) -> None:
    client.post(f"{URL}/E-001/outcomes", json=PAIR | {"held": True, "intention": True, "amount": 271_828_182})
    add(placed, "chief", Role.ADMIN)
    add(placed, "desk", Role.ORGANISER)
    add(placed, "both", Role.ORGANISER, Role.LIAISON)
    desk, both = bearer(placed, "desk"), bearer(placed, "both")
    assert (outcome(client, desk)["amount"], outcome(client, desk)["withheld"]) == (None, True)
    assert outcome(client, both)["amount"] == 271_828_182
    page = client.get("/events/E-001/outcomes", headers=desk | {"Accept": "text/html"}).text
    assert "金额不公开" in page
    assert "271828182" not in page
    kept = PAIR | {"held": True, "intention": True, "owner": "王某"}
    assert client.post(f"{URL}/E-001/outcomes", json=kept, headers=desk).status_code == 200
    assert (outcome(client, both)["amount"], outcome(client, both)["owner"]) == (271_828_182, "王某")
    viewer = bearer(placed, "chief")
    assert client.get(f"{URL}/follow-ups", headers=viewer).status_code == 403
