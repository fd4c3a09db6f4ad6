"""A Chinese firm name taken apart: place, brand, trade, legal form, number, branch.

``常州市示例(集团)机械股份有限公司第二工厂`` is a group in 常州, brand 示例, trade 机械, joint-stock, and its
second works is a site of it. Nothing is looked up about the firm: what the name does not say stays empty.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from rapidfuzz.distance import OSA

from loaders.resolution.lexicon import Lexicon, lexicon

_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|【([^【】]*)】|<([^<>]*)>")
_FORMER = re.compile(r"^(?:原名|曾用名|更名前|前身|原|简称)(?:为|是|叫)?[::]?(?P<name>.{2,})$")
_SEVERAL = re.compile(r"[;;|/\n、]|(?:曾用名|原名|简称)[::]")
_BESIDE = re.compile(
    r"[,;:\s(\[-]+(?:原名称?|曾用名|更名前|前身|简称)(?:为|是|叫)?[::]?\s*|(?<=公司)[,;\s(]+原(?=[^()]{2,}(?:公司|厂|院|所))"
)
_CODE = r"(?:(?:SH|SZ|BJ)[.:]?)?\d{2,6}(?:\.(?:SH|SZ|BJ|SS|HK))?|[0-9A-Z]{15,18}"
_CODED = re.compile(
    rf"(?:\s*[(\[【]\s*(?:{_CODE})\s*[)\]】]|(?<=[\u3400-\u9fff])\s+(?:{_CODE}))\s*$|^\s*(?:{_CODE})\s+(?=[\u3400-\u9fff])"
)
"""A stock code or another number beside a name."""
_NOISE = re.compile(r"[^0-9A-Z\u3400-\u9fff()\[\]<>【】]")
_LISTED = re.compile(r"^(?:S\*ST|SST|\*?ST|PT|XD|XR|DR|退市)(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])[AB]$")
_COUNTY = re.compile(r"^[\u3400-\u9fff]{2,3}?(?:市|县|区|自治州|自治县|开发区|高新区|镇|街道)(?=[\u3400-\u9fff]{2})")
_NOT_COUNTY = re.compile(r"都市|城市|超市|门市|股市|上市|夜市|楼市|社区|小区|校区|厂区|景区|灾区")
_ORDINAL = re.compile(
    r"第([一二三四五六七八九十百]+|\d{1,3})|([一二三四五六七八九十]|\d{1,2})(?=(?:分厂|工厂|厂|分公司|公司|车间|部)$)"
)
_DIGITS = {sign: str(value) for value, sign in enumerate("零一二三四五六七八九十")}
_NUMBERED = re.compile(r"^\s*(?:\(?\d{1,4}\s*[).、:]|\(\d{1,4}\)|[①-⑳])\s*(?=[\u3400-\u9fff])")
_LATIN = r"[A-Z0-9\s.,&'-]"
_ENGLISH = re.compile(
    rf"(?<=公司)\s*\(?(?=[A-Z]){_LATIN}+\)?\s*$|"
    r"[\s,(]*(?:\bCO(?:MPANY)?\b[\s.,]*(?:LTD|LIMITED)?|\b(?:LTD|LIMITED|INC|CORP(?:ORATION)?|LLC))\b[.\s]*\)?\s*$|"
    r"(?<=[\u3400-\u9fff])\s*\(?(?:CO[\s.,]*LTD|LTD|INC|CORP)[.\s]*\)?\s*$",
    re.IGNORECASE,
)
"""An English legal form behind a Chinese name, or the whole name once more in English."""
_BEHIND = re.compile(
    r"(?P<parent>.{2,}公司)(?P<site>.{0,8}(?:厂|厂区|厂房|工场|研究院|研究所|设计院|(?:研发|技术|营销|制造|物流)中心)"
    r"|[东南西北中新老]区|[一二三四五六1-6]期|.{2,4}公司)$"
)
"""What stands behind a whole name makes a site of it: ``某某有限公司二厂``, ``某某有限公司常州公司``."""
_TOWN_ENDS = ("镇", "街道")
_SLIPS = {"joint", "limited"}
_COUNTY_ENDS = ("区", "县")
MIN_BODY = 2
SURE_FORM = 3
"""Forms longer than this are cut first; shorter ones may be what a slip left of them."""
MAX_NAME = 80


@dataclass(frozen=True, slots=True)
class Name:
    """One name taken apart.

    ``text`` is the name without width, case, signs and traditional forms; ``body`` is brand and trade; ``bracket`` are
    places in brackets (they tell a subsidiary from its parent); ``form`` is empty for a short name; ``site`` is what
    makes a part of a firm out of it; ``before`` are places that somebody put before a name that begins with another.
    """

    text: str
    places: tuple[str, ...] = ()
    brand: str = ""
    trade: str = ""
    form: str = ""
    group: bool = False
    bracket: tuple[str, ...] = ()
    ordinal: str = ""
    site: str = ""
    before: tuple[str, ...] = ()
    body: str = field(init=False, compare=False)
    """Brand and trade; asked for so often that it is put together once."""

    def __post_init__(self) -> None:
        """Put the body together."""
        object.__setattr__(self, "body", self.brand + self.trade)

    @property
    def country(self) -> bool:
        """Whether it begins with 中国, which is given as rarely as a place."""
        return self.text.startswith(lexicon().country)

    @property
    def stem(self) -> str:
        """Places, brand and trade."""
        return "".join(self.places) + self.body


def normalise(text: str) -> str:
    """Fold width, case, punctuation and traditional signs; brackets stay."""
    plain = unicodedata.normalize("NFKC", text).upper().translate(lexicon().simplified)
    star = plain.strip().replace("*ST", "ST")
    return _LISTED.sub("", _NOISE.sub("", star))


def parse_all(text: str) -> tuple[Name, ...]:
    """All names in a cell: the name itself, former names and short names written beside it."""
    plain = unicodedata.normalize("NFKC", text[: 4 * MAX_NAME])
    found: list[str] = []

    def take(match: re.Match[str]) -> str:
        inner = next((group for group in match.groups() if group), "")
        former = _FORMER.match(inner.strip())
        if not former:
            return match.group()
        found.append(former["name"])
        return ""

    whole = _BRACKETS.sub(take, _CODED.sub("", _NUMBERED.sub("", plain.upper())))
    pieces = [part for piece in _SEVERAL.split(whole) for part in _BESIDE.split(piece)] + found
    pieces = [piece for piece in pieces if len(normalise(piece)) >= MIN_BODY]
    names = [name for piece in pieces for name in _readings(parse(piece))]
    if site := names[0].site if names else "":  # a site's parent's other names are the site's, too
        names = [replace(name, site=name.site or site) for name in names]
    return tuple(dict.fromkeys(name for name in names if name.text))


def _readings(name: Name) -> Iterator[Name]:
    """A name, and what it is without a place put before a whole name: ``常州深圳市示例机械``, ``江苏中国示例机械``."""
    yield name
    words = lexicon()
    if not name.places or not (name.brand.startswith(words.country) or _begins_with_place(name.body, words)):
        return
    at = name.text.find(name.body)
    if at > 0:
        proper = parse(name.text[at:])
        yield replace(proper, before=name.places, group=name.group, bracket=name.bracket, site=name.site)


def _begins_with_place(text: str, words: Lexicon) -> bool:
    return any(text[:length] in words.parents and len(text) >= length + MIN_BODY for length in _by_length())


def parse(text: str) -> Name:
    """Take one name apart; never fails: what is not understood is brand."""
    words = lexicon()
    plain = normalise(_ENGLISH.sub("", unicodedata.normalize("NFKC", text)))[:MAX_NAME]
    inner = [next((group for group in groups if group), "") for groups in _BRACKETS.findall(plain)]
    outside = re.sub(r"[()\[\]<>【】]", "", _BRACKETS.sub("", plain))
    outside, site = _cut_site(_cut_department(outside, words), words)
    bracket = tuple(place for part in inner for place in _place_of(part, words))
    rest, form = _cut_form(outside, words)
    group = words.group in inner or words.group in rest
    rest = rest.replace(words.group, "")
    site = site or next((part for part in inner if part.endswith((*words.sites, *words.plants, "厂"))), "")
    places, body = _cut_places(rest, words)
    body, tail = _cut_tail(body, words) if form else (body, ())
    bracket += tail
    said = (words.group, words.country, site, *words.notes, *words.departments)
    extra = "".join(p for p in inner if p not in said and not _place_of(p, words) and not p.endswith(_TOWN_ENDS))
    body = body or rest
    ordinal = _ordinal(outside)
    brand = _brand(body, words)
    text = re.sub(r"[()\[\]<>【】]", "", plain)
    return Name(text, places, brand, body[len(brand) :] + extra, form, group, bracket, ordinal, site)


def _cut_department(text: str, words: Lexicon) -> str:
    """A whole name without the department behind it."""
    found = next((word for word in words.departments if text.endswith(word)), "")
    bare = text.removesuffix(found)
    return bare if bare.endswith(tuple(words.forms)) else text


def _cut_site(text: str, words: Lexicon) -> tuple[str, str]:
    """The parent's name and what makes a site of it: ``某某有限公司`` and ``常州分公司``."""
    if found := _BEHIND.match(text):
        site = found["site"]
        if not site.endswith("公司") or _place_of(site.removesuffix("公司"), words):
            return found["parent"], site
    ends = words.sites if text.endswith(words.sites) else words.plants if text.endswith(words.plants) else ()
    if not ends:
        return text, ""
    parent = None
    for form in words.forms:
        at = text.find(form)
        if at > 0 and at + len(form) < len(text) and text[at + len(form) :] not in words.forms:
            parent = max(parent or 0, at + len(form))
    if parent:
        return text[:parent], text[parent:]
    end = next(end for end in sorted(ends, key=len, reverse=True) if text.endswith(end))
    bare = text.removesuffix(end)
    if ends is words.plants:
        return _cut_placed(bare, end, words)
    return (text, "") if end in words.shops else (bare, end)


