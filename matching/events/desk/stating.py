"""What organisers state of an event and of registrations: a source of its own, in place of what the others say."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from graph import model
from graph.messages import N_
from graph.model import Grade
from graph.queries import queries
from graph.settle import delete, settle
from graph.store import Row, Transaction

SOURCE = "event-desk"
TITLE = N_("活动组织者录入")
STATED: tuple[type[model.Node], ...] = (model.Event, model.Participation)
LABELS = frozenset(kind.LABEL for kind in STATED)


def state(tx: Transaction, event: str, rows: Iterable[Row], by: str, day: date) -> None:
    """Let nodes show what organisers say of them, whole; also locks the source, so that one comes after the other."""
    told = {"row": by, "observed_on": day, "grade": Grade.STRONG.value}
    source = {"id": SOURCE, "name": TITLE, "rank": 0, "sample": False} | {"observed_on": day, "grade": told["grade"]}
    sealed = [row | {"props": tx.sealed(row["labels"], row["props"])} for row in rows]
    said = [row | {"said": _statement(row["props"], told), "tie": told} for row in sealed]
    settle(tx, [row["id"] for row in tx.run(queries.state_registrations, event=event, source=source, rows=said)])


def _statement(props: Row, told: Row) -> Row:
    return {name: value for name, value in props.items() if name != "id"} | told


def take_back(tx: Transaction, ids: Collection[str]) -> int:
    """Let nodes show what other sources say of them, and return how many do; who has none goes."""
    if not ids:
        return 0
    rows = tx.run(queries.take_back_registrations, source=SOURCE, ids=list(ids))
    needed = [row["id"] for row in rows if row["needed"]]
    settle(tx, needed)
    delete(tx, [row["id"] for row in rows if not row["needed"]])
    return len(needed)
