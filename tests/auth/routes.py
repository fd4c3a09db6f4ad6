"""Every path that can be asked for, with something in it that leads somewhere."""

from __future__ import annotations

import re
import time
from itertools import product

from fastapi.routing import APIRoute, iter_route_contexts
from fastapi.testclient import TestClient

from api.app import create_app
from api.event_files import PAPERS
from matching.pairing.directions import DIRECTIONS
from tests.auth.canaries import AGREED, ATTACHED, COMING, EDITED, IDLE, KEPT, SECRET_NEED
from tests.service import DRIVE, EVENT, FORCE, FORCE_PRODUCT, LEADER, NEED, PAIR, RV, RV_PRODUCT

NODES = [AGREED.id, ATTACHED.id, EDITED.id, KEPT.id, COMING.id, LEADER.id, DRIVE.id, SECRET_NEED.number, IDLE.number]
FITTING: dict[str, list[str]] = {
    "chain": ["robotics"],
    "segment": [RV, FORCE],
    "event": [EVENT.number],
    "pair": [PAIR],
    "need": [NEED.number, SECRET_NEED.number, "N-901"],
    "way": list(DIRECTIONS),
    "paper": list(PAPERS),
    "lang": ["en"],
    "ref": [*NODES, FORCE_PRODUCT.id, RV_PRODUCT.id, RV, FORCE],
    "file": [ATTACHED.file],
    "batch": ["0"],  # a run is its owner's only: see begun()
}
"""Values that lead somewhere, by the name of a parameter."""
OWN: dict[str, dict[str, list[str]]] = {
    "/api/v1/firms/{ref}": {"ref": [LEADER.id, DRIVE.id]},
    "/api/v1/firms/{ref}/profile.xlsx": {"ref": [LEADER.id, DRIVE.id]},
    "/api/v1/own/runs/{run}": {"run": [f"self:{LEADER.id}@1", "workbook:示例@1"]},
    "/firms/{ref}": {"ref": [LEADER.id, DRIVE.id]},
    "/api/v1/targets/{ref}": {"ref": ["robotics", RV, FORCE]},
    "/targets/{ref}": {"ref": ["robotics", RV, FORCE]},
    "/targets/{ref}/list.xlsx": {"ref": ["robotics", FORCE]},
    "/api/v1/matches/{way}/{ref}": {"ref": [LEADER.id, DRIVE.id, SECRET_NEED.number, "N-901", IDLE.number]},
}
"""What leads somewhere on these routes only."""
FURTHER = [
    f"/api/v1/what-if?firm={DRIVE.id}",
    f"/api/v1/what-if?segment={RV}",
    f"/what-if?firm={DRIVE.id}",
    f"/api/v1/links?segment={RV}",
    f"/api/v1/links?firm={LEADER.id}&state=confirmed",
    "/api/v1/gaps?sort=firms",
    "/gaps?sort=firms&part=panel",
    "/changes?since=2026-11-01",
    "/api/v1/changes?since=2026-11-01",
    f"/segments/{RV}?part=panel",
    f"/segments/{RV}?ring=anywhere",
    "/needs/N-901?part=panel",
    "/match?ref=N-901&way=need-capability",
    f"/match?ref={LEADER.id}&way=firm-supplier",
    "/match?text=精密行星减速器",
    f"/reviews?pair={PAIR}",
    "/tasks/form?town=示例",
    f"/contacts?firm={LEADER.id}",
    f"/api/v1/contacts?firm={LEADER.id}",
    f"/seen?firm={LEADER.id}",
    f"/api/v1/seen?firm={LEADER.id}",
    "/api/v1/audit?kind=seen",
]
"""Questions that need more than a path."""
SILENT = {"/metrics"}
"""Nothing but measured times, whose digits may be anything."""


def readable() -> list[str]:
    """The paths that are asked for with GET, as declared."""
    return sorted(
        str(route.path).replace(":path", "")
        for route in iter_route_contexts(create_app().routes)
        if isinstance(route.original_route, APIRoute) and "GET" in (route.methods or ()) and route.path not in SILENT
    )


def filled(path: str) -> list[str]:
    """A declared path with values in it."""
    names = re.findall(r"\{(\w+)\}", path)
    fits = FITTING | OWN.get(path, {})
    return [path.format(**dict(zip(names, chosen, strict=True))) for chosen in product(*(fits[name] for name in names))]


def paths() -> list[str]:
    """Everything to ask for."""
    return [one for path in readable() for one in filled(path)] + FURTHER


BATCHES = "/api/v1/pairing-batches"


def begun(client: TestClient, headers: dict[str, str]) -> list[str]:
    """What leads to a run over all needs that somebody began and that is done; nothing for who may not."""
    run = client.post(BATCHES, json={}, headers=headers)
    if run.status_code == 403:
        return []
    assert run.status_code == 202, run.text
    own = f"{BATCHES}/{run.json()['id']}"
    until = time.monotonic() + 120
    while (state := client.get(own, headers=headers).json()["state"]["id"]) in {"waiting", "running"}:
        assert time.monotonic() < until, "it takes too long"
        time.sleep(0.1)
    assert state == "done"
    return [own, f"{own}/file", "/pairings"]
