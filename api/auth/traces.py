"""What one request or command showed or was refused, collected where it happens and recorded before it is answered."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from api.auth.viewer import viewer
from graph.store import Store


@dataclass
class Traces:
    """Graded fields that were shown, of whom; what was asked for and refused."""

    subjects: set[str] = field(default_factory=set)
    fields: set[str] = field(default_factory=set)
    refused: list[str] = field(default_factory=list)


_traces: ContextVar[Traces | None] = ContextVar("traces", default=None)


@contextmanager
def collecting() -> Iterator[Traces]:
    """Collect what happens from here on, in threads started from here too."""
    found = Traces()
    token = _traces.set(found)
    try:
        yield found
    finally:
        _traces.reset(token)


@contextmanager
def recorded(store: Store, command: str) -> Iterator[None]:
    """Record what a command shows of somebody's graded fields, once there are accounts."""
    from api.auth.accounts import Accounts
    from api.auth.audit import Audit, Kind

    with collecting() as found:
        yield
    if found.fields and Accounts(store).required():
        Audit(store).record(Kind.SEEN, command, who=viewer().name, subjects=found.subjects, fields=found.fields)


def shown(subjects: Collection[str], fields: Collection[str]) -> None:
    """Note that graded fields of somebody are being shown."""
    if fields and (found := _traces.get()) is not None:
        found.subjects.update(subjects)
        found.fields.update(fields)


def concerns(subjects: Collection[str]) -> None:
    """Note whom a request is about, so that what it changes is found under their name."""
    if (found := _traces.get()) is not None:
        found.subjects.update(subjects)


def refused(ref: str) -> None:
    """Note that somebody asked for what is not theirs."""
    if (found := _traces.get()) is not None:
        found.refused.append(ref)
