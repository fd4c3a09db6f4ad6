"""A firm's own profile as a workbook: what is known of it, as far as whoever asks may see it, to be mended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from api.auth import traces
from api.auth.disclosure import disclosed_node
from api.auth.errors import NotAllowed
from api.auth.roles import ACTION_TITLES, Action
from api.auth.viewer import viewer
from graph import model
from graph.catalogue import load_catalogue
from graph.declared import own_source
from graph.disclosure import WITHHELD
from graph.errors import NotFound
from graph.ids import normalise
from graph.messages import N_, Message
from graph.nodes import Neighbour, NodeView, Statement, find_node, ids_of, names_of, view_node
from graph.store import Store
from loaders.workbook import OwnFirm, lists_from_graph, write_template
from loaders.workbook.columns import Column, Kind
from loaders.workbook.known import segment_paths
from loaders.workbook.profile import Cells, Exported, before
from loaders.workbook.sheets import BY_NAME, SUPPLIES_SHEET, Sheet
from loaders.workbook.stamp import PROFILE

MOST = 100_000
"""Ties of one kind that are written at most."""
FILE_NAME = N_("{firm}-企业档案")
GUIDE = (
    N_("这是“{firm}”在融链中的现有数据（{day} 导出）。请逐项核对：改动的内容按企业填报记录，未改的不会重复登记。"),
    N_("可以在任何一张表下面加行；不知道就留空。删去一行或清空一格，不会删去别的来源说过的内容。"),
    N_("带“无权查看”批注的格有数据但未导出；除“企业”表外，有这种格的行不能用这份表改。"),
    N_("改好后在“数据导入”页拖入，或 ronglian load workbook 文件；载入可以整次撤销。"),
)
OWN_GUIDE = (
    N_("这是“{firm}”在融链中的现有数据（{day} 导出）。请逐项核对：改动的内容按企业自报记录，未改的不会重复登记。"),
    N_("可以在任何一张表下面加行；不知道就留空。只能填报本企业；企业名称和代码由主管部门登记，不能在这里更改。"),
    N_("别的来源说过的内容不会因删去一行或清空一格而删去；两者不同的并列保存，由主管部门核对。"),
    N_("改好后在“本企业资料”页拖入；有问题的行会标好返回。"),
)
_LISTINGS: tuple[type[model.Listing], ...] = (
    model.Need,
    model.Offer,
    model.Capability,
    model.Solution,
    model.Achievement,
)
_SHEETS = (
    *(model.Enterprise.TITLE, model.Site.TITLE, model.Product.TITLE, model.Buys.TITLE, SUPPLIES_SHEET),
    *(model.Signal.TITLE, *(kind.TITLE for kind in _LISTINGS), model.Equipment.TITLE),
)
"""What a firm says of itself. Links, searches and events are for offices to state."""
_NUMBER = BY_NAME[model.Capability.TITLE].fields["number"].title
Values = Mapping[str, Any]


def file_name(firm: str) -> str:
    """What the file is called."""
    return str(Message(FILE_NAME, {"firm": firm})) + ".xlsx"


def check_may_export(firm: str) -> None:
    """Let offices that may export, and the firm's own contact.

    Raises:
        NotAllowed: for anybody else.
    """
    if not may_export(firm):
        traces.refused(firm)
        raise NotAllowed(action=Message(ACTION_TITLES[Action.EXPORT], {}))


def may_export(firm: str) -> bool:
    """Whether whoever asks may export the firm's profile."""
    who = viewer()
    return who.may(Action.EXPORT) or (who.firm is not None and who.firm == firm)


def is_contact(firm: str) -> bool:
    """Whether whoever asks is the firm's contact and nothing more: what comes back from them is their own word."""
    who = viewer()
    return who.firm == firm and not who.local and not who.may(Action.EXPORT)


def own_firm(store: Store, firm: str, today: date) -> OwnFirm:
    """A firm as its contact, who asks, may speak of it.

    Raises:
        NotFound: when it is not there any more.
    """
    found = _Reader(store, firm, own_source(firm))
    rows = found.profile().rows
    return OwnFirm(
        id=firm,
        ids=frozenset(ids_of(store, firm)) | {firm},
        name=found.name,
        facts=found.facts,
        nodes={sheet: frozenset(row.node for row in lines if row.node) for sheet, lines in rows.items()},
        capabilities=_by_number(rows[model.Capability.TITLE]),
        sample=found.sample,
        today=today,
        named=lambda ids: names_of(store, ids),
    )


