"""What a firm is entitled to know: whom it may call, who saw its data."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request

from api import contacts
from api.auth.gate import may
from api.auth.middleware import client_address
from api.auth.roles import Action
from api.deps import ID_LENGTH, DoorkeeperDep, LimitQuery, StoreDep
from api.routes.audit import BeforeQuery
from api.routes.problems import problems
from api.schemas.contacts import ContactList, SeenList
from api.schemas.erasure import ErasureRequest, ErasureWire
from graph.messages import N_

router = APIRouter(tags=["firms"])
FirmQuery = Annotated[
    str | None, Query(max_length=ID_LENGTH, pattern=r"^[^\x00-\x1f\x7f]*$", description=N_("企业；不填为本企业"))
]


@router.get(
    "/contacts",
    summary=N_("对接联系方式"),
    description=N_("双方均已接受会面的对方单位及其联系人；每次查看都留审计记录。"),
    responses=problems(404, 422),
    dependencies=[may(Action.ANSWER)],
)
def list_contacts(store: StoreDep, firm: FirmQuery = None) -> ContactList:
    """Whom a firm may call."""
    return contacts.contacts(store, firm)


@router.post(
    "/contacts/erase",
    summary=N_("删除一个人的个人信息"),
    description=N_("从企业的参会登记及留存的副本中删除一个人的姓名和联系方式；登记和审计链保持完整。"),
    responses=problems(404, 409, 413, 422),
    dependencies=[may(Action.ANSWER)],
)
def erase_person(request: Request, store: StoreDep, doorkeeper: DoorkeeperDep, wanted: ErasureRequest) -> ErasureWire:
    """Take a person out of a firm's registrations."""
    return contacts.erase(store, doorkeeper.audit, wanted.firm, wanted.person, origin=client_address(request))


@router.get(
    "/seen",
    summary=N_("谁看过我们的数据"),
    description=N_("谁在何时看到这家企业的哪些敏感字段；企业联系人查本企业，管理员可查任一企业。"),
    responses=problems(404, 422),
    dependencies=[may(Action.READ)],
)
def list_seen(
    store: StoreDep,
    doorkeeper: DoorkeeperDep,
    firm: FirmQuery = None,
    before: BeforeQuery = None,
    limit: LimitQuery = 100,
) -> SeenList:
    """Who saw a firm's data."""
    return contacts.seen(store, doorkeeper.audit, firm, before=before, limit=limit)
