"""Work that outlasts its request: one job after the other in a thread, watched and stopped from any page."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Event as Flag
from threading import Lock
from time import monotonic
from typing import Generic, TypeVar

from graph.errors import RonglianError


class State(StrEnum):
    """Where a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(kw_only=True, eq=False)
class Job:
    """Work and how far it is."""

    state: State = State.WAITING
    stop: Flag = field(default_factory=Flag)
    started: float = field(default_factory=monotonic)
    seconds: float = 0.0
    error: RonglianError | None = None

    @property
    def open(self) -> bool:
        """Whether it goes on."""
        return self.state in {State.WAITING, State.RUNNING}

    @property
    def spent(self) -> float:
        """Seconds so far."""
        return monotonic() - self.started if self.open else self.seconds


J = TypeVar("J", bound=Job)


class Worker(Generic[J]):
    """A thread that does jobs in the order they come, each in the context of the request that asked for it."""

    def __init__(self, name: str, work: Callable[[J], State]) -> None:
        self._work = work
        self._lock = Lock()
        self._open: list[J] = []
        self._thread = ThreadPoolExecutor(1, name)

    def submit(self, job: J) -> None:
        """Do a job after those before it; ``work`` says how it ended."""
        with self._lock:
            self._open.append(job)
        self._thread.submit(copy_context().run, self._do, job)

    def close(self) -> None:
        """Ask what is open to stop, and wait for it."""
        with self._lock:
            for job in self._open:
                job.stop.set()
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _do(self, job: J) -> None:
        job.state, job.started = State.RUNNING, monotonic()
        state = State.FAILED
        try:
            state = self._work(job)
        except RonglianError as error:
            job.error = error
        except Exception:
            job.error = RonglianError()
            raise
        finally:
            job.seconds = job.spent
            job.state = state
            with self._lock:
                self._open.remove(job)
