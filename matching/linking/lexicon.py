"""The words of all segments, ready to read phrases with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from matching.linking.facts import Firm, Rules, Segment
from matching.linking.near import Nearness
from matching.linking.words import Hit, Vocabulary


class Lexicon:
    """Reads phrases by words and, where ``prepare`` has seen them, by nearness."""

    def __init__(self, segments: Iterable[Segment], rules: Rules) -> None:
        self.vocabulary = Vocabulary(segments)
        self.segments = self.vocabulary.segments
        self._nearness = Nearness(self.vocabulary, rules.near)
        self._near: dict[str, list[Hit]] = {}
        self._read: dict[str, list[Hit]] = {}

    def prepare(self, firms: Iterable[Firm]) -> None:
        """Compare the names of what firms make, sell and offer with all terms at once."""
        fresh = {phrase for firm in firms for phrase in _names(firm)} - self._near.keys()
        self._near |= {phrase: [] for phrase in fresh}
        self._near |= self._nearness.read(fresh)

    def read(self, phrase: str) -> list[Hit]:
        """The segments a phrase speaks of; near ones only where no word of the segment stands in it."""
        if phrase not in self._read:
            hits = self.vocabulary.read(phrase)
            known = {hit.segment for hit in hits}
            near = [hit for hit in self._near.get(phrase, ()) if hit.segment not in known and hit.clean]
            self._read[phrase] = hits + near
        return self._read[phrase]


def _names(firm: Firm) -> Iterator[str]:
    yield from firm.main_products
    yield from (product.name for product in firm.products)
    for sale in firm.sales:
        yield from sale.products
    for post in firm.posted:
        yield post.name
        yield from post.products
