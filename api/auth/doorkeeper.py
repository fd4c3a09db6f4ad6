"""Who is it? The one place where a password, a session or a token is turned into somebody."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

from api.auth import passwords
from api.auth.accounts import Accounts, Clock, account_id, utc_now
from api.auth.audit import Audit, Kind
from api.auth.errors import (
    AccountDisabled,
    NameUnusable,
    PasswordExpired,
    PasswordsDiffer,
    UnknownSubject,
    WrongCredentials,
)
from api.auth.known import known_of
from api.auth.passes import Passes
from api.auth.roles import Action, Role
from api.auth.sessions import IDLE, LONGEST, Sessions, csrf_token, secret_hash
from api.auth.throttle import Throttle
from api.auth.tokens import PREFIX, Tokens
from api.auth.viewer import LOCAL, NOBODY, Viewer
from graph.messages import Message
from graph.records import Account, ApiToken
from graph.store import Store

FIRST_LASTS = timedelta(days=7)
"""How long a password that somebody else set may be used to set one's own."""


def viewer_of(account: Account) -> Viewer:
    """Who somebody is once they proved that an account is theirs."""
    roles = frozenset(Role(role) for role in account.roles if role in set(Role))
    return Viewer(account.name, roles, account=account.id, towns=frozenset(account.towns), firm=account.firm)


