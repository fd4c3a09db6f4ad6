"""How many requests one account, or one address without an account, may send: a bucket that refills steadily."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from api.auth.errors import TooManyRequests

_REMEMBERED = 20_000


class Pace:
    """A bucket a sender: ``per_minute`` requests a minute, as many at once after a minute of quiet."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._full = float(per_minute)
        self._clock = clock
        self._lock = Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, sender: str) -> None:
        """Count one request.

        Raises:
            TooManyRequests: when the bucket is empty; it says when there is one drop in it again.
        """
        now = self._clock()
        with self._lock:
            left, at = self._buckets.pop(sender, (self._full, now))
            left = min(self._full, left + (now - at) * self._full / 60)
            self._buckets[sender] = (left - 1 if left >= 1 else left, now)
            while len(self._buckets) > _REMEMBERED:
                self._buckets.popitem(last=False)
        if left < 1:
            raise TooManyRequests(seconds=int((1 - left) * 60 / self._full) + 1)
