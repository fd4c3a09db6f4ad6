"""Which offers are worth a closer look: the union of several recalls, so that no single source decides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from graph.messages import Message
from matching.pairing.context import Context
from matching.pairing.listings import Listing
from matching.pairing.opinion import Opinion
from matching.pairing.pair import Meaning
from matching.pairing.recall.co_supply import by_co_supply, why_co_supply
from matching.pairing.recall.factors import by_factors, why_factors
from matching.pairing.recall.graph import by_graph
from matching.pairing.recall.learned import by_learned
from matching.pairing.recall.meaning import by_meaning
from matching.pairing.recall.pagerank import by_pagerank, why_pagerank
from matching.pairing.recall.similarity import NOTHING, Similarity
from matching.pairing.recall.text import by_text

if TYPE_CHECKING:
    from matching.pairing.market import Market
    from matching.pairing.places import Positions
    from matching.pairing.reach import Reach

Recall = Callable[["Question", "Market", int], "Positions"]

Why = Callable[["Question", "Market", int], Message | None]

RECALLS: list[Recall] = [by_graph, by_text, by_learned, by_meaning, by_co_supply, by_factors, by_pagerank]
LIMIT = 250
WHY: Mapping[str, Why] = {
    by_co_supply.__name__: why_co_supply,
    by_factors.__name__: why_factors,
    by_pagerank.__name__: why_pagerank,
}
"""Why a listing was proposed, of the recalls that no part of the score speaks of; each of these may find a quarter."""
FEWER = 4


@dataclass(frozen=True)
class Question:
    """A need made ready for comparing: what its words come to, and their similarity to every offer's.

    ``alike`` and ``bought`` are the encoder's: of the wanted thing, and of what the buyer makes, with every offer;
    ``meant`` is a general encoder's, of the words.
    """

    wanted: Listing
    context: Context
    asked: Meaning
    similarity: Similarity
    alike: Similarity = NOTHING
    bought: Similarity = NOTHING
    meant: Similarity = NOTHING
    opinion: Opinion = field(default_factory=Opinion)
    reach: Reach | None = None


@dataclass(frozen=True)
class Recalled:
    """Positions of the offers found, ascending, each once, and what each recall found."""

    positions: Positions
    found: dict[str, frozenset[int]]

    def by(self, position: int) -> tuple[str, ...]:
        """Names of the recalls that found an offer."""
        return tuple(name for name, positions in self.found.items() if position in positions)


def recall(question: Question, market: Market, limit: int = LIMIT) -> Recalled:
    """The offers found, at most ``limit`` by each recall, a quarter by those that only lead further.

    These go along supplies: whoever may not know of them is not led by them.
    """
    few = dict.fromkeys(WHY, limit // FEWER)
    used = [one for one in RECALLS if question.context.whole or one.__name__ not in WHY]
    found = {one.__name__: one(question, market, few.get(one.__name__, limit)) for one in used}
    positions = np.unique(np.concatenate(list(found.values())))
    return Recalled(positions, {name: frozenset(some.tolist()) for name, some in found.items()})


def proposed(question: Question, market: Market, recalled: Recalled, position: int) -> tuple[Message, ...]:
    """Why the recalls that no part of the score speaks of proposed a listing."""
    said = (WHY[name](question, market, position) for name in recalled.by(position) if name in WHY)
    return tuple(one for one in said if one is not None)
