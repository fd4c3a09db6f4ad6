"""Investment targets 招商对象 of a segment: who outside could fill it, in an order that never looks at the place.

``target_list(view, segment)`` answers. To add a criterion, write a file with one function from a firm to a finding,
and add it to ``CRITERIA`` with its weight in ``Weights``; ``check_criteria`` refuses it when it looks at where the
firm sits.
"""

from matching.gaps.fairness import UnfairRule, check_open_entry
from matching.gaps.targets.conditions import Condition, ConditionUnclear, read_conditions
from matching.gaps.targets.criteria import CRITERIA, CRITERION_TITLES
from matching.gaps.targets.local import DEMAND_TITLES, Buyer, DemandKind
from matching.gaps.targets.open_entry import check_criteria
from matching.gaps.targets.prospect import Prospect, prospects
from matching.gaps.targets.target import (
    STANDING_TITLES,
    Excluded,
    Standing,
    Target,
    TargetList,
    judge,
    target_list,
)

__all__ = [
    "CRITERIA",
    "CRITERION_TITLES",
    "DEMAND_TITLES",
    "STANDING_TITLES",
    "Buyer",
    "Condition",
    "ConditionUnclear",
    "DemandKind",
    "Excluded",
    "Prospect",
    "Standing",
    "Target",
    "TargetList",
    "UnfairRule",
    "check_criteria",
    "check_open_entry",
    "judge",
    "prospects",
    "read_conditions",
    "target_list",
]
