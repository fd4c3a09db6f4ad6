"""The district at home: read and set."""

from __future__ import annotations

from fastapi import APIRouter

from api import answers
from api.auth.gate import may
from api.auth.roles import Action
from api.deps import StoreDep
from api.routes.problems import problems
from api.schemas.district import DistrictEdit, DistrictWire
from graph.district import load_district
from graph.messages import N_

router = APIRouter(prefix="/settings/district", tags=["settings"])


@router.get(
    "",
    summary=N_("本区"),
    description=N_("各圈层由本区算起：本区、本市、本省或长三角、国内。附设定人和时间。"),
    responses=problems(),
    dependencies=[may(Action.ANALYSE)],
)
def get_district(store: StoreDep) -> DistrictWire:
    """The district at home."""
    return DistrictWire.of(load_district(store))


@router.post(
    "",
    summary=N_("设定本区"),
    description=N_(
        "写名称（连省市）或行政区划代码；市、区县、镇街均可。缺口、报告、推演和目标进展随即按新的本区计算。"
    ),
    responses=problems(400, 422),
    dependencies=[may(Action.TUNE)],
)
def change_district(edit: DistrictEdit, store: StoreDep) -> DistrictWire:
    """Set the district at home."""
    return answers.change_district(store, edit)
