"""Setting events up for pages and API: fields read like cells of the workbook, kept by the desk."""

from __future__ import annotations

from pathlib import Path

from api.answers import who
from api.events import listing, wire
from api.i18n import render
from api.schemas.event_edits import EventEdit
from api.schemas.event_setup import (
    CandidateList,
    CandidateWire,
    EventForm,
    Hours,
    HoursWire,
    NewEvent,
    PartyEdit,
    RegistrationEdit,
    SetUpEdit,
)
from api.schemas.events import EventList, EventWire
from graph import model
from graph.errors import InputError
from graph.messages import N_
from graph.nodes import find_node, names_of
from graph.queries import queries
from graph.store import Store
from loaders.workbook import BY_NAME, FormUnreadable, lists_from_catalog, read_form, write_template
from matching.events import desk
from matching.events.desk import Occasion

EVENT, PARTICIPATION = model.Event.TITLE, model.Participation.TITLE
SHEETS = frozenset({EVENT, PARTICIPATION})
"""The sheets of a registration workbook."""
_HOURS = tuple(Hours.model_fields)
_FORM = tuple(EventForm.model_fields)
_REFERRED = ("wishes", "musts", "nevers")
_REGISTERED = tuple(name for name in RegistrationEdit.model_fields if name not in {"by", "seen", "organisation"})
PAGES = frozenset({"new", "follow-ups", "budget", "tally", "hours", "registrations"})
CANDIDATES = 20


class NumberReserved(InputError):
    """A number that is the address of a page."""

    message = N_("活动编号不能用“{number}”")
    cure = N_("请换一个编号，例如 2026-12-03-01")


class NobodyFound(InputError):
    """No such organisation."""

    message = N_("没有找到单位“{name}”")
    cure = N_("请从搜索结果中选；图谱里还没有的单位，请先由有导入权限的同事在“数据导入”页载入")


class RoleMissing(InputError):
    """Registered as nothing."""

    message = N_("没有选参会身份")
    cure = N_("请选链主、中小企业、高校院所或金融机构")


def _organisation(store: Store, ref: str) -> str | None:
    return find_node(store, ref, model.Organisation.LABEL)


def _read(store: Store, form: Hours, fields: tuple[str, ...]) -> dict[str, object]:
    return read_form(BY_NAME[EVENT], fields, form.model_dump(), lambda ref: _organisation(store, ref))


def hours(store: Store, form: Hours) -> HoursWire:
    """What hours and halls come to, before they are kept; what cannot be read is said in the answer."""
    try:
        read = _read(store, form, _HOURS)
    except FormUnreadable as wrong:
        return HoursWire(slots=[], tables=[], most=0, problem=render(wrong.what))
    event = model.Event.model_validate(read | {"number": "-", "name": "-", "held_on": "2000-01-01"})
    slots, tables = [slot.span for slot in desk.slots_of(event)], list(desk.tables_of(event))
    return HoursWire(slots=slots, tables=tables, most=len(slots) * len(tables), problem=None)


def begun(store: Store, form: NewEvent) -> EventWire:
    """Begin an event.

    Raises:
        FormUnreadable, NumberReserved, EventExists, NoSlots: when it cannot be.
    """
    read = _read(store, form, ("number", *_FORM))
    if str(read["number"]) in PAGES:
        raise NumberReserved(where="number", number=read["number"])
    return wire(store, desk.open_event(store, model.Event.model_validate(read), by=who(form.by)))


def set_up(store: Store, ref: str, edit: SetUpEdit) -> EventWire:
    """Change hours, halls and the like.

    Raises:
        FormUnreadable, NoSlots, PlaceInUse, EventChanged: when they cannot be.
    """
    occasion = desk.load_occasion(store, ref)
    before = occasion.event
    kept = {"id": before.id, "number": before.number, "sample": before.sample}
    event = model.Event.model_validate(_read(store, edit, _FORM) | kept)
    return wire(store, desk.set_up(store, occasion, event, by=who(edit.by), seen=edit.seen))


