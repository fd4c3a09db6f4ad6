"""A foreign list as a source: its chains and segments with their streams, its firms, and their links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from graph.divisions import above
from graph.errors import InputError
from graph.ids import make_id, normalise
from graph.messages import N_, Listed, Message
from graph.model import (
    Chain,
    ChildOf,
    Covers,
    Enterprise,
    Grade,
    In,
    LinkedTo,
    LinkState,
    Makes,
    PartOf,
    Place,
    Product,
    Segment,
    Substitutability,
    Tier,
)
from loaders.base import Job, fingerprint
from loaders.lists.apart import set_apart
from loaders.lists.entries import NO_CHAIN, Entry, Outline, Refused, outline, read_entries
from loaders.lists.fields import Field
from loaders.lists.mapping import Grid, ListMapping, fit
from loaders.lists.several import part_segments
from loaders.provenance import Drop, Fact, Row, Source
from loaders.workbook.known import Known

BASIS = N_("据名录“{name}”建立；重要性、可替代性和供给关系尚未评定")
EVIDENCE = N_("名录“{name}”{where} 行列入该环节")
NOTES = {
    LinkState.UNCERTAIN: N_("由名录映射载入，未逐条核实"),
    LinkState.CONFIRMED: N_("由名录映射载入，提交人声明已核实"),
    LinkState.REJECTED: N_("由名录映射载入，均为已排除"),
}
LISTED = N_("列入名录")
UNKNOWN_PLACE = N_("{where}：不认识地区“{value}”，未采用")
UNKNOWN_PLACES = N_(
    "{count} 处所在地区认不出（{places}），按未知载入，只在“不限地区”圈层计入；请连省市一起写，或先设好本区"
)
NO_PLACES = N_("{count} 家企业没有写所在地，只在“不限地区”圈层计入；如都在一地，请在“企业都在”一项写上")


class PlaceUnknown(InputError):
    """A place for a whole list that nobody can tell."""

    message = N_("不认识地区“{place}”，或同名的不止一个")
    cure = N_("请连省市一起写，例如 江苏省常州市武进区；也可以写行政区划代码，例如 320412")


class ChainUnknown(InputError):
    """A list that says nowhere which chain it is of."""

    message = N_("名录没有写明是哪条产业链")
    cure = N_("请写上产业链名称：页面上填“产业链”一栏，命令行加 --chain 名称")


AMBIGUOUS_FIRM = N_("{where}：图谱中不止一家企业叫“{value}”，按名称另立；请到“企业核对”处理")
_VAGUE = frozenset(
    "材料 设备 其他 其它 零部件 部件 服务 系统 软件 应用 制造 配件 产品 集成 平台 技术 原材料".split(" ")  # noqa: SIM905
)
"""Names of segments that say too little to recognise a product by."""
FIRST_ORDER = 1_000
"""Chains of lists stand behind those of the catalog."""

NO_CHAIN_AT_ALL = N_("{count:,} 行没有写明产业链：请写明这份名录是哪条产业链，或指出写着产业链的列")


@dataclass(frozen=True)
class Preview:
    """What a list would bring: how much is new, how much is in the graph already, and the first that cannot be read."""

    rows: int
    chains: int
    new_chains: int
    segments: int
    new_segments: int
    firms: int
    known_firms: int
    links: int
    refused: tuple[Refused, ...]
    notes: tuple[Message, ...]

    @property
    def told(self) -> list[Message]:
        """Why rows are refused; that no row names a chain is said once."""
        unnamed = sum(one.reason.template == NO_CHAIN for one in self.refused)
        if unnamed < 2:
            return [one.reason for one in self.refused]
        others = [one.reason for one in self.refused if one.reason.template != NO_CHAIN]
        return [Message(NO_CHAIN_AT_ALL, {"count": unnamed}), *others]


def preview(grids: Sequence[Grid], mapping: ListMapping, known: Known) -> Preview:
    """Read a list without writing it.

    Raises:
        PlaceUnknown: when nobody can tell where the whole list is said to be.
    """
    _settled(mapping, known)
    entries, apart = _read(grids, mapping, known)
    plan = _Plan(outline(entries), known, "")
    said = plan.outline
    refused = tuple(entry for entry in entries if isinstance(entry, Refused))
    doubts = [doubt for key in said.segments if (doubt := said.stream(key)[1])]
    rows = [entry for entry in entries if isinstance(entry, Entry)]
    notes = [note for entry in rows for note in entry.notes]
    places = [entry.place for entry in rows if entry.place and not place_of(entry.place, known)]
    if homeless := _homeless(rows, mapping, known):
        notes.insert(0, Message(NO_PLACES, {"count": homeless}))
    if places:
        shown = Listed(dict.fromkeys(places), 5)
        notes.insert(0, Message(UNKNOWN_PLACES, {"count": len(places), "places": shown}))
    return Preview(
        rows=sum(len(grid.rows) for grid in grids),
        chains=len(said.chains),
        new_chains=sum(not known.chains.get(chain) for chain in said.chains),
        segments=len(said.segments),
        new_segments=sum(not plan.known_segment(key) for key in said.segments),
        firms=len(said.firms),
        known_firms=sum(name in known.firms for name in said.firms),
        links=said.links,
        refused=refused,
        notes=(*apart, *doubts, *notes),
    )


def _homeless(rows: Sequence[Entry], mapping: ListMapping, known: Known) -> int:
    """How many firms that the graph does not have yet come without a place."""
    placed = {normalise(name) for entry in rows if entry.place for name in entry.firms}
    every = {normalise(name) for entry in rows for name in entry.firms}
    return 0 if mapping.place else sum(name not in known.firms for name in every - placed)


def _settled(mapping: ListMapping, known: Known) -> ListMapping:
    """The mapping with the place of the whole list as an id.

    Raises:
        PlaceUnknown: when nobody can tell which is meant.
    """
    if mapping.place is None:
        return mapping
    found = place_of(mapping.place, known)
    if found is None:
        raise PlaceUnknown(place=mapping.place[:60])
    return mapping.model_copy(update={"place": found})


def _read(grids: Sequence[Grid], mapping: ListMapping, known: Known) -> tuple[list[Entry | Refused], list[Message]]:
    entries = [entry for grid in grids for entry in read_entries(grid, mapping)]
    parted, said = part_segments(entries, lambda key: bool(_segment_of(known, key)))
    apart, notes = set_apart(parted, lambda key: bool(_segment_of(known, key)))
    return apart, [*said, *notes]


def _segment_of(known: Known, key: tuple[str, str]) -> str | None:
    """The segment of the graph with this chain and name."""
    chain, name = key
    return _one(known.segments.get(f"{chain}/{name}")) if known.chains.get(chain) else None


def _one(ids: frozenset[str] | None) -> str | None:
    return next(iter(ids)) if ids and len(ids) == 1 else None


def open_list(path: Path, grids: Sequence[Grid], mapping: ListMapping, known: Known, *, about: str = "") -> Job:
    """A list that was read as a job for the runner.

    The same list by the same name replaces what it said before.

    Raises:
        ChainUnknown: when nothing says which chain it is of.
        PlaceUnknown: when nobody can tell where the whole list is said to be.
    """
    if not mapping.uses(Field.CHAIN) and not any(fit(mapping, grid).chain for grid in grids):
        raise ChainUnknown()
    modified = datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
    name = about or path.stem
    source = Source(
        id=f"list:{name}",
        name=path.name,
        rank=2,
        observed_on=modified,
        grade=Grade.MEDIUM,
        note="由名录映射载入，未逐条核实"
        if mapping.state is LinkState.UNCERTAIN
        else "由名录映射载入，提交人声明已核实",
    )
    rows = list(records(name, grids, mapping, known, modified))
    return Job(source, rows, fingerprint([path], mapping.model_dump_json(), known.digest()), len(rows))


def records(name: str, grids: Sequence[Grid], mapping: ListMapping, known: Known, day: date) -> Iterator[Row | Drop]:
    """Turn a list into rows: chains and segments first, then each row's firms and links."""
    entries, _ = _read(grids, mapping, known)
    mapping = _settled(mapping, known)
    plan = _Plan(outline(entries), known, name)
    yield from plan.skeleton()
    linked: set[tuple[str, str]] = set()
    for entry in entries:
        if isinstance(entry, Refused):
            yield Drop(entry.where, entry.reason)
        else:
            yield plan.row(entry, mapping, linked, day)


