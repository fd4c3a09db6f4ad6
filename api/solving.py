"""Timetables made in the background: one at a time an event, watched and stopped from any page.

What is reached is kept in memory only: a service that is killed has changed nothing, answers and locks stand as they
stood, and the timetable is simply asked for again.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from threading import Event as Flag
from threading import Lock
from time import monotonic

from graph.errors import EditConflict, RonglianError
from graph.messages import N_, Message
from graph.store import Store
from matching.events import Plan, desk
from matching.events.desk import check_seen


class State(StrEnum):
    """Where a timetable in the making is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class AlreadySolving(EditConflict):
    """Somebody else has the timetable made at this moment."""

    message = N_("{by} 于 {at} 开始的排表还在进行")
    cure = N_("请等它结束，或停止它并用已有的最好结果；刷新本页可看进度")


@dataclass
class Solving:
    """A timetable in the making; ``reached`` holds the last sentence of each stage, in their order."""

    by: str
    at: datetime
    state: State = State.WAITING
    started: float = field(default_factory=monotonic)
    seconds: float = 0.0
    reached: dict[str, Message] = field(default_factory=dict)
    stop: Flag = field(default_factory=Flag)
    plan: Plan | None = None
    error: RonglianError | None = None

    @property
    def open(self) -> bool:
        """Whether it goes on."""
        return self.state in {State.WAITING, State.RUNNING}

    @property
    def spent(self) -> float:
        """Seconds so far."""
        return monotonic() - self.started if self.open else self.seconds

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
        self._worker = ThreadPoolExecutor(1, "solving")

    def close(self) -> None:
        """Stop what is being solved with the best so far, and wait for it."""
        with self._lock:
            for one in self._by_event.values():
                one.stop.set()
        self._worker.shutdown(wait=True, cancel_futures=True)

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
            solving = Solving(by, self._now())
            self._by_event[occasion.event.id] = solving
        self._worker.submit(self._solve, solving, occasion.event.id, limit)
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

    def _solve(self, solving: Solving, event: str, limit: float) -> None:
        solving.state, solving.started = State.RUNNING, monotonic()
        state = State.FAILED
        try:
            occasion = desk.load_occasion(self._store, event)
            stop, tell = solving.stop.is_set, solving.tell
            done = desk.schedule(self._store, occasion, by=solving.by, limit=limit, stop=stop, tell=tell)
            solving.plan, state = done.plan, State.DONE
        except RonglianError as error:
            solving.error = error
        except Exception:
            solving.error = RonglianError()
            raise
        finally:
            solving.seconds = solving.spent
            solving.state = state
