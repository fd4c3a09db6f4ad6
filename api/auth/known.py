"""Who was identified a moment ago, so that not every request asks the database again.

What is kept lasts a few seconds and is dropped at once by whatever changes an account, a session or a token in this
process. A change by another process, such as ``ronglian user disable``, takes effect when it has run out.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock
from weakref import WeakKeyDictionary

from api.auth.viewer import Viewer
from graph.store import Store

KEPT = timedelta(seconds=3)
_MOST = 2_000


class Known:
    """Viewers by the hash of the secret they came with."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._viewers: OrderedDict[str, tuple[Viewer, datetime, datetime]] = OrderedDict()
        self._changes = 0

    @property
    def changes(self) -> int:
        """How often all was dropped; to be asked before the database is."""
        return self._changes

    def get(self, own: str, now: datetime) -> Viewer | None:
        """Who came with this secret, if that was just now."""
        with self._lock:
            viewer, since, until = self._viewers.get(own, (None, now, now))
        return viewer if viewer and since <= now < until else None

    def keep(self, own: str, viewer: Viewer, now: datetime, *, until: datetime, changes: int) -> None:
        """Remember who it is, at most until their session or token ends; not when all was dropped meanwhile."""
        with self._lock:
            if changes == self._changes:
                self._viewers[own] = (viewer, now, min(until, now + KEPT))
                while len(self._viewers) > _MOST:
                    self._viewers.popitem(last=False)

    def drop(self) -> None:
        """Forget everybody: somebody's rights changed."""
        with self._lock:
            self._changes += 1
            self._viewers.clear()


_of: WeakKeyDictionary[Store, Known] = WeakKeyDictionary()
_lock = Lock()


def known_of(store: Store) -> Known:
    """Whom this process knows of a store."""
    with _lock:
        return _of.setdefault(store, Known())
