"""Access tokens for programs: shown once, kept as a hash, for some actions and some time, revocable."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from api.auth.accounts import Clock, utc_now
from api.auth.errors import NoSuchToken
from api.auth.known import known_of
from api.auth.roles import Action
from api.auth.sessions import secret_hash
from graph.queries import queries
from graph.records import Account, ApiToken
from graph.store import Store

PREFIX = "rlt_"
"""So that a token in a file or a log is known for what it is."""
LONGEST_DAYS = 366
GRANTABLE = frozenset(Action) - {Action.OPEN, Action.SELF, Action.ADMINISTER}
"""What a token may be given. Accounts are administered by a person who signed in."""


@dataclass(frozen=True)
class Bearer:
    """A token and whose it is."""

    token: ApiToken
    account: Account


class Tokens:
    """The access tokens of a store."""

    def __init__(self, store: Store, clock: Clock = utc_now) -> None:
        self._store = store
        self._clock = clock

    def issue(self, account: Account, label: str, actions: Collection[Action], days: int) -> tuple[str, ApiToken]:
        """Make a token; return it, for the only time, with what is kept of it."""
        secret, now = PREFIX + secrets.token_urlsafe(32), self._clock()
        token = ApiToken(
            id=f"token-{secrets.token_hex(6)}",
            label=label,
            secret=secret_hash(secret),
            actions=sorted(GRANTABLE & set(actions)),
            created_at=now,
            expires_at=now + timedelta(days=min(days, LONGEST_DAYS)),
        )
        props = token.model_dump(exclude_none=True)
        self._store.keep(lambda tx: tx.run(queries.create_token, account=account.id, props=props))
        return secret, token

    def find(self, secret: str) -> Bearer | None:
        """Whose token this is; None when nobody's, expired, revoked, or the account is shut."""
        row = self._store.one(queries.get_token, secret=secret_hash(secret))
        if row is None:
            return None
        token, account = ApiToken(**row["token"]), Account(**row["account"])
        usable = account.enabled and token.revoked_at is None and self._clock() < token.expires_at
        return Bearer(token, account) if usable else None

    def of(self, account: Account) -> list[ApiToken]:
        """The tokens of an account, newest first."""
        return [ApiToken(**row["token"]) for row in self._store.read(queries.list_tokens, account=account.id)]

    def revoke(self, account: Account, token: str) -> None:
        """End a token now.

        Raises:
            NoSuchToken: when the account has none of this id.
        """
        now = self._clock()
        rows = self._store.keep(lambda tx: tx.run(queries.revoke_token, account=account.id, id=token, at=now))
        known_of(self._store).drop()
        if not rows:
            raise NoSuchToken(id=token)
