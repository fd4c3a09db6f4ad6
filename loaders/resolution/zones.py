"""What a score means: the same firm, ask a person, or different; and what no score may overrule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from graph.messages import N_, Message
from loaders.resolution.codes import CodeKind, CodeLevel
from loaders.resolution.comparison import COMPANIES, Comparison
from loaders.resolution.lexicon import lexicon
from loaders.resolution.names import Name
from loaders.resolution.records import Prepared


class Zone(StrEnum):
    """What to do with a pair."""

    SAME = "same"
    ASK = "ask"
    DIFFERENT = "different"


class Habit(StrEnum):
    """What an office may leave out of a name or add to it without meaning another firm."""

    PLACE = "place"
    GROUP = "group"


ZONE_TITLES = {Zone.SAME: N_("同一家"), Zone.ASK: N_("请人确认"), Zone.DIFFERENT: N_("不是同一家")}


@dataclass(frozen=True)
class Thresholds:
    """Bits from which a pair is taken for one firm, and from which a person is asked.

    0 bits are even odds, −4 bits odds of 1 to 16. The odds are cautious: of the pairs just
    above the upper threshold more than eight in ten are one firm (``benchmarks.resolution``).
    """

    same: float = 0.0
    ask: float = -4.0

    def zone(self, score: float) -> Zone:
        """The zone of a score."""
        if score >= self.same:
            return Zone.SAME
        return Zone.ASK if score >= self.ask else Zone.DIFFERENT


DEFAULT = Thresholds()
JOINING = Thresholds(same=1.0)
"""What a load joins without asking: nobody looks at it, so it has to be surer."""

OTHER_CODES = N_("双方的统一社会信用代码都有效却不同：{left} 与 {right}")
OTHER_CODE = N_("双方的代码不同，名称也不完全相同")
SITE_OF = N_("“{site}”是分支机构或厂区，应登记为厂区，不是重复企业")
OTHER_SITES = N_("“{left}”与“{right}”是两处分支机构或厂区")
OTHER_NUMBER = N_("厂号不同：{left} 与 {right}")
RENAMED = N_("代码相同，但名称完全不同：可能是更名，也可能是代码写错")
LOOSE = N_("名称只有部分相同，又没有相同的代码或电话")
BRANDS = N_("字号只差一个字：可能是写错，也可能是另一家")
PLACES = N_("名称相像，但地区不同")
NAMESAKE = N_("一方名称前有地区、另一方没有，组织形式也不同：可能是子公司")
PLACED = N_("两份名单的地区写法一向一致，而这一对名称中的地区不同：可能是另一家")
UNUSUAL = N_("名称前多出的“{place}”不是这份名单惯常加的地区：可能是另一家")
TWIN = N_("只差一个字，而这两份名单里有不少只差一个字的另一家")
GROUP = N_("一方是集团，另一方不是：可能是母公司与子公司")
NUMBER = N_("只有一方有厂号“{number}”：可能是厂区，也可能是另一家")
WORKS = N_("一方是厂，另一方是公司：可能是改制前后的同一家，也可能是其厂区")
BRACKET = N_("括号中的地区只有一方有或不同：可能是母公司与子公司")
ONE_HAND = N_("同一份名单里的两种写法，又没有相同的代码、电话或地址：可能是两家")
WARN_CHECK = N_("统一社会信用代码 {code} 的校验位不对，已照原样采用")


_LOOSE = {"renamed", "extended", "overlap", "shortened_typo"}
TELLING_BITS = 17.0
"""A name that shares so much beside its brand is hardly another firm's."""
_SLIPS = {"alike", "typo"}
_SAME_NAME = {"identical", "equal"}
_SHORT_NAME = {"shortened", "abbreviated"}
MARGINS = {"alike": 0.0, "typo": 0.0, "shortened_typo": 1.0, "overlap": 2.0, "renamed": 3.0, "extended": 3.0}
"""Bits above the threshold from which a slip or a change of name is believed between lists that match well."""
CODE_MARGIN = 3.0
"""The same where a short code is one sign off: among six digits that happens by chance."""
_LONG = {CodeKind.USCC, CodeKind.ORGANISATION}
SHORT_BRAND = 2
"""Signs of a brand in which one sign makes another brand: 恒力 and 恒立 are two firms."""


@dataclass(frozen=True, slots=True)
class Veto:
    """The best zone a pair may be in, and why.

    ``margin`` are the bits above the threshold from which it yields, where the lists themselves tell that nearly every
    firm has its partner; None yields to nothing. It falls where the lists show that ``habit``.
    """

    limit: Zone
    reason: Message
    margin: float | None = None
    habit: Habit | None = None


def vetoes(compared: Comparison) -> tuple[Veto, ...]:
    """What forbids to take a pair for one firm; with one and the same code a person decides."""
    found: list[Veto] = []
    code, *pair = compared.codes or (CodeLevel.MISSING,)
    if pair and all(one.valid for one in pair) and code is not CodeLevel.EQUAL:
        values: dict[str, object] = {"left": pair[0].value, "right": pair[1].value}
        found.append(Veto(Zone.ASK, Message(OTHER_CODES, values)))
    elif code is CodeLevel.DIFFERENT and (not compared.relation or compared.relation.level != "identical"):
        found.append(Veto(Zone.ASK, Message(OTHER_CODE)))
    levels = {part.field: part.level for part in compared.parts}
    weak = code is CodeLevel.EQUAL and not all(one.valid for one in pair)
    if weak and levels.get("name") == "different" and "equal" not in (levels.get("town"), levels.get("phone")):
        found.append(Veto(Zone.ASK, Message(RENAMED)))
    one, other = compared.left_name, compared.right_name
    near = code in (CodeLevel.ONE_OFF, CodeLevel.TWO_OFF) and {c.kind for c in pair} <= _LONG
    if one and other:
        if site := site_of(one, other):
            found.append(Veto(Zone.ASK if code is CodeLevel.EQUAL else Zone.DIFFERENT, site))
        if code is not CodeLevel.EQUAL:
            found += _family(compared, near)
    return tuple(found)