class Doorkeeper:
    """Lets people and programs in."""

    def __init__(
        self, store: Store, clock: Clock = utc_now, *, idle: timedelta = IDLE, longest: timedelta = LONGEST
    ) -> None:
        self.clock = clock
        self.accounts = Accounts(store, clock)
        self.sessions = Sessions(store, clock, idle=idle, longest=longest)
        self.tokens = Tokens(store, clock)
        self.passes = Passes(store, clock)
        self.audit = Audit(store, clock)
        self.throttle = Throttle()
        self._known = known_of(store)

    def check(self, name: str, password: str, address: str) -> Account:
        """The account a name and password belong to.

        Raises:
            TooManyAttempts: when it is too early for another attempt.
            WrongCredentials: when they do not belong together or the account is shut; all take as long.
            PasswordExpired: when they do, but the password was set by somebody else too long ago.
        """
        try:
            key = account_id(name)
        except NameUnusable:
            key = "unusable"
        self.throttle.begin(key, address)
        account = None if key == "unusable" else self.accounts.find(name)
        right, renewed = passwords.matches(password, account.password if account else None)
        if account is None or not right or not account.enabled:
            self.audit.record(Kind.SIGN_IN_FAILED, who=account.name if account else "?", origin=address)
            raise WrongCredentials()
        if account.must_change and self.clock() - account.changed_at > FIRST_LASTS:
            self.audit.record(Kind.SIGN_IN_FAILED, who=account.name, origin=address)
            raise PasswordExpired(days=FIRST_LASTS.days)
        self.throttle.succeeded(key, address)
        if renewed:
            self.accounts.renew_hash(account, renewed)
        return account

    def sign_in(self, name: str, password: str, address: str) -> tuple[str, Account]:
        """Open a session; return the secret for the browser, and whose it is."""
        account = self.check(name, password, address)
        return self.sessions.open(account, self.audit.entry(Kind.SIGNED_IN, who=account.name, origin=address)), account

    def sign_in_by(self, issuer: str, subject: str, address: str, *, called: Message) -> str:
        """Open a session for whom a provider vouches; return the secret for the browser.

        Raises:
            UnknownSubject: when no account is bound to them.
            AccountDisabled: when it is shut.
        """
        account = self.accounts.bound_to(issuer, subject)
        if account is None or not account.enabled:
            who = account.name if account else "?"
            self.audit.record(Kind.SIGN_IN_FAILED, issuer, who=who, origin=address)
            raise AccountDisabled() if account else UnknownSubject(name=called, subject=subject)
        also = self.audit.entry(Kind.SIGNED_IN, issuer, who=account.name, origin=address)
        return self.sessions.open(account, also, vouched=True)

    def sign_out(self, who: Viewer, address: str) -> None:
        """End a session."""
        if who.session:
            self.sessions.close(who.session)
            self.audit.record(Kind.SIGNED_OUT, who=who.name, origin=address)

    def end_others(self, account: Account, session: str, password: str, address: str) -> int:
        """End every session of one's own but this one; return how many.

        Whoever came by a provider has no password to be asked for.

        Raises:
            WrongCredentials: when the password is wrong.
        """
        vouched = any(one.vouched for one in self.sessions.of(account) if one.id == session)
        if not vouched:
            self.check(account.name, password, address)
        ended = self.sessions.close_others(account, session)
        self.audit.record(Kind.SIGNED_OUT, f"+{ended}", who=account.name, origin=address)
        return ended

    def change_password(self, account: Account, old: str, new: str, again: str, address: str) -> None:
        """Change one's own password; every session of the account ends.

        Raises:
            WrongCredentials: when the old one is wrong.
            PasswordsDiffer: when the new one was not typed twice alike.
            WeakPassword: when the new one is easy to guess.
        """
        self.check(account.name, old, address)
        if new != again:
            raise PasswordsDiffer()
        self.accounts.set_password(account.name, new)
        self.audit.record(Kind.PASSWORD_CHANGED, who=account.name, origin=address, subjects=[account.id])

    def issue_token(
        self, account: Account, label: str, actions: Collection[Action], days: int, *, by: str, address: str = ""
    ) -> tuple[str, ApiToken]:
        """Make an access token; return it, for the only time, with what is kept of it."""
        secret, token = self.tokens.issue(account, label, actions, days)
        self.audit.record(
            Kind.TOKEN_ISSUED, ", ".join(token.actions), who=by, origin=address, subjects=[account.id, token.id]
        )
        return secret, token

    def revoke_token(self, account: Account, token: str, *, by: str, address: str = "") -> None:
        """End an access token now."""
        self.tokens.revoke(account, token)
        self.audit.record(Kind.TOKEN_REVOKED, who=by, origin=address, subjects=[account.id, token])

    def erase(self, name: str, *, by: str) -> int:
        """Forget an account and, in the audit chain, that it was them; return in how many events.

        Raises:
            LastAdministrator: when nobody could administer any more.
        """
        account = self.accounts.get(name)
        self.accounts.delete(account)
        erased = self.audit.erase(account.name)
        self.audit.record(Kind.ACCOUNT_ERASED, who=by, subjects=[account.id])
        return erased

    def of_browser(self, secret: str) -> Viewer:
        """Who holds this session's secret."""
        changes = self._known.changes
        found = self.sessions.find(secret)
        if found is None:
            return NOBODY
        account = found.account
        who = replace(
            viewer_of(account),
            session=found.session.id,
            csrf=csrf_token(secret),
            actions=frozenset({Action.SELF}) if account.must_change and not found.session.vouched else None,
        )
        self._known.keep(secret_hash(secret), who, self.clock(), until=found.until, changes=changes)
        return who

    def of_program(self, secret: str) -> Viewer:
        """Who holds this token."""
        changes = self._known.changes
        found = self.tokens.find(secret) if secret.startswith(PREFIX) else None
        if found is None or found.account.must_change:
            return NOBODY
        who = replace(
            viewer_of(found.account),
            token=found.token.id,
            actions=frozenset(Action(action) for action in found.token.actions if action in set(Action)),
        )
        self._known.keep(secret_hash(secret), who, self.clock(), until=found.token.expires_at, changes=changes)
        return who

    def recognise(self, *, cookie: str | None, bearer: str | None) -> Viewer | None:
        """Who sent a request, if that is known without asking the database."""
        secret = bearer if bearer is not None else cookie
        found = self._known.get(secret_hash(secret), self.clock()) if secret else None
        # a session's secret is no token, and a token is no cookie
        return found if found and (found.token is not None) == (bearer is not None) else None

    def identify(self, *, cookie: str | None, bearer: str | None) -> Viewer:
        """Who sent a request. A program that names a token gets no other identity than the token's."""
        if not self.accounts.required():
            return LOCAL
        if bearer is not None:
            return self.of_program(bearer)
        return self.of_browser(cookie) if cookie else NOBODY
