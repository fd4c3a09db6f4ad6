"""Slow down whoever guesses: per account and address, per account, per address.

Nobody is locked out for good: the wait doubles with each failure up to five minutes and is forgotten after fifteen
minutes of quiet. An attempt counts before it is checked, so that many at once do not slip through.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from api.auth.errors import TooManyAttempts

FREE = {"both": 5, "account": 30, "address": 20}
"""How many failures of each kind are free of waiting. One address may try few accounts: spraying stops there."""
LONGEST_WAIT = 300.0
QUIET = 900.0
_REMEMBERED = 20_000


class Throttle:
    """Failures by key, in this process; a restart forgets them."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._failures: OrderedDict[tuple[str, ...], tuple[int, float]] = OrderedDict()

    @staticmethod
    def _keys(account: str, address: str) -> list[tuple[str, ...]]:
        return [("both", account, address), ("account", account), ("address", address)]

    def begin(self, account: str, address: str) -> None:
        """Count an attempt as failed until ``succeeded`` says otherwise.

        Raises:
            TooManyAttempts: when it is too early; nothing is counted then.
        """
        now = self._clock()
        with self._lock:
            waits = [self._wait(key, now) for key in self._keys(account, address)]
            if (longest := max(waits)) > 0:
                raise TooManyAttempts(seconds=int(longest) + 1)
            for key in self._keys(account, address):
                count, at = self._failures.pop(key, (0, now))
                self._failures[key] = (count + 1 if now - at < QUIET else 1, now)
            while len(self._failures) > _REMEMBERED:
                self._failures.popitem(last=False)

    def succeeded(self, account: str, address: str) -> None:
        """Take the attempt back; the pair of account and address starts anew."""
        with self._lock:
            self._failures.pop(("both", account, address), None)
            for key in self._keys(account, address)[1:]:
                count, at = self._failures.get(key, (0, 0.0))
                if count > 1:
                    self._failures[key] = (count - 1, at)
                else:
                    self._failures.pop(key, None)

    def _wait(self, key: tuple[str, ...], now: float) -> float:
        count, at = self._failures.get(key, (0, 0.0))
        over = count - FREE[key[0]]
        if over < 0 or now - at >= QUIET:
            return 0.0
        return at + min(2.0 ** min(over, 20), LONGEST_WAIT) - now
