"""A pair of firms compared field by field: a level for each, and what the level is worth in bits.

A value that is missing on one side says nothing: its part is not there (0 bits).
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from loaders.resolution.codes import CodeKind, CodeLevel, nearest_codes
from loaders.resolution.lexicon import lexicon
from loaders.resolution.names import Name, parse
from loaders.resolution.naming import Relation, one_slip, relate
from loaders.resolution.records import Prepared
from loaders.resolution.statistics import Statistics
from loaders.resolution.weights import BRACKET, CODE, FORM, GROUP, ORDINAL, PHONE, PLACE, TOWN, bits

PHONE_TAIL = 7
_COMPANIES = {"joint", "limited", "company", "partnership"}


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


def compare(left: Prepared, right: Prepared, statistics: Statistics) -> Comparison:
    """Compare two firms; the order does not matter."""
    parts = [_code(left, right, statistics)]
    names = _names(left, right, statistics)
    one = other = relation = None
    if names:
        one, other, relation = names
        parts.append(Part("name", relation.level, relation.level_bits))
        if relation.shared_bits:
            parts.append(Part("shared", "shared", relation.shared_bits))
        parts += _name_parts(one, other, relation, statistics)
    parts += [_town(left.town, right.town, statistics), _phone(left.phone, right.phone, statistics)]
    return Comparison(tuple(part for part in parts if part.level != "missing"), one, other, relation)


def _names(left: Prepared, right: Prepared, statistics: Statistics) -> tuple[Name, Name, Relation] | None:
    """The pair of names, former ones included, that are nearest to each other."""
    found = [(one, other, relate(one, other, statistics)) for one in left.names for other in right.names]
    return max(found, key=lambda pair: (pair[2].bits, sorted((pair[0].text, pair[1].text))), default=None)


def _code(left: Prepared, right: Prepared, statistics: Statistics) -> Part:
    nearest = nearest_codes(left.codes, right.codes)
    if nearest is None:
        return Part("code", "missing", 0.0)
    level, one, other = nearest
    kind = one.kind if one.kind == other.kind else CodeKind.ORGANISATION
    worth = bits(CODE[kind][level])
    if level is CodeLevel.EQUAL:  # a code that many firms have is a filler
        many = max(statistics.cells["code"][one.value], statistics.cells["code"][other.value])
        worth = min(worth, statistics.share_bits("code", one.value) + 11 if many > 4 else worth)
    return Part("code", level.value, worth)


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
    if not one.places and not other.places:
        return Part("place", "missing", 0.0)
    if not one.places or not other.places:  # a short name leaves it out, a whole one has it or not
        if one.country != other.country:  # 中国 is given for the whole country, a place for that place
            return Part("place", "different", bits(PLACE["different"]))
        level = "one_sided" if one.form and other.form and not (one.bracket or other.bracket) else "missing"
        return Part("place", level, bits(PLACE[level]) if level == "one_sided" else 0.0)
    level, place = place_level(one.places[-1], other.places[-1])
    worth = bits(PLACE[level])
    if level == "equal":
        worth += max(0.0, statistics.place_bits(place))
    return Part("place", level, worth)


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
        return Part("bracket", "missing", 0.0)
    if one.bracket and other.bracket:
        shared = set(one.bracket) & set(other.bracket)
        level = "equal" if set(one.bracket) == set(other.bracket) else "one_sided" if shared else "different"
    else:
        inside, outside = (one, other) if one.bracket else (other, one)
        moved = set(inside.bracket) & set(outside.places) and not inside.places
        if not outside.form or moved:
            return Part("bracket", "missing", 0.0)
        level = "one_sided"
    return Part("bracket", level, bits(BRACKET[level]))


def _form(one: Name, other: Name) -> Part:
    forms = {one.form, other.form}
    if "" in forms:
        return Part("form", "missing", 0.0)
    level = "equal" if len(forms) == 1 else "similar" if forms <= _COMPANIES else "different"
    return Part("form", level, bits(FORM[level]))


def _group(one: Name, other: Name) -> Part:
    if one.group == other.group or not (one.form and other.form) or one_slip(one, other):
        return Part("group", "missing", 0.0)
    return Part("group", "one_sided", bits(GROUP["one_sided"]))


def _ordinal(one: Name, other: Name) -> Part:
    if not (one.ordinal or other.ordinal):
        return Part("ordinal", "missing", 0.0)
    level = (
        "one_sided"
        if not (one.ordinal and other.ordinal)
        else ("equal" if one.ordinal == other.ordinal else "different")
    )
    return Part("ordinal", level, bits(ORDINAL[level]))


def _town(one: str, other: str, statistics: Statistics) -> Part:
    if not one or not other:
        return Part("town", "missing", 0.0)
    if one == other:
        return Part("town", "equal", bits(TOWN["equal"]) + statistics.share_bits("town", one))
    level = "nested" if one in other or other in one else "different"
    if level == "different":
        first, second = _smallest_place(one), _smallest_place(other)
        if first and second and place_level(first, second)[0] != "different":
            level = "nested"
    return Part("town", level, bits(TOWN[level]))


@lru_cache(maxsize=4096)
def _smallest_place(town: str) -> str:
    """The smallest place a town's name tells, if any."""
    if town in lexicon().parents:
        return town
    places = parse(town).places
    return places[-1] if places else ""


def _phone(one: str, other: str, statistics: Statistics) -> Part:
    if not one or not other:
        return Part("phone", "missing", 0.0)
    if one == other:
        return Part("phone", "equal", bits(PHONE["equal"]) + statistics.share_bits("phone", one))
    if one[-PHONE_TAIL:] == other[-PHONE_TAIL:]:
        level = "tail"
    else:
        level = "one_off" if OSA.distance(one, other, score_cutoff=1) == 1 else "different"
    return Part("phone", level, bits(PHONE[level]))
