"""Import runs that were: what each read, wrote and left out, and whether it can be undone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from graph.errors import NotFound
from graph.messages import N_
from graph.queries import queries
from graph.store import Row, Store
from loaders.report import Finding, read_note
from loaders.runs import is_alive

STATES: Mapping[str, str] = {
    "running": N_("进行中"),
    "broken": N_("已中断"),
    "done": N_("已完成"),
    "failed": N_("未完成"),
    "abandoned": N_("已放弃"),
    "undoing": N_("撤销中"),
    "undone": N_("已撤销"),
}
"""Titles of the states of a run."""


@dataclass(frozen=True)
class RunCard:
    """A run with its counts; ``undoable`` when what was there before it is kept."""

    id: str
    source: str
    source_name: str
    state: str
    started_at: datetime
    finished_at: datetime | None
    read: int
    written: int
    merged: int
    dropped: int
    cleaned: int
    sample: bool
    undoable: bool


@dataclass(frozen=True)
class RunView:
    """A run with the first of what it left out."""

    card: RunCard
    drops: tuple[Finding, ...]
    findings: tuple[Finding, ...]


def _card(row: Row) -> RunCard:
    props = row["props"]
    counts = {name: int(props.get(name) or 0) for name in ("read", "written", "merged", "dropped", "cleaned")}
    state = str(props.get("state"))
    if state == "running" and not is_alive(props):
        state = "broken"  # its process was killed: the next load of the file takes it up, or it is undone
    return RunCard(
        id=row["id"],
        source=row["source"],
        source_name=row["source_name"],
        state=state,
        started_at=props["started_at"],
        finished_at=props.get("finished_at"),
        sample=bool(props.get("sample")),
        undoable=bool(props.get("kept")) and state not in {"running", "undone"},
        **counts,
    )


def list_runs(store: Store, limit: int = 50, sources: Collection[str] | None = None) -> list[RunCard]:
    """The latest runs, the newest first; of some sources, or of all."""
    wanted = None if sources is None else sorted(sources)
    return [_card(row) for row in store.read(queries.list_runs, limit=limit, sources=wanted)]


def view_run(store: Store, run: str) -> RunView:
    """One run.

    Raises:
        NotFound: when there is none with this id.
    """
    row = store.one(queries.get_run, id=run)
    if row is None:
        raise NotFound(id=run)
    props = row["props"]
    return RunView(_card(row), _notes(props.get("drop_notes")), _notes(props.get("finding_notes")))


def _notes(texts: list[str] | None) -> tuple[Finding, ...]:
    return tuple(map(read_note, texts or ()))
