"""Two firms at an event, with whom to call, and what they say to meeting each other. People and numbers are made up."""

from __future__ import annotations

from typing import Any

from graph.model import Answer, At, Enterprise, EventRole, Meeting, Participation, TakesPart
from graph.store import Store
from tests.graphs import source, write
from tests.service import EVENT

FIRST, SECOND = "13900000001", "13900000002"
"""Mobile numbers of the first and the second firm."""


def person(firm: Enterprise) -> str:
    """Whom to call at a firm."""
    return f"{firm.name[:4]}联系人"


def meet(
    store: Store,
    one: Enterprise,
    other: Enterprise,
    a: Answer | None = Answer.ACCEPTED,
    b: Answer | None = Answer.ACCEPTED,
    *,
    mobile: str = SECOND,
) -> None:
    """Register both and write what ``one`` and ``other`` answered."""
    facts: list[Any] = [EVENT]
    for firm, number in ((one, FIRST), (other, mobile)):
        entry = Participation(
            name="参会登记",
            event=EVENT.id,
            organisation=firm.id,
            role=EventRole.SME,
            contact=person(firm),
            mobile=number,
        )
        facts += [entry, TakesPart(start=firm.id, end=entry.id), At(start=entry.id, end=EVENT.id)]
    said: dict[str, Any] = {"score": 0.5, "a_answer": a, "b_answer": b}
    meeting = Meeting(name="会面", event=EVENT.id, a=one.id, b=other.id, **said)
    write(store, *facts, meeting, At(start=meeting.id, end=EVENT.id), of=source("event"))