def _by_number(rows: Iterable[Exported]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if number := row.cells.get(_NUMBER):
            found[normalise(str(number))].add(row.node)
    return {number: frozenset(ids) for number, ids in found.items()}


@dataclass(frozen=True)
class Profile:
    """A firm and the rows of its workbook by sheet; ``whole`` when nothing was withheld."""

    firm: str
    name: str
    sample: bool
    rows: Mapping[str, list[Exported]]

    @property
    def whole(self) -> bool:
        """Whether every value was exported."""
        return not any(row.withheld for rows in self.rows.values() for row in rows)


def load_profile(store: Store, ref: str) -> Profile:
    """Read a firm's profile, as whoever asks may see it.

    Raises:
        NotFound: when there is no such firm.
        NotAllowed: when it is not theirs to export.
    """
    firm = find_node(store, ref, model.Enterprise.LABEL)
    if firm is None:
        raise NotFound(id=ref)
    check_may_export(firm)
    if is_contact(firm):
        return _Reader(store, firm, own_source(firm)).profile()
    found = _Reader(store, firm, f"profile:{firm}").profile()
    # What was not seen whole comes back as a source beside the firm's own, which then counts among the others.
    return found if found.whole else _Reader(store, firm, f"profile:{firm}:partial").profile()


def write_profile(store: Store, ref: str, path: Path, today: date) -> Profile:
    """Write a firm's profile into the template.

    Raises:
        NotFound: when there is no such firm.
        NotAllowed: when it is not theirs to export.
    """
    found = load_profile(store, ref)
    stamp = {"kind": PROFILE, "about": found.name, "firm": found.firm}
    own = is_contact(found.firm)
    if own:
        stamp["own"] = "1"
    # Loaded by an office, what a contact took out is a source beside what the office loaded of the firm before.
    if own or not found.whole:
        stamp["partial"] = "1"
    said = {"firm": found.name, "day": today}
    write_template(
        path,
        lists_from_graph(store),
        {sheet: [row.cells for row in rows] for sheet, rows in found.rows.items()},
        stamp=stamp,
        before=before(found.rows),
        guide=[line.format(**said) for line in (OWN_GUIDE if own else GUIDE)],
        sample=found.sample,
    )
    return found


class _Reader:
    """Reads a firm and what belongs to it; ``own`` is the source its workbook will be when it comes back."""

    def __init__(self, store: Store, firm: str, own: str) -> None:
        self._store = store
        self._own = own
        self._ranks = {source.id: source.rank for source in load_catalogue(store).sources}
        self._segments = segment_paths(store)
        self._view = self._see(firm)
        self._rows: dict[str, list[Exported]] = {name: [] for name in _SHEETS}

    @property
    def name(self) -> str:
        """What the firm is called."""
        return str(self._view.facts["name"])

    @property
    def facts(self) -> Values:
        """What is shown of the firm itself."""
        return self._view.facts

    @property
    def sample(self) -> bool:
        """Whether the firm is made up."""
        return self._view.sample

    def profile(self) -> Profile:
        """Read it."""
        view, name = self._view, self.name
        self._add(model.Enterprise.TITLE, view, {"group": "CONTROLLED_BY", "place": "IN"})
        for site in self._tied("HAS_SITE"):
            self._add(model.Site.TITLE, self._see(site), {"place": "IN"}, firm=name)
        self._add_ties(model.Product.TITLE, "MAKES", lambda other: {"firm": name, "product": other})
        self._add_ties(model.Buys.TITLE, "BUYS", lambda other: {"firm": name, "product": other})
        self._add_ties(SUPPLIES_SHEET, "SUPPLIES_TO", lambda other: {"supplier": name, "buyer": other})
        self._add_ties(SUPPLIES_SHEET, "SUPPLIES_TO", lambda other: {"supplier": other, "buyer": name}, outgoing=False)
        for signal in self._tied("SHOWS"):
            self._add(model.Signal.TITLE, self._see(signal), {"segments": "CONCERNS"}, firm=name)
        for listing in self._tied("POSTS"):
            self._add_listing(self._see(listing), name)
        return Profile(view.id, name, view.sample, self._rows)

    def _see(self, ref: str) -> NodeView:
        return disclosed_node(self._store, view_node(self._store, ref, MOST))

    def _tied(self, kind: str) -> list[str]:
        return list(dict.fromkeys(other.id for other in _ties(self._view, kind)))

    def _add_listing(self, view: NodeView, name: str) -> None:
        kind = next(one for one in _LISTINGS if one.LABEL in view.labels)
        self._add(kind.TITLE, view, {"segments": "ABOUT", "products": "ABOUT"}, organisation=name)
        for machine in dict.fromkeys(other.id for other in _ties(view, "USES")):
            self._add(model.Equipment.TITLE, self._see(machine), {}, capability=str(view.facts["number"]))

    def _add(self, title: str, view: NodeView, tied: Mapping[str, str], **fixed: str) -> None:
        """Add the row of a node: its own values, and the names of what it is tied to by field and kind of tie."""
        sheet = BY_NAME[title]
        others = [one for one in view.statements if one.source != self._own]
        said = _merged(others) | self._named(view, tied, lambda one: one.source != self._own)
        shown = dict(view.facts) | self._named(view, tied, lambda _: True)
        self._append(sheet, view.id, shown | fixed, said | fixed if others else None)

    def _named(self, view: NodeView, tied: Mapping[str, str], said: Callable[[Neighbour], bool]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for field, kind in tied.items():
            wanted = {"segments": "Segment", "products": "Product"}.get(field)
            ends = [one for one in _ties(view, kind) if said(one) and (wanted is None or wanted in one.labels)]
            names = list(dict.fromkeys(self._segments.get(one.id, one.name) for one in ends))
            if names:
                found[field] = names if wanted else names[0]
        return found

    def _add_ties(self, title: str, kind: str, ends: Callable[[str], dict[str, str]], *, outgoing: bool = True) -> None:
        """Add a row for each node that the firm is tied to, as the most trusted source says it."""
        said: dict[str, list[Neighbour]] = defaultdict(list)
        for other in _ties(self._view, kind, outgoing=outgoing):
            said[other.id].append(other)
        for found in said.values():
            found.sort(key=self._trust)
            others = [one for one in found if one.source != self._own]
            fixed = ends(found[0].name)
            self._append(BY_NAME[title], "", found[0].facts | fixed, others[0].facts | fixed if others else None)

    def _trust(self, tie: Neighbour) -> tuple[int, int, str]:
        day: date | None = tie.observed_on
        return self._ranks.get(tie.source, 9), -(day.toordinal() if day else 0), tie.source

    def _append(self, sheet: Sheet, node: str, shown: Values, others: Values | None) -> None:
        withheld = [column.title for column in sheet.columns if shown.get(column.field) is WITHHELD]
        said = None if others is None else _cells(sheet, others)
        self._rows[sheet.name].append(Exported(node, _cells(sheet, shown, mark=True), said, tuple(withheld)))


def _ties(view: NodeView, kind: str, *, outgoing: bool = True) -> Iterator[Neighbour]:
    for ties in view.ties:
        if ties.type == kind and ties.outgoing is outgoing:
            yield from ties.neighbours


def _merged(statements: Iterable[Statement]) -> dict[str, Any]:
    """What sources say together, the most trusted first: they come in that order."""
    found: dict[str, Any] = {}
    for one in reversed(list(statements)):
        found |= one.facts
    return found


def _cells(sheet: Sheet, values: Values, *, mark: bool = False) -> Cells:
    """The cells of a row by title; what is withheld is marked where it is to be seen, else left out."""
    found: dict[str, Any] = {}
    for column in sheet.columns:
        value = values.get(column.field)
        if value is WITHHELD:
            if mark:
                found[column.title] = value
        elif value is not None and value != []:
            found[column.title] = _cell(column, value)
    return found


def _cell(column: Column, value: Any) -> Any:
    if column.kind is Kind.CHOICE:
        return next((word for word in column.options if column.read(word) == value), value)
    return list(map(str, value)) if isinstance(value, list) else value