def place_of(text: str, known: Known) -> str | None:
    """The id of the division a text names, whole or level by level; the last level that is known."""
    code = known.gazetteer.find(text)
    return code and f"{Place.PREFIX}-{code}"


class _Plan:
    """Ids of what a list speaks of: those of the graph where it knows the name, else made of the names."""

    def __init__(self, said: Outline, known: Known, name: str) -> None:
        self.outline = said
        self._known = known
        self._name = name
        self._places = {one for ids in known.places.values() for one in ids}
        self._chains = {chain: _one(known.chains.get(chain)) or make_id("chain", chain) for chain in said.chains}

    def known_segment(self, key: tuple[str, str]) -> str | None:
        """The segment of the graph that a list speaks of."""
        return _segment_of(self._known, key)

    def segment(self, key: tuple[str, str]) -> str:
        """The id of a segment."""
        return self.known_segment(key) or make_id("segment", self._chains[key[0]], key[1])

    def skeleton(self) -> Iterator[Row]:
        """Chains and segments the graph does not have yet."""
        basis = BASIS.format(name=self._name)
        for number, (key, name) in enumerate(self.outline.chains.items()):
            own = self._chains[key]
            facts: list[Fact] = []
            if not self._known.chains.get(key):
                chain = Chain(id=own, name=name, tier=Tier.OTHER, order=FIRST_ORDER + number, basis=basis)
                facts.append(chain)
            if facts:
                yield Row(f"{LISTED}:{name}", tuple(facts))
        for number, segment in enumerate(self.outline.segments):
            if row := self._segment_row(segment, number, basis):
                yield row
        for lower, upper in self.outline.parents.items():
            if self.segment(lower) != self.segment(upper):
                link = ChildOf(start=self.segment(lower), end=self.segment(upper))
                yield Row(f"{LISTED}:{self.outline.names[lower]}", (link,))

    def _segment_row(self, key: tuple[str, str], number: int, basis: str) -> Row | None:
        if self.known_segment(key):
            return None
        stream, doubt = self.outline.stream(key)
        name, own = self.outline.names[key], self.segment(key)
        segment = Segment(
            id=own,
            name=name,
            stream=stream,
            order=number,
            importance=1,
            substitutability=Substitutability.UNKNOWN,
            terms=[name] if name not in _VAGUE and len(name) > 1 else [],
            basis=basis,
        )
        where = f"{LISTED}:{self.outline.chains[key[0]]}/{name}"
        return Row(where, (segment, PartOf(start=own, end=self._chains[key[0]])), (doubt,) if doubt else ())

    def row(self, entry: Entry, mapping: ListMapping, linked: set[tuple[str, str]], day: date) -> Row:
        """The firms of a row and their links."""
        notes = list(entry.notes)
        facts: list[Fact] = []
        segment = self.segment((normalise(entry.chain), normalise(entry.segment)))
        for name in entry.firms:
            firm, known = self._firm(entry, name, notes)
            if firm:
                facts.append(firm)
            if (known, segment) in linked:
                continue
            linked.add((known, segment))
            said = entry.evidence or EVIDENCE.format(name=self._name, where=entry.where)
            checked = entry.checked_on or (day if mapping.state is LinkState.CONFIRMED else None)
            facts.append(LinkedTo(start=known, end=segment, state=mapping.state, evidence=said, checked_on=checked))
            facts += self._place(entry, mapping, known, notes)
            facts += self._details(entry, known)
        return Row(entry.where, tuple(facts), tuple(notes), observed_on=entry.checked_on)

    def _firm(self, entry: Entry, name: str, notes: list[Message]) -> tuple[Enterprise | None, str]:
        """A firm to state, and its id: one the graph has under this name or code is not stated anew."""
        ids = self._known.firms.get(normalise(entry.uscc or name)) or self._known.firms.get(normalise(name))
        if ids and len(ids) == 1 and not entry.uscc:
            return None, next(iter(ids))
        if ids and len(ids) > 1:
            notes.append(Message(AMBIGUOUS_FIRM, {"where": entry.where, "value": name}))
        products = list(entry.products) or None
        firm = Enterprise(name=name, uscc=entry.uscc, short_name=entry.short_name, main_products=products)
        return firm, firm.id

    def _place(self, entry: Entry, mapping: ListMapping, firm: str, notes: list[Message]) -> Iterator[Fact]:
        """Where a firm is: what its row says, else where the whole list is; divisions the graph lacks come along."""
        place = place_of(entry.place, self._known) if entry.place else mapping.place
        if place:
            yield from self._divisions(place.removeprefix(f"{Place.PREFIX}-"))
            yield In(start=firm, end=place)
        elif entry.place:
            notes.append(Message(UNKNOWN_PLACE, {"where": entry.where, "value": entry.place[:40]}))

    def _divisions(self, code: str) -> Iterator[Fact]:
        upper: str | None = None
        for one in above(code):
            if one.id not in self._places:
                self._places.add(one.id)
                yield Place(id=one.id, name=one.name, code=one.code, level=one.level)
                if upper:
                    yield In(start=one.id, end=upper)
            upper = one.id

    def _details(self, entry: Entry, firm: str) -> Iterator[Fact]:
        for name in entry.products:
            product = Product(name=name)
            yield product
            for found in self._known.terms.match(name):
                yield Covers(start=found.segment, end=product.id, term=found.term)
            yield Makes(start=firm, end=product.id)
