"""The workbook: its sheets in the order in which they are read, so that what is referred to comes first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from graph import model
from graph.messages import N_, Listed
from graph.model import Grade
from loaders.provenance import Fact
from loaders.workbook import cells, facts
from loaders.workbook.cells import Raw, plain, read_text, read_words, refuse
from loaders.workbook.columns import Column, Kind, choice, columns_of, dated, reference, rest_of
from loaders.workbook.facts import Values
from loaders.workbook.known import NAMINGS, Naming, Reference

BANNER = N_("样例数据，均为虚构")
"""What the first row of a made-up workbook says."""
SAMPLE_MARK = BANNER[:2]
"""What suffices to mark a workbook as made up, at the start of its first row or as its category."""

NO_CATEGORY = N_("“{value}”不是机构类别")
NO_CATEGORY_CURE = N_("请从“{options}”中选一个")


@dataclass(frozen=True)
class Sheet:
    """A sheet: its columns, what a row of it states, and the field that says when that was observed.

    ``key`` are the fields that tell what a row is about, else ``names`` does: a second row of the same key has to say
    the same. ``ends`` are two fields that may not be the same thing. ``names`` makes what later rows can refer to.
    A sheet that is not ``offered`` is read wherever it comes in, but is not part of the empty template.
    """

    name: str
    columns: tuple[Column, ...]
    state: Callable[[Values], Iterable[Fact]]
    key: tuple[str, ...] = ()
    observed: str | None = None
    ends: tuple[str, str] | None = None
    names: Naming | None = None
    offered: bool = True

    @cached_property
    def fields(self) -> dict[str, Column]:
        """Columns by field."""
        return {column.field: column for column in self.columns}


def _read_category(value: Raw) -> str:
    text = plain(value)
    if text not in facts.ORGANISATIONS:
        raise refuse(NO_CATEGORY, NO_CATEGORY_CURE, text, options=Listed(facts.ORGANISATIONS))
    return text


_FIRM = reference(N_("企业"), "firm", Reference.FIRM)
_SEGMENT = reference(N_("环节"), "segment", Reference.SEGMENT)
_PLACE = reference(N_("所在地区"), "place", Reference.PLACE, required=False)
_PRODUCT = Column(N_("产品"), "product", read_text, required=True)
_REPORTED = dated(N_("填报日期"), "reported_on")
_GRADE = choice(N_("证据等级"), "grade", Grade)
_CATEGORY = Column(
    N_("类别"),
    "category",
    _read_category,
    required=True,
    kind=Kind.CHOICE,
    options=tuple(facts.ORGANISATIONS),
    example=next(iter(facts.ORGANISATIONS)),
)
_INFERRED = ("question", "score", "parts", "seen", "wording")
"""Fields of a link that only proposals have."""
SUPPLIES_SHEET = N_("供应关系")
CHECK_SHEET = N_("核查表")
SEARCH_SHEET = N_("排查表")
"""Sheets of the form for verification tasks: what is left empty states nothing."""
_LISTED = ("number", "name", "text", "process", "limits", "certificates", "state", "posted_on", "expires_on")


def _others(title: str, field: str) -> Column:
    return reference(title, field, Reference.ORGANISATION, required=False, many=True)


def _listing(kind: type[model.Listing], state: Callable[[Values], Iterable[Fact]]) -> Sheet:
    return Sheet(
        kind.TITLE,
        (
            *columns_of(kind, "number", "name"),
            reference(N_("发布单位"), "organisation", Reference.ORGANISATION),
            reference(N_("环节"), "segments", Reference.SEGMENT, required=False, many=True),
            Column(N_("产品"), "products", read_words, kind=Kind.WORDS),
            *columns_of(kind, "text", "process", "limits", "certificates"),
            *rest_of(kind, *_LISTED),
            *columns_of(kind, "state", "posted_on", "expires_on"),
        ),
        state,
        ("number",),
        "posted_on",
        names=NAMINGS.get(kind),
    )


SHEETS: tuple[Sheet, ...] = (
    Sheet(
        model.Enterprise.TITLE,
        (
            *columns_of(model.Enterprise, "name", "uscc", "short_name", "exchange_code", "exchange", "listed_on"),
            *columns_of(model.Enterprise, "status", "city", "address", "phone"),
            _PLACE,
            Column(N_("集团"), "group", read_text),
            *rest_of(
                model.Enterprise,
                *("name", "uscc", "short_name", "exchange_code", "exchange", "listed_on", "status", "city"),
                *("address", "phone"),
            ),
        ),
        facts.state_enterprise,
        names=NAMINGS[model.Enterprise],
    ),
    Sheet(
        model.Organisation.TITLE,
        (_CATEGORY, *columns_of(model.Organisation, "name"), *rest_of(model.Organisation, "name"), _PLACE),
        facts.state_organisation,
        names=NAMINGS[model.Organisation],
    ),
    Sheet(
        model.Site.TITLE,
        (
            _FIRM,
            *columns_of(model.Site, "name"),
            reference(N_("所在镇街"), "place", Reference.PLACE),
            *rest_of(model.Site, "name"),
        ),
        facts.state_site,
        ("firm", "name"),
    ),
    Sheet(
        model.Product.TITLE,
        (_FIRM, _PRODUCT, *rest_of(model.Makes), _REPORTED),
        facts.state_makes,
        ("firm", "product"),
        "reported_on",
    ),
    Sheet(
        model.Buys.TITLE,
        (_FIRM, _PRODUCT, *rest_of(model.Buys), _REPORTED),
        facts.state_buys,
        ("firm", "product"),
        "reported_on",
    ),
    Sheet(
        SUPPLIES_SHEET,
        (
            reference(N_("供方企业"), "supplier", Reference.FIRM),
            reference(N_("需方企业"), "buyer", Reference.FIRM),
            *rest_of(model.SuppliesTo),
            _REPORTED,
        ),
        facts.state_supplies,
        ("supplier", "buyer"),
        "reported_on",
        ends=("supplier", "buyer"),
    ),
    Sheet(
        model.LinkedTo.TITLE,
        (_FIRM, _SEGMENT, *rest_of(model.LinkedTo, *_INFERRED), _GRADE),
        facts.state_linked,
        ("firm", "segment"),
        "checked_on",
    ),
    Sheet(
        model.Searched.TITLE,
        (reference(N_("排查单位"), "organisation", Reference.ORGANISATION), _SEGMENT, *rest_of(model.Searched)),
        facts.state_searched,
        ("organisation", "segment"),
        "searched_on",
    ),
    Sheet(
        model.Signal.TITLE,
        (
            _FIRM,
            Column(N_("信号内容"), "name", read_text, required=True),
            *rest_of(model.Signal, "name"),
            reference(N_("环节"), "segments", Reference.SEGMENT, required=False, many=True),
        ),
        facts.state_signal,
        ("firm", "kind", "happened_on", "name"),
        "happened_on",
    ),
    Sheet(
        model.Leads.TITLE,
        (_FIRM, reference(N_("产业链"), "chain", Reference.CHAIN), *rest_of(model.Leads)),
        facts.state_leads,
        ("firm", "chain"),
    ),
    _listing(model.Need, facts.state_need),
    _listing(model.Offer, facts.state_offer),
    _listing(model.Capability, facts.state_capability),
    Sheet(
        model.Equipment.TITLE,
        (
            reference(N_("能力编号"), "capability", Reference.CAPABILITY),
            *columns_of(model.Equipment, "name"),
            *rest_of(model.Equipment, "name"),
        ),
        facts.state_equipment,
        ("capability", "name", "model"),
    ),
    _listing(model.Solution, facts.state_solution),
    _listing(model.Achievement, facts.state_achievement),
    Sheet(
        model.Event.TITLE,
        (
            *(replace(one, read=cells.read_address) for one in columns_of(model.Event, "number")),
            *columns_of(model.Event, "name"),
            *rest_of(model.Event, "number", "name"),
        ),
        facts.state_event,
        ("number",),
        names=NAMINGS[model.Event],
    ),
    Sheet(
        model.Participation.TITLE,
        (
            reference(N_("活动编号"), "event", Reference.EVENT),
            reference(N_("参会单位"), "organisation", Reference.ORGANISATION),
            *columns_of(model.Participation, "role", "people", "minimum", "maximum", "away"),
            *(_others(title, field) for title, field in ((N_("想见"), "wishes"), (N_("必见"), "musts"))),
            _others(N_("不见"), "nevers"),
            *columns_of(model.Participation, "languages", "attendees", "contact", "mobile", "email", "note"),
        ),
        facts.state_participation,
        ("event", "organisation"),
    ),
    Sheet(
        CHECK_SHEET,
        (
            _FIRM,
            _SEGMENT,
            Column(N_("待核实事项"), "question", read_text),
            choice(N_("核查结论"), "state", model.LinkState),
            Column(N_("核查情况"), "evidence", read_text),
            *columns_of(model.LinkedTo, "capacity_share", "decided_by", "checked_on"),
        ),
        facts.state_checked,
        ("firm", "segment"),
        "checked_on",
        offered=False,
    ),
    Sheet(
        SEARCH_SHEET,
        (
            _SEGMENT,
            Column(N_("待核实事项"), "question", read_text),
            reference(N_("排查单位"), "organisation", Reference.ORGANISATION, required=False),
            *(replace(column, required=False) for column in rest_of(model.Searched)),
        ),
        facts.state_looked,
        ("segment", "organisation"),
        "searched_on",
        offered=False,
    ),
)
"""Every sheet that can come in. A form that goes out and comes back is one more entry, not ``offered``."""
BY_NAME: dict[str, Sheet] = {sheet.name: sheet for sheet in SHEETS}
