"""What was done, by whom, when, to what, from where: a chain of events that can only grow.

Each event holds the hash of the one before. Whoever changes, removes or slips in an event breaks the chain from
there on; the last hash, kept elsewhere (``ronglian audit export`` ends with it), shows a chain rewritten as a whole.
Who it was and from where is held by a salted hash, so a person can be erased without breaking the chain.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from api.auth.accounts import Clock, utc_now
from graph.messages import N_
from graph.nodes import ids_of
from graph.queries import queries
from graph.records import AuditEvent
from graph.store import Store, Transaction

_LONGEST = 300


class Kind(StrEnum):
    """What an event is about."""

    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGNED_OUT = "signed_out"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105  no password
    ACCOUNT_ADDED = "account_added"
    ACCOUNT_ENABLED = "account_enabled"
    ACCOUNT_DISABLED = "account_disabled"
    ACCOUNT_ERASED = "account_erased"
    PERSON_ERASED = "person_erased"
    ACCOUNT_BOUND = "account_bound"
    TOKEN_ISSUED = "token_issued"  # noqa: S105
    TOKEN_REVOKED = "token_revoked"  # noqa: S105
    SEEN = "seen"
    CHANGED = "changed"
    REFUSED = "refused"
    EXPORTED = "exported"


KIND_TITLES = {
    Kind.SIGNED_IN: N_("登录"),
    Kind.SIGN_IN_FAILED: N_("登录失败"),
    Kind.SIGNED_OUT: N_("退出"),
    Kind.PASSWORD_CHANGED: N_("更改口令"),
    Kind.ACCOUNT_ADDED: N_("建立账号"),
    Kind.ACCOUNT_ENABLED: N_("启用账号"),
    Kind.ACCOUNT_DISABLED: N_("停用账号"),
    Kind.ACCOUNT_ERASED: N_("删除账号"),
    Kind.PERSON_ERASED: N_("删除个人信息"),
    Kind.ACCOUNT_BOUND: N_("绑定或解除统一身份认证"),
    Kind.TOKEN_ISSUED: N_("建立令牌"),
    Kind.TOKEN_REVOKED: N_("撤销令牌"),
    Kind.SEEN: N_("查看敏感字段"),
    Kind.CHANGED: N_("更改"),
    Kind.REFUSED: N_("拒绝"),
    Kind.EXPORTED: N_("导出审计记录"),
}


def one_line(text: str) -> str:
    """A text as one printable line of bounded length, whatever somebody put into it."""
    return "".join(sign if sign.isprintable() else "�" for sign in text)[:_LONGEST]


def _hash(*parts: object) -> str:
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def sealed(salt: str, who: str, origin: str) -> str:
    """What the chain holds of the person and the address."""
    return _hash(salt, who, origin)


def event_hash(event: AuditEvent) -> str:
    """The hash of an event; what may be erased is in it through ``sealed`` only."""
    at = event.at.isoformat(timespec="microseconds")
    held = (event.kind, event.what, event.subjects, event.fields, event.sealed)
    return _hash(event.number, at, *held, event.previous)


@dataclass(frozen=True)
class Verified:
    """What a check of the chain found; ``broken_at`` is the first event that does not fit, ``reason`` why."""

    events: int
    erased: int
    head: str
    broken_at: int | None = None
    reason: str | None = None

    @property
    def whole(self) -> bool:
        """Whether nothing was changed, removed or slipped in."""
        return self.broken_at is None


class Audit:
    """The audit chain of a store."""

    def __init__(self, store: Store, clock: Clock = utc_now) -> None:
        self._store = store
        self._clock = clock

    def record(
        self,
        kind: Kind,
        what: str = "",
        *,
        who: str,
        origin: str = "",
        subjects: Iterable[str] = (),
        fields: Iterable[str] = (),
    ) -> AuditEvent:
        """Add an event; it is in the database when this returns."""
        return self._store.keep(self.entry(kind, what, who=who, origin=origin, subjects=subjects, fields=fields))

    def entry(
        self,
        kind: Kind,
        what: str = "",
        *,
        who: str,
        origin: str = "",
        subjects: Iterable[str] = (),
        fields: Iterable[str] = (),
    ) -> Callable[[Transaction], AuditEvent]:
        """What adds an event inside a transaction that does something else, too."""
        salt, who, origin = secrets.token_hex(16), one_line(who), one_line(origin)
        at = self._clock()
        about = [one_line(subject) for subject in sorted(set(subjects))]
        shown = [one_line(field) for field in sorted(set(fields))]

        def work(tx: Transaction) -> AuditEvent:
            end = tx.run(queries.lock_audit)[0]
            number = end["number"] + 1
            event = AuditEvent(
                id=f"audit-{number}",
                number=number,
                at=at,
                kind=kind,
                what=one_line(what),
                subjects=about,
                fields=shown,
                sealed=sealed(salt, who, origin),
                previous=end["hash"],
                hash="",
                who=who,
                origin=origin,
                salt=salt,
            )
            event = event.model_copy(update={"hash": event_hash(event)})
            tx.run(queries.append_event, props=event.model_dump())
            return event

        return work

    def list(
        self,
        *,
        before: int | None = None,
        limit: int = 100,
        subject: str | None = None,
        who: str | None = None,
        kind: Kind | None = None,
    ) -> list[AuditEvent]:
        """Events, newest first; of a firm also what was recorded under ids that were joined to it."""
        ids = ids_of(self._store, subject) if subject else None
        rows = self._store.read(
            queries.list_events, before=before, limit=limit, subjects=ids, who=who, kind=kind.value if kind else None
        )
        return [AuditEvent(**row["event"]) for row in rows]

    def all(self) -> Iterator[AuditEvent]:
        """Every event in its order."""
        return (AuditEvent(**row["event"]) for row in self._store.stream(queries.stream_events))

    def head(self) -> tuple[int, str]:
        """The number and hash of the last event, as the chain's end says."""
        row = self._store.one(queries.get_audit_head)
        return (row["number"], row["hash"]) if row else (0, "")

    def verify(self, known_head: str | None = None) -> Verified:
        """Check the whole chain; ``known_head`` is a hash noted earlier that must still be in it."""
        previous, count, erased, met = "", 0, 0, known_head is None
        for count, event in enumerate(self.all(), 1):
            if reason := _fault(event, count, previous):
                return Verified(count - 1, erased, previous, count, reason)
            erased += event.salt is None
            previous = event.hash
            met = met or event.hash == known_head
        number, head = self.head()
        if (number, head) != (count, previous):
            return Verified(count, erased, previous, count + 1, N_("末尾的记录不见了"))
        if not met:
            return Verified(count, erased, previous, count, N_("链条中没有先前记下的摘要，整条链可能被重写"))
        return Verified(count, erased, previous)

    def erase(self, who: str) -> int:
        """Forget who did what; return in how many events."""
        rows = self._store.keep(lambda tx: tx.run(queries.erase_events, who=who))
        return int(rows[0]["erased"])


def lines(audit: Audit) -> Iterator[str]:
    """The chain as text, one JSON object a line; what was erased is left out."""
    for event in audit.all():
        yield event.model_dump_json(exclude_none=True) + "\n"


def _fault(event: AuditEvent, number: int, previous: str) -> str | None:
    """Why an event does not fit behind the one before."""
    if event.number != number:
        return N_("缺少记录")
    if event.previous != previous:
        return N_("与上一条记录不相连")
    if event.hash != event_hash(event):
        return N_("内容被改动")
    kept = (event.salt, event.who, event.origin)
    if any(part is None for part in kept):
        return None if all(part is None for part in kept) else N_("人员或地址被改动")
    whole = event.sealed == sealed(str(event.salt), str(event.who), str(event.origin))
    return None if whole else N_("人员或地址被改动")
