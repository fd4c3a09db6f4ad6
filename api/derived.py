"""What is derived from the graph and dear to make, kept until the graph changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from graph.store import Store

Value = TypeVar("Value")


@dataclass
class _Slot:
    lock: Lock = field(default_factory=Lock)
    revision: int | None = None
    value: object = None


class Derived:
    """Values by key, each with the revision of the graph it was made from; the least used go first.

    Two requests for the same value wait for one making of it; different values do not wait for each other.
    """

    def __init__(self, store: Store, size: int = 32) -> None:
        self.store = store
        self._size = size
        self._slots: OrderedDict[Hashable, _Slot] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[Store], Value]) -> Value:
        """Return the value of ``key``, made anew when the graph was written to since."""
        revision = self.store.revision()
        slot = self._slot(key)
        with slot.lock:
            if slot.revision != revision:
                slot.value = make(self.store)
                slot.revision = revision
            return cast("Value", slot.value)

    def _slot(self, key: Hashable) -> _Slot:
        with self._lock:
            slot = self._slots.setdefault(key, _Slot())
            self._slots.move_to_end(key)
            while len(self._slots) > self._size:
                self._slots.popitem(last=False)
            return slot
