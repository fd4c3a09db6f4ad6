"""What a firm is entitled to know: whom it may call, and who saw its data."""

from __future__ import annotations

from dataclasses import dataclass

from api.auth import traces
from api.auth.audit import Audit, Kind
from api.auth.disclosure import check_own, may_for
from api.auth.errors import NoFirm, NotAllowed
from api.auth.roles import Action
from api.auth.viewer import viewer
from api.schemas.contacts import Contact, ContactList, SeenList
from api.schemas.erasure import ErasureWire
from graph.errors import NotFound
from graph.messages import N_, Message
from graph.nodes import find_id, ids_of
from graph.queries import queries
from graph.store import Store
from loaders.erasure import erase_person

_FIELDS = ("contact", "mobile", "email")
LOOK = N_("查看谁看过企业的数据")


@dataclass(frozen=True)
class FirmMet:
    """A firm that has somebody to call, and from how many meetings."""

    id: str
    name: str
    meetings: int
    sample: bool


def _firm(store: Store, ref: str | None) -> str:
    """The firm somebody asks about, by default their own.

    Raises:
        NoFirm: when they name none and have none.
        NotFound: when there is none.
    """
    wanted = (ref or "").strip() or viewer().firm
    if not wanted:
        raise NoFirm()
    return find_id(store, wanted)


def choosing(ref: str | None) -> bool:
    """Whether somebody has to say first which firm they mean."""
    return not (ref or "").strip() and viewer().firm is None


def firms(store: Store) -> list[FirmMet]:
    """Firms with a meeting that both sides accepted, as far as the viewer may act for them."""
    rows = store.read(queries.list_agreed_firms)
    return [FirmMet(**row) for row in rows if may_for({row["id"]}, Action.ANSWER)]


def contacts(store: Store, ref: str | None) -> ContactList:
    """Contacts of those with whom a firm agreed to meet; that they are shown is recorded.

    Raises:
        NotFound: when it is another's firm.
    """
    firm = _firm(store, ref)
    check_own({firm}, ref or firm, Action.ANSWER)
    rows = store.read(queries.list_agreed_contacts, firms=ids_of(store, firm))
    for row in rows:
        traces.shown({row["id"]}, [f"Participation.{field}" for field in _FIELDS if row[field]])
    return ContactList(firm=firm, items=[Contact.of(row) for row in rows])


def erase(store: Store, audit: Audit, ref: str | None, person: str, *, origin: str) -> ErasureWire:
    """Take a person out of a firm's registrations; that it was done is recorded, not whom.

    Raises:
        NoFirm: when they name none and have none.
        NotFound: when it is another's firm.
        RunInProgress: when something is being loaded.
    """
    firm = _firm(store, ref)
    check_own({firm}, ref or firm, Action.ANSWER)
    done = erase_person(store, firm, person)
    audit.record(Kind.PERSON_ERASED, who=viewer().name, origin=origin, subjects=[firm])
    return ErasureWire(firm=firm, registrations=done.registrations, copies=done.copies)


def check_may_look() -> None:
    """Let in a firm's own contacts and administrators.

    Raises:
        NotAllowed: when somebody is neither.
    """
    who = viewer()
    if who.firm is None and not who.may(Action.ADMINISTER):
        raise NotAllowed(action=Message(LOOK))


def seen(store: Store, audit: Audit, ref: str | None, *, before: int | None, limit: int) -> SeenList:
    """Who saw graded fields of a firm, under whatever id it had then: for its own contacts and for administrators.

    Raises:
        NoFirm: when an administrator names none.
        NotAllowed: when somebody is neither.
        NotFound: when it is another's firm.
    """
    check_may_look()
    who, firm = viewer(), _firm(store, ref)
    if not (who.may(Action.ADMINISTER) or who.firm == firm):
        traces.refused(ref or firm)
        raise NotFound(id=ref or firm)
    return SeenList.of(firm, audit.list(before=before, limit=limit, subject=firm, kind=Kind.SEEN), limit)
