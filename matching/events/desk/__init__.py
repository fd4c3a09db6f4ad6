"""The organiser's desk: events in the graph around the solver of ``matching.events``.

fetch → score → propose → answer → place → change on the day → outcomes. Reading is ``load_occasion``; every edit is one
transaction that is refused when somebody else came first, is written down and can be taken back.
"""

from __future__ import annotations

from graph.messages import pack, unpack
from matching.events.desk.agreeing import accept_all, answer, lock, pin
from matching.events.desk.attachments import attach, check_intention, detach, find_attachment
from matching.events.desk.budget import BUDGET_RULE, Budget, Budgets, budget
from matching.events.desk.changing import Happened, Rearranged, rearrange
from matching.events.desk.edits import check_seen, commit, discard, undo, undoable
from matching.events.desk.fetch import Card, find_event, list_changes, list_events, load_occasion
from matching.events.desk.follow_ups import KIND_TITLES, Asked, Due, ask, due
from matching.events.desk.follow_ups import RULE as FOLLOW_UP_RULE
from matching.events.desk.left_out import Left, why_left
from matching.events.desk.occasion import Occasion, Party, agreed, declined, mutual, slots_of, tables_of
from matching.events.desk.outcomes import RULE, Came, Tally, confirm, counts, record, tally
from matching.events.desk.placing import Scheduled, place, schedule, take_out, why_not
from matching.events.desk.propose import Proposed, propose
from matching.events.desk.registering import as_reported, open_event, register, registration_of, set_up, withdraw
from matching.events.desk.scoring import Value, find_earlier, find_matches, value_pairs

__all__ = [
    "BUDGET_RULE",
    "FOLLOW_UP_RULE",
    "KIND_TITLES",
    "RULE",
    "Asked",
    "Budget",
    "Budgets",
    "Came",
    "Card",
    "Due",
    "Happened",
    "Left",
    "Occasion",
    "Party",
    "Proposed",
    "Rearranged",
    "Scheduled",
    "Tally",
    "Value",
    "accept_all",
    "agreed",
    "answer",
    "as_reported",
    "ask",
    "attach",
    "budget",
    "check_intention",
    "check_seen",
    "commit",
    "confirm",
    "counts",
    "declined",
    "detach",
    "discard",
    "due",
    "find_attachment",
    "find_earlier",
    "find_event",
    "find_matches",
    "list_changes",
    "list_events",
    "load_occasion",
    "lock",
    "mutual",
    "open_event",
    "pack",
    "pin",
    "place",
    "propose",
    "rearrange",
    "record",
    "register",
    "registration_of",
    "schedule",
    "set_up",
    "slots_of",
    "tables_of",
    "take_out",
    "tally",
    "undo",
    "undoable",
    "unpack",
    "value_pairs",
    "why_left",
    "why_not",
    "withdraw",
]
