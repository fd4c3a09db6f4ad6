"""Accounts: who may sign in, with which roles, for which towns or firm."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from api.auth import passwords
from api.auth.errors import (
    AccountExists,
    AdministratorFirst,
    LastAdministrator,
    NameUnusable,
    NoSuchAccount,
    SubjectTaken,
)
from api.auth.known import known_of
from api.auth.roles import Role
from graph.ids import make_id, normalise
from graph.queries import queries
from graph.records import Account
from graph.store import Store, Transaction

Clock = Callable[[], datetime]
_NAME = re.compile(r"[\w.@-]{2,64}")


def utc_now() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


def account_id(name: str) -> str:
    """The id of an account: names that differ in case or width only are one.

    Raises:
        NameUnusable: when it is no name.
    """
    if not _NAME.fullmatch(unicodedata.normalize("NFKC", name)):
        raise NameUnusable(name=name[:64])
    return make_id("account", normalise(name))


@dataclass(frozen=True)
class Listed:
    """An account and how many sessions it has."""

    account: Account
    sessions: int


class Accounts:
    """The accounts of a store."""

    def __init__(self, store: Store, clock: Clock = utc_now) -> None:
        self._store = store
        self._clock = clock
        self._required = False

    def required(self) -> bool:
        """Whether one must sign in: an administrator was named. Once true it stays true."""
        if not self._required:
            row = self._store.one(queries.has_administrator)
            self._required = bool(row and row["found"])
        return self._required

    def find(self, name: str) -> Account | None:
        """An account by name."""
        row = self._store.one(queries.get_account, id=account_id(name))
        return Account(**row["account"]) if row else None

    def get(self, name: str) -> Account:
        """An account by name.

        Raises:
            NoSuchAccount: when there is none.
        """
        found = self.find(name)
        if found is None:
            raise NoSuchAccount(name=name)
        return found

    def bound_to(self, issuer: str, subject: str) -> Account | None:
        """The account of whom a provider calls ``subject``."""
        row = self._store.one(queries.get_bound_account, issuer=issuer, subject=subject)
        return Account(**row["account"]) if row else None

    def bind(self, name: str, issuer: str, subject: str) -> None:
        """Let whom a provider calls ``subject`` sign in as this account.

        Raises:
            NoSuchAccount: when there is none.
            SubjectTaken: when another account is bound to them.
        """
        account, other = self.get(name), self.bound_to(issuer, subject)
        if other is not None and other.id != account.id:
            raise SubjectTaken(name=other.name)
        self._change(account, {"issuer": issuer, "subject": subject}, sign_out=account.subject is not None)

    def unbind(self, name: str) -> None:
        """Let nobody sign in as this account by a provider; who is signed in is signed out.

        Raises:
            NoSuchAccount: when there is none.
        """
        self._change(self.get(name), {"issuer": None, "subject": None}, sign_out=True)

    def all(self) -> list[Listed]:
        """All accounts by name."""
        rows = self._store.read(queries.list_accounts)
        return [Listed(Account(**row["account"]), row["sessions"]) for row in rows]

    def add(
        self,
        name: str,
        password: str | None,
        roles: Collection[Role],
        *,
        towns: Collection[str] = (),
        firm: str | None = None,
    ) -> Account:
        """Make an account. Whoever was given their password by another must change it first.

        Without a password only a provider of accounts can vouch for them.

        Raises:
            AdministratorFirst: when this would be the first account and is no administrator.
            AccountExists: when the name is taken.
            WeakPassword: when the password is easy to guess.
        """
        first = not self.required()
        if first and Role.ADMIN not in roles:
            raise AdministratorFirst()
        if password is not None:
            passwords.check_strength(name, password)
        now = self._clock()
        account = Account(
            id=account_id(name),
            name=unicodedata.normalize("NFKC", name),
            roles=sorted(roles),
            password=passwords.hashed(password or secrets.token_urlsafe(32)),
            must_change=not first and password is not None,
            towns=sorted(towns),
            firm=firm,
            created_at=now,
            changed_at=now,
        )
        props = account.model_dump(exclude_none=True)
        rows = self._store.keep(lambda tx: tx.run(queries.create_account, id=account.id, props=props))
        if not rows[0]["created"]:
            raise AccountExists(name=name)
        return account

    def set_password(self, name: str, password: str, *, temporary: bool = False) -> None:
        """Change a password and sign the account out everywhere.

        Raises:
            NoSuchAccount: when there is none.
            WeakPassword: when the password is easy to guess.
        """
        account = self.get(name)
        passwords.check_strength(account.name, password)
        kept = {"password": passwords.hashed(password), "changed_at": self._clock(), "must_change": temporary}
        self._change(account, kept, sign_out=True)

    def renew_hash(self, account: Account, kept: str) -> None:
        """Keep the same password under stronger parameters."""
        self._change(account, {"password": kept})

    def enable(self, name: str) -> None:
        """Let an account sign in again."""
        self._change(self.get(name), {"enabled": True})

    def disable(self, name: str) -> None:
        """Sign an account out and let it in no more.

        Raises:
            LastAdministrator: when nobody could administer any more.
        """
        account = self.get(name)
        self._check_not_last(account)
        self._change(account, {"enabled": False}, sign_out=True)

    def delete(self, account: Account) -> None:
        """Forget an account with its sessions and tokens.

        Raises:
            LastAdministrator: when nobody could administer any more.
        """
        self._check_not_last(account)
        self._store.keep(lambda tx: tx.run(queries.delete_account, id=account.id))
        known_of(self._store).drop()

    def _check_not_last(self, account: Account) -> None:
        others = [one.account for one in self.all() if one.account.enabled and one.account.id != account.id]
        if Role.ADMIN in account.roles and not any(Role.ADMIN in other.roles for other in others):
            raise LastAdministrator(name=account.name)

    def _change(self, account: Account, props: dict[str, object], *, sign_out: bool = False) -> None:
        def work(tx: Transaction) -> None:
            tx.run(queries.change_account, id=account.id, props=props)
            if sign_out:
                tx.run(queries.delete_sessions, account=account.id)

        self._store.keep(work)
        known_of(self._store).drop()