def _cut_placed(bare: str, end: str, words: Lexicon) -> tuple[str, str]:
    """A plant behind a place is a site, ``示例机械常州工厂``; without one it may be a firm of its own, ``示例工厂``."""
    place = next((bare[-n:] for n in _by_length() if bare[-n:] in words.parents and len(bare) >= n + MIN_BODY), "")
    parent = bare.removesuffix(place)
    if not place or _place_of(parent, words):
        return bare + end, ""
    return parent, place + end


def _cut_form(text: str, words: Lexicon) -> tuple[str, str]:
    """The name without its legal form, and the form's kind; one slip within a long form is forgiven."""
    exact = next((form for form in words.forms if len(form) > SURE_FORM and _ends(text, form)), "")
    for form, kind in words.forms.items():
        if form == exact:
            return text[: -len(form)], kind
        # a shorter form that is there as a whole leaves room for a slip of the longer one, not for a lost sign
        lengths = (len(form),) if exact else (len(form), len(form) - 1, len(form) + 1)
        if kind in _SLIPS and len(form) > max(SURE_FORM, len(exact)):
            for length in lengths:
                if _slipped(text, form, length):
                    return text[:-length], kind
    for form, kind in words.forms.items():
        if text.endswith(form) and len(text) > len(form):
            return text[: -len(form)], kind
    for form, kind in words.short_forms.items():
        if text.endswith(form) and len(text) > len(form) + 1:
            return text[: -len(form)], "" if form == "股份" else kind
    return text, ""


