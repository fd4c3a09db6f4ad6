"""What a firm is entitled to know: whom it may call, and who saw its data."""

from __future__ import annotations

from api.auth import traces
from api.auth.audit import Audit, Kind
from api.auth.disclosure import check_own
from api.auth.roles import Action
from api.auth.viewer import viewer
from api.schemas.contacts import Contact, ContactList, SeenList
from graph.errors import NotFound
from graph.nodes import find_id
from graph.queries import queries
from graph.store import Store

_FIELDS = ("contact", "mobile", "email")


def _firm(store: Store, ref: str | None) -> str:
    """The firm somebody asks about, by default their own.

    Raises:
        NotFound: when they name none and have none, or there is none.
    """
    wanted = ref or viewer().firm
    if not wanted:
        raise NotFound(id=ref or "")
    return find_id(store, wanted)


def contacts(store: Store, ref: str | None) -> ContactList:
    """Contacts of those with whom a firm agreed to meet; that they are shown is recorded.

    Raises:
        NotFound: when it is another's firm.
    """
    firm = _firm(store, ref)
    check_own({firm}, ref or firm, Action.ANSWER)
    rows = store.read(queries.list_agreed_contacts, firm=firm)
    for row in rows:
        traces.shown({row["id"]}, [f"Participation.{field}" for field in _FIELDS if row[field]])
    return ContactList(firm=firm, items=[Contact.of(row) for row in rows])


def seen(store: Store, audit: Audit, ref: str | None, *, before: int | None, limit: int) -> SeenList:
    """Who saw graded fields of a firm: for its own contacts and for administrators.

    Raises:
        NotFound: when it is another's firm.
    """
    who = viewer()
    firm = _firm(store, ref)
    if not (who.may(Action.ADMINISTER) or who.firm == firm):
        traces.refused(ref or firm)
        raise NotFound(id=ref or firm)
    return SeenList.of(firm, audit.list(before=before, limit=limit, subject=firm, kind=Kind.SEEN), limit)
