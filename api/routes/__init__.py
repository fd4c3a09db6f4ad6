"""The HTTP interface, one file a resource. To add one: write a router in its own file and name it in ``ROUTERS``.

An endpoint is plain ``def``: parse, one call into the domain, wire model.
"""

from __future__ import annotations

from fastapi import APIRouter

from api.routes import (
    attachments,
    audit,
    batches,
    chains,
    changes,
    contacts,
    district,
    event_setup,
    events,
    firms,
    gaps,
    imports,
    links,
    matches,
    needs,
    nodes,
    outcomes,
    own,
    pair_answers,
    reviews,
    segments,
    settings,
    solving,
    system,
    targets,
    tasks,
    what_if,
)

ROUTERS: list[APIRouter] = [
    chains.router,
    segments.router,
    gaps.router,
    what_if.router,
    targets.router,
    needs.router,
    matches.router,
    batches.router,
    outcomes.router,
    pair_answers.router,
    event_setup.router,
    events.router,
    solving.router,
    attachments.router,
    contacts.router,
    firms.router,
    links.router,
    tasks.router,
    nodes.router,
    imports.router,
    own.router,
    reviews.router,
    settings.router,
    district.router,
    changes.router,
    audit.router,
    system.router,
]
