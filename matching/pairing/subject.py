"""What a title is about: its head, as far as Chinese word order tells.

The head noun stands last: 减速器壳体铸件 is a casting, 正极材料烧结用匣钵 a sagger, 热处理炉 a furnace. So things are
compared by the *end* of their names, and a product tag that a title uses only as a modifier does not say what is sold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from graph.ids import make_id, normalise
from graph.model import Product

_BRACKETS = re.compile(r"[(\[【〔「《][^()\[\]【】〔〕「」《》]*[)\]】〕」》]")
_CLAUSE = re.compile(r"[,，;；。\n]+")
_LIST = re.compile(r"[、/及]+")
_PACKING_BEFORE = re.compile(
    r"^(?:急需|需要|采购|求购|寻求|寻找|供应|提供|承接|对外|招募|长期|大量|批量|自产|寻(?!呼))+"
)
_PACKING_AFTER = re.compile(r"(?:采购需求|采购|需求|供应商?|供货|供给|定制|配套|(?:系列)?产品)+$")
_QUALITY = re.compile(r"^(?:高精度|高精密|精密|高性能|高品质|高端|优质|新型|国产化?|进口)+")
_FORM = re.compile(r"(?:现货|整机|成品|原料|粉体|粉末|颗粒|棒材)+$")  # the same thing in a shape or state
_SERVICE = re.compile(r"(?:加工服务|外协加工|委托加工|来料加工|代加工|加工|外协|服务)$")
_MODEL = re.compile(r"(?<=[^\x00-\x7f])[a-z0-9][a-z0-9.\-/]*$")  # 减速器rv-40e, 碳纤维t800
_WORD = re.compile(r"[\w]")
MINIMUM = 2


@dataclass(frozen=True)
class Subject:
    """The name of a thing without packing; ``service`` when the words ask for work to be done, not for a thing."""

    core: str
    service: bool


def clauses(text: str) -> list[str]:
    """Split a text at commas, semicolons, full stops and line ends."""
    return [part.strip() for part in _CLAUSE.split(text) if part.strip()]


def _peel(pattern: re.Pattern[str], text: str) -> str:
    rest = pattern.sub("", text)
    return rest if len(rest) >= MINIMUM else text


def subject(name: str) -> Subject | None:
    """The subject of one name; None when nothing of at least two characters is left."""
    text = normalise(name).replace(" ", "")
    text = _peel(_BRACKETS, text)
    for pattern in (_PACKING_BEFORE, _PACKING_AFTER, _FORM, _QUALITY, _MODEL):
        text = _peel(pattern, text)
    core = _peel(_SERVICE, text)
    return Subject(core, service=core != text) if len(core) >= MINIMUM else None


def name_ends(core: str) -> list[str]:
    """The name and its ends, the longest first: what it is a kind of, where the head noun stands last."""
    return [core[start:] for start in range(len(core) - MINIMUM + 1)]


@lru_cache(200_000)
def name_id(name: str) -> str:
    """The id a product of this name has or would have."""
    return make_id(Product.PREFIX, name)


def subjects(title: str) -> tuple[Subject, ...]:
    """The subjects of a title: the items of its first clause."""
    first = clauses(_peel(_BRACKETS, normalise(title)))[:1]
    found = [subject(item) for clause in first for item in _LIST.split(clause)]
    return tuple(dict.fromkeys(item for item in found if item))


def is_modifier(product: str, title: str) -> bool:
    """Whether a title names ``product`` only in front of another word: 减速器 in 减速器壳体铸件."""
    name, text = normalise(product).replace(" ", ""), normalise(title).replace(" ", "")
    if not name or name not in text:
        return False
    tails = [text[found.end() :] for found in re.finditer(re.escape(name), text)]
    return all(_WORD.match(tail) and not _ends_here(tail) for tail in tails)


def _ends_here(tail: str) -> bool:
    """Whether what follows a name is only packing, a form, a service or a model's code up to the end of its clause."""
    clause = re.split(r"[,，;；。\n()\[\]【】〔〕、/及]", tail, maxsplit=1)[0]
    return _SERVICE.sub("", _FORM.sub("", _PACKING_AFTER.sub("", clause))) == "" or clause.isascii()


def things(title: str, products: Iterable[str]) -> tuple[Subject, ...]:
    """What a listing is about: the products it is tagged with, unless its title shows them to be modifiers.

    Without a tag that holds, the title itself says it.
    """
    tagged = [subject(name) for name in products if not is_modifier(name, title)]
    return tuple(dict.fromkeys(item for item in tagged if item)) or subjects(title)
