"""What a phrase says of segments: which term it holds, how it holds it, and which words speak against.

In Chinese the head noun stands last (decision 006), so a term at the end of a phrase is the thing itself, one before
the end only says what the thing is for. Annual reports and registers add tails (系列, 业务, 销售) and join several
things in one phrase; both are taken apart first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from graph.ids import normalise
from matching.linking.facts import Segment


class How(StrEnum):
    """How a phrase holds a term, the surest first."""

    EXACT = "exact"
    HEAD = "head"
    INSIDE = "inside"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class Hit:
    """A segment a phrase speaks of: ``part`` of the phrase holds ``term``.

    ``lookalike``, ``trade`` and ``service`` are the words that speak against it, empty when there is none.
    """

    segment: str
    term: str
    part: str
    how: How
    lookalike: str = ""
    trade: str = ""
    service: str = ""

    @property
    def clean(self) -> bool:
        """Whether nothing speaks against it."""
        return not (self.lookalike or self.trade or self.service)


_SEPARATORS = re.compile(r"[、,;。|+]|以及|及其|及|与|和(?!成)")
_BRACKETS = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
_PREFIX = re.compile(r"^(?:生产|制造|研发|开发|从事|自产|其他|其中|主营|专业|高端|新型|各类|各种|[:\-–—])+")
_TAIL = re.compile(
    r"(?:系列|产品|业务|板块|分部|项目|收入|销售|生产|制造|加工|研发|开发|设计|类|等|的|[:\-–—]|\d+)+$",
)
_TRADE = ("贸易", "代理", "经销", "分销", "批发", "零售", "外购", "收购", "转口", "进出口", "采购", "代购")
_SERVICE = (
    "维修", "修理", "维护", "维保", "运维", "安装", "施工", "工程", "咨询", "设计", "培训", "租赁", "出租", "服务",
    "运输", "物流", "仓储", "配送", "回收", "投资", "运营", "改造", "拆解", "检测", "检验", "研发", "研究", "推广",
)  # fmt: skip
_SALTS = ("钠", "钾", "钙", "盐", "酯")
_LEAST_USES = 2
_LEAST_INSIDE = 0.34
"""The part of a phrase a term inside it must make up to be worth a question."""


def parts(phrase: str) -> list[str]:
    """The things a phrase names, the whole first; brackets give parts of their own."""
    whole = normalise(phrase)
    inner = [part for found in _BRACKETS.findall(whole) for part in _SEPARATORS.split(found)]
    outer = _BRACKETS.sub("", whole)
    found = [outer, *_SEPARATORS.split(outer), *inner]
    return [part for part in dict.fromkeys(piece.strip() for piece in found) if len(part) > 1]


def core(part: str) -> str:
    """A part without the words that only say that it is made or sold."""
    bare = _TAIL.sub("", _PREFIX.sub("", part))
    return bare if len(bare) > 1 else part


class Vocabulary:
    """The terms and look-alikes of all segments."""

    def __init__(self, segments: Iterable[Segment]) -> None:
        self.segments = {segment.id: segment for segment in segments}
        self._terms: dict[str, list[tuple[str, str]]] = {}
        self._lookalikes: dict[str, list[str]] = {}
        for segment in self.segments.values():
            for term in segment.terms:
                self._terms.setdefault(normalise(term), []).append((segment.id, term))
            for word in segment.lookalikes:
                self._lookalikes.setdefault(normalise(word), []).append(segment.id)
        self._fields = self._find_fields()
        self._longest = max(map(len, [*self._terms, *self._lookalikes]), default=0)

    def is_field(self, term: str) -> bool:
        """Whether several other segments use a term to say what their things are for: 新能源汽车 in 新能源汽车电机."""
        return normalise(term) in self._fields

    def other_sense(self, segment: str, term: str) -> str:
        """A look-alike of the segment that is a kind of what a term names (汽车变速箱 of 变速箱), else nothing."""
        bare = core(normalise(term))
        words = self.segments[segment].lookalikes
        return next((word for word in words if normalise(word) != bare and normalise(word).endswith(bare)), "")

    def _find_fields(self) -> frozenset[str]:
        """The terms that terms of at least ``_LEAST_USES`` other segments begin with."""
        users: dict[str, set[str]] = {}
        for word, owners in self._terms.items():
            for end in range(2, len(word) - 1):
                own = {segment for segment, _ in self._terms.get(word[:end], ())}
                users.setdefault(word[:end], set()).update(
                    segment for segment, _ in owners if own and segment not in own
                )
        return frozenset(word for word, segments in users.items() if len(segments) >= _LEAST_USES)

    def read(self, phrase: str) -> list[Hit]:
        """The segments a phrase speaks of, one hit each: the surest, among equals that of the longest term."""
        whole = normalise(phrase)
        against = self._found(whole, self._lookalikes)
        best: dict[str, tuple[tuple[bool, int, int], Hit]] = {}
        for place, part in enumerate(parts(phrase)):
            for hit in self._read_part(part, whole, place == 0):
                lookalike = next((word for word in against if hit.segment in self._lookalikes[word]), "")
                made = Hit(hit.segment, hit.term, hit.part, hit.how, lookalike, hit.trade, hit.service)
                rank = (not made.clean, list(How).index(made.how), -len(made.term))
                if made.segment not in best or rank < best[made.segment][0]:
                    best[made.segment] = (rank, made)
        return [best[segment][1] for segment in sorted(best)]

    def lookalike(self, segment: str, phrase: str) -> str:
        """The look-alike of a segment that stands in a phrase, else nothing."""
        found = self._found(normalise(phrase), self._lookalikes)
        return next((word for word in found if segment in self._lookalikes[word]), "")

    def _found(self, text: str, words: dict[str, list[str]] | dict[str, list[tuple[str, str]]]) -> list[str]:
        """The words that stand anywhere in a text, the longest first."""
        spans = {
            text[start:end]
            for start in range(len(text))
            for end in range(start + 2, min(len(text), start + self._longest) + 1)
        }
        return sorted(spans & words.keys(), key=lambda word: (-len(word), word))

    def _read_part(self, part: str, whole: str, first: bool) -> Iterator[Hit]:
        bare = core(part)
        for word in self._found(part, self._terms):
            before, _, after = part.rpartition(word)
            how = How.EXACT if word in (bare, part) else How.HEAD if bare.endswith(word) or not after else How.INSIDE
            if how is How.HEAD and before.endswith(_SALTS):
                how = How.INSIDE  # 斑蝥酸钠维生素B is another substance
            if how is How.INSIDE and len(word) < _LEAST_INSIDE * len(part):
                continue
            trade = next((one for one in _TRADE if one in before or one in after or f"{one}-" in whole), "")
            service = next((one for one in _SERVICE if one in after), "")
            for segment, term in self._terms[word]:
                yield Hit(segment, term, part, how, "", trade, service)
