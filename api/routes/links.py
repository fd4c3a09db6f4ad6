"""Links of firms and segments: listed, proposed, decided, taken back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api import link_answers, linking
from api.auth.gate import may
from api.auth.roles import Action
from api.deps import ID_LENGTH, LimitQuery, SkipQuery, StoreDep, TodayDep
from api.routes.problems import problems
from api.schemas.links import LinkChanged, LinkDecide, LinkList, LinkPropose, LinkProposed, LinkUndo
from graph.messages import N_
from graph.model import LinkState

router = APIRouter(prefix="/links", tags=["links"])
FirmQuery = Annotated[str | None, Query(max_length=ID_LENGTH, description=N_("只列这家企业：编号、代码或名称"))]
SegmentQuery = Annotated[str | None, Query(max_length=ID_LENGTH, description=N_("只列这个环节：编号或名称"))]
StateQuery = Annotated[list[LinkState], Query(alias="state", description=N_("只列这些状态；不写则全部"))]


@router.get(
    "",
    summary=N_("挂链"),
    description=N_("企业与环节的挂链：今日的状态、取哪个来源、证据、待问的事。过期的确认列为待确认。"),
    responses=problems(404, 422),
    dependencies=[may(Action.READ)],
)
def list_links(
    *,
    store: StoreDep,
    today: TodayDep,
    firm: FirmQuery = None,
    segment: SegmentQuery = None,
    states: StateQuery = [],  # noqa: B006  FastAPI copies it
    skip: SkipQuery = 0,
    limit: LimitQuery = 100,
) -> LinkList:
    """Links, some of them."""
    found = link_answers.visible(store, linking.links(store, today, firm=firm, segment=segment, states=states))
    return link_answers.link_list(found, skip, limit)


@router.post(
    "/propose",
    summary=N_("提出挂链建议"),
    description=N_("据已载入的事实重新提出建议，代替以前的建议；人做的决定不变，已排除的没有新证据不再提出。"),
    responses=problems(404, 409, 422),
    dependencies=[may(Action.REVIEW)],
)
def propose_links(wanted: LinkPropose, store: StoreDep, today: TodayDep) -> LinkProposed:
    """Propose links of a firm, or of all."""
    firms = [linking.find(store, wanted.firm, "Enterprise")] if wanted.firm else None
    return link_answers.link_proposed(linking.propose(store, today, firms=firms))


@router.post(
    "/decisions",
    summary=N_("确认或排除挂链"),
    description=N_("由人确认或排除一条挂链，写明谁、依据什么；所见的证据一并记下，可以撤销。"),
    responses=problems(400, 404, 409, 422),
    dependencies=[may(Action.REVIEW)],
)
def decide_link(wanted: LinkDecide, store: StoreDep, today: TodayDep) -> LinkChanged:
    """Confirm or reject a link."""
    return link_answers.decide_link(store, wanted, today)


@router.post(
    "/undo",
    summary=N_("撤销挂链决定"),
    description=N_("撤销对一条挂链的最近一次决定；此前若有决定，则恢复到那一次。撤销本身也留记录。"),
    responses=problems(400, 404, 409, 422),
    dependencies=[may(Action.REVIEW)],
)
def undo_link(wanted: LinkUndo, store: StoreDep, today: TodayDep) -> LinkChanged:
    """Take back the last decision on a link."""
    return link_answers.undo_link(store, wanted, today)
