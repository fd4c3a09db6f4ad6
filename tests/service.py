"""The service for tests: a small graph with one of everything, a client, and a real server on a real port."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from api.cli.serve import server_config
from api.settings import Settings
from graph.model import (
    About,
    At,
    Buys,
    Enterprise,
    Event,
    EventRole,
    GovernmentBody,
    In,
    Leads,
    LinkedTo,
    LinkState,
    Makes,
    Need,
    Offer,
    Participation,
    Posts,
    Product,
    Searched,
    TakesPart,
)
from graph.store import Store
from loaders.base import Job, load
from loaders.catalog.files import read_chains, read_firms, read_places, read_plan
from loaders.catalog.loader import SOURCE, records
from loaders.provenance import Fact
from loaders.resolution.queue import pair_id
from tests.graphs import clear, source, write

TODAY = date(2026, 11, 23)
CHAINS = ("robotics", "future-energy")
WUJIN, HUZHOU = "place-320412", "place-3305"
RV, FORCE, ROBOT, PLANETARY = (
    f"robotics.{slug}" for slug in ("rv-reducer", "six-axis-force-sensor", "industrial-robot", "planetary-reducer")
)


def _firm(name: str) -> Enterprise:
    return Enterprise(name=f"示例{name}有限公司", sample=True)


DRIVE, GEAR, LEADER, FAR = _firm("传动"), _firm("齿轮"), _firm("整机"), _firm("外地减速器")
TWIN = _firm("传动集团")
"""Another office's name for DRIVE, perhaps."""
PAIR = pair_id(DRIVE.id, TWIN.id)
OFFICE = GovernmentBody(name="示例排查办公室", sample=True)
RV_PRODUCT, PLANETARY_PRODUCT = Product(name="RV减速器"), Product(name="精密行星减速器")
FORCE_PRODUCT = Product(name="六维力传感器")
NEED = Need(
    number="N-017",
    name="高精度行星减速器，背隙≤1角分，月800台",
    limits=["背隙≤1角分"],
    quantity=800,
    unit="台",
    posted_on=date(2026, 10, 20),
    sample=True,
)
FITS = Offer(
    number="O-011", name="精密行星减速器，背隙≤1角分", limits=["背隙≤1角分"], quantity=1200, unit="台", sample=True
)
MISSES = Offer(
    number="O-013", name="精密行星减速器，背隙≤3角分", limits=["背隙≤3角分"], quantity=900, unit="台", sample=True
)


def _link(firm: Enterprise, segment: str, state: LinkState, evidence: str) -> LinkedTo:
    checked = date(2026, 10, 8) if state is LinkState.CONFIRMED else None
    return LinkedTo(start=firm.id, end=segment, state=state, evidence=evidence, checked_on=checked)


def facts() -> list[Fact]:
    """One of everything: confirmed and uncertain firms, a searched and missing segment, purchases, a need, offers."""
    return [
        *(DRIVE, GEAR, LEADER, FAR, OFFICE, RV_PRODUCT, PLANETARY_PRODUCT, FORCE_PRODUCT, NEED, FITS, MISSES),
        *(In(start=firm.id, end=WUJIN) for firm in (DRIVE, GEAR, LEADER)),
        In(start=FAR.id, end=HUZHOU),
        Leads(start=LEADER.id, end="robotics"),
        _link(DRIVE, RV, LinkState.CONFIRMED, "现场核查：RV减速器产线"),
        _link(FAR, RV, LinkState.CONFIRMED, "现场核查：减速器工厂"),
        _link(GEAR, RV, LinkState.UNCERTAIN, "经营范围提到减速器"),
        _link(LEADER, ROBOT, LinkState.CONFIRMED, "现场核查：机器人总装线"),
        Searched(
            start=OFFICE.id,
            end=FORCE,
            found=0,
            method="名录检索",
            sources=["税务名录", "专利", "镇街走访"],
            searched_on=date(2026, 11, 2),
        ),
        Makes(start=DRIVE.id, end=RV_PRODUCT.id),
        Buys(start=LEADER.id, end=FORCE_PRODUCT.id, amount=9_000_000, import_share=0.8, single_country_share=0.5),
        *(Posts(start=firm.id, end=post.id) for firm, post in ((LEADER, NEED), (DRIVE, FITS), (GEAR, MISSES))),
        *(About(start=post.id, end=PLANETARY_PRODUCT.id) for post in (NEED, FITS, MISSES)),
    ]


EVENT = Event(
    number="E-001",
    name="示例供需对接会",
    held_on=date(2026, 12, 3),
    starts="09:00",
    ends="10:00",
    minutes=20,
    halls=["A厅=2"],
    sample=True,
)


def event_facts() -> list[Fact]:
    """A leader and two firms at an event."""
    found: list[Fact] = [EVENT]
    roles = ((LEADER, EventRole.LEADER), (DRIVE, EventRole.SME), (GEAR, EventRole.SME))
    for firm, role in roles:
        one = Participation(name="参会登记", event=EVENT.id, organisation=firm.id, role=role)
        found += [one, TakesPart(start=firm.id, end=one.id), At(start=one.id, end=EVENT.id)]
    return found


def load_event(store: Store) -> None:
    """Add the event to the example."""
    write(store, *event_facts(), of=source("event", sample=True))


def load_example(store: Store) -> Store:
    """Put two chains of the catalog and the example's facts into an empty graph."""
    clear(store)
    chains = [chain for chain in read_chains() if chain.id in CHAINS]
    load(store, Job(SOURCE, records(chains, read_plan(), read_places(), read_firms()), "example"), batch_size=2_000)
    write(store, *facts(), of=source("example", sample=True))
    write(store, TWIN, In(start=TWIN.id, end=WUJIN), of=source("office", sample=True))
    return store


def example_app(store: Store) -> FastAPI:
    """The service on a store, on a day that does not change."""
    return create_app(Settings(), store, today=lambda: TODAY)


def settled(client: TestClient, address: str) -> Any:
    """What stands at the address of an import once nothing more is being checked or loaded."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        found = client.get(address).json()
        if found["state"] not in {"checking", "loading"}:
            return found
        time.sleep(0.05)
    raise AssertionError("it takes too long")


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Serve on a free port in a thread; yield the address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(server_config(app))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        deadline = time.monotonic() + 60
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            assert time.monotonic() < deadline, "the server takes too long to start"
            time.sleep(0.05)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=30)
        assert not thread.is_alive()
