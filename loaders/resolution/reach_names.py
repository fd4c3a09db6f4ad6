"""The most that the names of a pair can score (:mod:`loaders.resolution.reach`)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence

import numpy as np

from loaders.resolution.columns import Bits, Column, Flags, Ints, Numbers, best, combinations, slips, texts
from loaders.resolution.comparison import COMPANIES, compare_places
from loaders.resolution.names import MIN_BODY, Name
from loaders.resolution.naming import LONG, MAX_IDENTICAL_BITS, MAX_SHARED_BITS, MIN_TYPO
from loaders.resolution.reach_bodies import Bodies
from loaders.resolution.records import Prepared
from loaders.resolution.statistics import Statistics
from loaders.resolution.weights import BRACKET, FORM, GROUP, NAME, ORDINAL, PLACE, bits

_BITS = {level: bits(value) for level, value in NAME.items()}
_WHOLE = _BITS["identical"] + MAX_IDENTICAL_BITS
_CELLS: Mapping[str, Callable[[Name], Hashable]] = {
    "text": lambda name: name.text,
    "body": lambda name: name.body,
    "brand": lambda name: name.brand,
    "place": lambda name: name.places[-1] if name.places else "",
    "country": lambda name: name.country,
    "form": lambda name: name.form,
    "company": lambda name: name.form in COMPANIES,
    "group": lambda name: name.group,
    "ordinal": lambda name: name.ordinal,
    "bracket": lambda name: tuple(sorted(set(name.bracket))),
}
Cells = Mapping[str, tuple[Ints, Ints]]


class Names:
    """The names of two lists."""

    def __init__(self, sides: Sequence[Sequence[Prepared]], statistics: Statistics) -> None:
        self._statistics = statistics
        self._columns = [Column(records, lambda record: record.names) for records in sides]
        self._numbers = {field: Numbers() for field in _CELLS}
        self._cells = {
            field: [self._numbers[field].of(map(value, column.values)) for column in self._columns]
            for field, value in _CELLS.items()
        }
        self._texts = [texts(name.text for name in column.values) for column in self._columns]
        self._stems = [texts(name.stem for name in column.values) for column in self._columns]
        self._bodies = Bodies([[name.body for name in column.values] for column in self._columns], statistics)

    def most(self, one: Ints, other: Ints) -> Bits:
        """The bits of the names of every pair of records, and of what else they say."""
        pair, left, right = combinations(self._columns, one, other)
        cells = {field: (sides[0][left], sides[1][right]) for field, sides in self._cells.items()}
        forms = (cells["form"][0] > 0) & (cells["form"][1] > 0)
        slip = self._one_slip(left, right, forms)
        relation = self._relation(cells, left, right, forms, slip)
        more = self._place(cells, forms) + _form(cells, forms) + _bracket(cells) + _ordinal(cells)
        more += np.where((cells["group"][0] != cells["group"][1]) & forms & ~slip, bits(GROUP["one_sided"]), 0.0)
        # names that have nothing in common say nothing more
        return best(pair, np.maximum(relation + more, _BITS["different"]), len(one))

    def _one_slip(self, left: Ints, right: Ints, forms: Flags) -> Flags:
        found = np.zeros(len(left), dtype=bool)
        at = np.flatnonzero(forms)
        one, other = self._texts[0][left[at]], self._texts[1][right[at]]
        found[at] = slips(one, other, most=1) <= 1
        return found

    def _relation(self, cells: Cells, left: Ints, right: Ints, forms: Flags, slip: Flags) -> Bits:
        """The likeliest relation, by the best level that is open to the two."""
        bodies = self._bodies.compare(left, right)
        short, long = bodies.short, bodies.long
        near = ((bodies.slips <= 1) & (short >= MIN_TYPO)) | ((bodies.slips <= 2) & (short >= LONG))
        within = (bodies.common == short) & (short >= MIN_BODY)
        brand = (cells["brand"][0] == cells["brand"][1]) & (cells["brand"][0] > 0)
        level = np.where(bodies.common == short - 1, _BITS["shortened_typo"], _BITS["overlap"])
        for holds, name in (
            (brand, "renamed"),
            (near & (short != long), "typo"),
            (near & (short == long), "alike"),
            (within, "shortened"),
            (slip, "alike"),
        ):
            level = np.where(holds, np.maximum(level, _BITS[name]), level)
        worth = np.where((short > 0) & (long > 0), level + bodies.shared, _BITS["different"])
        placed = (cells["place"][0] > 0) != (cells["place"][1] > 0)
        at = np.flatnonzero(placed)
        stems = slips(self._stems[0][left[at]], self._stems[1][right[at]], most=1) <= 1
        worth[at[stems]] = np.maximum(worth[at[stems]], _BITS["typo"] + MAX_SHARED_BITS)
        same = (cells["body"][0] == cells["body"][1]) | (cells["text"][0] == cells["text"][1])
        return np.where(same, _WHOLE, worth)

    def _place(self, cells: Cells, forms: Flags) -> Bits:
        one, other = cells["place"]
        both = self._numbers["place"].by_pair(one, other, lambda a, b: compare_places(a, b, self._statistics).bits)
        bare = (cells["bracket"][0] == 0) & (cells["bracket"][1] == 0)
        alone = np.where(forms & bare, bits(PLACE["one_sided"]), 0.0)
        alone = np.where(cells["country"][0] != cells["country"][1], bits(PLACE["different"]), alone)
        return both + np.where((one > 0) != (other > 0), alone, 0.0)


def _form(cells: Cells, forms: Flags) -> Bits:
    similar = (cells["company"][0] > 0) & (cells["company"][1] > 0)
    worth = np.where(similar, bits(FORM["similar"]), bits(FORM["different"]))
    worth = np.where(cells["form"][0] == cells["form"][1], bits(FORM["equal"]), worth)
    return np.where(forms, worth, 0.0)


def _bracket(cells: Cells) -> Bits:
    """Brackets that both have; of those that one has alone only what is against, and only where it is sure."""
    one, other = cells["bracket"]
    best_of_two = max(bits(BRACKET["one_sided"]), bits(BRACKET["different"]))
    worth = np.where(one == other, bits(BRACKET["equal"]), best_of_two)
    forms = (cells["form"][0] > 0) & (cells["form"][1] > 0)
    unmoved = np.where(one > 0, cells["place"][1], cells["place"][0]) == 0
    alone = np.where(forms & unmoved, bits(BRACKET["one_sided"]), 0.0)
    return np.where((one > 0) & (other > 0), worth, np.where((one > 0) | (other > 0), alone, 0.0))


def _ordinal(cells: Cells) -> Bits:
    one, other = cells["ordinal"]
    both = np.where(one == other, bits(ORDINAL["equal"]), bits(ORDINAL["different"]))
    alone = np.where(one != other, bits(ORDINAL["one_sided"]), 0.0)
    return np.where((one > 0) & (other > 0), both, alone)
