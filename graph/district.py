"""The district at home, from which rings are counted: kept in the graph with who set it, when and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from graph.divisions import Gazetteer, city_code, full_name
from graph.errors import InputError, NobodyNamed
from graph.ids import normalise
from graph.messages import N_
from graph.model import DistrictChange
from graph.queries import queries
from graph.store import Row, Store

DELTA_PROVINCES = frozenset({"31", "32", "33", "34"})
_SHORTEST = 4


class UnknownDistrict(InputError):
    """No city, district or town that the graph or the table of divisions knows."""

    message = N_("不认识地区“{place}”，或同名的不止一个")
    cure = N_("请连省市一起写，例如 江苏省常州市武进区；也可以写行政区划代码，例如 320412")


class SameDistrict(InputError):
    """The district is set already."""

    message = N_("本区已经是“{name}”")
    cure = N_("不需要再设")


@dataclass(frozen=True)
class District:
    """A district, city or town by its code (GB/T 2260; towns nine digits) and its name with those above it.

    ``by``, ``at`` and ``reason`` say who set it; nobody set the one that is there from the beginning.
    """

    code: str
    name: str
    by: str | None = None
    at: datetime | None = None
    reason: str | None = None

    @property
    def city(self) -> str:
        """The code of the city it lies in."""
        return city_code(self.code)

    @property
    def in_delta(self) -> bool:
        """Whether it lies in the Yangtze delta."""
        return self.code[:2] in DELTA_PROVINCES


WUJIN = District("320412", N_("江苏省常州市武进区"))
"""Where this was first built for; it holds until another is set."""


def load_district(store: Store) -> District:
    """The district at home."""
    row = store.one(queries.get_district)
    return District(**row) if row else WUJIN


def list_places(store: Store) -> list[Row]:
    """Every division in the graph: id, name and code."""
    return store.read(queries.list_known_places)


def find_district(store: Store, text: str) -> District:
    """The district a person means by its code or its name.

    Raises:
        UnknownDistrict: when there is none, several of that name, or only a province.
    """
    rows = list_places(store)
    names = {row["code"]: row["name"] for row in rows}
    places: dict[str, set[str]] = {}
    for row in rows:
        for word in (row["code"], row["name"]):
            places.setdefault(normalise(word), set()).add(row["code"])
    words = {word: frozenset(codes) for word, codes in places.items()}
    code = Gazetteer(load_district(store).code, words).find(text)
    if code is None or len(code) < _SHORTEST:
        raise UnknownDistrict(place=text.strip()[:60])
    return District(code, full_name(code, names.get(code, "")))


def change_district(store: Store, text: str, *, by: str, at: datetime, reason: str = "") -> District:
    """Set the district at home; what was set before stays in the record.

    Raises:
        UnknownDistrict: when nobody can tell which is meant.
        SameDistrict: when it is set already.
        NobodyNamed: when ``by`` is empty.
    """
    if not by.strip():
        raise NobodyNamed(where="by")
    known, found = load_district(store), find_district(store, text)
    if found.code == known.code:
        raise SameDistrict(name=found.name)
    change = DistrictChange(
        name=found.name, code=found.code, previous=known.code, by=by.strip(), at=at, reason=reason.strip() or None
    )
    store.write(lambda tx: tx.run(queries.append_district_change, change=change.model_dump(exclude_none=True)))
    return load_district(store)