def _ends(text: str, form: str) -> bool:
    return text.endswith(form) and len(text) > len(form)


def _slipped(text: str, form: str, length: int) -> bool:
    """Whether the last signs of a text are a form with one slip in it, two signs typed for others in a long one."""
    tail = text[-length:]
    most = 2 if length == len(form) > 2 * SURE_FORM - 1 else 1
    if len(text) < length + MIN_BODY or OSA.distance(tail, form, score_cutoff=most) > most:
        return False
    return tail[0] == form[0] or tail[:2] == form[1::-1]


def _place_of(text: str, words: Lexicon) -> tuple[str, ...]:
    plain = text
    for end in words.place_ends:
        plain = plain.removesuffix(end)
    return (plain,) if plain in words.parents else ()


@cache
def _by_length() -> tuple[int, ...]:
    return tuple(sorted({len(place) for place in lexicon().parents}, reverse=True))


def _cut_places(text: str, words: Lexicon) -> tuple[tuple[str, ...], str]:
    """The places a name begins with and the rest; a name that is nothing but places keeps its last one as brand."""
    places: list[str] = []
    rest = text.removeprefix(words.country) if len(text) > len(words.country) + 1 else text
    while rest:
        found = next((rest[:n] for n in _by_length() if rest[:n] in words.parents), "")
        if found and rest[len(found) :].startswith(_TOWN_ENDS):
            found = ""  # 洛阳镇 is no city
        if found:
            after = rest[len(found) :]
            ends = words.place_ends + (_COUNTY_ENDS if len(words.within(found)) > 2 else ())
            end = next((end for end in ends if after.startswith(end) and len(after) > len(end)), "")
            if places and places[-1] not in words.within(found):
                break  # a second place that does not lie in the first belongs to the brand
            after = after[len(end) :]
        elif (county := _COUNTY.match(rest)) and not _NOT_COUNTY.search(county.group()):
            found, after = county.group(), rest[county.end() :]
        else:
            break
        if not after:
            break
        places.append(found)
        rest = after
    return tuple(places), rest


def _cut_tail(body: str, words: Lexicon) -> tuple[str, tuple[str, ...]]:
    """A place at the end of a long name stands like one in brackets: ``示例科技无锡有限公司``."""
    for length in _by_length():
        if len(body) >= length + 2 * MIN_BODY and body[-length:] in words.parents:
            return body[:-length], (body[-length:],)
    return body, ()


def _ordinal(text: str) -> str:
    """The number in ``第三机械厂`` or ``示例一厂``, as digits; empty without one."""
    found = _ORDINAL.search(text)
    if not found:
        return ""
    sign = found.group(1) or found.group(2)
    return _DIGITS.get(sign, sign)


def _brand(body: str, words: Lexicon) -> str:
    """What stands before the first trade word; all of it without one."""
    for at in range(len(body)):
        for length in range(min(words.longest_trade, len(body) - at), 1, -1):
            if body[at : at + length] in words.trades and at != 1:
                return body[:at]
    return body
