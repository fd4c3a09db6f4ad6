"""The workbook: its sheets in the order in which they are read, so that what is referred to comes first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from graph import model
from graph.messages import N_
from graph.model import Grade
from loaders.provenance import Fact
from loaders.workbook import facts
from loaders.workbook.cells import Raw, choice_of, plain, read_date, read_text, read_words, refuse
from loaders.workbook.columns import Column, columns_of, reference
from loaders.workbook.facts import Values
from loaders.workbook.known import Reference

BANNER = N_("样例数据，均为虚构")
"""What the first row of a made-up workbook says."""
SAMPLE_MARK = BANNER[:2]
"""What suffices to mark a workbook as made up, at the start of its first row or as its category."""

NO_CATEGORY = N_("“{value}”不是机构类别")
NO_CATEGORY_CURE = N_("请从“{options}”中选一个")


@dataclass(frozen=True)
class Sheet:
    """A sheet: its columns, what a row of it states, and the field that says when that was observed."""

    name: str
    columns: tuple[Column, ...]
    state: Callable[[Values], Iterable[Fact]]
    observed: str | None = None


def _read_category(value: Raw) -> str:
    text = plain(value)
    if text not in facts.ORGANISATIONS:
        raise refuse(NO_CATEGORY, NO_CATEGORY_CURE, text, options="、".join(facts.ORGANISATIONS))
    return text


_FIRM = reference(N_("企业"), "firm", Reference.FIRM)
_SEGMENT = reference(N_("环节"), "segment", Reference.SEGMENT)
_PLACE = reference(N_("所在地区"), "place", Reference.PLACE, required=False)
_PRODUCT = Column(N_("产品"), "product", read_text, required=True)
_REPORTED = Column(N_("填报日期"), "reported_on", read_date)
_GRADE = Column(N_("证据等级"), "grade", choice_of(Grade))


def _listing(kind: type[model.Listing], state: Callable[[Values], Iterable[Fact]], *own: str) -> Sheet:
    return Sheet(
        kind.TITLE,
        (
            *columns_of(kind, "number", "name"),
            reference(N_("发布单位"), "organisation", Reference.ORGANISATION),
            reference(N_("环节"), "segments", Reference.SEGMENT, required=False, many=True),
            Column(N_("产品"), "products", read_words),
            *columns_of(kind, "text", "process", "limits", "certificates", *own),
            *columns_of(kind, "state", "posted_on", "expires_on"),
        ),
        state,
        "posted_on",
    )


SHEETS: tuple[Sheet, ...] = (
    Sheet(
        model.Enterprise.TITLE,
        (
            *columns_of(model.Enterprise, "name", "uscc", "short_name", "exchange_code", "exchange", "listed_on"),
            *columns_of(model.Enterprise, "status", "city"),
            _PLACE,
            Column(N_("集团"), "group", read_text),
            *columns_of(
                model.Enterprise, "revenue", "employees", "main_products", "gradient", "profile", "business_scope"
            ),
        ),
        facts.state_enterprise,
    ),
    Sheet(
        model.Organisation.TITLE,
        (
            Column(N_("类别"), "category", _read_category, required=True),
            *columns_of(model.Organisation, "name", "profile"),
            _PLACE,
        ),
        facts.state_organisation,
    ),
    Sheet(
        model.Site.TITLE,
        (
            _FIRM,
            *columns_of(model.Site, "name"),
            reference(N_("所在镇街"), "place", Reference.PLACE),
            *columns_of(model.Site, "address"),
        ),
        facts.state_site,
    ),
    Sheet(
        model.Product.TITLE,
        (_FIRM, _PRODUCT, *columns_of(model.Makes, "share"), _REPORTED),
        facts.state_makes,
        "reported_on",
    ),
    Sheet(
        model.Buys.TITLE,
        (
            _FIRM,
            _PRODUCT,
            *columns_of(model.Buys, "item", "amount", "import_share", "single_country_share", "import_country"),
            _REPORTED,
        ),
        facts.state_buys,
        "reported_on",
    ),
    Sheet(
        N_("供应关系"),
        (
            reference(N_("供方企业"), "supplier", Reference.FIRM),
            reference(N_("需方企业"), "buyer", Reference.FIRM),
            *columns_of(model.SuppliesTo, "products", "qualified"),
            _REPORTED,
        ),
        facts.state_supplies,
        "reported_on",
    ),
    Sheet(
        model.LinkedTo.TITLE,
        (
            *(_FIRM, _SEGMENT, *columns_of(model.LinkedTo, "state", "evidence", "capacity_share")),
            *(*columns_of(model.LinkedTo, "checked_on"), _GRADE),
            *columns_of(model.LinkedTo, "certification_months"),
        ),
        facts.state_linked,
        "checked_on",
    ),
    Sheet(
        model.Searched.TITLE,
        (
            reference(N_("排查单位"), "organisation", Reference.ORGANISATION),
            _SEGMENT,
            *columns_of(model.Searched, "found", "method", "sources", "searched_on"),
        ),
        facts.state_searched,
        "searched_on",
    ),
    Sheet(
        model.Signal.TITLE,
        (
            _FIRM,
            Column(N_("信号内容"), "name", read_text, required=True),
            *columns_of(model.Signal, "kind", "happened_on", "reference"),
            reference(N_("环节"), "segments", Reference.SEGMENT, required=False, many=True),
        ),
        facts.state_signal,
        "happened_on",
    ),
    Sheet(
        model.Leads.TITLE,
        (_FIRM, reference(N_("产业链"), "chain", Reference.CHAIN)),
        facts.state_leads,
    ),
    _listing(model.Need, facts.state_need, "quantity", "unit", "lead_time_days", "second_source", "amount"),
    _listing(model.Offer, facts.state_offer, "quantity", "unit", "lead_time_days"),
    _listing(model.Capability, facts.state_capability, "quantity", "unit", "lead_time_days"),
    Sheet(
        model.Equipment.TITLE,
        (
            reference(N_("能力编号"), "capability", Reference.CAPABILITY),
            *columns_of(model.Equipment, "name", "maker", "model"),
        ),
        facts.state_equipment,
    ),
    _listing(model.Solution, facts.state_solution, "scene"),
    _listing(model.Achievement, facts.state_achievement, "readiness", "patents"),
)
BY_NAME: dict[str, Sheet] = {sheet.name: sheet for sheet in SHEETS}
