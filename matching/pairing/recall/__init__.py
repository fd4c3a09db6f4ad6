"""Which offers are worth a closer look: the union of several recalls, so that no single source decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matching.pairing.context import Context
from matching.pairing.listings import Listing
from matching.pairing.pair import Meaning
from matching.pairing.recall.graph import by_graph
from matching.pairing.recall.learned import by_learned
from matching.pairing.recall.text import Similarity, by_text

if TYPE_CHECKING:
    from matching.pairing.market import Market

Recall = Callable[["Question", "Market", int], list[int]]

RECALLS: list[Recall] = [by_graph, by_text, by_learned]
LIMIT = 250
NOTHING = Similarity(None)


@dataclass(frozen=True)
class Question:
    """A need made ready for comparing: what its words come to, and their similarity to every offer's.

    ``alike`` and ``bought`` are the encoder's: of the wanted thing, and of what the buyer makes, with every offer.
    """

    wanted: Listing
    context: Context
    asked: Meaning
    similarity: Similarity
    alike: Similarity = NOTHING
    bought: Similarity = NOTHING


def recall(question: Question, market: Market, limit: int = LIMIT) -> dict[int, tuple[str, ...]]:
    """Positions of the offers found, at most ``limit`` by each recall, with the names of those that found them."""
    found: dict[int, tuple[str, ...]] = {}
    for one in RECALLS:
        for position in one(question, market, limit):
            found[position] = (*found.get(position, ()), one.__name__)
    return found
