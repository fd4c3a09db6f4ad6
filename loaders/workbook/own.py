"""What a firm's own contact may say: of the firm itself, in the sheets that are its business, and nothing else.

The file is not believed where it says whose it is or which node a row stands at: both come from the graph. What it
says was unchanged since it went out is believed, since it only keeps it from saying something.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pydantic import BaseModel, ConfigDict, ValidationError

from graph.declared import RANK, own_source
from graph.errors import InputError
from graph.ids import normalise
from graph.messages import N_, Listed, Message
from graph.model import Capability, Enterprise, Grade, Group, Node, Product
from loaders.provenance import Fact, Source
from loaders.workbook.cells import BadCell
from loaders.workbook.facts import Products
from loaders.workbook.known import Directory, Known, Reference, Token
from loaders.workbook.profile import Before
from loaders.workbook.reader import Workbook
from loaders.workbook.sheets import Sheet
from loaders.workbook.stamp import ADDING
from loaders.workbook.taking import Level, Taken

SOURCE_NAME = N_("企业自报：{firm}")
ANOTHER = N_("这一行说的是别的企业，不是“{firm}”")
ANOTHER_CURE = N_("这里只能填报本企业；请删去这一行，或改填本企业")
TWICE = N_("“{firm}”在这张表里已经有一行")
TWICE_CURE = N_("请只留一行")
NEITHER = N_("供方和需方都不是“{firm}”")
NEITHER_CURE = N_("这里只能填报本企业的供应关系：供方或需方须是本企业")
NOT_OWN_CAPABILITY = N_("“{firm}”没有编号为“{value}”的加工与检测能力")
NOT_OWN_CAPABILITY_CURE = N_("请填“加工与检测能力”表中本企业的编号")
NOT_ITS_BUSINESS = N_("“{sheet}”表由主管部门填报，企业不能填")
NOT_ITS_BUSINESS_CURE = N_("请删去这张表；对其中内容有异议的，请向主管部门反映")
IDENTITY = N_("“{column}”由主管部门登记，企业不能在这里更改（登记为“{value}”）")
IDENTITY_CURE = N_("此格请填回登记的内容；确已变更的，请持登记证明向主管部门更正")
UNKNOWN_PARTNER_CURE = N_("请填融链中已有企业的全称或统一社会信用代码；查不到的，请由主管部门先登记")
NOT_RECORDED = N_("未登记")

IDENTITY_FIELDS = ("name", "uscc", "short_name", "former_names", "exchange_code")
"""By these a firm is known; changing one could make it another."""
_SHARED: tuple[type[Node], ...] = (Product, Group)
"""What many firms refer to by name: it is called as it was."""
_OF_FIRM = ("firm", "organisation")
_ENDS = ("supplier", "buyer")


class AnothersProfile(InputError):
    """The workbook of another firm."""

    message = N_("这份工作簿是另一家企业的档案，不是“{firm}”的")
    cure = N_("请在“本企业资料”页下载本企业的档案，改好后再拖入")


class HiddenDamaged(InputError):
    """The sheets that travel along are not as they went out."""

    message = N_("工作簿中随附的核对信息已损坏")
    cure = N_("请重新下载本企业的档案，把改动填入后再拖入")


class _Line(BaseModel):
    """A row as it went out, as the file says."""

    model_config = ConfigDict(extra="ignore", strict=True)
    sheet: str
    node: str
    cells: dict[str, str | int | float | bool | None] | None
    withheld: list[str]


@dataclass(frozen=True)
class OwnFirm:
    """A firm as it stands in the graph, under all its ``ids``, and what is its own.

    ``facts`` are its shown values by field; ``nodes`` the ids of its rows by sheet, ``capabilities`` those of its
    capabilities by number; ``words`` what it is named by; ``today`` the day it speaks. ``named`` gives the names of
    those of some ids that are in the graph.
    """

    id: str
    ids: frozenset[str]
    name: str
    facts: Mapping[str, object]
    nodes: Mapping[str, frozenset[str]]
    capabilities: Mapping[str, frozenset[str]]
    sample: bool
    today: date
    named: Callable[[Collection[str]], Mapping[str, str]]

    @property
    def words(self) -> frozenset[str]:
        """The words that name it and nobody else."""
        said = (self.facts.get(field) for field in ("name", "uscc", "exchange_code"))
        return frozenset(normalise(str(word)) for word in (self.id, *said) if word)

    @property
    def source(self) -> Source:
        """What it says of itself: declared, below what offices report, and of the day it is said."""
        name = str(Message(SOURCE_NAME, {"firm": self.name}))
        return Source(own_source(self.id), name, RANK, self.today, Grade.MEDIUM, sample=self.sample)

    def limited(self, known: Known) -> Known:
        """What its workbook can refer to: every firm, but of capabilities its own."""
        own = dict.fromkeys(self.words, frozenset({self.id}))
        organisations, firms = {**known.organisations, **own}, {**known.firms, **own}
        return replace(known, organisations=organisations, firms=firms, capabilities=self.capabilities, events={})


class OwnDirectory(Directory):
    """Answers references in a firm's own workbook: rows make no firms known, and change none's name."""

    def find(self, kind: Reference, text: str) -> Token:
        """Return what a word points to.

        Raises:
            BadCell: when it points to nothing, or to more than one thing.
        """
        try:
            return super().find(kind, text)
        except BadCell as bad:
            if bad.what.template in {Reference.FIRM.unknown, Reference.ORGANISATION.unknown}:
                raise BadCell(bad.what, Message(UNKNOWN_PARTNER_CURE)) from None
            raise

    def learn(self, kind: Reference, words: Sequence[object], tokens: Sequence[Token | None]) -> None:
        """Remember what rows are called, unless it is firms."""
        if kind not in {Reference.FIRM, Reference.ORGANISATION}:
            super().learn(kind, words, tokens)


class OwnBefore:
    """Judges a firm's own workbook; the same questions as ``Before`` answers, and whether a row is the firm's to say.

    Raises:
        AnothersProfile: when the workbook says it is another firm's.
        HiddenDamaged: when what travelled along cannot be read.
    """

    def __init__(self, raw: Workbook, own: OwnFirm, known: Known) -> None:
        if raw.firm and raw.firm not in own.ids:
            raise AnothersProfile(firm=own.name)
        self._own = own
        directory = OwnDirectory(known, own.id)
        self._before = Before(own.id, _believed(raw.before, own), directory, sample=own.sample)
        self._names: dict[str, str] = {}

    def judge(self, taken: Taken) -> None:
        """Send back what is not the firm's to say, leave out what it may not change."""
        sheet = taken.table.sheet
        if sheet.name not in self._own.nodes:
            what, cure = Message(NOT_ITS_BUSINESS, {"sheet": sheet.name}), Message(NOT_ITS_BUSINESS_CURE)
            for index in range(len(taken.table.rows)):
                taken.add(index, 0, BadCell(what, cure), Level.RETURNED)
            return
        if sheet.name == Enterprise.TITLE:
            self._judge_firm(taken)
        for index in range(len(taken.table.rows)):
            if index not in taken.returned:
                self._judge_row(taken, index)
        self._before.judge(taken)
        self._look_up(taken)

    def facts(
        self, taken: Taken, index: int, values: dict[str, object], products: Products, *, sample: bool
    ) -> tuple[Fact, ...]:
        """What a row newly says; products and groups are called as they are called already."""
        if taken.table.sheet.name == Enterprise.TITLE:
            values = {field: value for field, value in values.items() if field not in IDENTITY_FIELDS[1:]}
        found = self._before.facts(taken, index, values, products, sample=sample)
        return tuple(self._as_named(fact) for fact in found)

    def removed(self, sheets: Iterable[Sheet]) -> list[Message]:
        """Rows that others state and that did not come back with their sheet."""
        return self._before.removed(sheets)

    def _judge_firm(self, taken: Taken) -> None:
        """Find the firm's row, by whatever names it; it is about the firm whatever else it says."""
        own, seen = self._own, False
        keys = [taken.folded(field) for field in ("name", "uscc", "exchange_code")]
        for index, words in enumerate(zip(*keys, strict=True)):
            mine = own.words & {word for word in words if isinstance(word, str)}
            if not mine or seen:
                what, cure = (TWICE, TWICE_CURE) if mine else (ANOTHER, ANOTHER_CURE)
                self._refuse(taken, index, "name", what, cure)
                continue
            seen = True
            taken.tokens[index] = own.id
            for field in IDENTITY_FIELDS:
                self._keep(taken, index, field)

    def _keep(self, taken: Taken, index: int, field: str) -> None:
        """Let a cell say what is on record; a name that says otherwise sends the row back, another cell is left out."""
        said, held = taken.values[field][index], self._own.facts.get(field)
        if said is None:
            return
        if _folded(said) != _folded(held):
            column = taken.table.sheet.fields[field]
            value = Listed(held) if isinstance(held, list) else held or Message(NOT_RECORDED)
            bad = BadCell(Message(IDENTITY, {"column": column.title, "value": value}), Message(IDENTITY_CURE))
            level = Level.RETURNED if field == "name" else Level.OMITTED
            taken.add(index, taken.table.positions.get(column.title, 0), bad, level)
        values = list(taken.values[field])
        values[index] = held
        taken.values[field] = values

    def _judge_row(self, taken: Taken, index: int) -> None:
        fields = taken.table.sheet.fields
        for field in _OF_FIRM:
            if field in fields and taken.values[field][index] != self._own.id:
                self._refuse(taken, index, field, ANOTHER, ANOTHER_CURE)
        if _ENDS[0] in fields and self._own.id not in {taken.values[field][index] for field in _ENDS}:
            self._refuse(taken, index, _ENDS[0], NEITHER, NEITHER_CURE)
        if "capability" in fields and not self._is_own_capability(taken.values["capability"][index]):
            self._refuse(taken, index, "capability", NOT_OWN_CAPABILITY, NOT_OWN_CAPABILITY_CURE)

    def _is_own_capability(self, token: object) -> bool:
        if isinstance(token, tuple):  # of this workbook: prefix, who posts it, number
            return bool(token[:2] == (Capability.PREFIX, self._own.id))
        return token in self._own.nodes[Capability.TITLE]

    def _refuse(self, taken: Taken, index: int, field: str, what: str, cure: str) -> None:
        column = taken.table.positions.get(taken.table.sheet.fields[field].title, 0)
        row = taken.table.rows[index]
        values: dict[str, object] = {"firm": self._own.name, "value": row[column] if column < len(row) else ""}
        taken.add(index, column, BadCell(Message(what, values), Message(cure)), Level.RETURNED)

    def _look_up(self, taken: Taken) -> None:
        """Ask what products and groups that the table names are called."""
        names = {str(word) for field in ("product", "group") for word in taken.values.get(field, ()) if word}
        names |= {str(word) for words in taken.values.get("products", ()) if isinstance(words, list) for word in words}
        ids = {kind(name=name).id for name in names for kind in _SHARED}
        self._names |= self._own.named(ids - self._names.keys()) if ids else {}

    def _as_named(self, fact: Fact) -> Fact:
        if isinstance(fact, _SHARED) and (name := self._names.get(fact.id)):
            return fact.model_copy(update={"name": name, "sample": None})
        return fact


def _folded(value: object) -> object:
    if isinstance(value, list):
        return sorted(normalise(str(one)) for one in value)
    return normalise(str(value)) if value else None


def _believed(lines: Sequence[str], own: OwnFirm) -> list[str]:
    """What travelled along; nodes that are not the firm's are nobody's."""
    found = []
    for line in lines:
        try:
            row = _Line.model_validate_json(line)
        except ValidationError as error:
            raise HiddenDamaged() from error
        if row.sheet not in own.nodes:
            continue
        node = row.node if row.node in own.nodes[row.sheet] else ""
        found.append(row.model_copy(update={"node": node}).model_dump_json())
    return found


def adds(raw: Workbook) -> bool:
    """Whether a firm's own workbook holds a part only: all but the profile that its contact took out."""
    return raw.kind in ADDING or not raw.stamp.get("own")


__all__ = ["AnothersProfile", "HiddenDamaged", "OwnBefore", "OwnDirectory", "OwnFirm", "adds"]