def discarded(store: Store, ref: str, edit: EventEdit) -> EventList:
    """Delete an event nobody is registered for; return the others.

    Raises:
        NotEmpty, EventChanged: when it cannot be.
    """
    desk.discard(store, desk.load_occasion(store, ref), by=who(edit.by), seen=edit.seen)
    return listing(store)


def registered(store: Store, ref: str, edit: RegistrationEdit) -> EventWire:
    """Register an organisation or change its registration.

    Raises:
        NobodyFound: when there is no such organisation.
        FormUnreadable, RoleMissing, MoreThanMost, SameParty, MustAndNever, EventChanged: when it cannot be kept.
    """
    occasion = desk.load_occasion(store, ref)
    organisation = _organisation(store, edit.organisation)
    if organisation is None:
        raise NobodyFound(where="organisation", name=edit.organisation)
    before = desk.registration_of(occasion, organisation)
    said = _registration(store, occasion, organisation, edit, before)
    name = names_of(store, [organisation])[organisation]
    return wire(store, desk.register(store, occasion, said, organisation, name, by=who(edit.by), seen=edit.seen))


def _registration(
    store: Store, occasion: Occasion, organisation: str, edit: RegistrationEdit, before: model.Participation | None
) -> model.Participation:
    given = edit.model_fields_set & set(_REGISTERED) - {"role"}
    cells = {name: "；".join(value) if name in _REFERRED else value for name, value in edit if name in given}

    def find(word: str) -> str | None:
        return occasion.by_label[word].id if word in occasion.by_label else _organisation(store, word)

    read = read_form(BY_NAME[PARTICIPATION], sorted(given), cells, find)
    role = edit.role or (before.role if before else None)
    if role is None:
        raise RoleMissing(where="role")
    kept = {name: value for name, value in before if name not in given} if before else {}
    own = {"event": occasion.event.id, "organisation": organisation, "sample": occasion.event.sample}
    values = {"name": model.Participation.TITLE} | own | kept | read | {"role": role}
    return model.Participation.model_validate(values)


def withdrawn(store: Store, ref: str, edit: PartyEdit) -> EventWire:
    """Take a party off the list."""
    occasion = desk.load_occasion(store, ref)
    return wire(store, desk.withdraw(store, occasion, edit.party, by=who(edit.by), seen=edit.seen))


def restored(store: Store, ref: str, edit: PartyEdit) -> EventWire:
    """Let what the workbook says of a party hold again."""
    occasion = desk.load_occasion(store, ref)
    return wire(store, desk.as_reported(store, occasion, edit.party, by=who(edit.by), seen=edit.seen))


def candidates(store: Store, ref: str, text: str) -> CandidateList:
    """Organisations to invite, by a part of their name or by code."""
    known = desk.load_occasion(store, ref).parties
    rows = store.read(queries.list_candidates, text=text.strip(), limit=CANDIDATES) if text.strip() else []
    shown = ("id", "name", "town", "sample")
    return CandidateList(
        items=[CandidateWire(registered=row["id"] in known, **{name: row[name] for name in shown}) for row in rows]
    )


def write_workbook(store: Store, ref: str, path: Path) -> None:
    """Write the registration workbook of an event: the event as it is, and a first row to go on from."""
    event = desk.load_occasion(store, ref).event
    said = event.model_dump(exclude_none=True)
    lists = {name: "；".join(value) if isinstance(value, list) else value for name, value in said.items()}
    titles = {column.field: column.title for column in BY_NAME[EVENT].columns}
    row = {title: lists[field] for field, title in titles.items() if field in lists}
    number = {BY_NAME[PARTICIPATION].columns[0].title: event.number}
    write_template(path, lists_from_catalog(), {EVENT: [row], PARTICIPATION: [number]}, sample=bool(event.sample))
