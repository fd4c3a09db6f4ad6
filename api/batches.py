"""Open needs matched in the background, one run after the other: watched, stopped, taken up again from any page.

Everybody has runs of their own: what is found depends on what they may see.
"""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from threading import Event as Flag
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any

from api.auth.viewer import viewer
from api.batch import JOURNAL, MOST, Asked, Run, find_all, question
from api.files import scratch
from api.i18n import language
from api.journal import Journal
from graph.errors import InputError, NotFound, RonglianError
from graph.messages import N_

if TYPE_CHECKING:
    from graph.store import Store
    from matching.pairing import Market

KEPT = 20
"""How many runs are kept; the oldest that rests goes when another comes."""


class State(StrEnum):
    """Where a run is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


class NothingFound(InputError):
    """There is nothing to write into a file yet."""

    message = N_("这次匹配还没有结果")
    cure = N_("请先开始匹配，有结果后再下载；没有可匹配的需求时请先载入需求")


@dataclass
class Job:
    """A run and how far it is; ``asks`` is the question it answers."""

    id: str
    asked: Asked
    asks: dict[str, Any]
    run: Run = field(default_factory=Run)
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


class Batches:
    """The runs of a service; what they found is kept in journals in ``folder``, where a later one takes it up."""

    def __init__(
        self, store: Store, folder: Path, today: Callable[[], date], market: Callable[[Store], Market]
    ) -> None:
        self._store = store
        self._folder = folder
        self._today = today
        self._market = market
        self._lock = Lock()
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._worker = ThreadPoolExecutor(1, "batch")

    def close(self) -> None:
        """Stop after the need at hand, and wait for that."""
        with self._lock:
            for job in self._jobs.values():
                job.stop.set()
        self._worker.shutdown(wait=True, cancel_futures=True)

    def start(self, asked: Asked) -> Job:
        """Begin, or go on where it was stopped; one that is under way is returned as it is."""
        own = _own(asked)
        asks = question(self._store, asked, self._today())
        with self._lock:
            before = self._jobs.get(own)
            if before and before.open:
                return before
            job = self._jobs[own] = Job(own, asked, asks)
            self._jobs.move_to_end(own)
            for key in [key for key, one in self._jobs.items() if not one.open][: max(0, len(self._jobs) - KEPT)]:
                self._forget(key)
        self._worker.submit(copy_context().run, self._work, job)
        return job

    def of(self, asked: Asked) -> Job | None:
        """The viewer's run of these needs, if there was one."""
        return self._jobs.get(_own(asked))

    def get(self, own: str) -> Job:
        """A run of the viewer's by its id.

        Raises:
            NotFound: when there is none, or it is another's.
        """
        job = self._jobs.get(own)
        if job is None or _own(job.asked) != own:
            raise NotFound(id=own)
        return job

    def stop(self, own: str) -> Job:
        """Stop after the need at hand; what was found stays.

        Raises:
            NotFound: when there is no such run.
        """
        job = self.get(own)
        job.stop.set()
        return job

    def stale(self, job: Job) -> bool:
        """Whether what it found may not hold any more: another graph, other answers, another day."""
        return not job.open and job.asks != question(self._store, job.asked, self._today())

    def file(self, own: str) -> bytes:
        """What a run found so far, as a workbook.

        Raises:
            NotFound: when there is no such run.
            NothingFound: when it found nothing yet.
        """
        from api.reports.pairing_list import write_pairings

        found = self.get(own).run.found()
        if not found:
            raise NothingFound()
        with scratch() as path:
            write_pairings(path, found, MOST)
            return path.read_bytes()

    def _path(self, own: str) -> Path:
        return self._folder / f"{own}{JOURNAL}"

    def _forget(self, own: str) -> None:
        del self._jobs[own]
        Journal(self._path(own)).close()

    def _work(self, job: Job) -> None:
        job.state, job.started = State.RUNNING, monotonic()
        state = State.FAILED
        try:
            journal = Journal(self._path(job.id), self._store.vault)
            find_all(
                self._store,
                job.asked,
                self._today(),
                journal,
                run=job.run,
                market=self._market,
                stop=job.stop.is_set,
            )
            whole = len(job.run.done) == len(job.run.needs)
            state = State.DONE if whole else State.STOPPED
        except RonglianError as error:
            job.error = error
        except Exception:
            job.error = RonglianError()
            raise
        finally:
            job.seconds = job.spent
            job.state = state


def _own(asked: Asked) -> str:
    """What the viewer's run of these needs is called: another's has another name."""
    who = viewer()
    sight = [who.account or who.name, sorted(who.roles), sorted(who.towns), who.firm, language()]
    text = json.dumps([sight, asdict(asked)], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:24]
