"""What the service keeps about itself in the same database: who may come in, who is in, what was done.

Records are no part of the graph about the world: they carry no ``Entity`` label, so no read of domain nodes, no
digest and no export sees them, and writing one does not raise the revision (``Store.keep``). Secrets are stored as
hashes only.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field

from graph.messages import N_


class Record(BaseModel):
    """One record; ``id`` is unique within its label."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    LABEL: ClassVar[str]
    TITLE: ClassVar[str]

    id: str


class Account(Record):
    """Somebody who may sign in; the id is made from the name. ``password`` is an Argon2 hash."""

    LABEL, TITLE = "Account", N_("账号")
    name: str = Field(title=N_("账号名"))
    roles: list[str] = Field(title=N_("角色"))
    password: str = Field(title=N_("口令摘要"))
    enabled: bool = Field(True, title=N_("启用"))
    must_change: bool = Field(False, title=N_("须更改口令"))
    towns: list[str] = Field([], title=N_("负责镇街"), description="ids of places; none means all")
    firm: str | None = Field(None, title=N_("所属企业"))
    issuer: str | None = Field(None, title=N_("身份提供方"), description="who vouches for the subject")
    subject: str | None = Field(None, title=N_("身份标识"), description="what that issuer calls them")
    created_at: datetime = Field(title=N_("建立时间"))
    changed_at: datetime = Field(title=N_("口令更改时间"))


class LoginSession(Record):
    """Somebody is signed in; the id is the SHA-256 of what the browser holds."""

    LABEL, TITLE = "LoginSession", N_("登录")
    started_at: datetime = Field(title=N_("登录时间"))
    seen_at: datetime = Field(title=N_("最近使用"))
    vouched: bool = Field(False, title=N_("经统一身份认证"), description="a provider did, no password was asked")


class ApiToken(Record):
    """A program acts for an account; ``secret`` is the SHA-256 of the token, ``actions`` what it may do at most."""

    LABEL, TITLE = "ApiToken", N_("访问令牌")
    label: str = Field(title=N_("用途"))
    secret: str = Field(title=N_("令牌摘要"))
    actions: list[str] = Field(title=N_("允许的操作"))
    created_at: datetime = Field(title=N_("建立时间"))
    expires_at: datetime = Field(title=N_("到期时间"))
    revoked_at: datetime | None = Field(None, title=N_("撤销时间"))


class EventPass(Record):
    """Somebody at an event sees their own meetings without an account; the id is the SHA-256 of their code."""

    LABEL, TITLE = "EventPass", N_("参会码")
    event: str = Field(title=N_("活动"))
    organisation: str = Field(title=N_("参会单位"))
    issued_at: datetime = Field(title=N_("发放时间"))
    expires_at: datetime = Field(title=N_("到期时间"))


class AuditEvent(Record):
    """Something that was done. Events are only ever added, each with the hash of the one before.

    ``who`` and ``origin`` are personal data: the chain holds their salted hash (``sealed``) instead, so that they can
    be erased and the chain still verifies. ``subjects`` are ids of what was seen or changed, ``fields`` the graded
    properties shown.
    """

    LABEL, TITLE = "AuditEvent", N_("审计记录")
    number: int = Field(title=N_("序号"))
    at: datetime = Field(title=N_("时间"))
    kind: str = Field(title=N_("事项"))
    what: str = Field(title=N_("内容"))
    subjects: list[str] = Field(title=N_("对象"))
    fields: list[str] = Field(title=N_("敏感字段"))
    sealed: str = Field(title=N_("封存的人员与地址"))
    previous: str = Field(title=N_("上一条的摘要"))
    hash: str = Field(title=N_("摘要"))
    who: str | None = Field(None, title=N_("人员"))
    origin: str | None = Field(None, title=N_("来自"))
    salt: str | None = Field(None, title=N_("盐"))


RECORDS: dict[str, type[Record]] = {
    record.LABEL: record for record in (Account, LoginSession, ApiToken, EventPass, AuditEvent)
}