def site_of(one: Name, other: Name) -> Message | None:
    """Why two names cannot be one firm's: one is a site of the other, or both are sites or works of their own."""
    if one.site and other.site and one.site != other.site:
        return Message(OTHER_SITES, {"left": one.site, "right": other.site})
    if bool(one.site) != bool(other.site):
        return Message(SITE_OF, {"site": one.site or other.site})
    if one.ordinal and other.ordinal and one.ordinal != other.ordinal:
        return Message(OTHER_NUMBER, {"left": one.ordinal, "right": other.ordinal})
    return None


def _family(compared: Comparison, near: bool) -> list[Veto]:
    """Parent and subsidiary, or namesakes: unless the code is nearly the same, a person decides."""
    one, other = compared.left_name, compared.right_name
    levels = {part.field: part.level for part in compared.parts}
    name = levels.get("name", "")
    backed = near or levels.get("phone") in ("equal", "tail")
    found: list[Veto] = []
    if name in _LOOSE and not backed:
        found.append(Veto(Zone.ASK, Message(LOOSE), None if _affiliates(compared, name) else MARGINS[name]))
    if name in _SLIPS and levels.get("town") != "equal" and not backed and _brands_differ(compared):
        found.append(Veto(Zone.ASK, Message(BRANDS), MARGINS[name]))
    if levels.get("place") == "different" and not backed:
        found.append(Veto(Zone.ASK, Message(PLACES)))
    if near:
        return found
    if one and other:
        found += _kinds(one, other)
    if levels.get("place") == "one_sided" and levels.get("form") in ("similar", "different"):
        found.append(Veto(Zone.ASK, Message(NAMESAKE), habit=Habit.PLACE))
    if levels.get("group") == "one_sided":
        slip = levels.get("code") == CodeLevel.ONE_OFF
        found.append(Veto(Zone.ASK, Message(GROUP), CODE_MARGIN if slip else None, Habit.GROUP))
    if levels.get("bracket") in ("one_sided", "different"):
        found.append(Veto(Zone.ASK, Message(BRACKET)))
    return found


def _kinds(one: Name, other: Name) -> Iterator[Veto]:
    """A numbered plant beside the firm, works beside a company, a group's short name beside another firm's name."""
    if bool(one.ordinal) != bool(other.ordinal):
        yield Veto(Zone.ASK, Message(NUMBER, {"number": one.ordinal or other.ordinal}))
    if "works" in (one.form, other.form) and (one.form in COMPANIES or other.form in COMPANIES):
        yield Veto(Zone.ASK, Message(WORKS))
    if one.group != other.group:
        group, plain = (one, other) if one.group else (other, one)
        if not group.form and (plain.form or len(plain.body) > len(group.body)):
            yield Veto(Zone.ASK, Message(GROUP), habit=Habit.GROUP)


def _affiliates(compared: Comparison, level: str) -> bool:
    """Whether one name is a firm's beside the other's: a trade added (示例机械, 示例机械科技), or haulage, catering."""
    one, other = compared.left_name, compared.right_name
    if not one or not other:
        return False
    if level == "extended" and min(one, other, key=lambda name: len(name.body)).trade:
        return True
    return any((word in one.body) != (word in other.body) for word in lexicon().affiliates)


def _brands_differ(compared: Comparison) -> bool:
    """Whether the slip is where brands are told apart, and the rest of the name is what many firms have."""
    one, other = compared.left_name, compared.right_name
    if not one or not other or not compared.relation or compared.relation.shared_bits >= TELLING_BITS:
        return False
    return one.body[:SHORT_BRAND] != other.body[:SHORT_BRAND]


def standing(found: tuple[Veto, ...], above: float) -> tuple[Veto, ...]:
    """The vetoes that do not yield to a score so many bits above the threshold."""
    return tuple(veto for veto in found if veto.margin is None or above < veto.margin)


def limited(zone: Zone, found: tuple[Veto, ...]) -> Zone:
    """The zone after the vetoes."""
    order = [Zone.DIFFERENT, Zone.ASK, Zone.SAME]
    return min([zone, *(veto.limit for veto in found)], key=order.index)


def warnings(record: Prepared) -> tuple[Message, ...]:
    """What to tell about a record, without consequence: a check digit that is wrong."""
    wrong = (code for code in record.codes if code.kind is CodeKind.USCC and not code.valid)
    return tuple(Message(WARN_CHECK, {"code": code.value}) for code in wrong)


def one_hand(level: Callable[[str], str], *, coded: bool) -> Veto | None:
    """What more it takes between two rows of one list, by the levels of their comparison; ``coded`` by the same code.

    One office wrote both and knows its firms: names that differ are two firms there far oftener than one with a slip.
    """
    if coded or "equal" in {level("phone"), level("site")}:
        return None
    name, same = level("name"), level("name") in _SAME_NAME
    if not same and (level("code") != "missing" or name not in _SLIPS | _SHORT_NAME):
        return Veto(Zone.DIFFERENT, Message(ONE_HAND))
    if level("place") == "different":
        return Veto(Zone.DIFFERENT, Message(ONE_HAND))
    if name in _SLIPS or level("place") in {"nested", "one_sided"}:
        return Veto(Zone.ASK, Message(ONE_HAND))
    return None
