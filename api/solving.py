"""Timetables made in the background: one at a time an event, watched and stopped from any page.

What is reached is kept in memory only: a service that is killed has changed nothing, answers and locks stand as they
stood, and the timetable is simply asked for again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from api.background import Job, State, Worker
from graph.errors import EditConflict
from graph.messages import N_, Message
from graph.store import Store
from matching.events import Plan, desk
from matching.events.desk import check_seen


class AlreadySolving(EditConflict):
    """Somebody else has the timetable made at this moment."""

    message = N_("{by} 于 {at} 开始的排表还在进行")
    cure = N_("请等它结束，或停止它并用已有的最好结果；刷新本页可看进度")


@dataclass(eq=False)
class Solving(Job):
    """A timetable in the making; ``reached`` holds the last sentence of each stage, in their order."""

    event: str
    by: str
    at: datetime
    limit: float
    reached: dict[str, Message] = field(default_factory=dict)
    plan: Plan | None = None

    def tell(self, said: Message) -> None:
        """Keep what is reached, the latest stage last."""
        self.reached.pop(said.template, None)
        self.reached[said.template] = said


class Solvings:
    """The timetables in the making of a service, and the last one of each event."""

    def __init__(self, store: Store, now: Callable[[], datetime] = datetime.now) -> None:
        self._store = store
        self._now = now
        self._lock = Lock()
        self._by_event: dict[str, Solving] = {}
        self._worker = Worker("solving", self._solve)

    def close(self) -> None:
        """Stop what is being solved with the best so far, and wait for it."""
        self._worker.close()

    def start(self, ref: str, *, by: str, limit: float, seen: int | None = None) -> Solving:
        """Begin to make the timetable of an event.

        Edits that come in meanwhile are not lost: it is then made anew with them.

        Raises:
            AlreadySolving: when it is being made already.
            NoSuchEvent, EventChanged, NobodyNamed: at once.
        """
        occasion = desk.load_occasion(self._store, ref)
        check_seen(self._store, occasion, seen)
        with self._lock:
            before = self._by_event.get(occasion.event.id)
            if before and before.open:
                raise AlreadySolving(by=before.by, at=f"{before.at:%H:%M}")
            solving = Solving(occasion.event.id, by, self._now(), limit)
            self._by_event[occasion.event.id] = solving
        self._worker.submit(solving)
        return solving

    def get(self, ref: str) -> Solving | None:
        """The last one of an event.

        Raises:
            NoSuchEvent: when there is no such event.
        """
        return self._by_event.get(desk.find_event(self._store, ref).id)

    def stop(self, ref: str) -> Solving | None:
        """Ask for the best so far.

        Raises:
            NoSuchEvent: when there is no such event.
        """
        found = self.get(ref)
        if found:
            found.stop.set()
        return found

    def _solve(self, solving: Solving) -> State:
        occasion = desk.load_occasion(self._store, solving.event)
        stop, tell = solving.stop.is_set, solving.tell
        done = desk.schedule(self._store, occasion, by=solving.by, limit=solving.limit, stop=stop, tell=tell)
        solving.plan = done.plan
        return State.DONE
