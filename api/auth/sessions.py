"""Sessions: who is signed in. The browser holds a random secret, the store only its hash."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from api.auth.accounts import Clock, utc_now
from api.auth.known import known_of
from graph.queries import queries
from graph.records import Account, LoginSession
from graph.store import Store, Transaction

IDLE = timedelta(hours=1)
LONGEST = timedelta(hours=12)
_TOUCH_EVERY = timedelta(minutes=1)
_CSRF = b"ronglian csrf"


def secret_hash(secret: str) -> str:
    """What the store keeps of a secret; the secret has 256 random bits, so one hash without salt is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def csrf_token(secret: str) -> str:
    """The token that pages of this session send back; made from the secret, which no script can read."""
    return hmac.new(secret.encode(), _CSRF, hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class SignedIn:
    """A session and whose it is."""

    session: LoginSession
    account: Account
    until: datetime


class Sessions:
    """The sessions of a store."""

    def __init__(
        self, store: Store, clock: Clock = utc_now, *, idle: timedelta = IDLE, longest: timedelta = LONGEST
    ) -> None:
        self._store = store
        self._clock = clock
        self._idle = idle
        self._longest = longest

    def open(
        self, account: Account, also: Callable[[Transaction], object] | None = None, *, vouched: bool = False
    ) -> str:
        """Sign an account in; return the secret for its browser. The id is new every time.

        ``also`` is done in the same transaction: each one costs a round to the disk. ``vouched``: by a provider of
        accounts, so no password needs changing first.
        """
        secret, now = secrets.token_urlsafe(32), self._clock()
        props = LoginSession(id=secret_hash(secret), started_at=now, seen_at=now, vouched=vouched).model_dump()
        before = now - self._idle

        def work(tx: Transaction) -> None:
            tx.run(queries.create_session, account=account.id, props=props, before=before)
            if also:
                also(tx)

        self._store.keep(work)
        return secret

    def find(self, secret: str) -> SignedIn | None:
        """Whose secret this is; None when nobody's, expired, or the account is shut."""
        row = self._store.one(queries.get_session, id=secret_hash(secret))
        if row is None:
            return None
        session, account, now = LoginSession(**row["session"]), Account(**row["account"]), self._clock()
        if now - session.seen_at >= self._idle or now - session.started_at >= self._longest:
            self.close(session.id)
            return None
        if not account.enabled:
            return None
        if now - session.seen_at >= _TOUCH_EVERY:
            self._store.keep(lambda tx: tx.run(queries.touch_session, id=session.id, seen_at=now))
        return SignedIn(session, account, min(session.seen_at + self._idle, session.started_at + self._longest))

    def of(self, account: Account) -> list[LoginSession]:
        """Where an account is signed in, the last used first."""
        since = self._clock() - self._idle
        return [
            LoginSession(**row["session"])
            for row in self._store.read(queries.list_sessions, account=account.id, since=since)
        ]

    def close_others(self, account: Account, keep: str) -> int:
        """Sign an account out everywhere but in one session; return in how many."""
        rows = self._store.keep(lambda tx: tx.run(queries.delete_other_sessions, account=account.id, keep=keep))
        known_of(self._store).drop()
        return int(rows[0]["ended"])

    def close(self, session: str) -> None:
        """Sign one session out."""
        self._store.keep(lambda tx: tx.run(queries.delete_session, id=session))
        known_of(self._store).drop()
