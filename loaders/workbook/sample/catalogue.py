"""The chains and segments the sample speaks of: those of the catalog, with what feeds what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from graph.model import Stream, Tier
from loaders.catalog.files import ChainEntry, read_chains
from loaders.catalog.loader import segment_id


@dataclass(frozen=True)
class Chain:
    """A chain."""

    id: str
    name: str
    tier: Tier


@dataclass(frozen=True)
class Segment:
    """A segment; ``ref`` is how the workbook names it, ``feeds`` are ids it goes into."""

    id: str
    name: str
    chain: Chain
    stream: Stream
    importance: int
    terms: tuple[str, ...]
    lookalikes: tuple[str, ...]
    feeds: tuple[str, ...]

    @property
    def ref(self) -> str:
        """``链名/环节名``."""
        return f"{self.chain.name}/{self.name}"


@dataclass(frozen=True)
class Catalogue:
    """All segments in the order of the plan."""

    segments: tuple[Segment, ...]

    @cached_property
    def by_id(self) -> dict[str, Segment]:
        """Segments by id."""
        return {segment.id: segment for segment in self.segments}

    @cached_property
    def chains(self) -> list[Chain]:
        """Chains in the order of the plan."""
        return list(dict.fromkeys(segment.chain for segment in self.segments))

    @cached_property
    def inputs(self) -> dict[str, list[Segment]]:
        """What goes into a segment, by its id."""
        found: dict[str, list[Segment]] = {segment.id: [] for segment in self.segments}
        for segment in self.segments:
            for target in segment.feeds:
                found.setdefault(target, []).append(segment)
        return found

    def of(self, chain: Chain) -> list[Segment]:
        """The segments of a chain."""
        return [segment for segment in self.segments if segment.chain == chain]

    def ref(self, segment: str) -> str:
        """How the workbook names the segment with this id."""
        return self.by_id[segment].ref


def catalogue_from(chains: Iterable[ChainEntry]) -> Catalogue:
    """Make the catalogue of chain files."""
    segments = [
        Segment(
            segment_id(entry.id, s.id),
            s.name,
            Chain(entry.id, entry.name, entry.tier),
            s.stream,
            s.importance,
            tuple(s.terms),
            tuple(s.lookalikes),
            tuple(segment_id(entry.id, feed.to) for feed in s.feeds),
        )
        for entry in sorted(chains, key=lambda entry: entry.order)
        for s in entry.segments
    ]
    return Catalogue(tuple(segments))


def read_catalogue() -> Catalogue:
    """The catalogue of this version."""
    return catalogue_from(read_chains())
