"""How long the solver may go on, how it is stopped, whom it tells how far it is, and its seed."""

from __future__ import annotations

import time
from collections.abc import Callable

from graph.messages import Message

Tell = Callable[[Message], None]


class Clock:
    """Seconds left of ``limit``; ``stop`` is asked now and then if somebody cancelled; ``seed`` is the search's.

    ``tell`` is told what is reached whenever there is something better.
    """

    def __init__(
        self, limit: float, stop: Callable[[], bool] | None = None, seed: int = 0, tell: Tell | None = None
    ) -> None:
        self._started = time.monotonic()
        self.limit = limit
        self._stop = stop
        self.seed = seed
        self._tell = tell

    @property
    def spent(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._started

    @property
    def left(self) -> float:
        """Seconds that remain, zero once cancelled."""
        return 0.0 if self.cancelled else max(0.0, self.limit - self.spent)

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked to stop."""
        return self._stop is not None and self._stop()

    def say(self, reached: Message) -> None:
        """Tell what is reached, if somebody wants to know."""
        if self._tell is not None:
            self._tell(reached)
