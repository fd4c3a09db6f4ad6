"""The one table of role × action. Every route declares its action with ``api.auth.gate.may``."""

from __future__ import annotations

from enum import StrEnum

from graph.grades import Disclosure
from graph.messages import N_


class Role(StrEnum):
    """What somebody is here for; an account has one or more."""

    VIEWER = "viewer"
    LIAISON = "liaison"
    ORGANISER = "organiser"
    PROMOTER = "promoter"
    REVIEWER = "reviewer"
    ENTERPRISE = "enterprise"
    ADMIN = "admin"


ROLE_TITLES = {
    Role.VIEWER: N_("浏览者"),
    Role.LIAISON: N_("链办专员"),
    Role.ORGANISER: N_("活动组织者"),
    Role.PROMOTER: N_("招商人员"),
    Role.REVIEWER: N_("审核员"),
    Role.ENTERPRISE: N_("企业联系人"),
    Role.ADMIN: N_("管理员"),
}


class Action(StrEnum):
    """What a route does, as far as permission goes."""

    OPEN = "open"
    SELF = "self"
    READ = "read"
    MATCH = "match"
    ANALYSE = "analyse"
    EXPORT = "export"
    LOAD = "load"
    REVIEW = "review"
    INVEST = "invest"
    TUNE = "tune"
    ORGANISE = "organise"
    ANSWER = "answer"
    DECLARE = "declare"
    MEASURE = "measure"
    ADMINISTER = "administer"


ACTION_TITLES = {
    Action.OPEN: N_("无须登录"),
    Action.SELF: N_("管理本人账号"),
    Action.READ: N_("查看供需和对象"),
    Action.MATCH: N_("供需对接"),
    Action.ANALYSE: N_("查看产业链图谱、缺口分析与推演"),
    Action.EXPORT: N_("导出报告和清单"),
    Action.LOAD: N_("导入与撤销数据"),
    Action.REVIEW: N_("核对企业与挂链"),
    Action.INVEST: N_("招商对象"),
    Action.TUNE: N_("调整阈值与权重、留存快照"),
    Action.ORGANISE: N_("组织对接活动"),
    Action.ANSWER: N_("答复对接建议"),
    Action.DECLARE: N_("填报本企业资料"),
    Action.MEASURE: N_("查看运行指标"),
    Action.ADMINISTER: N_("管理账号和审计"),
}

EVERYONE = frozenset(Role)
OFFICE = EVERYONE - {Role.ENTERPRISE}

PERMITS: dict[Action, frozenset[Role]] = {
    Action.OPEN: EVERYONE,
    Action.SELF: EVERYONE,
    Action.READ: EVERYONE,
    Action.MATCH: EVERYONE - {Role.ADMIN},
    Action.ANALYSE: OFFICE,
    Action.EXPORT: OFFICE - {Role.VIEWER, Role.ADMIN},
    Action.LOAD: frozenset({Role.LIAISON, Role.REVIEWER}),
    Action.REVIEW: frozenset({Role.LIAISON, Role.REVIEWER}),
    Action.INVEST: frozenset({Role.PROMOTER, Role.LIAISON}),
    Action.TUNE: frozenset({Role.LIAISON, Role.REVIEWER}),
    Action.ORGANISE: frozenset({Role.ORGANISER}),
    Action.ANSWER: frozenset({Role.ENTERPRISE, Role.ORGANISER, Role.LIAISON}),
    Action.DECLARE: frozenset({Role.ENTERPRISE}),
    Action.MEASURE: frozenset({Role.ADMIN}),
    Action.ADMINISTER: frozenset({Role.ADMIN}),
}
"""Who may do what. ``OPEN`` needs no account at all. An enterprise contact acts for its own firm only."""


CLEARANCE: dict[Role, Disclosure] = {
    Role.VIEWER: Disclosure.INTERNAL,
    Role.LIAISON: Disclosure.SENSITIVE,
    Role.ORGANISER: Disclosure.INTERNAL,
    Role.PROMOTER: Disclosure.INTERNAL,
    Role.REVIEWER: Disclosure.SENSITIVE,
    Role.ENTERPRISE: Disclosure.PUBLIC,
    Role.ADMIN: Disclosure.INTERNAL,
}
"""The most a role may see of firms that are not its own. Who administers accounts needs no firm's secrets for it."""


def permits(roles: frozenset[Role], action: Action) -> bool:
    """Whether one of the roles allows the action."""
    return bool(roles & PERMITS[action])
