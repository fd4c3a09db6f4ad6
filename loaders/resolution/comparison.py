"""A pair of firms compared field by field: a level for each, and what the level is worth in bits.

A value that is missing on one side says nothing: its part is not there (0 bits).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from loaders.resolution.codes import CodeKind, CodeLevel, NearestCodes, nearest_codes
from loaders.resolution.lexicon import lexicon
from loaders.resolution.names import Name, parse
from loaders.resolution.naming import Relation, one_slip, relate
from loaders.resolution.records import Prepared
from loaders.resolution.sites import Site
from loaders.resolution.statistics import Statistics
from loaders.resolution.weights import BRACKET, CODE, FORM, GROUP, NAME, ORDINAL, PHONE, PLACE, SITE, TOWN, Level, bits

PHONE_TAIL = 7
MAX_SITE_BITS = 6.0
"""However rare an address is: the firms of a group sit at one, and a new firm moves in where another was."""
COMPANIES = {"joint", "limited", "company", "partnership"}
_TABLES: Mapping[str, Mapping[str, Level]] = {
    "name": NAME,
    "place": PLACE,
    "bracket": BRACKET,
    "form": FORM,
    "group": GROUP,
    "ordinal": ORDINAL,
    "town": TOWN,
    "phone": PHONE,
    "site": SITE,
}


class Part(NamedTuple):
    """One field's say: positive bits for the same firm, negative against."""

    field: str
    level: str
    bits: float


class Comparison(NamedTuple):
    """All parts of a pair, and the two names that were nearest to each other (None without names)."""

    parts: tuple[Part, ...]
    left_name: Name | None
    right_name: Name | None
    relation: Relation | None
    codes: NearestCodes | None


@cache
def _part(field: str, level: str, kind: str = "") -> Part:
    """A part that is worth what its level is; ``missing`` is worth nothing."""
    if level == "missing":
        return Part(field, level, 0.0)
    return Part(field, level, bits((CODE[kind] if kind else _TABLES[field])[level]))


def compare(left: Prepared, right: Prepared, statistics: Statistics) -> Comparison:
    """Compare two firms; the order does not matter."""
    codes = nearest_codes(left.codes, right.codes)
    parts = [_code(codes, statistics)]
    names = _names(left, right, statistics)
    one = other = relation = None
    if names:
        one, other, relation = names
        parts.append(_part("name", relation.level))
        if relation.shared_bits:
            parts.append(Part("shared", "shared", relation.shared_bits))
        parts += _name_parts(one, other, relation, statistics)
    parts += [
        compare_towns(left.town, right.town, statistics),
        _phone(left.phone, right.phone, statistics),
        compare_sites(left.sites, right.sites, statistics),
    ]
    return Comparison(tuple([part for part in parts if part.level != "missing"]), one, other, relation, codes)


def _names(left: Prepared, right: Prepared, statistics: Statistics) -> tuple[Name, Name, Relation] | None:
    """The pair of names, former ones included, that are nearest to each other."""
    found = [(one, other, relate(one, other, statistics)) for one in left.names for other in right.names]
    if len(found) == 1:
        return found[0]
    return max(found, key=lambda pair: (pair[2].bits, sorted((pair[0].text, pair[1].text))), default=None)


def _code(nearest: NearestCodes | None, statistics: Statistics) -> Part:
    if nearest is None:
        return _part("code", "missing")
    level, one, other = nearest
    found = _part("code", level.value, one.kind if one.kind == other.kind else CodeKind.ORGANISATION)
    if level is CodeLevel.EQUAL:  # a code that many firms have is a filler
        many = max(statistics.cells["code"][one.value], statistics.cells["code"][other.value])
        if many > 4:
            return Part("code", level.value, min(found.bits, statistics.share_bits("code", one.value) + 11))
    return found


def _name_parts(one: Name, other: Name, relation: Relation, statistics: Statistics) -> list[Part]:
    """What else two names say: place, place in brackets, legal form, group, number."""
    if relation.level == "different":
        return []  # names that have nothing in common but a place or a legal form say nothing more
    return [
        _place(one, other, statistics),
        _bracket(one, other),
        _form(one, other),
        _group(one, other),
        _ordinal(one, other),
    ]


