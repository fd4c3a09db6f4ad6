"""Open needs matched in the background, one run after the other: watched, stopped, taken up again from any page.

Everybody has runs of their own: what is found depends on what they may see.
"""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from api.auth.viewer import viewer
from api.background import Job, State, Worker
from api.batch import JOURNAL, MOST, Asked, Run, find_all, question
from api.files import scratch
from api.i18n import language
from api.journal import Journal
from graph.errors import InputError, NotFound
from graph.messages import N_

if TYPE_CHECKING:
    from graph.store import Store
    from matching.pairing import Market

KEPT = 20
"""How many runs are kept; the oldest that rests goes when another comes."""


class NothingFound(InputError):
    """There is nothing to write into a file yet."""

    message = N_("这次匹配还没有结果")
    cure = N_("请先开始匹配，有结果后再下载；没有可匹配的需求时请先载入需求")


@dataclass(eq=False)
class Batch(Job):
    """A run and how far it is; ``asks`` is the question it answers."""

    id: str
    asked: Asked
    asks: dict[str, Any]
    run: Run = field(default_factory=Run)


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
        self._jobs: OrderedDict[str, Batch] = OrderedDict()
        self._worker = Worker("batch", self._work)

    def close(self) -> None:
        """Stop after the need at hand, and wait for that."""
        self._worker.close()

    def start(self, asked: Asked) -> Batch:
        """Begin, or go on where it was stopped; one that is under way is returned as it is."""
        own = _own(asked)
        asks = question(self._store, asked, self._today())
        with self._lock:
            before = self._jobs.get(own)
            if before and before.open:
                return before
            job = self._jobs[own] = Batch(own, asked, asks)
            self._jobs.move_to_end(own)
            for key in [key for key, one in self._jobs.items() if not one.open][: max(0, len(self._jobs) - KEPT)]:
                self._forget(key)
        self._worker.submit(job)
        return job

    def of(self, asked: Asked) -> Batch | None:
        """The viewer's run of these needs, if there was one."""
        return self._jobs.get(_own(asked))

    def get(self, own: str) -> Batch:
        """A run of the viewer's by its id.

        Raises:
            NotFound: when there is none, or it is another's.
        """
        job = self._jobs.get(own)
        if job is None or _own(job.asked) != own:
            raise NotFound(id=own)
        return job

    def stop(self, own: str) -> Batch:
        """Stop after the need at hand; what was found stays.

        Raises:
            NotFound: when there is no such run.
        """
        job = self.get(own)
        job.stop.set()
        return job

    def stale(self, job: Batch) -> bool:
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

    def _work(self, job: Batch) -> State:
        find_all(
            self._store,
            job.asked,
            self._today(),
            Journal(self._path(job.id), self._store.vault),
            run=job.run,
            market=self._market,
            stop=job.stop.is_set,
        )
        return State.DONE if len(job.run.done) == len(job.run.needs) else State.STOPPED


def _own(asked: Asked) -> str:
    """What the viewer's run of these needs is called: another's has another name."""
    who = viewer()
    sight = [who.account or who.name, sorted(who.roles), sorted(who.towns), who.firm, language()]
    text = json.dumps([sight, asdict(asked)], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:24]
