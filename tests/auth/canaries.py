"""Canaries: in each sensitive property a value that occurs nowhere else, and somebody of every role who may look."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from api.auth.roles import Role
from graph.model import (
    About,
    Attachment,
    Buys,
    Capability,
    EventChange,
    EventRole,
    LinkedTo,
    LinkState,
    Makes,
    Need,
    Outcome,
    Participation,
    Posts,
    SnapshotEntry,
    TakesPart,
)
from graph.store import Store
from tests.auth.people import add, forget
from tests.graphs import source, write
from tests.service import (
    DRIVE,
    FAR,
    FORCE,
    FORCE_PRODUCT,
    HUZHOU,
    LEADER,
    PLANETARY_PRODUCT,
    RV,
    RV_PRODUCT,
    load_example,
)

NAMES = {role: f"who-{role}" for role in Role}
SECRET_NEED = Need(number="N-900", name="金丝雀减速器", amount=123_454_321, sample=True)
IDLE = Capability(number="C-900", name="金丝雀减速器加工", quantity=271_828, unit="台", sample=True)
ASKED = Need(number="N-901", name="金丝雀减速器加工", quantity=300_000, unit="台", sample=True)
EDITED = EventChange(
    event="event-900",
    number=1,
    name="金丝雀改动",
    by="甲",
    at=datetime(2026, 11, 23, tzinfo=UTC),
    what='{"message": "改动", "values": {}}',
    before='{"meeting-900": {"label": "Meeting", "props": {"name": "金丝雀改前"}}}',
    after='{"meeting-900": {"label": "Meeting", "props": {"name": "金丝雀改后"}}}',
    sample=True,
)
AGREED = Outcome(meeting="meeting-900", name="金丝雀会面", held=True, amount=141_421_356, sample=True)
KEPT = SnapshotEntry(
    name="金丝雀留存",
    snapshot="snapshot-900",
    subject=RV,
    kind="segment",
    score=777_213,
    measures=["depth"],
    figures=[1.61803],
    sample=True,
)
ATTACHED = Attachment(
    name="意向书.pdf",
    meeting="meeting-900",
    file="900",
    secret="金丝雀钥匙",
    size=1,
    digest="0",
    added_by="甲",
    added_at=datetime(2026, 12, 4, 9, tzinfo=UTC),
    sample=True,
)
COMING = Participation(
    name="参会登记",
    event="event-900",
    organisation=LEADER.id,
    role=EventRole.LEADER,
    contact="金丝雀女士",
    mobile="13900005678",
    email="canary@example.cn",
    sample=True,
)
CANARIES: dict[tuple[str, str], Any] = {
    ("MAKES", "share"): 0.4371,
    ("BUYS", "amount"): 987_654_321,
    ("BUYS", "import_share"): 0.6183,
    ("BUYS", "single_country_share"): 0.2719,
    ("BUYS", "import_country"): "金丝雀国",
    ("LINKED_TO", "capacity_share"): 0.3147,
    ("Need", "amount"): 123_454_321,
    ("Capability", "quantity"): 271_828,
    ("Outcome", "amount"): 141_421_356,
    ("Attachment", "secret"): "金丝雀钥匙",
    ("EventChange", "before"): "金丝雀改前",
    ("EventChange", "after"): "金丝雀改后",
    ("SnapshotEntry", "score"): 777_213,
    ("SnapshotEntry", "figures"): 1.61803,
    ("Participation", "contact"): "金丝雀女士",
    ("Participation", "mobile"): "13900005678",
    ("Participation", "email"): "canary@example.cn",
    ("Enterprise", "phone"): "0519-86161803",
}


def secret_values(owner: str) -> dict[str, Any]:
    """The canaries of a label or a type of relationship."""
    return {field: value for (of, field), value in CANARIES.items() if of == owner}


def secrets() -> list[Any]:
    link = LinkedTo(start=DRIVE.id, end=RV, state=LinkState.CONFIRMED, evidence="现场核查", capacity_share=0.3147)
    return [
        SECRET_NEED,
        IDLE,
        ASKED,
        AGREED,
        ATTACHED,
        EDITED,
        KEPT,
        COMING,
        TakesPart(start=LEADER.id, end=COMING.id),
        Makes(start=DRIVE.id, end=RV_PRODUCT.id, share=0.4371),
        Buys(start=LEADER.id, end=FORCE_PRODUCT.id, **secret_values("BUYS")),
        link,
        DRIVE.model_copy(update={"phone": "0519-86161803"}),
        *(Posts(start=LEADER.id, end=need.id) for need in (SECRET_NEED, ASKED)),
        Posts(start=DRIVE.id, end=IDLE.id),
        *(About(start=post.id, end=PLANETARY_PRODUCT.id) for post in (SECRET_NEED, ASKED, IDLE)),
    ]


def load_canaries(store: Store) -> None:
    """The example with secrets in it and somebody of every role."""
    load_example(store)
    write(store, *secrets(), of=source("secrets", rank=0, sample=True))
    add(store, NAMES[Role.ADMIN], Role.ADMIN)
    for role in set(Role) - {Role.ADMIN}:
        add(store, NAMES[role], role, firm=FAR.id if role is Role.ENTERPRISE else None)
    add(store, "near", Role.LIAISON, towns=(HUZHOU,))
    add(store, "buyer", Role.ENTERPRISE, firm=LEADER.id)


@contextmanager
def everybody(store: Store) -> Iterator[Store]:
    """For a while, the example with secrets in it and somebody of every role."""
    load_canaries(store)
    yield store
    forget(store)


def read(content: bytes) -> str:
    """All the text of an answer or a file; that of a workbook or a document out of its parts."""
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "ignore")
    with ZipFile(BytesIO(content)) as parts:
        return "\n".join(parts.read(name).decode("utf-8", "ignore") for name in parts.namelist())


def heard(text: str) -> set[tuple[str, str]]:
    """The properties whose canaries are in a text."""
    return {key for key, forms in WRITTEN.items() if any(form in text for form in forms)}


def written(value: Any) -> set[str]:
    """How a value may stand in an answer."""
    if isinstance(value, float):
        return {str(value), f"{value * 100:.2f}%", f"{value * 100:.1f}%"}
    if isinstance(value, int):
        forms = {str(value), f"{value:,}", f"{value / 10_000:,.1f}", f"{value / 10_000:.1f}"}
        return {form for form in forms if len(form) > 5}  # shorter ones turn up by chance
    return {str(value)}


WRITTEN = {key: written(value) for key, value in CANARIES.items()}
REFS = [
    AGREED.id,
    ATTACHED.id,
    EDITED.id,
    KEPT.id,
    COMING.id,
    LEADER.id,
    DRIVE.id,
    SECRET_NEED.number,
    IDLE.number,
    FORCE_PRODUCT.id,
    RV_PRODUCT.id,
    RV,
    FORCE,
]