def _place(one: Name, other: Name, statistics: Statistics) -> Part:
    if bool(one.before) != bool(other.before) and one.places == other.places and one.form and other.form:
        return _part("place", "one_sided")
    if not one.places and not other.places:
        return _part("place", "missing")
    if not one.places or not other.places:  # a short name leaves it out, a whole one has it or not
        if one.country != other.country:  # 中国 is given for the whole country, a place for that place
            return _part("place", "different")
        level = "one_sided" if one.form and other.form and one.bracket == other.bracket else "missing"
        return _part("place", level)
    return compare_places(one.places[-1], other.places[-1], statistics)


def compare_places(one: str, other: str, statistics: Statistics) -> Part:
    """The smallest places two names begin with."""
    level, place = place_level(one, other)
    found = _part("place", level)
    return found._replace(bits=found.bits + max(0.0, statistics.place_bits(place))) if level == "equal" else found


def place_level(one: str, other: str) -> tuple[str, str]:
    """Equal, one within the other, or different; and the place they agree in."""
    if one == other:
        return "equal", one
    above, beside = lexicon().within(one), lexicon().within(other)
    if other in above or one in beside:
        return "nested", other if other in above else one
    known = one in lexicon().parents and other in lexicon().parents
    return ("different" if known else "nested"), ""


def _bracket(one: Name, other: Name) -> Part:
    if not (one.bracket or other.bracket):
        return _part("bracket", "missing")
    if one.bracket and other.bracket:
        shared = set(one.bracket) & set(other.bracket)
        level = "equal" if set(one.bracket) == set(other.bracket) else "one_sided" if shared else "different"
    else:
        inside, outside = (one, other) if one.bracket else (other, one)
        moved = set(inside.bracket) & set(outside.places) and not inside.places
        if not inside.form or not outside.form or moved:
            return _part("bracket", "missing")
        level = "one_sided"
    return _part("bracket", level)


def _form(one: Name, other: Name) -> Part:
    forms = {one.form, other.form}
    if "" in forms:
        return _part("form", "missing")
    level = "equal" if len(forms) == 1 else "similar" if forms <= COMPANIES else "different"
    return _part("form", level)


def _group(one: Name, other: Name) -> Part:
    if one.group == other.group or not (one.form and other.form) or one_slip(one, other):
        return _part("group", "missing")
    return _part("group", "one_sided")


def _ordinal(one: Name, other: Name) -> Part:
    if not (one.ordinal or other.ordinal):
        return _part("ordinal", "missing")
    level = (
        "one_sided"
        if not (one.ordinal and other.ordinal)
        else ("equal" if one.ordinal == other.ordinal else "different")
    )
    return _part("ordinal", level)


def compare_towns(one: str, other: str, statistics: Statistics) -> Part:
    """Where both say they are."""
    if not one or not other:
        return _part("town", "missing")
    if one == other:
        return Part("town", "equal", _part("town", "equal").bits + statistics.share_bits("town", one))
    level = "nested" if one in other or other in one else "different"
    if level == "different":
        first, second = _smallest_place(one), _smallest_place(other)
        if first and second and place_level(first, second)[0] != "different":
            level = "nested"
    return _part("town", level)


@lru_cache(maxsize=4096)
def _smallest_place(town: str) -> str:
    """The smallest place a town's name tells, if any."""
    if town in lexicon().parents:
        return town
    places = parse(town).places
    return places[-1] if places else ""


def _phone(one: str, other: str, statistics: Statistics) -> Part:
    if not one or not other:
        return _part("phone", "missing")
    if one == other:
        return Part("phone", "equal", _part("phone", "equal").bits + statistics.share_bits("phone", one))
    if one[-PHONE_TAIL:] == other[-PHONE_TAIL:]:
        level = "tail"
    else:
        level = "one_off" if OSA.distance(one, other, score_cutoff=1) == 1 else "different"
    return _part("phone", level)


def compare_sites(one: tuple[Site, ...], other: tuple[Site, ...], statistics: Statistics) -> Part:
    """The addresses that are nearest to each other: a firm has several, and moves."""
    if not one or not other:
        return _part("site", "missing")
    return max((_site(left, right, statistics) for left in one for right in other), key=lambda part: part.bits)


def _site(one: Site, other: Site, statistics: Statistics) -> Part:
    inside = not one.road and not other.road and (one.number in other.number or other.number in one.number)
    if one == other or inside:
        shared = min(statistics.share_bits("site", str(one)), statistics.share_bits("site", str(other)))
        return Part("site", "equal", _part("site", "equal").bits + min(shared, MAX_SITE_BITS))
    return _part("site", "same_road" if one.road and one.road == other.road else "different")
