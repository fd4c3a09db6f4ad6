"""Which segments a product's name belongs to, as far as words can say.

In Chinese the head noun stands last: 减速器壳体 is a housing, not a reducer. So a term counts only at the end of a
name (a trailing bracket aside), the longest term of a segment wins, and a look-alike anywhere in the name rules the
segment out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from graph.ids import normalise
from graph.queries import queries
from graph.store import Store

_TRAILING_BRACKET = re.compile(r"\s*[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]$")


@dataclass(frozen=True)
class SegmentTerms:
    """The words of one segment."""

    segment: str
    terms: tuple[str, ...]
    lookalikes: tuple[str, ...] = ()


@dataclass(frozen=True)
class TermMatch:
    """A segment and the term that says so; ``exact`` when the whole name is the term."""

    segment: str
    term: str
    exact: bool


class TermIndex:
    """Terms of many segments, looked up by the end of a name."""

    def __init__(self, segments: Iterable[SegmentTerms]) -> None:
        self._by_term: dict[str, list[tuple[str, str]]] = {}
        self._lookalikes: dict[str, tuple[str, ...]] = {}
        for entry in segments:
            self._lookalikes[entry.segment] = tuple(normalise(word) for word in entry.lookalikes)
            for term in entry.terms:
                self._by_term.setdefault(normalise(term), []).append((entry.segment, term))
        self._longest = max(map(len, self._by_term), default=0)

    def match(self, name: str) -> list[TermMatch]:
        """Return the segments of a product's name, one match a segment, in order of segment id."""
        whole = normalise(name)
        text = _TRAILING_BRACKET.sub("", whole) or whole
        found: dict[str, TermMatch] = {}
        for start in range(max(0, len(text) - self._longest), len(text)):
            for segment, term in self._by_term.get(text[start:], ()):
                if segment not in found and not any(word in whole for word in self._lookalikes[segment]):
                    found[segment] = TermMatch(segment, term, exact=start == 0)
        return [found[segment] for segment in sorted(found)]


def load_terms(store: Store) -> list[SegmentTerms]:
    """The words of every segment in the graph."""
    rows = store.read(queries.list_segment_terms)
    return [SegmentTerms(row["segment"], tuple(row["terms"]), tuple(row["lookalikes"])) for row in rows]
