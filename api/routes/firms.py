"""Firms, each with where everything known of it is from."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api import link_answers
from api.auth.gate import may
from api.auth.roles import Action
from api.deps import CatalogueDep, FewQuery, IdPath, StoreDep, TodayDep
from api.files import scratch, sent
from api.profiles import file_name, write_profile
from api.routes.files import EXCEL_ANSWER
from api.routes.problems import problems
from api.schemas.firms import FirmWire
from graph.messages import N_

router = APIRouter(prefix="/firms", tags=["firms"], dependencies=[may(Action.READ)])


@router.get(
    "/{ref:path}/profile.xlsx",
    summary=N_("企业档案（Excel）"),
    description=N_("把一家企业的现有数据写进填报模板：核对、改好后像其他工作簿一样导入，只记改动。"),
    response_class=Response,
    responses=EXCEL_ANSWER | problems(403, 404, 422),
)
def get_profile(ref: IdPath, store: StoreDep, today: TodayDep) -> Response:
    """A firm's profile as a file."""
    with scratch() as path:
        found = write_profile(store, ref, path, today)
        return sent(path.read_bytes(), file_name(found.name))


@router.get(
    "/{ref:path}",
    summary=N_("一家企业"),
    description=N_(
        "按编号、代码或名称取一家企业：事实按来源并列、挂链与证据、决定记录、缺什么以及有了它可以得到什么。"
    ),
    responses=problems(404, 422),
)
def get_firm(ref: IdPath, store: StoreDep, catalogue: CatalogueDep, today: TodayDep, limit: FewQuery = 20) -> FirmWire:
    """One firm."""
    return FirmWire.of(link_answers.dossier(store, ref, today, limit), catalogue.source_names)
