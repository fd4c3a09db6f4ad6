"""Codes with which those at an event see their own meetings on a phone: no account, nothing of anybody else.

A code has 79 random bits in letters and digits that are not mistaken for each other, few enough to be typed off a
badge. The store keeps its keyed hash only: without the key file nobody can try codes out on a copy of the database. It
is told once, to the organiser who issues it, and ends two weeks after the event, when a new one is issued, or when the
key it was issued under has left the key file (at the second rotation).
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta

from api.auth.accounts import Clock, utc_now
from graph.queries import queries
from graph.records import EventPass
from graph.store import Store

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH, GROUP = 16, 4
AFTER = timedelta(days=14)


def new_code() -> str:
    """A code nobody can guess, in groups of four."""
    text = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(text[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def plain(code: str) -> str:
    """A code as it was issued, however somebody typed it."""
    return "".join(letter for letter in code.upper() if letter.isalnum())


class Passes:
    """The codes of a store."""

    def __init__(self, store: Store, clock: Clock = utc_now) -> None:
        self._store = store
        self._clock = clock

    def issue(self, event: str, held_on: date, organisations: Collection[str]) -> dict[str, str]:
        """Give each organisation a new code; return the codes, for the only time."""
        now = self._clock()
        ends = max(now, datetime.combine(held_on, time(), UTC)) + AFTER
        codes = {organisation: new_code() for organisation in organisations}
        rows = [
            EventPass(
                id=self._marks(code)[0], event=event, organisation=organisation, issued_at=now, expires_at=ends
            ).model_dump()
            for organisation, code in codes.items()
        ]
        self._store.keep(lambda tx: tx.run(queries.replace_event_passes, event=event, rows=rows, now=now))
        return codes

    def find(self, code: str) -> EventPass | None:
        """Whose code this is; None when nobody's or expired."""
        if len(plain(code)) != LENGTH:
            return None
        rows = (self._store.one(queries.get_event_pass, id=mark) for mark in self._marks(code))
        found = next((EventPass(**row["pass"]) for row in rows if row), None)
        return found if found and self._clock() < found.expires_at else None

    def _marks(self, code: str) -> tuple[str, ...]:
        assert self._store.vault is not None, "prepared before anything is served"
        return self._store.vault.marks(plain(code))
