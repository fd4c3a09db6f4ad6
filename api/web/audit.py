"""The administrator's page of the audit chain."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from api.auth.audit import KIND_TITLES, Kind, lines
from api.auth.gate import may
from api.auth.middleware import client_address
from api.auth.roles import Action
from api.auth.viewer import viewer
from api.deps import DoorkeeperDep, StoreDep
from api.files import disposition
from api.routes.audit import BeforeQuery
from api.schemas.audit import AuditPage, fields_text
from api.web.render import page
from graph.errors import NotFound
from graph.nodes import find_id, names_of
from graph.store import Store
from matching.gaps import MEASURE_TITLES

router = APIRouter(include_in_schema=False, dependencies=[may(Action.ADMINISTER)])
SHOWN = 100
CHECKED = 20_000
"""A longer chain is checked by the command; checking it for each view would take too long."""
Word = Annotated[str, Query(max_length=300)]


def _subject(store: Store, ref: str) -> str | None:
    """The id of what is asked for by id, code or name; the words themselves when nothing has it any more."""
    try:
        return find_id(store, ref) if ref else None
    except NotFound:
        return ref


@router.get("/audit")
def audit(
    request: Request,
    store: StoreDep,
    doorkeeper: DoorkeeperDep,
    *,
    before: BeforeQuery = None,
    subject: Word = "",
    who: Word = "",
    kind: Word = "",
) -> Response:
    """What was done, newest first, and whether the chain is whole."""
    wanted = Kind(kind) if kind in set(Kind) else None
    found = doorkeeper.audit.list(
        before=before, limit=SHOWN, subject=_subject(store, subject.strip()), who=who.strip() or None, kind=wanted
    )
    context: dict[str, object] = {
        "found": AuditPage.of(found, SHOWN),
        "names": names_of(store, {subject for event in found for subject in event.subjects}),
        "verified": doorkeeper.audit.verify() if before is None and doorkeeper.audit.head()[0] <= CHECKED else None,
        "kinds": [(one.value, title) for one, title in KIND_TITLES.items()],
        "chosen": {"subject": subject, "who": who, "kind": kind},
        "fields_text": lambda fields: fields_text(fields, MEASURE_TITLES),
    }
    return page(request, "audit.html", context)


@router.get("/audit/export")
def export(request: Request, doorkeeper: DoorkeeperDep) -> Response:
    """The whole chain, one JSON object a line; that it was taken is its last line."""
    doorkeeper.audit.record(Kind.EXPORTED, who=viewer().name, origin=client_address(request))
    number, _ = doorkeeper.audit.head()
    headers = {"Content-Disposition": disposition(f"audit-{number}.jsonl")}
    return StreamingResponse(lines(doorkeeper.audit), media_type="application/x-ndjson", headers=headers)
