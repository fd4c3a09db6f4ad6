"""All that is offered at one revision of the graph, indexed once and reused for every need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Self

from graph.ids import normalise
from graph.model import Enterprise
from graph.terms import SegmentTerms, TermIndex
from matching.pairing.crowd import Crowd
from matching.pairing.listings import Listing, Terms
from matching.pairing.network import Network
from matching.pairing.pair import Meaning
from matching.pairing.places import Places
from matching.pairing.recall.co_supply import Supply
from matching.pairing.recall.factors import Habits
from matching.pairing.recall.learned import EncoderIndex, joined
from matching.pairing.recall.meaning import MeaningIndex
from matching.pairing.recall.pagerank import Walk
from matching.pairing.recall.text import TextIndex
from matching.pairing.subject import Subject, clauses, is_modifier, name_ends, name_id, subject, things
from matching.pairing.weights import PRIOR, Weights

if TYPE_CHECKING:
    from matching.learning.encoder import Encoder
    from matching.learning.text_vectors import TextVectors


@dataclass(frozen=True)
class Segment:
    """A segment of a chain with the words that mean it."""

    id: str
    name: str
    chains: tuple[str, ...]
    terms: tuple[str, ...]
    lookalikes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Market:
    """Offers in order of id, and the segments' words. Indices are built on first use and live as long as the market.

    ``encoder`` is the trained one, read without torch; None when there is none. ``network`` is the graph around needs,
    ``weights`` say how parts count; ``texts`` are vectors of a general encoder, None where none was chosen.
    Keep one per ``revision`` of the graph and load another when it differs.
    """

    offers: tuple[Listing, ...]
    segments: tuple[Segment, ...] = ()
    revision: int = 0
    encoder: Encoder | None = field(default=None, compare=False)
    network: Network = field(default_factory=Network, compare=False)
    weights: Weights = field(default=PRIOR, compare=False)
    texts: TextVectors | None = field(default=None, compare=False)

    @property
    def written(self) -> bool:
        """Whether people wrote its words: those of a firm as a whole are only names of products."""
        return not self.offers or self.offers[0].kind != Enterprise.LABEL

    @cached_property
    def text(self) -> TextIndex:
        """The text index over all offers."""
        return TextIndex.fit([offer.words for offer in self.offers])

    @cached_property
    def learned(self) -> EncoderIndex:
        """The encoder's vectors of what each offer is about."""
        texts = [joined(one.cores) for one in self.meanings] if self.encoder else []
        return EncoderIndex.fit(self.encoder, texts)

    @cached_property
    def meant(self) -> MeaningIndex:
        """A general encoder's vectors of the words of each offer."""
        return MeaningIndex.fit(
            self.texts, [offer.words for offer in self.offers] if self.texts and self.written else []
        )

    @cached_property
    def walk(self) -> Walk:
        """Steps along the network, for personalised PageRank."""
        return Walk.fit(self.network)

    @cached_property
    def supply(self) -> Supply:
        """Who supplies whom, for co-supply."""
        return Supply.fit(self.network)

    @cached_property
    def habits(self) -> Habits:
        """Factors of who asks for what, of what is offered here."""
        return Habits.fit(self.network, self.places)

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """Positions by the id of the listing."""
        return {offer.id: position for position, offer in enumerate(self.offers)}

    @cached_property
    def segment_names(self) -> dict[str, str]:
        """Names of segments by id."""
        return {segment.id: segment.name for segment in self.segments}

    @cached_property
    def meanings(self) -> tuple[Meaning, ...]:
        """What each offer comes to, in order of the offers."""
        return tuple(map(self.meaning, self.offers))

    @cached_property
    def places(self) -> Places:
        """Where products, segments, firms and names occur among the offers."""
        return Places.of(self.offers, self.meanings)

    @cached_property
    def crowd(self) -> Crowd:
        """These listings as those that ask, in order of registration."""
        return Crowd.of(self.offers, self.places)

    def prepare(self) -> Self:
        """Build what answers need, so that the first is as fast as the others."""
        for index in (
            self.text,
            self.learned,
            self.meant,
            self.places,
            self.lexicon,
            self.walk,
            self.supply,
            self.habits,
        ):
            del index
        return self

    def meaning(self, listing: Terms) -> Meaning:
        """What the words of a listing come to."""
        subjects = things(listing.name, listing.product_names)
        named = [name_id(item.core) for item in subjects]
        products = tuple(dict.fromkeys([*listing.meant_products, *named]))
        wider = tuple(name_id(end) for item in subjects for end in name_ends(item.core)[1:])
        return Meaning(subjects, products, self._segments(listing, subjects), wider)

    def _segments(self, listing: Terms, items: tuple[Subject, ...]) -> tuple[str, ...]:
        """The segments a listing belongs to: by its words where a term says so, else by the graph.

        Words go first because a tag can name only what a thing is for: a sagger tagged 正极材料, a test method tagged
        再生金属. A tag one of whose terms stands in the title as a modifier is therefore left out.
        """
        if by_words := {segment for item in items for segment in self._by_words(item, listing)}:
            return tuple(sorted(by_words))
        return tuple(sorted(id_ for id_ in listing.segment_ids if not self._modifies(id_, listing.name)))

    def _modifies(self, segment: str, title: str) -> bool:
        return any(is_modifier(term, title) for term in self._terms.get(segment, ()))

    @cached_property
    def _terms(self) -> dict[str, tuple[str, ...]]:
        return {segment.id: segment.terms for segment in self.segments}

    def _by_words(self, item: Subject, listing: Terms) -> set[str]:
        if item.core not in self._matched:
            self._matched[item.core] = tuple(match.segment for match in self._term_index.match(item.core))
        title = normalise(next(iter(clauses(listing.name)), ""))
        return {s for s in self._matched[item.core] if not any(word in title for word in self._lookalikes[s])}

    @cached_property
    def _matched(self) -> dict[str, tuple[str, ...]]:
        return {}

    @cached_property
    def _lookalikes(self) -> dict[str, tuple[str, ...]]:
        return {segment.id: tuple(map(normalise, segment.lookalikes)) for segment in self.segments}

    @cached_property
    def _term_index(self) -> TermIndex:
        return TermIndex(SegmentTerms(s.id, tuple(_cores(s.name, *s.terms)), s.lookalikes) for s in self.segments)

    @cached_property
    def lexicon(self) -> frozenset[str]:
        """The words of the trade: names of products and terms of segments."""
        words = [word for s in self.segments for word in (s.name, *s.terms)]
        words += [name for offer in self.offers for name in offer.product_names]
        return frozenset(_cores(*words))


def _cores(*words: str) -> list[str]:
    """The words and what is left of them without packing, each once."""
    bare = [found.core for word in words if (found := subject(word))]
    return list(dict.fromkeys([*bare, *words]))
