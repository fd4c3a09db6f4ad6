"""Events out of the graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from graph import model
from graph.model import EventRole
from graph.nodes import PROVENANCE
from graph.queries import queries
from graph.store import Row, Store
from matching.events.desk.errors import NoSuchEvent
from matching.events.desk.occasion import Occasion, Party
from matching.events.desk.stating import LABELS, SOURCE

CHANGES_SHOWN = 30


@dataclass(frozen=True)
class Card:
    """An event in a list, with how much there is of it."""

    event: model.Event
    parties: int
    meetings: int
    mutual: int
    placed: int
    held: int


def list_events(store: Store) -> list[Card]:
    """Every event, the latest first."""
    return [
        Card(model.Event.model_validate(_declared(model.Event, row.pop("event"))), **row)
        for row in store.read(queries.list_occasions)
    ]


def find_event(store: Store, ref: str) -> model.Event:
    """An event by id, number or name.

    Raises:
        NoSuchEvent: when there is none.
    """
    row = store.one(queries.get_event, ref=ref.strip())
    if row is None:
        raise NoSuchEvent(id=ref)
    return model.Event.model_validate(_declared(model.Event, row["event"]))


def _declared(kind: type[model.Node], props: Row) -> Row:
    return {key: value for key, value in props.items() if key in kind.model_fields}


def load_occasion(store: Store, ref: str) -> Occasion:
    """All of an event by id, number or name.

    Raises:
        NoSuchEvent: when there is none.
    """
    event = find_event(store, ref)
    last = list_changes(store, event.id, 1)  # before the records: a later edit is then told, never missed
    rows = store.read(queries.list_event_parties, event=event.id)
    parties, twice = _parties(row for row in rows if not row["registration"].get("withdrawn"))
    withdrawn, _ = _parties(row for row in rows if row["id"] not in parties)
    number = last[0].number if last else 0
    pairs = store.read(queries.list_open_doubles, ids=list(parties))
    doubles = tuple((row["review"], row["a"], row["b"]) for row in pairs)
    known = Occasion(event, parties, number=number, twice=twice, withdrawn=withdrawn, doubles=doubles)
    return with_records(known, kept(store.read, event.id))


def kept(run: Callable[..., list[Row]], event: str) -> list[Row]:
    """What organisers keep of an event, asked of a store or inside a transaction: ``store.read`` or ``tx.run``."""
    rows = run(queries.list_event_records, event=event, source=SOURCE)
    for row in rows:
        if row["label"] in LABELS:
            row["props"] = {name: value for name, value in row["props"].items() if name not in PROVENANCE}
    return rows


def with_records(occasion: Occasion, rows: Iterable[Row]) -> Occasion:
    """The event with meetings of those registered, outcomes by meeting, and changes on the day."""
    meetings: dict[str, model.Meeting] = {}
    outcomes: dict[str, model.Outcome] = {}
    asked: dict[str, model.FollowUp] = {}
    left: dict[str, model.LeftOut] = {}
    attached: dict[str, tuple[model.Attachment, ...]] = {}
    day: list[model.DayChange] = []
    for row in rows:
        if row["label"] == model.Meeting.LABEL:
            meeting = model.Meeting.model_validate(_declared(model.Meeting, row["props"]))
            if {meeting.a, meeting.b} <= occasion.parties.keys():
                meetings[meeting.id] = meeting
        elif row["label"] == model.Outcome.LABEL:
            outcome = model.Outcome.model_validate(_declared(model.Outcome, row["props"]))
            outcomes[outcome.meeting] = outcome
        elif row["label"] == model.Attachment.LABEL:
            file = model.Attachment.model_validate(_declared(model.Attachment, row["props"]))
            attached[file.meeting] = (*attached.get(file.meeting, ()), file)
        elif row["label"] == model.FollowUp.LABEL:
            one = model.FollowUp.model_validate(_declared(model.FollowUp, row["props"]))
            asked[one.id] = one
        elif row["label"] == model.LeftOut.LABEL:
            out = model.LeftOut.model_validate(_declared(model.LeftOut, row["props"]))
            left[out.organisation] = out
        elif row["label"] == model.DayChange.LABEL:
            day.append(model.DayChange.model_validate(_declared(model.DayChange, row["props"])))
    return replace(
        occasion, meetings=meetings, outcomes=outcomes, asked=asked, left=left, attached=attached, day=tuple(day)
    )


def list_changes(store: Store, event: str, limit: int = CHANGES_SHOWN) -> list[model.EventChange]:
    """Edits of an event, the last first."""
    rows = store.read(queries.list_event_changes, event=event, limit=limit)
    return [model.EventChange.model_validate(_declared(model.EventChange, row["change"])) for row in rows]


def _parties(rows: Iterable[Row]) -> tuple[dict[str, Party], tuple[str, ...]]:
    """Parties by id, and the names of those registered more than once (the first registration holds)."""
    found: dict[str, Row] = {}
    twice = []
    for row in rows:
        if row["id"] in found:
            twice.append(row["name"])
        else:
            found[row["id"]] = row
    names = Counter(row["name"] for row in found.values())
    return {id_: _party(row, names[row["name"]] > 1) for id_, row in found.items()}, tuple(dict.fromkeys(twice))


def _party(row: Row, namesakes: bool) -> Party:
    said = row["registration"]
    return Party(
        id=row["id"],
        name=row["name"],
        label=f"{row['name']} ({row['id'][-6:]})" if namesakes else row["name"],
        role=EventRole(said["role"]),
        people=said.get("people") or 1,
        minimum=said.get("minimum") or 0,
        maximum=said.get("maximum"),
        away=tuple(said.get("away") or ()),
        wishes=tuple(said["wishes"]),
        musts=tuple(said["musts"]),
        nevers=tuple(said["nevers"]),
        languages=tuple(said.get("languages") or ()),
        attendees=tuple(said.get("attendees") or ()),
        profile=row["profile"],
        products=tuple(row["products"] or ()),
        town=row["town"],
        enterprise=row["enterprise"],
        sample=bool(row["sample"]),
        registration=model.Participation.model_validate(_declared(model.Participation, said)),
        edited=row["edited"],
        reported=row["reported"],
    )
