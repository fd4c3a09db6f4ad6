"""What is to be asked after an event: 30 and 90 days after each meeting, and when its next step is due.

The rule: every meeting that was held and is not lost is asked about 30 and 90 days after the event; a next step with a
date is asked about on that day. What somebody asked about since is done; ``lost`` or ``realised`` ends the matter.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from graph import model
from graph.messages import N_, Message
from graph.model import Progressed
from graph.queries import queries
from graph.store import Row, Store
from matching.events.desk.edits import Edit, commit
from matching.events.desk.errors import NotPlaced, ReasonMissing
from matching.events.desk.occasion import Occasion

STEP = "step"
DAYS = {"day30": 30, "day90": 90}
KIND_TITLES = {"day30": N_("30 天回访"), "day90": N_("90 天回访"), STEP: N_("下一步")}
RULE = N_(
    "回访口径：已会面且未注明未成的，活动后 30 天、90 天各回访一次；写明期限的下一步到期时跟进；已落实或未成的不再列出"
)
ASKED = N_("回访 {name}：{said}")
ENDED = frozenset({Progressed.LOST, Progressed.REALISED})


@dataclass(frozen=True)
class Due:
    """Something to ask about, from ``on``; ``last`` is what was said when somebody asked before."""

    event: str
    number: str
    meeting: str
    a: str
    b: str
    a_name: str
    b_name: str
    kind: str
    subject: str
    on: date
    owner: str | None
    intention: bool
    last: str | None
    sample: bool


@dataclass(frozen=True)
class Asked:
    """What was said on a day when somebody asked."""

    kind: str
    state: Progressed
    said: str
    on: date


def due(store: Store, today: date, ahead: int = 0) -> list[Due]:
    """What is due up to today, or within some days more; the longest overdue first."""
    return plan_follow_ups(store.read(queries.list_follow_ups, day=today), today + timedelta(days=ahead))


def plan_follow_ups(rows: Iterable[Row], until: date) -> list[Due]:
    """What is due up to a day."""
    found = []
    for row in rows:
        outcome, asked = row["outcome"], row["asked"]
        if outcome.get("lost") or any(one["state"] in ENDED for one in asked):
            continue
        done = {(one["kind"], one["subject"]) for one in asked}
        dates = {(kind, kind): row["held_on"] + timedelta(days=days) for kind, days in DAYS.items()}
        if outcome.get("next_step") and outcome.get("due_on"):
            dates[STEP, outcome["next_step"]] = outcome["due_on"]
        said = {name: row[name] for name in ("event", "number", "meeting", "a", "b", "a_name", "b_name", "sample")}
        found += [
            Due(
                **said,
                kind=kind,
                subject=subject if kind == STEP else "",
                on=on,
                owner=outcome.get("owner"),
                intention=bool(outcome.get("intention")),
                last=asked[-1]["said"] if asked else None,
            )
            for (kind, subject), on in dates.items()
            if on <= until and (kind, subject) not in done
        ]
    return sorted(found, key=lambda one: (one.on, one.number, one.meeting, one.kind))


def ask(
    store: Store,
    occasion: Occasion,
    pair: tuple[str, str],
    what: Asked,
    *,
    by: str,
    seen: int | None = None,
) -> Occasion:
    """Write down what was said when somebody asked; what is lost is lost in the outcome, too.

    Raises:
        NotPlaced: when nobody recorded that they met.
        ReasonMissing: when nothing was said.
        NotRegistered, NoSuchMeeting: when there is no such meeting.
    """
    meeting = occasion.meeting(*pair)
    said = what.said.strip()
    if not said:
        raise ReasonMissing(where="said")

    def edit(now: Occasion) -> Edit:
        outcome = now.outcomes.get(meeting.id)
        if outcome is None or not outcome.held:
            raise NotPlaced(a=occasion.parties[meeting.a].name, b=occasion.parties[meeting.b].name)
        found = model.FollowUp(
            name=meeting.name,
            meeting=meeting.id,
            kind=what.kind,
            subject=(outcome.next_step if what.kind == STEP else None) or what.kind,
            state=what.state,
            said=said,
            done_on=what.on,
            sample=meeting.sample,
        )
        lost = (outcome.model_copy(update={"lost": said}),) if what.state is Progressed.LOST else ()
        return Edit(Message(ASKED, {"name": meeting.name, "said": said}), (found, *lost))

    return commit(store, occasion, edit, by=by, seen=seen)
