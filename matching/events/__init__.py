"""Who meets whom at an event, when and at which table.

check → select → place → seat → explain, all on plain data::

    event = read_event(json.load(file))
    plan = solve(event, limit=60)
    changed = replan(event, plan.meetings, Changes(now="s3", gone=("firm-7",)))
"""

from __future__ import annotations

from matching.events.errors import EventInvalid, PinsInfeasible, Problem
from matching.events.model import Event, Meeting, Plan, read_event
from matching.events.replan import Changes, Late, Notice, Replanned, replan
from matching.events.solve import solve

__all__ = [
    "Changes",
    "Event",
    "EventInvalid",
    "Late",
    "Meeting",
    "Notice",
    "PinsInfeasible",
    "Plan",
    "Problem",
    "Replanned",
    "read_event",
    "replan",
    "solve",
]
